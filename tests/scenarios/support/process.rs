//! The real program as a process of its own, to be killed.

use super::actor::Actor;
use super::database::{Database, Stage};
use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::http::keys::Keys;
use avrr_gateway::http::token::TokenIssuer;
use avrr_gateway::store::{Programme, Store};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A database with a programme in it, and the key that signs tokens for whoever serves it.
pub struct Premises {
    /// Where the rows are.
    pub stage: Stage,
    tokens: TokenIssuer,
}

/// The program with a command and a database, and no settings but these.
pub fn command(arguments: &[&str], database_url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_avrr-gateway"));
    command
        .args(arguments)
        .args(["--database-url", database_url])
        .env_clear()
        .env("AVRR_LOG__LEVEL", "error")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// One life of the program.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Premises {
    /// Sets up a database and loads a programme into it.
    pub async fn with(database: Database, programme: Programme) -> Self {
        let stage = Stage::set(database).await;
        let mut config = Config::default();
        // Stories ask for more than a client may, by a clock that stands still.
        config.fair_use.points = 0;
        config.database.url = stage.url.as_str().into();
        config.auth.signing_key_file = stage.directory.join("key.pem");
        config.auth.max_lifetime_seconds = 86_400;
        let keys = Keys::open(&config.auth, false, &Clock::system())
            .await
            .expect("a key");
        let store = Store::connect(&config.database, Clock::system())
            .await
            .expect("a database");
        store.migrate_up().await.expect("migrated");
        let store = store.prepared(None).await.expect("prepared");
        store.load(programme).await.expect("loaded");
        Self {
            stage,
            tokens: keys.issuer.expect("an issuer"),
        }
    }

    /// Starts the program and waits until it listens.
    pub fn start(&self) -> Process {
        self.start_with("[]")
    }

    /// Starts the program with places at which webhooks may be, as a list of TOML, and waits until it listens.
    pub fn start_with(&self, allowed: &str) -> Process {
        self.start_set(&[("AVRR_WEBHOOKS__ALLOW", allowed)])
    }

    /// Starts the program with settings of its own, as variables, and waits until it listens.
    pub fn start_set(&self, settings: &[(&str, &str)]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_avrr-gateway"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--database-url",
                &self.stage.url,
            ])
            .env_clear()
            .env(
                "AVRR_AUTH__SIGNING_KEY_FILE",
                self.stage.directory.join("key.pem"),
            )
            .env("AVRR_AUTH__MAX_LIFETIME_SECONDS", "86400")
            .env("AVRR_LOG__LEVEL", "error")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = lines
            .find_map(|line| line.ok()?.strip_prefix("listening on http://")?.parse().ok())
            .expect("the program listens");
        Process { child, address }
    }

    /// A client of the program while it lives.
    pub fn client(&self, client_id: &str, process: &Process) -> Actor {
        Actor::at(process.address, client_id, &self.tokens)
    }
}

impl Process {
    /// `kill -9`, now.
    pub fn dies(&mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("a dead process");
    }

    /// Is asked to stop (SIGTERM), and may take its time.
    pub fn is_asked_to_stop(&self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.expect("kill").success());
    }

    /// Whether it has ended in time, and by itself.
    pub async fn has_stopped_within(&mut self, patience: Duration) -> bool {
        let ended = async {
            loop {
                if let Some(status) = self.child.try_wait().expect("a process") {
                    return status.success();
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(patience, ended).await.unwrap_or(false)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
