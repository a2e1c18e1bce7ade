//! `avrr-gateway retention run`: erases what is due, or says what would be.

use super::{SettingsFlags, print, start_log};
use crate::clock::Clock;
use crate::commands::retention::{
    certify, erase_old_notices, erase_what_is_due, forget_old_keys, leave_no_trace, table,
};
use crate::config::{Config, Flags};
use crate::error::Error;
use crate::store::Store;

/// What `retention` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do.
    #[arg(value_enum)]
    step: Step,
    /// Erase nothing; only say how much is due.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    settings: SettingsFlags,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Step {
    /// Erase what is due, and leave certificates.
    Run,
}

/// Erases what is due, certifies it, and prints how much it was of each category.
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
    let Step::Run = arguments.step;
    let schedule = config.retention.schedule();
    let store = Store::open(&config.database, Clock::system()).await?;
    let done = erase_what_is_due(&store, &schedule, arguments.dry_run).await?;
    if !arguments.dry_run {
        certify(&store, &schedule, "operator").await?;
    }
    print(&table(&done, arguments.dry_run));
    if !arguments.dry_run {
        // A program of its own makes no chains without the key of the ids.
        let store = store.prepared(config.id_key()?).await?;
        let notices = erase_old_notices(&store, &config.notices.schedule()).await?;
        print(&format!(
            "notices      {} without their subject, {} without their envelope\n",
            notices.subjects, notices.envelopes
        ));
        let keys = forget_old_keys(&store, config.retention.idempotency_days).await?;
        print(&format!("keys         {keys} of commands that nobody repeats\n"));
        leave_no_trace(&store).await?;
    }
    Ok(())
}
