//! Settings: built-in defaults < `--config` TOML < `AVRR_*` environment < flags.
//!
//! An unknown key is an error wherever it stands, so a misspelt limit cannot go unnoticed. A secret comes from a file or
//! the environment and never appears in `Debug`. What is wrong is said in one line, with what to do about it.

mod environment;

use crate::error::Error;
use environment::Environment;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::Deserialize;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// The `iss` of tokens that this program signs itself.
pub const OWN_ISSUER: &str = "urn:avrr-gateway";

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The database.
    pub database: DatabaseSettings,
    /// Which tokens are accepted.
    pub auth: AuthSettings,
    /// What one request may ask for.
    pub limits: Limits,
    /// Whether the explorer is served at `/`.
    pub explorer: bool,
    /// File with the key of the global ids, 64 hexadecimal digits; without it the key lives in the database.
    pub id_key_file: Option<PathBuf>,
    /// How the program logs.
    pub log: LogSettings,
    /// Whether this is a demo; only the flag `--demo` says so.
    #[serde(skip)]
    pub demo: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 8080).into(),
            database: DatabaseSettings::default(),
            auth: AuthSettings::default(),
            limits: Limits::default(),
            explorer: false,
            id_key_file: None,
            log: LogSettings::default(),
            demo: false,
        }
    }
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

/// Which tokens are accepted, and which key signs our own.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthSettings {
    /// The `iss` that a token must carry.
    pub issuer: String,
    /// The `aud` that a token must name.
    pub audience: String,
    /// Difference between the clocks of issuer and gateway that is forgiven, in seconds.
    pub leeway_seconds: u32,
    /// Longest lifetime (`exp - iat`) that is accepted, in seconds.
    pub max_lifetime_seconds: u32,
    /// File with the issuer's public keys (JWKS).
    pub jwks_file: Option<PathBuf>,
    /// Address of the issuer's public keys (JWKS).
    pub jwks_url: Option<String>,
    /// Private key (Ed25519, PKCS#8 PEM) of a small installation that signs its own tokens; made on first use.
    pub signing_key_file: PathBuf,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            issuer: OWN_ISSUER.into(),
            audience: "avrr-gateway".into(),
            leeway_seconds: 30,
            max_lifetime_seconds: 3_600,
            jwks_file: None,
            jwks_url: None,
            signing_key_file: "avrr-signing-key.pem".into(),
        }
    }
}

impl AuthSettings {
    /// Whether another program signs the tokens.
    #[must_use]
    pub fn has_jwks(&self) -> bool {
        self.jwks_file.is_some() || self.jwks_url.is_some()
    }
}

/// What one request, or one socket, may ask for.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest request body or WebSocket message, in bytes.
    pub max_body_bytes: usize,
    /// Deepest nesting of a selection.
    pub max_depth: usize,
    /// Most fields that a document may select, fragments counted wherever they are spread.
    pub max_fields: usize,
    /// Most aliases in a document.
    pub max_aliases: usize,
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
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body_bytes: 262_144,
            max_depth: 12,
            max_fields: 500,
            max_aliases: 50,
            max_page: 100,
            default_page: 25,
            request_timeout_seconds: 30,
            max_socket_operations: 32,
            socket_init_timeout_seconds: 10,
        }
    }
}

impl Limits {
    /// Longest time that a query or mutation may take.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds.into())
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
            level: "info".into(),
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
    pub listen: Option<String>,
    /// `--demo`, with the URL of the database that a demo uses when none is set anywhere.
    pub demo: Option<String>,
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
        let mut config: Self = layers.extract().map_err(|error| wrong(one_line(error)))?;
        config.demo = flags.demo.is_some();
        config.validate()?;
        Ok(config)
    }

    /// Refuses settings that make no sense together.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that names the setting and says what to write there.
    pub fn validate(&self) -> Result<(), Error> {
        self.validate_database()?;
        self.validate_auth()?;
        self.validate_limits()?;
        tracing_subscriber::EnvFilter::try_new(&self.log.level)
            .map_err(|error| wrong(format!("log.level: {error}: write info, or debug")))?;
        Ok(())
    }

    fn validate_database(&self) -> Result<(), Error> {
        let database = &self.database;
        require(
            database.url.is_sqlite() || database.url.is_postgres(),
            "database.url: write sqlite://FILE?mode=rwc or postgres://USER@HOST/NAME",
        )?;
        require(
            database.max_connections >= 2,
            "database.max_connections: at least 2 are needed",
        )?;
        let waits = [
            database.acquire_timeout_seconds,
            database.statement_timeout_seconds,
            database.lock_timeout_seconds,
            database.idle_in_transaction_timeout_seconds,
        ];
        require(
            !waits.contains(&0),
            "database.*_timeout_seconds: write at least 1",
        )
    }

    fn validate_auth(&self) -> Result<(), Error> {
        let auth = &self.auth;
        require(
            !auth.issuer.is_empty(),
            "auth.issuer: write the `iss` of the tokens",
        )?;
        require(
            !auth.audience.is_empty(),
            "auth.audience: write the `aud` of the tokens",
        )?;
        require(
            auth.leeway_seconds <= 300,
            "auth.leeway_seconds: 300 at most; set the clocks instead",
        )?;
        require(
            (60..=86_400).contains(&auth.max_lifetime_seconds),
            "auth.max_lifetime_seconds: from 60 to 86400",
        )?;
        require(
            auth.jwks_file.is_none() || auth.jwks_url.is_none(),
            "auth.jwks_file and auth.jwks_url: set one of them, not both",
        )?;
        require(
            !(self.demo && auth.has_jwks()),
            "--demo signs with a key of its own: leave auth.jwks_file and auth.jwks_url out",
        )?;
        require(
            !auth.has_jwks() || auth.issuer != OWN_ISSUER,
            "auth.issuer: name the issuer whose keys auth.jwks_file or auth.jwks_url holds",
        )?;
        if let Some(url) = &auth.jwks_url {
            let url = reqwest::Url::parse(url)
                .map_err(|error| wrong(format!("auth.jwks_url: {error}: write https://…")))?;
            let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            require(
                url.scheme() == "https" || (url.scheme() == "http" && here),
                "auth.jwks_url: keys fetched without TLS could be anybody's: write https://…",
            )?;
        }
        Ok(())
    }

    fn validate_limits(&self) -> Result<(), Error> {
        let limits = &self.limits;
        let sizes = [
            limits.max_body_bytes,
            limits.max_depth,
            limits.max_fields,
            limits.max_aliases,
            limits.default_page,
            limits.max_socket_operations,
        ];
        require(
            !sizes.contains(&0),
            "limits.*: a limit of 0 lets nothing through: write at least 1",
        )?;
        require(
            limits.request_timeout_seconds > 0,
            "limits.request_timeout_seconds: write at least 1",
        )?;
        require(
            limits.socket_init_timeout_seconds > 0,
            "limits.socket_init_timeout_seconds: write at least 1",
        )?;
        require(limits.max_page <= 100, "limits.max_page: 100 at most")?;
        require(
            limits.default_page <= limits.max_page,
            "limits.default_page: not above limits.max_page",
        )
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

fn require(holds: bool, otherwise: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(wrong(otherwise)) }
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
    lines.fold(head, |line, more| format!("{line}: {}", more.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::of(
            variables
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
    }

    fn file(text: &str, name: &str) -> Flags {
        let path = std::env::temp_dir().join(format!("avrr-config-{}-{name}.toml", std::process::id()));
        std::fs::write(&path, text).expect("a temporary file");
        Flags {
            config: Some(path),
            ..Flags::default()
        }
    }

    fn refusal(flags: &Flags, variables: &[(&str, &str)]) -> String {
        let refused = Config::from_layers(flags, environment(variables))
            .expect_err("refused")
            .to_string();
        assert!(!refused.contains('\n'), "{refused}");
        refused
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_file_which_beats_the_defaults() {
        let mut flags = file(
            "listen = '127.0.0.1:1'\n[database]\nurl = 'sqlite://file'\n[limits]\nmax_depth = 7",
            "order",
        );
        let config = Config::from_layers(&flags, environment(&[])).expect("settings");
        assert_eq!(
            (
                config.listen.port(),
                config.limits.max_depth,
                config.limits.max_page
            ),
            (1, 7, 100)
        );

        let set = [
            ("AVRR_LISTEN", "127.0.0.1:2"),
            ("AVRR_DATABASE_URL", "sqlite://environment"),
        ];
        let config = Config::from_layers(&flags, environment(&set)).expect("settings");
        assert_eq!(
            (config.listen.port(), config.database.url.as_str()),
            (2, "sqlite://environment")
        );

        flags.database_url = Some("sqlite://flag".into());
        let config = Config::from_layers(&flags, environment(&set)).expect("settings");
        assert_eq!(config.database.url.as_str(), "sqlite://flag");
        let nested = environment(&[
            ("AVRR_DATABASE__URL", "sqlite://nested"),
            ("AVRR_AUTH__LEEWAY_SECONDS", "5"),
        ]);
        let config = Config::from_layers(&Flags::default(), nested).expect("settings");
        assert_eq!(
            (config.database.url.as_str(), config.auth.leeway_seconds),
            ("sqlite://nested", 5)
        );
    }

    #[test]
    fn a_demo_brings_defaults_of_its_own_that_can_still_be_set() {
        let demo = Flags {
            demo: Some("sqlite://scratch".into()),
            ..Flags::default()
        };
        let config = Config::from_layers(&demo, environment(&[])).expect("settings");
        assert!(config.demo && config.explorer);
        assert_eq!(config.database.url.as_str(), "sqlite://scratch");
        let config = Config::from_layers(&demo, environment(&[("AVRR_DATABASE_URL", "postgres://db/x")]))
            .expect("settings");
        assert_eq!(config.database.url.as_str(), "postgres://db/x");
    }

    #[test]
    fn an_unknown_key_is_an_error_wherever_it_stands() {
        assert!(refusal(&file("[limits]\nmax_dept = 7", "unknown"), &[]).contains("max_dept"));
        assert!(refusal(&Flags::default(), &[("AVRR_LIMTS__MAX_DEPTH", "7")]).contains("limts"));
        assert!(refusal(&Flags::default(), &[("AVRR_DEMO", "true")]).contains("demo"));
        let harmless = environment(&[
            ("AVRR_TEST_POSTGRES_URL", "x"),
            ("OTHER", "y"),
            ("AVRR_CONFIG", "z"),
        ]);
        assert!(Config::from_layers(&Flags::default(), harmless).is_ok());
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line_that_names_the_setting() {
        let none = Flags::default();
        assert!(refusal(&none, &[("AVRR_LISTEN", "everywhere")]).contains("LISTEN"));
        assert!(refusal(&none, &[("AVRR_DATABASE_URL", "mysql://x")]).contains("database.url"));
        assert!(
            refusal(
                &none,
                &[
                    ("AVRR_AUTH__JWKS_URL", "http://issuer/keys"),
                    ("AVRR_AUTH__ISSUER", "i")
                ]
            )
            .contains("auth.jwks_url")
        );
        assert!(refusal(&none, &[("AVRR_AUTH__JWKS_FILE", "keys.json")]).contains("auth.issuer"));
        assert!(refusal(&none, &[("AVRR_LIMITS__MAX_PAGE", "1000")]).contains("limits.max_page"));
        assert!(refusal(&none, &[("AVRR_LOG__LEVEL", "=loud=")]).contains("log.level"));
        assert!(
            refusal(
                &Flags {
                    config: Some("/no/such.toml".into()),
                    ..Flags::default()
                },
                &[]
            )
            .contains("--config")
        );
    }

    #[test]
    fn no_password_is_printed() {
        let url = DatabaseUrl::from("postgres://gateway:s3cret@db.example:5432/avrr?password=s3cret");
        assert_eq!(
            format!("{url:?} {url}"),
            "postgres://db.example:5432/avrr postgres://db.example:5432/avrr"
        );
        let broken = refusal(
            &file(
                "[database]\nurl = \"postgres://u:s3cret@h/d\nlisten = 1",
                "broken",
            ),
            &[],
        );
        assert!(!broken.contains("s3cret"), "{broken}");
    }

    #[test]
    fn an_id_key_is_64_hexadecimal_digits() {
        assert_eq!(hexadecimal(&"0f".repeat(32)), Some([15; 32]));
        assert_eq!(hexadecimal("0f"), None);
        assert_eq!(hexadecimal(&"é".repeat(32)), None);
    }
}
