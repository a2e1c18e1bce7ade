//! The command line, one file for each subcommand. Answers go to stdout, everything else to stderr.

pub mod backup;
pub mod config;
pub mod indicators;
pub mod ledger;
mod log;
pub mod migrate;
pub mod policy;
pub mod retention;
pub mod schema;
pub mod serve;
pub mod token;
mod welcome;

use self::log::{start as start_log, start_with_traces};
use crate::error::Error;
use clap::error::ErrorKind;
use std::io::Write as _;
use std::path::PathBuf;

/// Flags that several subcommands take.
#[derive(Debug, clap::Args)]
pub struct SettingsFlags {
    /// File with settings (TOML).
    #[arg(long, value_name = "FILE", env = "AVRR_CONFIG")]
    config: Option<PathBuf>,
    /// Database, as `sqlite://FILE?mode=rwc` or `postgres://USER@HOST/NAME`.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// What the command line says; or, as everywhere, one line that says what is wrong with it, and exit code 2.
#[must_use]
pub fn parsed<T: clap::Parser>() -> T {
    T::try_parse().unwrap_or_else(|error| {
        if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            error.exit();
        }
        let text = error.to_string();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
        let line = lines.collect::<Vec<_>>().join(" ");
        say(line.strip_prefix("error: ").unwrap_or(&line));
        std::process::exit(2)
    })
}

/// Writes an answer to stdout; whoever reads it may stop reading at any line.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    // A closed pipe is the reader's way to say "enough".
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Says on stderr, in one line, why the program ends.
pub fn complain(error: &Error) {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    let line = causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
        .replace('\n', " ");
    say(&line);
}

fn say(line: &str) {
    // Where nobody listens on stderr either, the exit code has to do.
    let _ = writeln!(std::io::stderr(), "avrr-gateway: {line}");
}
