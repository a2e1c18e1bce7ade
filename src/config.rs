//! Settings: built-in defaults < `--config` TOML < `AVRR_*` environment < flags.
//!
//! An unknown key is an error wherever it stands, so a misspelt limit cannot go unnoticed. A secret comes from a file or
//! the environment and never appears in `Debug`. What is wrong is said in one line, with what to do about it.

mod auth;
mod environment;
mod oversight;
mod roles;
mod statistics;
mod validate;
mod webhooks;

pub use auth::{AuthSettings, IssuerSettings, OWN_ISSUER};
pub use oversight::{BreakGlassSettings, EscalationSettings, NoticeSettings, RetentionSettings};
pub use roles::Roles;
pub use statistics::StatisticsSettings;
pub use webhooks::WebhookSettings;

use crate::error::Error;
use crate::policy::windows::Windows;
use environment::Environment;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::Deserialize;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one.
    #[serde(deserialize_with = "address")]
    pub listen: SocketAddr,
    /// What this process does.
    pub roles: Roles,
    /// The database.
    pub database: DatabaseSettings,
    /// Which tokens are accepted.
    pub auth: AuthSettings,
    /// What one request may ask for.
    pub limits: Limits,
    /// How long partners still reach a case after their part in it has ended.
    pub windows: Windows,
    /// Whether the explorer is served at `/`.
    pub explorer: bool,
    /// File with the key of the global ids, 64 hexadecimal digits; without it the key lives in the database.
    pub id_key_file: Option<PathBuf>,
    /// How long oversight may see a case.
    pub break_glass: BreakGlassSettings,
    /// How long what is kept.
    pub retention: RetentionSettings,
    /// Where webhooks may be.
    pub webhooks: WebhookSettings,
    /// How long notices are kept.
    pub notices: NoticeSettings,
    /// Who does something about notices that nobody acknowledges.
    pub escalation: EscalationSettings,
    /// By which rules persons are counted.
    pub statistics: StatisticsSettings,
    /// How much one client may ask for.
    pub fair_use: FairUseSettings,
    /// How the program logs.
    pub log: LogSettings,
    /// Whether this is a demo; only the flag `--demo` says so.
    #[serde(skip)]
    pub demo: bool,
    /// What a demo loads.
    #[serde(skip)]
    pub demo_programme: DemoProgramme,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8080).into(),
            roles: Roles::default(),
            database: DatabaseSettings::default(),
            auth: AuthSettings::default(),
            limits: Limits::default(),
            windows: Windows::default(),
            explorer: false,
            id_key_file: None,
            break_glass: BreakGlassSettings::default(),
            retention: RetentionSettings::default(),
            webhooks: WebhookSettings::default(),
            notices: NoticeSettings::default(),
            escalation: EscalationSettings::default(),
            statistics: StatisticsSettings::default(),
            fair_use: FairUseSettings::default(),
            log: LogSettings::default(),
            demo: false,
            demo_programme: DemoProgramme::default(),
        }
    }
}

/// Which made-up programme a demo loads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DemoProgramme {
    /// Return and reintegration from the Western Balkans.
    #[default]
    WesternBalkans,
    /// The small cells of one annual report.
    KosovoIn2010,
}

/// Where the rows are, and how long a statement may take.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `sqlite://file?mode=rwc` or `postgres://…`.
    pub url: DatabaseUrl,
    /// Connections held at most.
    pub max_connections: u32,
    /// Longest wait for a connection.
    pub acquire_timeout_seconds: u32,
    /// Longest time that one statement may take.
    pub statement_timeout_seconds: u32,
    /// Longest wait for a lock.
    pub lock_timeout_seconds: u32,
    /// Longest time that a transaction may stand open without a statement.
    pub idle_in_transaction_timeout_seconds: u32,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: "sqlite://avrr.db?mode=rwc".into(),
            max_connections: 16,
            acquire_timeout_seconds: 10,
            statement_timeout_seconds: 15,
            lock_timeout_seconds: 10,
            idle_in_transaction_timeout_seconds: 15,
        }
    }
}

/// A database URL; it may hold a password, so `Debug` and `Display` leave user and password out.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole URL, password and all.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it names a SQLite file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.0.starts_with("sqlite:")
    }

    /// The SQLite file that is made where it is missing, if the URL names one and says so.
    #[must_use]
    pub fn sqlite_file_to_make(&self) -> Option<&std::path::Path> {
        let (file, parameters) = self.0.strip_prefix("sqlite://")?.split_once('?')?;
        let plain = !file.is_empty() && !file.starts_with(':') && !file.contains('%');
        (plain && parameters.split('&').any(|parameter| parameter == "mode=rwc")).then(|| file.as_ref())
    }

    fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres://") || self.0.starts_with("postgresql://")
    }
}

impl<T: Into<String>> From<T> for DatabaseUrl {
    fn from(url: T) -> Self {
        Self(url.into())
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.0.split_once("://") else {
            return f.write_str("(not a URL)");
        };
        // Parameters may hold a password too.
        let place = rest.split('?').next().unwrap_or_default();
        let place = place.rsplit('@').next().unwrap_or_default();
        write!(f, "{scheme}://{place}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What one request, or one socket, may ask for.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest request body, in bytes.
    pub max_body_bytes: usize,
    /// Largest message on a WebSocket, in bytes.
    pub max_message_bytes: usize,
    /// Largest picture, in bytes; a request carries it in base64.
    pub max_picture_bytes: usize,
    /// Most pixels that a picture may have.
    pub max_picture_pixels: usize,
    /// Deepest nesting of a selection.
    pub max_depth: usize,
    /// Most fields that a document may select, fragments counted wherever they are spread.
    pub max_fields: usize,
    /// Most aliases in a document.
    pub max_aliases: usize,
    /// Longest alias, in bytes: an answer repeats it in every row.
    pub max_alias_bytes: usize,
    /// Most rows and redactions that an answer may hold, counted wherever they stand.
    pub max_rows: usize,
    /// Largest page of a connection.
    pub max_page: usize,
    /// Page of a connection when nothing is said.
    pub default_page: usize,
    /// Longest time that a query or mutation may take.
    pub request_timeout_seconds: u32,
    /// Most operations open at once on one WebSocket.
    pub max_socket_operations: usize,
    /// Longest wait for `connection_init` on a WebSocket.
    pub socket_init_timeout_seconds: u32,
    /// Longest wait for a subscriber to take an event.
    pub stream_patience_seconds: u32,
    /// Longest wait for the head of a request, also on a connection that is kept open.
    pub header_timeout_seconds: u32,
    /// Most connections open at once; who comes then waits to be taken.
    pub max_connections: usize,
    /// Most requests that are answered at once; others are told to come back.
    pub max_requests: usize,
    /// Most requests of one client that are answered at once.
    pub max_requests_per_client: usize,
    /// Longest wait for a peer to take anything of what is sent to it.
    pub write_timeout_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body_bytes: 262_144,
            max_message_bytes: 65_536,
            max_picture_bytes: 150_000,
            max_picture_pixels: 12_000_000,
            max_depth: 12,
            max_fields: 500,
            max_aliases: 50,
            max_alias_bytes: 64,
            max_rows: 20_000,
            max_page: 100,
            default_page: 25,
            request_timeout_seconds: 30,
            max_socket_operations: 32,
            socket_init_timeout_seconds: 10,
            stream_patience_seconds: 5,
            header_timeout_seconds: 75,
            max_connections: 20_000,
            max_requests: 512,
            max_requests_per_client: 128,
            write_timeout_seconds: 30,
        }
    }
}

impl Limits {
    /// Longest time that a query or mutation may take.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds.into())
    }

    /// Longest wait for the head of a request.
    #[must_use]
    pub fn header_timeout(&self) -> Duration {
        Duration::from_secs(self.header_timeout_seconds.into())
    }

    /// Longest wait for a peer to take anything of what is sent to it: long enough for a slow subscriber to be told first.
    #[must_use]
    pub fn write_timeout(&self) -> Duration {
        let told = self.stream_patience_seconds.saturating_mul(3);
        Duration::from_secs(self.write_timeout_seconds.max(told).into())
    }

    /// Longest wait for a subscriber to take an event.
    #[must_use]
    pub fn stream_patience(&self) -> Duration {
        Duration::from_secs(self.stream_patience_seconds.into())
    }
}

/// How much one client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FairUseSettings {
    /// Points that a client has at most; nothing is counted where it is 0.
    pub points: u32,
    /// Points that come back in a second.
    pub points_per_second: u32,
}

impl Default for FairUseSettings {
    fn default() -> Self {
        Self {
            points: 20_000,
            points_per_second: 1_000,
        }
    }
}

/// How the program logs, always to stderr.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// `text` or `json`.
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug`, `trace`, or directives such as `info,avrr_gateway::store=debug`.
    pub level: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            // Which migrations ran is what `migrate status` is for.
            level: "info,sea_orm_migration=warn".into(),
        }
    }
}

/// Shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// What the command line says; it overrides everything else.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
    /// `--listen`.
    pub listen: Option<SocketAddr>,
    /// `--roles`.
    pub roles: Option<Roles>,
    /// `--demo`, with the URL of the database that a demo uses when none is set anywhere.
    pub demo: Option<String>,
    /// `--programme`: what a demo loads.
    pub programme: DemoProgramme,
}

impl Config {
    /// The settings that the command line, the environment and the file named there give.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that names the setting.
    pub fn load(flags: &Flags) -> Result<Self, Error> {
        Self::from_layers(flags, Environment::of_the_process())
    }

    fn from_layers(flags: &Flags, environment: Environment) -> Result<Self, Error> {
        let mut layers = Figment::new();
        if let Some(database_url) = &flags.demo {
            // A day: a newcomer reads the table of tokens once and plays on.
            layers = layers
                .merge(Serialized::default("database.url", database_url))
                .merge(Serialized::default("explorer", true))
                .merge(Serialized::default("auth.max_lifetime_seconds", 86_400));
        }
        if let Some(file) = &flags.config {
            if !file.exists() {
                return Err(wrong(format!("--config: there is no file {}", file.display())));
            }
            layers = layers.merge(Toml::file_exact(file));
        }
        layers = layers.merge(environment);
        if let Some(url) = &flags.database_url {
            layers = layers.merge(Serialized::default("database.url", url));
        }
        if let Some(listen) = &flags.listen {
            layers = layers.merge(Serialized::default("listen", listen));
        }
        if let Some(roles) = &flags.roles {
            layers = layers.merge(Serialized::default("roles", roles));
        }
        let mut config: Self = layers.extract().map_err(|error| wrong(one_line(error)))?;
        config.demo = flags.demo.is_some();
        config.demo_programme = flags.programme;
        config.validate()?;
        Ok(config)
    }

    /// The key of the global ids from `id_key_file`, if one is set.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if the file cannot be read or does not hold 64 hexadecimal digits.
    pub fn id_key(&self) -> Result<Option<[u8; 32]>, Error> {
        let Some(file) = &self.id_key_file else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(file)
            .map_err(|error| wrong(format!("id_key_file: cannot read {}: {error}", file.display())))?;
        let key = hexadecimal(text.trim());
        key.map(Some).ok_or_else(|| {
            wrong(format!(
                "id_key_file: {} must hold 64 hexadecimal digits: make it with `openssl rand -hex 32`",
                file.display()
            ))
        })
    }
}

fn hexadecimal(digits: &str) -> Option<[u8; 32]> {
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (byte, at) in key.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&digits[at..at + 2], 16).ok()?;
    }
    Some(key)
}

fn wrong(line: impl Into<String>) -> Error {
    Error::Startup(line.into())
}

fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse()
        .map_err(|_| serde::de::Error::custom("write an address and a port, such as 127.0.0.1:8080,"))
}

/// The first thing that is wrong, without the source line that a TOML error quotes: it may hold a password.
fn one_line(error: figment::Error) -> String {
    let first = error
        .into_iter()
        .next()
        .map(|error| error.to_string())
        .unwrap_or_default();
    let mut lines = first
        .lines()
        .filter(|line| !line.contains('|') && !line.trim().is_empty());
    let head = lines.next().unwrap_or("the settings cannot be read").to_owned();
    // figment calls its profile by name, which is a notion that these settings do not have.
    lines
        .fold(head, |line, more| format!("{line}: {}", more.trim()))
        .replace("\"default.", "\"")
        .replace("`one of `", "one of `")
        .replace("``", "`")
}

#[cfg(test)]
mod tests;
