//! `avrr-gateway migrate`: the tables, up, down, or where they stand.

use super::{SettingsFlags, print, start_log};
use crate::clock::Clock;
use crate::config::{Config, Flags};
use crate::error::Error;
use crate::store::Store;
use std::fmt::Write as _;

/// What `migrate` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do with the tables.
    #[arg(value_enum)]
    step: Step,
    #[command(flatten)]
    settings: SettingsFlags,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Step {
    /// Apply every migration that is missing.
    Up,
    /// Take every migration back, and with them every row.
    Down,
    /// List the migrations and say which are applied.
    Status,
}

/// Migrates, and prints where the tables stand then.
///
/// # Errors
///
/// [`Error::Startup`] if the settings are wrong or the database cannot be reached.
pub async fn run(arguments: Arguments) -> Result<(), Error> {
    let SettingsFlags { config, database_url } = arguments.settings;
    let config = Config::load(&Flags {
        config,
        database_url,
        ..Flags::default()
    })?;
    start_log(&config.log);
    if !matches!(arguments.step, Step::Up) {
        Store::is_there(&config.database)?;
    }
    let store = Store::connect(&config.database, Clock::system()).await?;
    match arguments.step {
        Step::Up => store.migrate_up().await?,
        Step::Down => store.migrate_down().await?,
        Step::Status => {}
    }
    let mut text = String::new();
    for migration in store.migration_status().await? {
        let state = if migration.applied { "applied" } else { "missing" };
        let _ = writeln!(text, "{state}  {}", migration.name);
    }
    print(&text);
    Ok(())
}
