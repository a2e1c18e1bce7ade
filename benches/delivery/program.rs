//! The program under load, with a database of its own; both end with the measurement.

use crate::{Failure, variable};
use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::http::keys::Keys;
use avrr_gateway::http::token::TokenIssuer;
use avrr_gateway::store::{Programme, Store};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A database of the measurement's own.
pub struct Place {
    /// Where it is.
    pub url: String,
    directory: PathBuf,
    server: Option<(String, String)>,
}

impl Place {
    /// A new database: on the PostgreSQL that the environment names, else in a file.
    pub async fn new() -> Result<Self, Failure> {
        let directory = std::env::temp_dir().join(format!("avrr-delivery-{}", std::process::id()));
        std::fs::create_dir_all(&directory)?;
        let Some(server) = variable("AVRR_TEST_POSTGRES_URL") else {
            let url = format!("sqlite://{}?mode=rwc", directory.join("avrr.db").display());
            return Ok(Self {
                url,
                directory,
                server: None,
            });
        };
        let name = format!("avrr_delivery_{}", std::process::id());
        let (place, _) = server.rsplit_once('/').ok_or("the URL names no database")?;
        let url = format!("{place}/{name}");
        let create = format!("CREATE DATABASE {name}");
        Database::connect(&server)
            .await?
            .execute_unprepared(&create)
            .await?;
        Ok(Self {
            url,
            directory,
            server: Some((server, name)),
        })
    }

    /// Whether it is on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// The name of what it is on.
    pub fn kind(&self) -> &'static str {
        if self.is_postgres() {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    }

    /// A file of the measurement's own.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// A connection that knows nothing of the programme.
    pub async fn connect(&self) -> Result<DatabaseConnection, Failure> {
        Ok(Database::connect(&self.url).await?)
    }

    /// The settings of a program on it.
    pub fn config(&self) -> Config {
        let mut config = Config::default();
        config.database.url = self.url.as_str().into();
        config.auth.signing_key_file = self.file("key.pem");
        config.auth.max_lifetime_seconds = 86_400;
        // All subscribers may be one client.
        config.limits.max_streams_per_client = 20_000;
        config
    }

    /// The rows, in this process.
    pub async fn store(&self) -> Result<Store, Failure> {
        let store = Store::connect(&self.config().database, Clock::system()).await?;
        store.migrate_up().await?;
        Ok(store.prepared(None).await?)
    }

    /// Loads a programme, and says who signs the tokens of its clients.
    pub async fn load(&self, programme: Programme) -> Result<TokenIssuer, Failure> {
        let keys = Keys::open(&self.config().auth, false, &Clock::system()).await?;
        self.store().await?.load(programme).await?;
        Ok(keys.issuer.ok_or("no issuer")?)
    }

    /// Removes it, as far as it can be.
    pub async fn remove(self) -> Result<(), Failure> {
        if let Some((server, name)) = &self.server {
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            Database::connect(server).await?.execute_unprepared(&drop).await?;
        }
        std::fs::remove_dir_all(&self.directory)?;
        Ok(())
    }
}

/// The program, which ends with the measurement.
pub struct Program {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts it on a database that is loaded.
    pub fn start(place: &Place) -> Result<Self, Failure> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_avrr-gateway"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", &place.url])
            .env_clear()
            .env("AVRR_AUTH__SIGNING_KEY_FILE", place.file("key.pem"))
            .env("AVRR_AUTH__MAX_LIFETIME_SECONDS", "86400")
            .env("AVRR_LOG__LEVEL", "error")
            .env("AVRR_LIMITS__MAX_STREAMS_PER_CLIENT", "20000")
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on http://")?.parse().ok())
            .ok_or("the program does not listen")?;
        Ok(Self { child, address })
    }

    /// Resident memory, in KiB.
    pub fn memory(&self) -> Result<usize, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.ok_or("no VmRSS")?.parse()?)
    }
}

/// A token of a client for as long as a measurement may take.
pub fn token(tokens: &TokenIssuer, client: &str) -> Result<String, Failure> {
    Ok(tokens.token(client, TimeDelta::hours(12))?)
}
