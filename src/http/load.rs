//! Not more at once than the program can do, and of that not all for one client: whoever comes then is told to come back.
//! Room among all is asked for before anything is looked at, room for one client as soon as it is known which client asks.
//! Both are given back when the answer is written, not when it is known: whoever does not read its answers gets no more.

use super::Gateway;
use super::answer::Fault;
use super::shares::{Share, Shares};
use crate::config::Limits;
use crate::error::Code;
use crate::ids::ClientId;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// After how many seconds whoever was sent away may come back.
const COME_BACK: u64 = 1;

/// What a socket is told for a request that there is no room for.
pub(super) const NO_ROOM: &str = "The program answers as many requests as it can: come back a little later.";

/// What a client is told that has too many requests open.
pub(super) const TOO_MANY_OF_ONE: &str =
    "This client has as many requests open as one may: wait for an answer before the next one.";

/// What a client is told that has too many sockets and streams open.
pub(super) const TOO_MANY_OPEN: &str =
    "This client has as many sockets and streams open as one may: close one before the next.";

/// Room for requests that are answered at once.
pub struct Room {
    all: Arc<Semaphore>,
    of_each: Shares,
}

/// One request's part of the room, given back when the last holder is gone.
#[derive(Clone)]
pub(super) struct Turn(
    #[expect(dead_code, reason = "held, and given back when the last holder is gone")]
    Arc<OwnedSemaphorePermit>,
);

/// What a request of a known client holds: of the room of all, and of that of its client.
pub(super) type Held = (Option<Turn>, Arc<Share>);

/// The bytes of an answer that are not written yet, and what they hold.
struct Unwritten {
    bytes: Vec<u8>,
    #[expect(dead_code, reason = "held, and given back with the bytes")]
    held: Held,
}

impl AsRef<[u8]> for Unwritten {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A whole body that holds room until the connection has written its last byte, or is broken off.
pub(super) fn until_written(bytes: Vec<u8>, held: Held) -> Body {
    Body::from(holding(bytes, held))
}

/// Bytes that hold room for as long as they are anywhere.
pub(super) fn holding(bytes: Vec<u8>, held: Held) -> Bytes {
    // The connection keeps these very bytes until it is rid of them: it copies none where it can write from several places.
    Bytes::from_owner(Unwritten { bytes, held })
}

impl Room {
    /// All of the room that the limits allow.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.max_requests)),
            of_each: Shares::of(limits.max_requests_per_client),
        }
    }

    /// Room for a request of whoever it is, if there is any.
    pub(super) fn turn(&self) -> Option<Turn> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        Some(Turn(Arc::new(permit)))
    }

    /// Room for one more request of this client, if it has not taken all of its own.
    pub(super) fn share(&self, client: ClientId) -> Option<Share> {
        self.of_each.take(client)
    }
}

/// Lets a request in if there is room for it, and gives the room back once nobody holds it: neither this, nor what is
/// executed, nor an answer that is not written.
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

/// What a client is answered that has too many sockets and streams open.
pub(super) fn too_many_open() -> Fault {
    Fault::new(StatusCode::TOO_MANY_REQUESTS, Code::RateLimited, TOO_MANY_OPEN).to_come_back_after(COME_BACK)
}
