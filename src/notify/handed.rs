//! What the streams of this process have handed to their recipients, noted in the inboxes a little later and in one go: no
//! event waits for it, and ten thousand streams of one recipient cost what one does.
//!
//! What is not noted when a process is killed is noted when the notice is next read; acknowledging does not depend on it.

use crate::domain::notice::DeliveryChannel;
use crate::error::Error;
use crate::ids::OrganisationId;
use crate::store::{Handed, Store, cause_of};
use std::collections::{BTreeSet, HashMap};
use std::mem::take;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Time between two notes.
const NOTE: Duration = Duration::from_millis(250);

/// Places that are handed over and not yet noted, by inbox and way.
#[derive(Default)]
pub struct HandedOver(Mutex<HashMap<(OrganisationId, DeliveryChannel), BTreeSet<i64>>>);

impl HandedOver {
    /// A notice was handed to its recipient.
    pub fn add(&self, recipient: OrganisationId, channel: DeliveryChannel, sequence: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry((recipient, channel)).or_default().insert(sequence);
    }

    /// Notes what was handed over until the program stops, and the last of it then.
    pub async fn keep_noting(&self, store: Store, stopping: CancellationToken) {
        let mut notes = interval(NOTE);
        notes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !stopping.is_cancelled() {
            tokio::select! {
                () = stopping.cancelled() => {}
                _ = notes.tick() => {}
            }
            if let Err(fault) = self.note(&store).await {
                let cause = cause_of(&fault);
                tracing::warn!(%cause, "it could not be noted that notices were handed over");
            }
        }
    }

    async fn note(&self, store: &Store) -> Result<(), Error> {
        let all = take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let now = store.clock().now();
        for ((recipient, channel), places) in all {
            let handed = Handed::Places(places.into_iter().collect());
            store
                .notices_were_delivered(recipient, &handed, channel, now)
                .await?;
        }
        Ok(())
    }
}
