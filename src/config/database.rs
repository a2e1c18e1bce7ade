//! Where the rows are, and how long may be waited for them.

use super::print::without_secrets;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the rows are, and how long a statement may take.
#[derive(Clone, Debug, Deserialize, Serialize)]
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

/// A database URL; it may hold a password, so `Debug` and `Display` leave that out, and so does what is written of it.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct DatabaseUrl(String);

impl Serialize for DatabaseUrl {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&without_secrets(&self.0).0)
    }
}

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

    /// Whether it names a PostgreSQL server.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
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
        f.write_str(&without_secrets(&self.0).0)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
