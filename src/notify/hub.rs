//! What the streams of one process share: who listens to which inbox and is woken, and what they all would look up.
//!
//! A wake-up carries nothing. Whoever is woken looks into the inbox, and all who would look for the same look once.

use super::handed::HandedOver;
use super::shared::{Moment, Shared};
use super::sight::{Question, Sight};
use crate::clock::Clock;
use crate::error::Error;
use crate::ids::OrganisationId;
use crate::policy::admission::{Denial, RegisteredClient};
use crate::policy::viewer::Viewer;
use crate::store::Store;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::{Notify, watch};

/// Wakes the streams of recipients that have something new in their inbox.
#[derive(Clone, Default)]
pub struct Hub(Arc<Inner>);

#[derive(Default)]
struct Inner {
    inboxes: Mutex<HashMap<OrganisationId, Inbox>>,
    /// Grows with every commit of this process and with every wake-up.
    wakes: AtomicU64,
    door: Notify,
    rounds: Notify,
    others: Notify,
    sights: Shared<Question, Arc<Sight>>,
    clients: Shared<Arc<str>, Option<Arc<RegisteredClient>>>,
    handed_over: HandedOver,
}

struct Inbox {
    wake_ups: watch::Sender<u64>,
    /// Whoever listens was woken after the commit of this place.
    woken_up_to: i64,
}

impl Hub {
    fn inboxes(&self) -> MutexGuard<'_, HashMap<OrganisationId, Inbox>> {
        self.0.inboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// After a commit of this process: wakes every stream of these recipients, whose inboxes reach to these places now, and
    /// lets other processes know.
    pub fn wake(&self, heads: &[(OrganisationId, i64)]) {
        // Before anybody is woken: what was seen before the commit counts no more.
        self.0.wakes.fetch_add(1, Ordering::SeqCst);
        self.rouse(heads);
        if !heads.is_empty() {
            self.0.others.notify_one();
        }
    }

    /// Wakes the streams of these recipients that were not woken for these places yet.
    pub(super) fn rouse(&self, heads: &[(OrganisationId, i64)]) {
        let mut inboxes = self.inboxes();
        for (recipient, head) in heads {
            let Some(inbox) = inboxes.get_mut(recipient) else {
                continue;
            };
            if inbox.wake_ups.is_closed() {
                inboxes.remove(recipient);
            } else if inbox.woken_up_to < *head {
                inbox.woken_up_to = *head;
                self.0.wakes.fetch_add(1, Ordering::SeqCst);
                inbox
                    .wake_ups
                    .send_modify(|wake_ups| *wake_ups = wake_ups.wrapping_add(1));
            }
        }
    }

    /// What the streams of this process have handed over.
    #[must_use]
    pub fn handed_over(&self) -> &HandedOver {
        &self.0.handed_over
    }

    /// Wakes whoever watches over open connections: somebody may not stay.
    pub fn wake_the_door(&self) {
        self.0.door.notify_one();
    }

    /// Returns once the door was woken since the last time.
    pub async fn woken_at_the_door(&self) {
        self.0.door.notified().await;
    }

    /// Lets whoever goes round look at once: another process has written something.
    pub(super) fn go_round(&self) {
        self.0.rounds.notify_one();
    }

    /// Returns once somebody asked for a round since the last time.
    pub(super) async fn sent_round(&self) {
        self.0.rounds.notified().await;
    }

    /// Returns once this process has committed something that others may listen for, since the last time.
    pub(super) async fn has_news_for_others(&self) {
        self.0.others.notified().await;
    }

    /// The recipients to whose inboxes somebody listens.
    #[must_use]
    pub fn listeners(&self) -> Vec<OrganisationId> {
        let mut inboxes = self.inboxes();
        inboxes.retain(|_, inbox| !inbox.wake_ups.is_closed());
        inboxes.keys().copied().collect()
    }

    /// A receiver of the wake-ups of one recipient.
    pub(super) fn listen(&self, recipient: OrganisationId) -> watch::Receiver<u64> {
        let mut inboxes = self.inboxes();
        let inbox = inboxes.entry(recipient).or_insert_with(|| Inbox {
            wake_ups: watch::Sender::new(0),
            woken_up_to: 0,
        });
        inbox.wake_ups.subscribe()
    }

    pub(super) fn moment(&self, clock: &Clock) -> Moment {
        Moment {
            wakes: self.0.wakes.load(Ordering::SeqCst),
            time: clock.now(),
            instant: Instant::now(),
        }
    }

    pub(super) fn sights(&self) -> &Shared<Question, Arc<Sight>> {
        &self.0.sights
    }

    /// Forgets what was looked up and does not hold any more, so that nothing of persons stays in memory for nobody.
    pub(super) fn forget(&self, clock: &Clock) {
        let now = self.moment(clock);
        self.0.sights.forget(&now);
        self.0.clients.forget(&now);
    }

    /// Whether the registry still lets a viewer stay: asked once for all streams of its client that are about to be told
    /// the same.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn may_stay(&self, store: &Store, viewer: &Viewer) -> Result<Result<(), Denial>, Error> {
        let name = Arc::clone(&viewer.client_id);
        let ask = async || {
            let mut found = store.clients_named(vec![name.to_string()]).await?;
            Ok(found.remove(&*name).map(Arc::new))
        };
        let now = self.moment(store.clock());
        let (client, _) = self.0.clients.get(Arc::clone(&name), now, ask).await?;
        // One that the registry does not know any more is not what came in.
        Ok(client.map_or(Err(Denial::Changed), |client| client.still_admits(viewer)))
    }
}
