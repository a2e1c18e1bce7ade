//! `avrr-gateway indicators rebuild`: counts the facts anew from the rows, and says how many differed.

use super::{SettingsFlags, print, start_log};
use crate::clock::Clock;
use crate::config::{Config, Flags};
use crate::error::Error;
use crate::indicators::publishing::{publish_due, revise};
use crate::store::Store;

/// What `indicators` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do.
    #[arg(value_enum)]
    step: Step,
    /// Publish everything anew as well: whoever keeps the earlier figures can subtract them, so it is for mistakes alone.
    #[arg(long)]
    revise: bool,
    #[command(flatten)]
    settings: SettingsFlags,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Step {
    /// Count the facts anew from the rows of all cases; what is published stays as it is.
    Rebuild,
}

/// Counts the facts anew and publishes what is due.
///
/// # Errors
///
/// [`Error::Startup`] if the settings are wrong or the database cannot be reached; faults of the database.
pub async fn run(arguments: Arguments) -> Result<(), Error> {
    let SettingsFlags { config, database_url } = arguments.settings;
    let config = Config::load(&Flags {
        config,
        database_url,
        ..Flags::default()
    })?;
    start_log(&config.log);
    let Step::Rebuild = arguments.step;
    let store = Store::open(&config.database, Clock::system()).await?;
    let store = store.with_statistics(config.statistics.rules()?);
    let counted = store.recount_facts().await?;
    if arguments.revise {
        revise(&store).await?;
    }
    let through = publish_due(&store).await?;
    print(&format!(
        "{} cases, {} facts: {} mended, {} withdrawn; published through {}, publication {}\n",
        counted.cases,
        counted.facts,
        counted.mended,
        counted.withdrawn,
        through.month.as_deref().unwrap_or("no month"),
        through.version
    ));
    Ok(())
}
