//! The program put together: settings in, a listening server out, and a stop that loses nothing.

use crate::clock::Clock;
use crate::commands::{Desk, Oversight};
use crate::config::{Config, Roles};
use crate::error::Error;
use crate::graphql;
use crate::http::address::Proxies;
use crate::http::auth::Authenticator;
use crate::http::keys::Keys;
use crate::http::refusals::Refusals;
use crate::http::shares::Shares;
use crate::http::token::TokenIssuer;
use crate::http::verifier::Verifier;
use crate::http::{self, Gateway};
use crate::notify::webhook::{Egress, Worker};
use crate::notify::{self, Hub};
use crate::store::Store;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Longest time that open requests and sockets are given once the program is to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// The same programme in every demo.
const DEMO_SEED: u64 = 1;

/// A program that listens and only has to be run.
pub struct App {
    gateway: Arc<Gateway>,
    desk: Desk,
    router: axum::Router,
    listener: TcpListener,
    address: SocketAddr,
    tokens: Option<TokenIssuer>,
    erases_daily: bool,
    roles: Roles,
    escalates: bool,
}

impl App {
    /// Everything that the settings call for, by the machine's clock.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that says what is wrong and what to do.
    pub async fn build(config: Config) -> Result<Self, Error> {
        Self::build_with(config, Clock::system()).await
    }

    /// The same by another clock, for tests.
    ///
    /// # Errors
    ///
    /// As [`App::build`].
    pub async fn build_with(config: Config, clock: Clock) -> Result<Self, Error> {
        config.validate()?;
        http::accept::make_room_for(&config.limits);
        // The address first: a second program on the same port leaves the database alone.
        let listener = listen(config.listen).await?;
        let address = listener
            .local_addr()
            .map_err(|error| Error::Startup(format!("listen: {error}")))?;
        let keys = Keys::open(&config.auth, config.demo, &clock).await?;
        let rules = config.statistics.rules()?;
        let store = Store::connect(&config.database, clock.clone()).await?;
        store.migrate_up().await?;
        let store = store
            .prepared(config.id_key()?)
            .await?
            .with_windows(config.windows)
            .with_statistics(rules);
        if config.demo {
            if !address.ip().is_loopback() {
                tracing::warn!(%address, "a demo for everybody who can reach it: its key is no secret");
            }
            // A demo that is started again goes on where it stood.
            if !store.holds_demo().await? {
                crate::demo::load(&store, config.demo_programme, DEMO_SEED).await?;
            }
        }
        let desk = Desk {
            store: store.clone(),
            hub: Hub::default(),
            oversight: Oversight {
                break_glass_minutes: config.break_glass.max_minutes,
                schedule: config.retention.schedule(),
                notices: config.notices.schedule(),
                key_days: config.retention.idempotency_days,
            },
            egress: Egress::new(&config.webhooks),
        };
        let schema = graphql::schema_with(desk.clone(), config.limits.clone(), config.fair_use);
        let verifier = Verifier::new(keys.trusted, config.auth.issuer.clone(), clock.clone());
        let authenticator = Authenticator::new(store.clone(), verifier);
        let gateway = Arc::new(Gateway {
            sdl: graphql::sdl(None).into(),
            schema,
            store,
            authenticator,
            room: http::load::Room::new(&config.limits),
            streams: Shares::of(config.limits.max_streams_per_client),
            proxies: Proxies::new(config.trusted_proxies),
            refusals: Refusals::new(config.fair_use, &clock),
            limits: config.limits,
            started: clock.now(),
            clock,
            readiness: config.readiness,
            log: config.log,
            metrics: http::metrics::Metrics::default(),
            doors: http::doors::Doors::default(),
            hub: desk.hub.clone(),
            stopping: tokio_util::sync::CancellationToken::new(),
            sockets: tokio_util::task::TaskTracker::new(),
            demo_tokens: keys.issuer.clone().filter(|_| config.demo),
        });
        let router = http::router(Arc::clone(&gateway), config.roles, config.explorer);
        Ok(Self {
            gateway,
            desk,
            router,
            listener,
            address,
            tokens: keys.issuer,
            erases_daily: config.retention.run_daily,
            roles: config.roles,
            escalates: config.escalation.run,
        })
    }

    /// What this process does.
    #[must_use]
    pub fn roles(&self) -> Roles {
        self.roles
    }

    /// The address that it listens on.
    #[must_use]
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The rows, for tests that prepare a registry.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.gateway.store
    }

    /// Signs tokens that this program accepts; `None` where another program issues them.
    #[must_use]
    pub fn tokens(&self) -> Option<&TokenIssuer> {
        self.tokens.as_ref()
    }

    /// Serves until `shutdown` is done; then takes nothing new, says farewell to every socket and lets requests finish.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if the listener fails.
    pub async fn run_until_stopped(self, shutdown: impl Future<Output = ()>) -> Result<(), Error> {
        let Self {
            gateway,
            desk,
            router,
            listener,
            erases_daily,
            roles,
            escalates,
            ..
        } = self;
        let stopping = gateway.stopping.clone();
        let erasure = erases_daily.then(|| tokio::spawn(desk.clone().keep_retention(stopping.clone())));
        let escalates = escalates && roles.deliver;
        let escalation = escalates.then(|| tokio::spawn(desk.clone().keep_escalations(stopping.clone())));
        let worker = Worker {
            store: gateway.store.clone(),
            egress: desk.egress.clone(),
            counts: Arc::clone(&gateway.metrics.webhooks),
            stopping: stopping.clone(),
        };
        let webhooks = roles.deliver.then(|| tokio::spawn(worker.run()));
        let asked_for = async {
            for work in [erasure, escalation, webhooks].into_iter().flatten() {
                let _ = work.await;
            }
        };
        let deadlines = tokio::spawn(desk.keep_deadlines(stopping.clone()));
        let streams = tokio::spawn(keep_streams(Arc::clone(&gateway), roles));
        let bounds = (gateway.limits.clone(), gateway.proxies.clone());
        let server = http::accept::serve(listener, router, bounds, stopping.clone());
        let server = tokio::spawn(server);
        shutdown.await;
        tracing::info!(sockets = gateway.sockets.len(), "stopping");
        stopping.cancel();
        gateway.sockets.close();
        let background = async { tokio::join!(deadlines, asked_for, streams) };
        let drained = async { tokio::join!(server, gateway.sockets.wait(), background) };
        if tokio::time::timeout(DRAIN, drained).await.is_err() {
            tracing::warn!(
                sockets = gateway.sockets.len(),
                "stopped before everything was finished"
            );
        }
        Ok(())
    }
}

/// Tells other processes of what this one commits; where it holds streams, also hears what others commit, goes round the
/// inboxes that somebody listens to, watches over who may stay, and notes what was handed over.
async fn keep_streams(gateway: Arc<Gateway>, roles: Roles) {
    let shared = || {
        (
            gateway.store.clone(),
            gateway.hub.clone(),
            gateway.stopping.clone(),
        )
    };
    let (store, hub, stopping) = shared();
    let tell = notify::tell_others(store, hub, stopping);
    if !roles.api {
        return tell.await;
    }
    let (store, hub, stopping) = shared();
    let hear = notify::hear_others(store, hub, stopping);
    let (store, hub, stopping) = shared();
    let rounds = notify::go_round(store, hub, stopping);
    let doors = http::doors::watch(Arc::clone(&gateway));
    let (store, hub, stopping) = shared();
    let handed = hub.handed_over().keep_noting(store, stopping);
    tokio::join!(tell, hear, rounds, doors, handed);
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|error| {
        Error::Startup(match error.kind() {
            ErrorKind::AddrInUse => {
                format!(
                    "listen: {address} is in use: stop the program there, or choose another with --listen"
                )
            }
            ErrorKind::PermissionDenied => {
                format!("listen: {address} is not ours to take: choose a port above 1023 with --listen")
            }
            _ => format!("listen: {address}: {error}: choose another with --listen"),
        })
    })
}

#[cfg(test)]
mod tests;
