//! Live fan-out inside one process: a wake-up per recipient, without payload.

use crate::ids::OrganisationId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Wakes the streams of recipients that have something new in their inbox.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<OrganisationId, watch::Sender<u64>>>>);

impl Hub {
    /// Wakes every stream of these recipients.
    pub fn wake(&self, recipients: &[OrganisationId]) {
        let mut inboxes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for recipient in recipients {
            if let Some(inbox) = inboxes.get(recipient) {
                inbox.send_modify(|wake_ups| *wake_ups = wake_ups.wrapping_add(1));
                if inbox.is_closed() {
                    inboxes.remove(recipient);
                }
            }
        }
    }

    /// A receiver of the wake-ups of one recipient.
    #[must_use]
    pub fn listen(&self, recipient: OrganisationId) -> watch::Receiver<u64> {
        let mut inboxes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inboxes
            .entry(recipient)
            .or_insert_with(|| watch::Sender::new(0))
            .subscribe()
    }
}
