//! Who watches over open sockets and streams: one look at the registry a second for all of them, so that nobody who may
//! not stay stays for long, whoever changed the registry and however many sockets are silent.
//!
//! Whether an event goes out is asked anew for each of them elsewhere; this is for sockets on which nothing happens.

use super::Gateway;
use super::token::Fault;
use crate::policy::viewer::Viewer;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Time between two looks, unless a command of this process says that there is something to see.
const LOOK: Duration = Duration::from_secs(1);

/// The open sockets and streams of this process: who is on each, and how to end it.
#[derive(Default)]
pub struct Doors(Mutex<Open>);

#[derive(Default)]
struct Open {
    last: u64,
    guests: HashMap<u64, Arc<Guest>>,
}

struct Guest {
    viewer: Viewer,
    shown_out: CancellationToken,
}

/// The place of one socket or stream among the open ones, given up with it.
pub(super) struct Place {
    gateway: Arc<Gateway>,
    number: u64,
    /// Cancelled when whoever is there may not stay.
    pub(super) shown_out: CancellationToken,
}

impl Doors {
    fn open(&self) -> std::sync::MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn guests(&self) -> Vec<Arc<Guest>> {
        self.open().guests.values().cloned().collect()
    }
}

impl Place {
    /// Takes a place for a viewer who has just come in.
    pub(super) fn taken(gateway: &Arc<Gateway>, viewer: Viewer) -> Self {
        let shown_out = CancellationToken::new();
        let mut open = gateway.doors.open();
        open.last += 1;
        let number = open.last;
        let guest = Guest {
            viewer,
            shown_out: shown_out.clone(),
        };
        open.guests.insert(number, Arc::new(guest));
        drop(open);
        Self {
            gateway: Arc::clone(gateway),
            number,
            shown_out,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.gateway.doors.open().guests.remove(&self.number);
    }
}

/// Shows out whoever may not stay, until the program stops.
pub async fn watch(gateway: Arc<Gateway>) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut silent = false;
    loop {
        tokio::select! {
            () = gateway.stopping.cancelled() => return,
            () = gateway.hub.woken_at_the_door() => {}
            _ = looks.tick() => gateway.authenticator.keep_keys_fresh(),
        }
        match look(&gateway).await {
            Ok(()) => silent = false,
            // Nobody is shown out for it, and no event goes out either; said once, not every second.
            Err(error) if !silent => {
                silent = true;
                tracing::error!(
                    cause = crate::store::cause_of(&error),
                    "the registry cannot be asked who may stay"
                );
            }
            Err(_) => {}
        }
    }
}

async fn look(gateway: &Gateway) -> Result<(), crate::error::Error> {
    let guests = gateway.doors.guests();
    if guests.is_empty() {
        return Ok(());
    }
    let names: BTreeSet<&str> = guests.iter().map(|guest| &*guest.viewer.client_id).collect();
    let names = names.into_iter().map(str::to_owned).collect();
    let clients = gateway.store.clients_named(names).await?;
    for guest in &guests {
        let viewer = &guest.viewer;
        let stays = clients
            .get(&*viewer.client_id)
            .ok_or(Fault::UnknownClient)
            .and_then(|client| Ok(client.still_admits(viewer)?));
        if let Err(reason) = stays {
            tracing::info!(client = &*viewer.client_id, %reason, "shown out");
            guest.shown_out.cancel();
        }
    }
    Ok(())
}
