//! `avrr-gateway ledger`: whether the disclosure ledger is what was written, and where it ends.

use super::{SettingsFlags, print, start_log};
use crate::clock::Clock;
use crate::config::{Config, Flags};
use crate::error::Error;
use crate::store::{Head, Store, Verdict};
use std::process::ExitCode;

/// What `ledger` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, clap::Subcommand)]
enum Question {
    /// Read the whole ledger and say whether every entry is what was written; exit code 1 where one is not.
    Verify {
        /// A head that `ledger head` printed before and that was kept elsewhere.
        #[arg(long, value_name = "SEQUENCE:HASH")]
        from: Option<Head>,
        #[command(flatten)]
        settings: SettingsFlags,
    },
    /// Print where the ledger ends, to be kept where nobody who writes to the database can change it.
    Head {
        #[command(flatten)]
        settings: SettingsFlags,
    },
}

/// Answers the question.
///
/// # Errors
///
/// [`Error::Startup`] if the settings are wrong or the database cannot be reached; faults of the database.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    match arguments.question {
        Question::Head { settings } => {
            let head = store(settings).await?.ledger().head().await?;
            print(&format!("{head}\n"));
            Ok(ExitCode::SUCCESS)
        }
        Question::Verify { from, settings } => {
            let verdict = store(settings).await?.ledger().verify(from.as_ref()).await?;
            let (text, code) = match verdict {
                Verdict::Whole(head) => (
                    format!(
                        "{} entries, all as they were written; head {head}\n",
                        head.sequence
                    ),
                    ExitCode::SUCCESS,
                ),
                Verdict::Broken(misfit) => (
                    format!("entry {} does not fit: {}\n", misfit.sequence, misfit.why),
                    ExitCode::from(1),
                ),
            };
            print(&text);
            Ok(code)
        }
    }
}

async fn store(settings: SettingsFlags) -> Result<Store, Error> {
    let SettingsFlags { config, database_url } = settings;
    let config = Config::load(&Flags {
        config,
        database_url,
        ..Flags::default()
    })?;
    start_log(&config.log);
    Store::open(&config.database, Clock::system()).await
}
