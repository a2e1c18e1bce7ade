//! `avrr-gateway config`: whether the settings are in order, and what they are.

use super::{SettingsFlags, complain, print};
use crate::clock::Clock;
use crate::config::{Config, DatabaseSettings, Flags, Roles};
use crate::error::Error;
use crate::http::keys;
use crate::store::{self, Store, Tables};
use std::net::SocketAddr;
use std::process::ExitCode;

/// What `config` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say whether a server could start with these settings: `ok`, or one line for each fault and exit code 2.
    Check {
        /// Try the database too; nothing is made or changed in it.
        #[arg(long)]
        connect: bool,
        #[command(flatten)]
        settings: Settings,
    },
    /// Print all settings in force as TOML, with where each comes from, and without secrets.
    Print {
        #[command(flatten)]
        settings: Settings,
    },
}

/// What `serve` can be told of settings.
#[derive(Debug, clap::Args)]
struct Settings {
    /// Address to listen on.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// What the process does.
    #[arg(long, value_name = "ROLES")]
    roles: Option<Roles>,
    #[command(flatten)]
    common: SettingsFlags,
}

impl From<Settings> for Flags {
    fn from(settings: Settings) -> Self {
        Self {
            config: settings.common.config,
            database_url: settings.common.database_url,
            listen: settings.listen,
            roles: settings.roles,
            ..Self::default()
        }
    }
}

/// Checks the settings, or prints them.
///
/// # Errors
///
/// [`Error::Startup`] if the settings that are to be printed cannot be read.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Error> {
    match arguments.what {
        What::Print { settings } => print(&Config::printed(&settings.into())?),
        What::Check { settings, connect } => {
            let faults = faults(&settings.into(), connect).await;
            if !faults.is_empty() {
                faults.iter().for_each(complain);
                return Ok(ExitCode::from(2));
            }
            print("ok\n");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that would keep a server from starting, as far as it can be seen from outside of one.
async fn faults(flags: &Flags, connect: bool) -> Vec<Error> {
    let config = match Config::check(flags) {
        Ok(config) => config,
        Err(faults) => return faults,
    };
    let mut faults = keys::faults(&config.auth).await;
    faults.extend(config.id_key().err());
    faults.extend(config.statistics.rules().err());
    if let Err(why) = store::understands(&config.database) {
        faults.push(Error::Startup(format!(
            "database.url: it cannot be understood: {why}"
        )));
    } else if connect {
        faults.extend(unreachable(&config.database).await.err());
    }
    faults
}

/// Asks the database whether its tables are ones that this program can start with.
async fn unreachable(database: &DatabaseSettings) -> Result<(), Error> {
    if let Some(file) = database.url.sqlite_file_to_make()
        && !file.exists()
    {
        // It is made by the start; only its place can be looked at before.
        let place = file.parent().filter(|place| !place.as_os_str().is_empty());
        return match place {
            Some(place) if !place.is_dir() => Err(Error::Startup(format!(
                "database.url: there is no directory {}",
                place.display()
            ))),
            _ => Ok(()),
        };
    }
    let store = Store::connect(database, Clock::system()).await?;
    match store.tables().await {
        Ok(Tables::Newer) => Err(Error::Startup(format!(
            "{}: a newer program has made its tables: update this one",
            database.url
        ))),
        // Without tables, or with older ones, the start makes them.
        Ok(Tables::Ours | Tables::Older) | Err(_) => Ok(()),
    }
}
