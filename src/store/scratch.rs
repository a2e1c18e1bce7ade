//! A database of its own for a test of this room, on SQLite, which goes with the test.

use super::Store;
use crate::clock::Clock;
use crate::config::DatabaseSettings;
use std::path::{Path, PathBuf};

/// A directory that is removed with what is in it.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A fresh directory, and a database in it without tables.
    pub async fn with_a_database() -> (Self, Store) {
        let clock = Clock::system();
        let name = format!("avrr-store-{}", crate::ids::new_id(clock.now()).simple());
        let scratch = Self(std::env::temp_dir().join(name));
        std::fs::create_dir(&scratch.0).expect("a directory");
        let settings = DatabaseSettings {
            url: format!("sqlite://{}?mode=rwc", scratch.database().display()).into(),
            ..DatabaseSettings::default()
        };
        let store = Store::connect(&settings, clock).await.expect("a database");
        (scratch, store)
    }

    /// The same with the tables of this program.
    pub async fn with_tables() -> (Self, Store) {
        let (scratch, store) = Self::with_a_database().await;
        store.migrate_up().await.expect("tables");
        (scratch, store.prepared(Some([7; 32])).await.expect("prepared"))
    }

    /// Where the database is.
    pub fn database(&self) -> PathBuf {
        self.directory().join("avrr.db")
    }

    /// Where everything is.
    pub fn directory(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
