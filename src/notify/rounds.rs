//! One look a second at all inboxes that somebody listens to: what another process has written wakes its listeners here,
//! and a thousand silent streams cost one statement and not a thousand. A word from another process makes it look at once.

use super::Hub;
use crate::error::Error;
use crate::store::{Store, cause_of};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Time between two looks.
const LOOK: Duration = Duration::from_secs(1);

/// Goes round until the program stops.
pub async fn go_round(store: Store, hub: Hub, stopping: CancellationToken) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = hub.sent_round() => {}
            _ = looks.tick() => hub.forget(store.clock()),
        }
        // Streams look for themselves now and then, so a look that fails is made up for.
        if let Err(error) = look(&store, &hub).await {
            tracing::warn!(cause = cause_of(&error), "the inboxes cannot be looked at");
        }
    }
}

async fn look(store: &Store, hub: &Hub) -> Result<(), Error> {
    let listeners = hub.listeners();
    if listeners.is_empty() {
        return Ok(());
    }
    let heads = store.inbox_heads(&listeners).await?;
    hub.rouse(&heads.into_iter().collect::<Vec<_>>());
    Ok(())
}
