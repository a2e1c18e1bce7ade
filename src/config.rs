//! Settings: built-in defaults < `--config` TOML < `AVRR_*` environment < flags.
//!
//! An unknown key is an error wherever it stands, so a misspelt limit cannot go unnoticed. A secret comes from a file or
//! the environment and never appears in `Debug`. What is wrong is said in one line, with what to do about it.

mod auth;
mod database;
mod environment;
mod limits;
mod operation;
mod oversight;
mod print;
mod roles;
mod statistics;
mod validate;
mod webhooks;

pub use auth::{AuthSettings, IssuerSettings, OWN_ISSUER};
pub use database::{DatabaseSettings, DatabaseUrl};
pub use limits::{FairUseSettings, Limits};
pub use operation::{LogFormat, LogSettings, ReadinessSettings, TelemetrySettings};
pub use oversight::{BreakGlassSettings, EscalationSettings, NoticeSettings, RetentionSettings};
pub use roles::Roles;
pub use statistics::StatisticsSettings;
pub use webhooks::WebhookSettings;

use crate::error::Error;
use crate::policy::windows::Windows;
use environment::Environment;
use figment::providers::{Format, Serialized, Toml};
use figment::{Figment, Metadata, Provider};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Everything that can be set.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
    /// Proxies that are believed when they say for whom they ask (`X-Forwarded-For`), as networks.
    pub trusted_proxies: Vec<IpNet>,
    /// When the program says that it is behind.
    pub readiness: ReadinessSettings,
    /// How the program logs.
    pub log: LogSettings,
    /// Where traces are sent.
    pub telemetry: TelemetrySettings,
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
            trusted_proxies: Vec::new(),
            readiness: ReadinessSettings::default(),
            log: LogSettings::default(),
            telemetry: TelemetrySettings::default(),
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
        let config = Self::read(flags, &layers(Figment::new(), flags, environment)?).map_err(first_of)?;
        config.validate()?;
        Ok(config)
    }

    /// The same, or everything that is wrong with it.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line for each fault.
    pub fn check(flags: &Flags) -> Result<Self, Vec<Error>> {
        let layers = layers(Figment::new(), flags, Environment::of_the_process());
        let config = Self::read(flags, &layers.map_err(|fault| vec![fault])?)?;
        let faults = config.faults();
        if faults.is_empty() {
            Ok(config)
        } else {
            Err(faults)
        }
    }

    /// All settings as they are in force, as a file that could be given again, without secrets.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that names a setting that cannot be read.
    pub fn printed(flags: &Flags) -> Result<String, Error> {
        Self::printed_layers(flags, Environment::of_the_process())
    }

    fn printed_layers(flags: &Flags, environment: Environment) -> Result<String, Error> {
        let defaults = Named("default", Serialized::defaults(Self::default()));
        let layers = layers(Figment::from(defaults), flags, environment)?;
        Self::read(flags, &layers).map_err(first_of)?;
        print::printed(&layers).map_err(|error| wrong(one_line(&error)))
    }

    /// The settings that layers give; they may make no sense together yet.
    fn read(flags: &Flags, layers: &Figment) -> Result<Self, Vec<Error>> {
        let mut config: Self = layers.extract().map_err(|error| {
            error
                .into_iter()
                .map(|error| wrong(one_line(&error)))
                .collect::<Vec<_>>()
        })?;
        config.demo = flags.demo.is_some();
        config.demo_programme = flags.programme;
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

/// Everything that is said of settings, in the order in which it counts.
fn layers(mut layers: Figment, flags: &Flags, environment: Environment) -> Result<Figment, Error> {
    let demo = |key, value: figment::value::Value| Named("--demo", Serialized::default(key, value));
    let flag = |key, value: String| Named("the command line", Serialized::default(key, value));
    if let Some(database_url) = &flags.demo {
        // A day: a newcomer reads the table of tokens once and plays on.
        layers = layers
            .merge(demo("database.url", database_url.as_str().into()))
            .merge(demo("explorer", true.into()))
            .merge(demo("auth.max_lifetime_seconds", 86_400_u32.into()));
    }
    if let Some(file) = &flags.config {
        if !file.exists() {
            return Err(wrong(format!("--config: there is no file {}", file.display())));
        }
        layers = layers.merge(Toml::file_exact(file));
    }
    layers = layers.merge(environment);
    if let Some(url) = &flags.database_url {
        layers = layers.merge(flag("database.url", url.clone()));
    }
    if let Some(listen) = &flags.listen {
        layers = layers.merge(flag("listen", listen.to_string()));
    }
    if let Some(roles) = &flags.roles {
        layers = layers.merge(flag("roles", roles.to_string()));
    }
    Ok(layers)
}

/// Settings with a name for where they come from.
struct Named<P>(&'static str, P);

impl<P: Provider> Provider for Named<P> {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.0)
    }

    fn data(&self) -> figment::Result<figment::value::Map<figment::Profile, figment::value::Dict>> {
        self.1.data()
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

/// The first of some faults.
fn first_of(faults: Vec<Error>) -> Error {
    let first = faults.into_iter().next();
    first.unwrap_or_else(|| wrong("the settings cannot be read"))
}

/// What is wrong, without the source line that a TOML error quotes: it may hold a password.
fn one_line(error: &figment::Error) -> String {
    let first = error.to_string();
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
