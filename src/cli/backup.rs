//! `avrr-gateway backup`: a whole copy of a SQLite database beside a running program, or the proof that a copy is whole.

use super::{SettingsFlags, print, start_log};
use crate::clock::Clock;
use crate::config::{Config, Flags};
use crate::error::Error;
use crate::store::{Copied, Store, Verdict, verified};
use std::path::PathBuf;
use std::process::ExitCode;

/// What `backup` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The copy: a file that is not there yet.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Make no copy; only say whether the file is a whole one.
    #[arg(long)]
    verify: bool,
    #[command(flatten)]
    settings: SettingsFlags,
}

/// Copies, or looks at a copy; exit code 1 where the ledger in the copy is not what was written.
///
/// # Errors
///
/// [`Error::Startup`] if the settings are wrong, the database cannot be reached, is none of SQLite's, or the copy is not
/// whole.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    let SettingsFlags { config, database_url } = arguments.settings;
    let config = Config::load(&Flags {
        config,
        database_url,
        ..Flags::default()
    })?;
    start_log(&config.log);
    let copied = if arguments.verify {
        verified(&arguments.file).await?
    } else if config.database.url.is_sqlite() {
        let store = Store::open(&config.database, Clock::system()).await?;
        store.copy_to(&arguments.file).await?
    } else {
        return Err(Error::Startup(
            "this copies SQLite alone: copy PostgreSQL with `pg_dump -Fc`, or a base backup and the archived WAL"
                .to_owned(),
        ));
    };
    let Copied { bytes, ledger } = copied;
    let file = arguments.file.display();
    print(&match &ledger {
        Verdict::Whole(head) => format!("{file}: whole, {bytes} bytes; ledger head {head}\n"),
        Verdict::Broken(misfit) => format!(
            "{file}: {bytes} bytes; entry {} of its ledger does not fit: {}\n",
            misfit.sequence, misfit.why
        ),
    });
    Ok(match ledger {
        Verdict::Whole(_) => ExitCode::SUCCESS,
        Verdict::Broken(_) => ExitCode::from(1),
    })
}
