//! The world of one story: a server on a port of its own, a clock that stands still, and the programme's register.

use super::actor::Actor;
use super::database::{Database, Stage};
use super::receiver::Receiver;
use super::services::with_services;
use super::watch;
use avrr_gateway::app::App;
use avrr_gateway::clock::TestClock;
use avrr_gateway::config::Config;
use avrr_gateway::demo::{self, Register};
use avrr_gateway::domain::party::{ClientRight, Organisation, OrganisationKind};
use avrr_gateway::domain::territory::CountryCode;
use avrr_gateway::http::token::TokenIssuer;
use avrr_gateway::ids::OrganisationId;
use avrr_gateway::store::{NewClient, Programme};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures_util::FutureExt;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running server with everybody whom the register knows.
pub struct World {
    /// The only time there is.
    pub clock: Arc<TestClock>,
    /// Which database it runs on.
    pub database: Database,
    /// Where its rows are.
    pub stage: Stage,
    /// Where it listens.
    pub address: SocketAddr,
    /// A partner's system that webhooks may be sent to.
    pub receiver: Receiver,
    /// Signs tokens that it accepts.
    pub tokens: TokenIssuer,
    register: Register,
    http: reqwest::Client,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// The programme that most stories begin with: everybody is there, and nothing has happened.
pub fn the_register(now: DateTime<Utc>) -> Programme {
    with_services(demo::ready_cases(0, "", now), now)
}

/// Plays a story on a database, from what a programme holds, and clears the stage whether it ends well or not.
pub fn play_from(
    database: Database,
    programme: impl FnOnce(DateTime<Utc>) -> Programme,
    story: impl AsyncFnOnce(&World),
) {
    play_with(database, |_| (), |now| Some(programme(now)), story);
}

/// The same from a day of one's own, for a story that took place.
pub fn play_on(
    database: Database,
    begins: DateTime<Utc>,
    programme: impl FnOnce(DateTime<Utc>) -> Programme,
    story: impl AsyncFnOnce(&World),
) {
    play(database, begins, |_| (), |now| Some(programme(now)), story);
}

/// The same with other settings; without a programme, from the register alone.
pub fn play_with(
    database: Database,
    change: impl FnOnce(&mut Config),
    programme: impl FnOnce(DateTime<Utc>) -> Option<Programme>,
    story: impl AsyncFnOnce(&World),
) {
    play(database, morning(), change, programme, story);
}

fn play(
    database: Database,
    begins: DateTime<Utc>,
    change: impl FnOnce(&mut Config),
    programme: impl FnOnce(DateTime<Utc>) -> Option<Programme>,
    story: impl AsyncFnOnce(&World),
) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let world = World::open(database, begins, change, |now| {
            programme(now).unwrap_or_else(|| the_register(now))
        })
        .await;
        let ended = AssertUnwindSafe(story(&world)).catch_unwind().await;
        world.close().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
        watch::nothing_personal_was_logged();
    });
}

impl World {
    /// A world that opens at a moment.
    async fn open(
        database: Database,
        begins: DateTime<Utc>,
        change: impl FnOnce(&mut Config),
        programme: impl FnOnce(DateTime<Utc>) -> Programme,
    ) -> Self {
        watch::begin();
        let stage = Stage::set(database).await;
        let clock = Arc::new(TestClock::at(begins));
        let mut config = Config::default();
        // Stories ask for more than a client may, by a clock that stands still.
        config.fair_use.points = 0;
        config.listen.set_port(0);
        config.database.url = stage.url.as_str().into();
        config.auth.signing_key_file = stage.directory.join("key.pem");
        // A socket may stay for a day.
        config.auth.max_lifetime_seconds = 86_400;
        let receiver = Receiver::open().await;
        config.webhooks.allow.push(receiver.address.to_string());
        // Most stories are not about who answers when: nobody is reminded in them.
        config.escalation.run = false;
        change(&mut config);
        let app = App::build_with(config, clock.clock()).await.expect("an app");
        let programme = programme(clock.now());
        let register = Register {
            directory: avrr_gateway::domain::party::Directory {
                organisations: programme.organisations.clone(),
                accreditations: programme.accreditations.clone(),
                jurisdictions: Vec::new(),
                suspensions: Vec::new(),
            },
            agreements: programme.agreements.clone(),
            clients: programme.clients.clone(),
            funding: avrr_gateway::domain::funding::Funding::default(),
        };
        app.store().load(programme).await.expect("the register loaded");
        let address = app.local_addr();
        let tokens = app.tokens().expect("an issuer").clone();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            app.run_until_stopped(async { drop(stopped.await) })
                .await
                .expect("a clean stop");
        });
        Self {
            clock,
            database,
            stage,
            address,
            receiver,
            tokens,
            register,
            http: browser(),
            stop,
            running,
        }
    }

    async fn close(self) {
        let _ = self.stop.send(());
        let stopped = tokio::time::timeout(Duration::from_secs(20), self.running).await;
        self.stage.strike().await;
        stopped
            .expect("the server stops in time")
            .expect("the server stops in peace");
    }

    /// Lets time pass, for everybody.
    pub fn time_passes(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// Waits until something is so that the server does by itself.
    pub async fn eventually(&self, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        let waited = async {
            while !is_so().await {
                looks.tick().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(30), waited).await;
        waited.unwrap_or_else(|_| panic!("it never happened that {what}"));
    }

    /// The day that it is.
    pub fn today(&self) -> NaiveDate {
        self.clock.now().date_naive()
    }

    /// The IOM mission with its seat in a city.
    pub fn mission(&self, city: &str) -> Actor {
        self.one(OrganisationKind::Mission, |mission| {
            mission.seat_city.as_deref() == Some(city)
        })
    }

    /// The embassy of a country, by its English name, in a city.
    pub fn embassy(&self, country: &str, city: &str) -> Actor {
        let name = format!("Embassy of {country} in {city}");
        self.one(OrganisationKind::ConsularPost, |post| post.name == name)
    }

    /// The police of a territory.
    pub fn police(&self, territory: &str) -> Actor {
        let place = CountryCode::parse(territory);
        self.one(OrganisationKind::Police, |police| police.territory == place)
    }

    /// The migration authority of a territory; the first where there are two.
    pub fn migration(&self, territory: &str) -> Actor {
        let place = CountryCode::parse(territory);
        self.one(OrganisationKind::MigrationAuthority, |authority| {
            authority.territory == place
        })
    }

    /// The donor's dashboard.
    pub fn dashboard(&self) -> Actor {
        self.one(OrganisationKind::Dashboard, |_| true)
    }

    /// The data protection officer.
    pub fn auditor(&self) -> Actor {
        self.one(OrganisationKind::Auditor, |_| true)
    }

    /// The administration of the registry.
    pub fn admin(&self) -> Actor {
        self.one(OrganisationKind::Admin, |_| true)
    }

    /// Whoever a client name stands for, registered or not.
    pub fn client(&self, client_id: &str) -> Actor {
        Actor {
            client: client_id.to_owned(),
            staff: None,
            purpose: None,
            address: self.address,
            http: self.http.clone(),
            tokens: self.tokens.clone(),
            clock: Arc::clone(&self.clock),
        }
    }

    /// Everybody in the register, each organisation once.
    pub fn everybody(&self) -> Vec<Actor> {
        let clients = self.register.clients.iter();
        let each = clients.filter(|client| client.rights.is_empty());
        each.map(|client| self.client(&client.client_id)).collect()
    }

    /// The organisation of an actor's client.
    pub fn owner_of(&self, actor: &Actor) -> OrganisationId {
        self.registered(actor).owner
    }

    /// The rights of an actor's client.
    pub fn rights_of(&self, actor: &Actor) -> &[ClientRight] {
        &self.registered(actor).rights
    }

    fn registered(&self, actor: &Actor) -> &NewClient {
        let mut clients = self.register.clients.iter();
        let found = clients.find(|client| client.client_id == actor.client);
        found.unwrap_or_else(|| panic!("the register has no client {}", actor.client))
    }

    fn one(&self, kind: OrganisationKind, is: impl Fn(&Organisation) -> bool) -> Actor {
        let mut organisations = self.register.directory.organisations.iter();
        let found = organisations.find(|organisation| organisation.kind == kind && is(organisation));
        let organisation = found.unwrap_or_else(|| panic!("the register has no such {kind}"));
        let clients = &self.register.clients;
        let client = clients.iter().find(|client| client.owner == organisation.id);
        self.client(&client.expect("an organisation with a client").client_id)
    }
}

/// An HTTP client that speaks to this machine alone.
pub fn browser() -> reqwest::Client {
    // An error says that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().expect("a client")
}

/// When every story begins.
fn morning() -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a Monday");
    day.and_hms_opt(9, 0, 0).expect("a morning").and_utc()
}
