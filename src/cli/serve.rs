//! `avrr-gateway serve`: listens until it is told to stop.

use super::{SettingsFlags, print, start_with_traces, welcome};
use crate::app::App;
use crate::config::{Config, DemoProgramme, Flags, Roles};
use crate::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;

/// What `serve` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Load the demo programme into an empty database and print clients with tokens that work.
    #[arg(long)]
    demo: bool,
    /// Which programme the demo loads: `western-balkans`, or `kosovo-2010`, the small cells of an annual report.
    #[arg(long, value_name = "PROGRAMME", value_parser = programme, requires = "demo", default_value = "western-balkans")]
    programme: DemoProgramme,
    /// Address to listen on, such as 127.0.0.1:8080; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// What this process does: `api` answers partners and holds their streams, `deliver` delivers in the background.
    #[arg(long, value_name = "ROLES")]
    roles: Option<Roles>,
    #[command(flatten)]
    settings: SettingsFlags,
}

fn programme(named: &str) -> Result<DemoProgramme, String> {
    match named {
        "western-balkans" => Ok(DemoProgramme::WesternBalkans),
        "kosovo-2010" => Ok(DemoProgramme::KosovoIn2010),
        _ => Err("there are western-balkans and kosovo-2010".to_owned()),
    }
}

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
///
/// [`Error::Startup`] if a setting is wrong or something that the start needs is missing.
pub async fn run(arguments: Arguments) -> Result<(), Error> {
    let scratch = if arguments.demo {
        Some(Scratch::new()?)
    } else {
        None
    };
    let config = Config::load(&Flags {
        config: arguments.settings.config,
        database_url: arguments.settings.database_url,
        listen: arguments.listen,
        roles: arguments.roles,
        demo: scratch.as_ref().map(Scratch::database_url),
        programme: arguments.programme,
    })?;
    let traces = start_with_traces(&config)?;
    let demo = config.demo;
    let database = config.database.url.to_string();
    let app = App::build(config).await?;
    if let Some(tokens) = app.tokens().filter(|_| demo) {
        print(&welcome::text(tokens, app.local_addr(), &database)?);
    }
    print(&format!("listening on http://{}\n", app.local_addr()));
    let ended = app.run_until_stopped(told_to_stop()).await;
    if let Some(traces) = traces {
        traces.stop().await;
    }
    ended
}

/// Returns on SIGINT or SIGTERM.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return interrupt.await;
        };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

/// A fresh directory for the database of a demo, removed with what is in it when the program ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, Error> {
        let name = format!(
            "avrr-demo-{}",
            crate::ids::new_id(crate::clock::Clock::system().now()).simple()
        );
        let path = std::env::temp_dir().join(name);
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|error| {
            Error::Startup(format!(
                "no place for the demo: {}: {error}: set --database-url",
                path.display()
            ))
        })?;
        Ok(Self(path))
    }

    fn database_url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.0.join("avrr.db").display())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now is in the machine's directory for what may be removed at any time.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
