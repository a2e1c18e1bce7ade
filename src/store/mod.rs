//! The database. The only room that names sea-orm or the entity crate.
//!
//! Two doors: [`Store::reader`] gives governed rows for one viewer, [`Store::begin`] a unit of work in which a command
//! saves everything that belongs together, or nothing. Before anything personal leaves by either, [`Store::ledger`] has
//! noted it. Everything else here serves these, the registry that authentication asks, and the counts behind indicators.

mod admission;
mod assemble;
mod backup;
mod case_of;
mod cause;
mod child;
mod complaints;
mod consular;
mod convert;
mod deadline;
mod deliveries;
mod diff;
mod diff_package;
mod documents;
mod edition;
mod escalation;
mod facts;
pub mod filter;
mod flight;
mod funding;
mod inbox;
mod installation;
mod keys;
mod ledger;
mod load;
mod migrations;
mod monitoring;
mod movements;
pub mod nodes;
pub mod page;
mod papers;
mod programme;
mod publication;
mod publishing;
mod reader;
mod readiness;
mod registry;
mod retention;
mod scope;
#[cfg(test)]
mod scratch;
mod seed;
mod snapshot;
mod suspensions;
mod unit_of_work;
mod wake_up;
mod want;
mod webhooks;

pub use backup::{Copied, verified};
pub use cause::cause_of;
pub use consular::{Answered, PublishedAnswer, PublishedRefusal, PublishedWaiting};
pub use deliveries::{Due, Lease, Next, Outgoing, Settled, WebhooksWaiting};
pub use edition::{Cells, Edition};
pub use escalation::{DueEscalation, HeldEscalation};
pub use facts::Recount;
pub use flight::{Departure, Flight};
pub use inbox::{Handed, InboxProof};
pub use ledger::{Head, Ledger, Misfit, Verdict};
pub use migrations::MigrationStatus;
pub use monitoring::RecordCounts;
pub use publication::{CountBy, PublishedCell, PublishedThrough, ReportedProject, Span, month};
pub use publishing::Publishing;
pub use reader::{Readable, Reader};
pub use readiness::{Connections, Heartbeat, Tables, understands};
pub use retention::Certified;
pub use seed::{NewClient, Programme, Recorded};
pub use unit_of_work::{Actor, Cause, Committed, Loaded, UnitOfWork, worth_repeating};
pub use want::Want;

use crate::clock::Clock;
use crate::config::DatabaseSettings;
use crate::domain::statistics::Rules;
use crate::error::Error;
use crate::ids::GlobalIds;
pub use crate::policy::admission::RegisteredClient;
use crate::policy::viewer::Viewer;
use crate::policy::windows::Windows;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

/// How often a SQLite file is tried to be opened that others have just made …
const OPENINGS: usize = 100;

/// … and how long is waited in between.
const BREATH: Duration = Duration::from_millis(50);

/// The database, with the clock and the key that make its rows' times and ids.
#[derive(Clone)]
pub struct Store {
    reading: DatabaseConnection,
    writing: DatabaseConnection,
    ledger: Ledger,
    clock: Clock,
    ids: GlobalIds,
    windows: Windows,
    statistics: Arc<Rules>,
    edition: Arc<Mutex<Option<Arc<Edition>>>>,
    publication: Flight,
    takeovers: Arc<AtomicU64>,
    pulse: Arc<Mutex<readiness::Pulse>>,
}

impl From<DbErr> for Error {
    fn from(cause: DbErr) -> Self {
        Self::Database(Box::new(cause))
    }
}

impl Store {
    /// Connects, without touching anything.
    ///
    /// SQLite gets one writing connection and a pool of reading ones, twice as many as there are cores; PostgreSQL one pool with limits on statements,
    /// locks and idle transactions.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that says what is wrong and what to do.
    pub async fn connect(settings: &DatabaseSettings, clock: Clock) -> Result<Self, Error> {
        #[cfg(unix)]
        if let Some(file) = settings.url.sqlite_file_to_make() {
            use std::os::unix::fs::OpenOptionsExt as _;
            // For its owner alone, and SQLite gives its companions the same mode. Where it is there already nothing
            // changes; where it cannot be made, opening it says so.
            let mut new = std::fs::OpenOptions::new();
            let _ = new.write(true).create_new(true).mode(0o600).open(file);
        }
        let open = async |connections: u32| {
            let connected = connected(options(settings, connections)).await;
            connected.map_err(|cause| {
                // The library's words name neither the password nor the URL.
                let cause = cause.to_string();
                let cause = cause.strip_prefix("Connection Error: ").unwrap_or(&cause);
                let advice = if settings.url.is_sqlite() {
                    "check that its directory exists, and add ?mode=rwc for a new file"
                } else {
                    "check that it runs and that --database-url is right"
                };
                Error::Startup(format!(
                    "cannot reach the database at {}: {cause}: {advice}",
                    settings.url
                ))
            })
        };
        let writing = open(if settings.url.is_sqlite() {
            1
        } else {
            settings.max_connections
        })
        .await?;
        let reading = if settings.url.is_sqlite() {
            open(settings.max_connections.min(readers())).await?
        } else {
            writing.clone()
        };
        Ok(Self {
            ledger: Ledger::new(writing.clone()),
            reading,
            writing,
            clock,
            ids: GlobalIds::new([0; 32]),
            windows: Windows::default(),
            statistics: Arc::default(),
            edition: Arc::default(),
            publication: Flight::default(),
            takeovers: Arc::default(),
            pulse: Arc::default(),
        })
    }

    /// The clock that this store's times come from.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The ids that this store's rows go by outside.
    #[must_use]
    pub fn ids(&self) -> &GlobalIds {
        &self.ids
    }

    /// The same store, where parties reach cases for as long as these windows say.
    #[must_use]
    pub fn with_windows(self, windows: Windows) -> Self {
        Self { windows, ..self }
    }

    /// How long parties still reach cases after their part in them has ended.
    #[must_use]
    pub fn windows(&self) -> Windows {
        self.windows
    }

    /// The same store, where persons are counted by these rules.
    #[must_use]
    pub fn with_statistics(self, rules: Rules) -> Self {
        Self {
            statistics: Arc::new(rules),
            ..self
        }
    }

    /// Who is at the publication that is due.
    #[must_use]
    pub fn publication(&self) -> &Flight {
        &self.publication
    }

    /// By which rules persons are counted.
    #[must_use]
    pub fn statistics(&self) -> &Rules {
        &self.statistics
    }

    /// Reads for one viewer.
    #[must_use]
    pub fn reader(&self, viewer: &Viewer) -> Reader {
        Reader::new(self, viewer.clone())
    }

    /// Begins a unit of work for an actor.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn begin(&self, actor: Actor) -> Result<UnitOfWork, Error> {
        UnitOfWork::begin(self, Some(actor)).await
    }

    /// Begins a unit of work for what time alone does.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn begin_by_time(&self) -> Result<UnitOfWork, Error> {
        UnitOfWork::begin(self, None).await
    }

    /// Lets benches and contract tests see every statement, with its values: never for a log.
    pub fn observe(&mut self, see: impl Fn(&str) + Send + Sync + 'static) {
        let see = std::sync::Arc::new(see);
        let writing = see.clone();
        self.reading
            .set_metric_callback(move |info| see(&info.statement.to_string()));
        if self.is_sqlite() {
            self.writing
                .set_metric_callback(move |info| writing(&info.statement.to_string()));
        } else {
            self.writing = self.reading.clone();
        }
    }

    /// Answers if the database does.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.reading.ping().await?)
    }

    /// Lets go of the database, for tests of what happens when it is gone.
    #[cfg(test)]
    pub(crate) async fn close(&self) -> Result<(), Error> {
        self.reading.close_by_ref().await?;
        Ok(self.writing.close_by_ref().await?)
    }

    fn is_sqlite(&self) -> bool {
        self.writing.get_database_backend() == DbBackend::Sqlite
    }
}

/// How many connections read a SQLite file: each is a thread of this process with a cache of its own, and more of them than the
/// cores can keep busy only stand in each other's way.
fn readers() -> u32 {
    let cores = available_parallelism().map_or(1, NonZero::get);
    u32::try_from(cores).unwrap_or(u32::MAX).saturating_mul(2).max(4)
}

/// Connects. Whoever switches a new SQLite file to its journal keeps all others out for a moment, and SQLite itself waits for
/// no such moment.
async fn connected(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut tries = 0;
    loop {
        match Database::connect(options.clone()).await {
            Err(cause) if tries < OPENINGS && cause.to_string().contains("database is locked") => {
                tries += 1;
                let _ = timeout(BREATH, std::future::pending::<()>()).await;
            }
            outcome => return outcome,
        }
    }
}

fn options(settings: &DatabaseSettings, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.url.as_str().to_owned());
    let seconds = |seconds: u32| Duration::from_secs(seconds.into());
    let limits = [
        ("statement_timeout", settings.statement_timeout_seconds),
        ("lock_timeout", settings.lock_timeout_seconds),
        (
            "idle_in_transaction_session_timeout",
            settings.idle_in_transaction_timeout_seconds,
        ),
    ];
    let lock_timeout = seconds(settings.lock_timeout_seconds);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(seconds(settings.acquire_timeout_seconds))
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                // What is erased is overwritten, in the row and in pages that nothing needs any more.
                .pragma("secure_delete", "ON")
                .busy_timeout(lock_timeout)
                .statement_cache_capacity(512)
        })
        .map_sqlx_postgres_opts(move |postgres| {
            postgres
                .options(limits.map(|(name, seconds)| (name, format!("{seconds}s"))))
                .statement_cache_capacity(512)
        });
    options
}
