//! Live fan-out inside one process: a wake-up per recipient, without payload.

use crate::ids::OrganisationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, watch};

/// Wakes the streams of recipients that have something new in their inbox.
#[derive(Clone, Default)]
pub struct Hub {
    inboxes: Arc<Mutex<HashMap<OrganisationId, watch::Sender<u64>>>>,
    door: Arc<Notify>,
}

impl Hub {
    /// Wakes every stream of these recipients.
    pub fn wake(&self, recipients: &[OrganisationId]) {
        let mut inboxes = self.inboxes.lock().unwrap_or_else(PoisonError::into_inner);
        for recipient in recipients {
            if let Some(inbox) = inboxes.get(recipient) {
                inbox.send_modify(|wake_ups| *wake_ups = wake_ups.wrapping_add(1));
                if inbox.is_closed() {
                    inboxes.remove(recipient);
                }
            }
        }
    }

    /// Wakes whoever watches over open sockets: somebody may not stay.
    pub fn wake_the_door(&self) {
        self.door.notify_one();
    }

    /// Returns once the door was woken since the last time.
    pub async fn woken_at_the_door(&self) {
        self.door.notified().await;
    }

    /// The recipients to whose inboxes somebody listens.
    #[must_use]
    pub fn listeners(&self) -> Vec<OrganisationId> {
        let mut inboxes = self.inboxes.lock().unwrap_or_else(PoisonError::into_inner);
        inboxes.retain(|_, inbox| !inbox.is_closed());
        inboxes.keys().copied().collect()
    }

    /// A receiver of the wake-ups of one recipient.
    #[must_use]
    pub fn listen(&self, recipient: OrganisationId) -> watch::Receiver<u64> {
        let mut inboxes = self.inboxes.lock().unwrap_or_else(PoisonError::into_inner);
        inboxes
            .entry(recipient)
            .or_insert_with(|| watch::Sender::new(0))
            .subscribe()
    }
}
