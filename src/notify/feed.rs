//! One stream of an inbox: what was missed, then what comes, in order and without gaps, authorised anew for each event.
//!
//! A stream is a place in the inbox, and its next event is what stands there next. So what was missed and what comes are
//! read in the same way, there is no seam between them, and a stream that falls behind loses nothing.

use super::Hub;
use super::shared::Moment;
use super::sight::{Asker, Delivery, Question, Sight};
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::policy::viewer::Viewer;
use crate::store::filter::NoticeFilter;
use crate::store::nodes::NoticeNode;
use crate::store::page::PageRequest;
use crate::store::{Store, Want};
use futures_util::stream::{self, Stream};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{SetOnce, watch};
use tokio::time::timeout;

/// How long a stream waits for a wake-up before it looks for itself, in case one was lost.
const POLL: Duration = Duration::from_secs(30);

/// How long it waits where a look failed, and how often in a row.
const RETRY: Duration = Duration::from_secs(1);
const RETRIES: u32 = 30;

/// Rows of a page: as many as are sent before a look grows old, between these bounds.
const SMALLEST_PAGE: u64 = 8;
const LARGEST_PAGE: u64 = 100;

/// What a stream is made from.
pub struct Feed {
    /// The store.
    pub store: Store,
    /// What the streams of this process share.
    pub hub: Hub,
    /// Whose inbox.
    pub viewer: Viewer,
    /// The place in the inbox after which the stream starts; none for what comes from now on.
    pub after: Option<i64>,
    /// Only notices of these types, if given.
    pub types: Option<Vec<NoticeType>>,
    /// What is asked of each notice.
    pub want: Want,
    /// Is told the place after which the stream starts.
    pub began: Arc<SetOnce<i64>>,
}

/// The notices of a viewer's inbox as a stream; it ends with an error when the client may not stay or its token expires.
///
/// # Errors
///
/// [`Error::CursorExpired`] where the inbox does not reach back to the place; faults of the database.
pub async fn feed(
    feed: Feed,
) -> Result<impl Stream<Item = Result<Arc<Delivery>, Error>> + Send + use<>, Error> {
    // Listening starts before the place is read, so nothing falls between.
    let wake_ups = feed.hub.listen(feed.viewer.organisation);
    let after = start(&feed).await?;
    // Once: a stream has one start.
    let _ = feed.began.set(after);
    let reading = Reading {
        asker: Arc::new(Asker::of(&feed.viewer, feed.types, feed.want)),
        store: feed.store,
        hub: feed.hub,
        viewer: feed.viewer,
        wake_ups,
        after,
        page: SMALLEST_PAGE,
        at_hand: None,
        failures: 0,
    };
    Ok(stream::unfold(Some(reading), async |reading| {
        let mut reading = reading?;
        match reading.next().await {
            Ok(notice) => Some((Ok(notice), Some(reading))),
            Err(fault) => Some((Err(fault), None)),
        }
    }))
}

/// The place after which a stream starts: here it is checked that the inbox still reaches back to it.
async fn start(feed: &Feed) -> Result<i64, Error> {
    match feed.after {
        Some(after) => {
            let own = feed.viewer.organisation;
            feed.store.keeps_all_after(own, after).await.map(|()| after)
        }
        None => feed.store.inbox_head(feed.viewer.organisation).await,
    }
}

struct Reading {
    asker: Arc<Asker>,
    store: Store,
    hub: Hub,
    viewer: Viewer,
    wake_ups: watch::Receiver<u64>,
    after: i64,
    page: u64,
    at_hand: Option<AtHand>,
    failures: u32,
}

/// What the last look found, as far as it is not used up.
struct AtHand {
    sight: Arc<Sight>,
    seen_at: Moment,
    /// How many wake-ups there had been before it.
    woken: u64,
    next: usize,
}

impl Reading {
    async fn next(&mut self) -> Result<Arc<Delivery>, Error> {
        loop {
            // Boxed, so that a silent stream keeps no room for what a look needs.
            let wait = match Box::pin(self.look()).await {
                Ok(Some(delivery)) => {
                    self.failures = 0;
                    self.after = delivery.sequence;
                    return Ok(delivery);
                }
                Ok(None) => {
                    self.failures = 0;
                    self.at_hand = None;
                    POLL
                }
                // A database that is away for a moment is no reason to send everybody away; nothing is told meanwhile.
                Err(Error::Database(_)) if self.failures < RETRIES => {
                    self.failures += 1;
                    self.at_hand = None;
                    RETRY
                }
                Err(fault) => return Err(fault),
            };
            // Either a wake-up or the end of the wait: both mean to look again.
            if let Ok(Err(_)) = timeout(wait, self.wake_ups.changed()).await {
                self.wake_ups = self.hub.listen(self.viewer.organisation);
            }
        }
    }

    /// What comes next in the inbox, if there is something.
    async fn look(&mut self) -> Result<Option<Arc<Delivery>>, Error> {
        let woken = *self.wake_ups.borrow_and_update();
        if self.has_seen_everything(woken) {
            return Ok(None);
        }
        self.authorise().await?;
        let now = self.hub.moment(self.store.clock());
        if let Some(delivery) = self.take(&now) {
            return Ok(Some(delivery));
        }
        let question = Question {
            asker: Arc::clone(&self.asker),
            after: self.after,
            limit: self.page,
        };
        let read = || read(&self.store, &self.viewer, &question);
        let found = self.hub.sights().get(question.clone(), now, read).await?;
        let (sight, seen_at) = found;
        self.at_hand = Some(AtHand {
            sight,
            seen_at,
            woken,
            next: 0,
        });
        Ok(self.take_next())
    }

    /// Whether the last look showed the end of the inbox, and nobody was woken since.
    fn has_seen_everything(&self, woken: u64) -> bool {
        self.at_hand.as_ref().is_some_and(|at_hand| {
            at_hand.woken == woken && at_hand.sight.is_whole && at_hand.next >= at_hand.sight.found.len()
        })
    }

    /// What comes next of the last look, if a look now would show the same.
    fn take(&mut self, now: &Moment) -> Option<Arc<Delivery>> {
        let at_hand = self.at_hand.as_ref()?;
        let left = at_hand.sight.found.len().saturating_sub(at_hand.next);
        let still_holds = at_hand.seen_at.still_holds(now);
        if left > 0 && still_holds {
            return self.take_next();
        }
        // A page that is used up in time may be larger, one that grows old on the way is too large.
        let fitting = if left > 0 { self.page / 2 } else { self.page * 2 };
        self.page = fitting.clamp(SMALLEST_PAGE, LARGEST_PAGE);
        None
    }

    fn take_next(&mut self) -> Option<Arc<Delivery>> {
        let at_hand = self.at_hand.as_mut()?;
        let delivery = at_hand.sight.found.get(at_hand.next).cloned();
        at_hand.next += 1;
        delivery
    }

    /// Whether the client may still listen: it is asked of the registry before each event.
    async fn authorise(&self) -> Result<(), Error> {
        if self.viewer.expires_at <= self.store.clock().now() {
            return Err(Error::TokenExpired);
        }
        let may_stay = self.hub.may_stay(&self.store, &self.viewer).await?;
        may_stay.map_err(|_| Error::Unauthenticated)
    }
}

async fn read(store: &Store, viewer: &Viewer, question: &Question) -> Result<Arc<Sight>, Error> {
    let filter = NoticeFilter {
        types: question.asker.types().cloned(),
        after_sequence: Some(question.after),
        ..NoticeFilter::default()
    };
    let page = PageRequest {
        limit: question.limit,
        after: None,
        before: None,
        from_end: false,
        ascending: true,
        count: false,
    };
    let reader = store.reader(viewer);
    let page = reader
        .page::<NoticeNode>(&filter, page, question.asker.want())
        .await?;
    let found = page.rows.into_iter().map(|notice| Arc::new(Delivery::of(notice)));
    Ok(Arc::new(Sight {
        found: found.collect(),
        is_whole: !page.has_next,
    }))
}
