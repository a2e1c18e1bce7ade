//! The program `avrr-gateway`: what can be said to it on the command line.

use avrr_gateway::cli::{
    self, backup, config, indicators, ledger, migrate, policy, retention, schema, serve, token,
};
use avrr_gateway::error::Error;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One typed API for the partners of an assisted voluntary return and reintegration programme.
#[derive(Parser)]
#[command(name = "avrr-gateway", version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API.
    Serve(serve::Arguments),
    /// Say whether the settings are in order, or what they are.
    Config(config::Arguments),
    /// Bring the tables up to date, take them all away, or say where they stand.
    Migrate(migrate::Arguments),
    /// Copy a SQLite database whole beside a running program, or say whether a copy is whole.
    Backup(backup::Arguments),
    /// Say whether the disclosure ledger is what was written, or where it ends.
    Ledger(ledger::Arguments),
    /// Count the facts behind the indicators anew from the rows.
    Indicators(indicators::Arguments),
    /// Print one access token for a client, and nothing else.
    Token(token::Arguments),
    /// Print the schema, whole or as one kind of viewer sees it.
    Schema(schema::Arguments),
    /// Erase what has been kept long enough, and certify it; or say how much is due.
    Retention(retention::Arguments),
    /// Print the three policy tables.
    Policy,
}

fn main() -> ExitCode {
    match run(cli::parsed::<Program>().command) {
        Ok(code) => code,
        Err(error) => {
            cli::complain(&error);
            ExitCode::from(2)
        }
    }
}

#[tokio::main]
async fn run(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Config(arguments) => return config::run(arguments).await,
        Command::Backup(arguments) => return backup::run(arguments).await,
        Command::Ledger(arguments) => return ledger::run(arguments).await,
        Command::Retention(arguments) => retention::run(arguments).await?,
        Command::Indicators(arguments) => indicators::run(arguments).await?,
        Command::Serve(arguments) => serve::run(arguments).await?,
        Command::Migrate(arguments) => migrate::run(arguments).await?,
        Command::Token(arguments) => token::run(arguments).await?,
        Command::Schema(arguments) => schema::run(&arguments)?,
        Command::Policy => policy::run()?,
    }
    Ok(ExitCode::SUCCESS)
}
