//! One stream of an inbox: what was missed, then what comes, in order and without gaps, authorised anew for each event.

use super::Hub;
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::policy::governed::Governed;
use crate::policy::viewer::Viewer;
use crate::store::filter::NoticeFilter;
use crate::store::nodes::NoticeNode;
use crate::store::page::PageRequest;
use crate::store::{Store, Want};
use futures_util::stream::{self, Stream};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How long a stream waits for a wake-up before it looks for itself, in case one was lost.
const POLL: Duration = Duration::from_secs(30);

/// What a stream is made from.
pub struct Feed {
    /// The store.
    pub store: Store,
    /// Whose inbox.
    pub viewer: Viewer,
    /// The place in the inbox after which the stream starts; none for what comes from now on.
    pub after: Option<i64>,
    /// Only notices of these types, if given.
    pub types: Option<Vec<NoticeType>>,
    /// What is asked of each notice.
    pub want: Want,
}

/// The notices of a viewer's inbox as a stream; it ends with an error when the client may not stay or its token expires.
///
/// # Errors
///
/// Faults of the database.
pub async fn feed(
    feed: Feed,
    hub: &Hub,
) -> Result<impl Stream<Item = Result<Arc<Governed<NoticeNode>>, Error>> + Send + use<>, Error> {
    // Listening starts before the place is read, so nothing falls between.
    let wake_ups = hub.listen(feed.viewer.organisation);
    let after = match feed.after {
        Some(after) => after,
        None => feed.store.inbox_head(feed.viewer.organisation).await?,
    };
    let start = Some((feed, wake_ups, after));
    Ok(stream::unfold(start, async |state| {
        let (feed, mut wake_ups, mut after) = state?;
        match next(&feed, &mut wake_ups, &mut after).await {
            Ok(notice) => Some((Ok(notice), Some((feed, wake_ups, after)))),
            Err(fault) => Some((Err(fault), None)),
        }
    }))
}

async fn next(
    feed: &Feed,
    wake_ups: &mut watch::Receiver<u64>,
    after: &mut i64,
) -> Result<Arc<Governed<NoticeNode>>, Error> {
    loop {
        wake_ups.mark_unchanged();
        authorise(feed).await?;
        let filter = NoticeFilter {
            types: feed.types.clone(),
            after_sequence: Some(*after),
            ..NoticeFilter::default()
        };
        let one = PageRequest {
            limit: 1,
            after: None,
            before: None,
            from_end: false,
            ascending: true,
            count: false,
        };
        let page = feed
            .store
            .reader(&feed.viewer)
            .page::<NoticeNode>(&filter, one, &feed.want)
            .await?;
        if let Some(notice) = page.rows.into_iter().next() {
            *after = notice.key(|node| node.sequence);
            return Ok(notice);
        }
        // Either a wake-up or the end of the wait: both mean to look again.
        let _ = tokio::time::timeout(POLL, wake_ups.changed()).await;
    }
}

/// Whether the client may still listen: it is asked of the registry before each event.
async fn authorise(feed: &Feed) -> Result<(), Error> {
    let viewer = &feed.viewer;
    let client = feed
        .store
        .client_with_token(&viewer.client_id, &viewer.token)
        .await?;
    let admitted = client.is_some_and(|client| client.still_admits(viewer).is_ok());
    if admitted && feed.store.clock().now() < feed.viewer.expires_at {
        Ok(())
    } else {
        Err(Error::Unauthenticated)
    }
}
