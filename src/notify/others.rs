//! Between processes on one database: a word to the others after a commit, and theirs to us. It says nothing but that
//! there is something; where it does not get through, as behind some poolers, the look a second finds the same.

use super::Hub;
use crate::store::{Store, cause_of};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// Shortest and longest wait before a broken connection is made again.
const WAITS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(1));

/// Tells other processes whenever this one has committed something, until the program stops: one word for whatever was
/// committed meanwhile, and never within a transaction of the programme.
pub async fn tell_others(store: Store, hub: Hub, stopping: CancellationToken) {
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = hub.has_news_for_others() => {}
        }
        if let Err(error) = store.tell_others().await {
            tracing::warn!(cause = cause_of(&error), "other processes cannot be told");
        }
    }
}

/// Looks at the inboxes whenever another process says that it has committed something, until the program stops.
pub async fn hear_others(store: Store, hub: Hub, stopping: CancellationToken) {
    let mut wait = WAITS.0;
    loop {
        let could_hear = AtomicBool::new(false);
        let heard = store.hear_others(|| {
            could_hear.store(true, Ordering::Relaxed);
            hub.go_round();
        });
        let broken = tokio::select! {
            () = stopping.cancelled() => return,
            broken = heard => broken,
        };
        if let Err(error) = broken {
            tracing::info!(
                cause = cause_of(&error),
                "other processes are not heard: the inboxes are looked at once a second"
            );
        }
        if could_hear.load(Ordering::Relaxed) {
            wait = WAITS.0;
        }
        if timeout(wait, stopping.cancelled()).await.is_ok() {
            return;
        }
        wait = (wait * 2).min(WAITS.1);
    }
}
