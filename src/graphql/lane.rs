//! A lane of its own for operations that are dear: what takes a tenth of a second of a core to put together runs on threads
//! of its own, a few at once, so that small questions are answered beside it as fast as ever.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinHandle};
use tokio_util::task::AbortOnDropHandle;
use tracing::instrument::WithSubscriber as _;

/// From how many points on an operation is dear: some twenty milliseconds of a core.
pub(super) const DEAR: u32 = 500;

/// One for the whole process, since all of it shares the cores; made by the first operation that is dear, and never dropped,
/// since connections to the database that were opened on it are used everywhere.
static LANE: LazyLock<Lane> = LazyLock::new(Lane::new);

struct Lane {
    /// Where it runs; nowhere of its own where no threads are to be had.
    threads: Option<Runtime>,
    room: Arc<Semaphore>,
}

/// A place in the lane, given back when its last holder is gone.
#[derive(Clone)]
struct Place(
    #[expect(dead_code, reason = "held, and given back when the last holder is gone")]
    Arc<Option<OwnedSemaphorePermit>>,
);

impl Place {
    /// Runs something in the lane; it holds the place, also where nobody waits for it any more.
    fn spawn<F>(&self, work: F) -> JoinHandle<F::Output>
    where
        F: Future<Output: Send> + Send + 'static,
    {
        let place = self.clone();
        let work = async move {
            let output = work.await;
            drop(place);
            output
        };
        // Whoever hears what is logged here hears it from there.
        let work = work.with_current_subscriber();
        match &LANE.threads {
            Some(threads) => threads.spawn(work),
            None => tokio::spawn(work),
        }
    }
}

impl Lane {
    fn new() -> Self {
        // Half of the cores, so that the other half is left to what is small.
        let width = available_parallelism().map_or(1, NonZero::get).div_ceil(2);
        let threads = Builder::new_multi_thread()
            .worker_threads(width)
            .thread_name("dear")
            .enable_all()
            .build();
        if let Err(cause) = &threads {
            tracing::error!(%cause, "dear operations have no threads of their own");
        }
        Self {
            threads: threads.ok(),
            room: Arc::new(Semaphore::new(width)),
        }
    }
}

/// Executes in the lane, once there is a place in it, and finishes what was executed there too, unless nobody waits for it
/// any more.
///
/// A task of its own sees to it: a socket asks for nothing while its peer does not read, and a place is everybody's.
///
/// # Errors
///
/// Whatever broke off.
pub(super) async fn run<E, F, N>(execution: E, finish: F) -> Result<N::Output, JoinError>
where
    E: Future<Output: Send> + Send + 'static,
    F: FnOnce(E::Output) -> N + Send + 'static,
    N: Future<Output: Send> + Send + 'static,
{
    let driven = async move {
        let place = place().await;
        let executed = place.spawn(execution).await?;
        AbortOnDropHandle::new(place.spawn(finish(executed))).await
    };
    AbortOnDropHandle::new(tokio::spawn(driven)).await?
}

/// Waits for a place in the lane.
async fn place() -> Place {
    let permit = Arc::clone(&LANE.room).acquire_owned().await;
    // It is never closed.
    Place(Arc::new(permit.ok()))
}
