//! Taking connections: so many at once, each with a time in which the head of a request has to come. axum's own loop sets
//! neither, and whoever sends a byte a minute would hold a connection for ever. So would whoever asks and never reads: a
//! connection of which nothing is taken for `limits.write_timeout_seconds` is broken off. And no address has them all.

use super::address::{Peer, Proxies, household};
use super::shares::{Share, Shares};
use crate::config::Limits;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_io_timeout::TimeoutStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// How long nobody is taken where the machine has no room for a connection.
const BREATH: Duration = Duration::from_secs(1);

/// Files that are open beside connections: the database's, the log, and what the program sends itself.
const OTHER_FILES: u64 = 256;

/// Longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// Where there are fewer connections than this, one address may have them all: half of a few is too few for anybody.
const FEW: usize = 16;

/// A place among the connections of all and of one address. A socket takes it along, and so does whatever else outlives its
/// request.
#[derive(Clone)]
pub struct Seat(
    #[expect(dead_code, reason = "held, and given back when the last holder is gone")]
    Arc<(Option<Share<IpAddr>>, OwnedSemaphorePermit)>,
);

/// The connections of each address, of which none has more than half of all; a proxy of ours has those of everybody.
struct Addresses {
    each: Shares<IpAddr>,
    proxies: Proxies,
}

impl Addresses {
    fn new(limits: &Limits, proxies: Proxies) -> Self {
        let most = match limits.max_connections {
            ..FEW => usize::MAX,
            all => all / 2,
        };
        Self {
            each: Shares::of(most),
            proxies,
        }
    }

    /// The seat of a connection from this address; none where it has as many as it may.
    fn seat(&self, address: IpAddr, of_all: OwnedSemaphorePermit) -> Option<Seat> {
        let address = address.to_canonical();
        let of_one = if self.proxies.is_one(address) {
            None
        } else {
            Some(self.each.take(household(address))?)
        };
        Some(Seat(Arc::new((of_one, of_all))))
    }
}

/// Serves connections until `stopping`; then takes none, and ends when every request that was begun is answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    (limits, proxies): (Limits, Proxies),
    stopping: CancellationToken,
) {
    let seats = Arc::new(Semaphore::new(limits.max_connections));
    let addresses = Addresses::new(&limits, proxies);
    let connections = TaskTracker::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout())
        .max_buf_size(LONGEST_HEAD);
    loop {
        let next = async {
            let seat = Arc::clone(&seats).acquire_owned().await;
            (seat, listener.accept().await)
        };
        let (seat, accepted) = tokio::select! {
            () = stopping.cancelled() => break,
            next = next => next,
        };
        let Ok(seat) = seat else { break };
        let (stream, peer) = match accepted {
            Ok((stream, address)) => (stream, address.ip()),
            Err(cause) => {
                // A client that is gone again is no matter; no room for another is, and passes.
                if is_of_the_machine(&cause) {
                    tracing::error!(%cause, "no connection can be taken: the machine has no room for one");
                    let _ = timeout(BREATH, stopping.cancelled()).await;
                }
                continue;
            }
        };
        let Some(seat) = addresses.seat(peer, seat) else {
            tracing::debug!("a connection is hung up on: its address has as many as it may");
            continue;
        };
        connections.spawn(converse(
            http.clone(),
            (stream, Peer(peer), limits.write_timeout()),
            router.clone(),
            seat,
            stopping.clone(),
        ));
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// Has the machine let this program have as many files open as there may be connections; says so where it does not.
pub fn make_room_for(limits: &Limits) {
    let wanted = u64::try_from(limits.max_connections).unwrap_or(u64::MAX);
    let wanted = wanted.saturating_add(OTHER_FILES);
    match rlimit::increase_nofile_limit(wanted) {
        Ok(allowed) if allowed < wanted => tracing::warn!(
            allowed,
            wanted,
            "fewer files may be open than limits.max_connections needs: raise the limit of the process (LimitNOFILE, ulimit -n), \
             or lower the setting"
        ),
        Ok(_) => {}
        Err(cause) => tracing::warn!(%cause, wanted, "how many files may be open cannot be found out"),
    }
}

/// Answers the requests of one connection; when the program is to stop, the one that was begun is the last.
async fn converse(
    http: http1::Builder,
    (stream, peer, patience): (TcpStream, Peer, Duration),
    router: Router,
    seat: Seat,
    stopping: CancellationToken,
) {
    // Small answers and single notices must not wait for more to be sent with them.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(seat.clone());
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request.map(Body::new))
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience));
    let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
    let mut connection = pin!(connection.with_upgrades());
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(%cause, "a connection broke off");
    }
}

/// Whether the next connection would fail in the same way.
fn is_of_the_machine(cause: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    ![ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&cause.kind())
}
