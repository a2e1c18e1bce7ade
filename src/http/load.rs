//! Not more at once than the program can do, and of that not all for one client: whoever comes then is told to come back.
//! Room among all is asked for before anything is looked at, room for one client as soon as it is known which client asks.

use super::Gateway;
use super::answer::Fault;
use crate::config::Limits;
use crate::error::Code;
use crate::ids::ClientId;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// After how many seconds whoever was sent away may come back.
const COME_BACK: u64 = 1;

/// What a socket is told for a request that there is no room for.
pub(super) const NO_ROOM: &str = "The program answers as many requests as it can: come back a little later.";

/// What a client is told that has too many requests open.
pub(super) const TOO_MANY_OF_ONE: &str =
    "This client has as many requests open as one may: wait for an answer before the next one.";

/// Room for requests that are answered at once.
pub struct Room {
    all: Arc<Semaphore>,
    of_each: usize,
    open: Mutex<HashMap<ClientId, usize>>,
}

/// One request's part of the room, given back when the last holder is gone.
#[derive(Clone)]
pub(super) struct Turn(
    #[expect(dead_code, reason = "held, and given back when the last holder is gone")]
    Arc<OwnedSemaphorePermit>,
);

/// One request's part of what its client may have open.
pub(super) struct Share {
    room: Arc<Room>,
    client: ClientId,
}

impl Room {
    /// All of the room that the limits allow.
    #[must_use]
    pub fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            all: Arc::new(Semaphore::new(limits.max_requests)),
            of_each: limits.max_requests_per_client,
            open: Mutex::default(),
        })
    }

    /// Room for a request of whoever it is, if there is any.
    pub(super) fn turn(&self) -> Option<Turn> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        Some(Turn(Arc::new(permit)))
    }

    /// Room for one more request of this client, if it has not taken all of its own.
    pub(super) fn share(self: &Arc<Self>, client: ClientId) -> Option<Share> {
        let mut open = self.open();
        let count = open.entry(client).or_default();
        if *count >= self.of_each {
            return None;
        }
        *count += 1;
        Some(Share {
            room: Arc::clone(self),
            client,
        })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<ClientId, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut open = self.room.open();
        if let Some(count) = open.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.client);
            }
        }
    }
}

/// Lets a request in if there is room for it.
pub(super) async fn unless_too_many(
    State(gateway): State<Arc<Gateway>>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(turn) = gateway.room.turn() else {
        return Fault::new(StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded, NO_ROOM)
            .to_come_back_after(COME_BACK)
            .into_response();
    };
    request.extensions_mut().insert(turn.clone());
    let response = next.run(request).await;
    drop(turn);
    response
}

/// What a client is answered that has too many requests open.
pub(super) fn too_many_of_one() -> Fault {
    Fault::new(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, TOO_MANY_OF_ONE)
        .to_come_back_after(COME_BACK)
}
