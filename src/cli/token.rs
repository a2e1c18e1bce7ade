//! `avrr-gateway token`: one access token on stdout, and nothing else.

use super::{print, start_log};
use crate::clock::Clock;
use crate::config::{Config, Flags};
use crate::error::Error;
use crate::http::keys::Keys;
use chrono::TimeDelta;
use std::path::PathBuf;

/// What `token` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The client that the token is for, as the registry names it.
    client: String,
    /// The member of staff in whose name the client asks; the client itself where nobody is named.
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,
    /// Sign with the well-known demo key, which only `serve --demo` trusts.
    #[arg(long)]
    demo: bool,
    /// How long the token is good for: a number and s, m, h or d.
    #[arg(long, default_value = "15m", value_parser = lifetime)]
    expires: TimeDelta,
    /// File with settings (TOML).
    #[arg(long, value_name = "FILE", env = "AVRR_CONFIG")]
    config: Option<PathBuf>,
}

/// Prints a token.
///
/// # Errors
///
/// [`Error::Startup`] if the settings are wrong or the tokens are issued by another program.
pub async fn run(arguments: Arguments) -> Result<(), Error> {
    let nowhere = crate::config::DatabaseSettings::default().url.as_str().to_owned();
    let demo = arguments.demo.then_some(nowhere);
    let config = Config::load(&Flags {
        config: arguments.config,
        demo,
        ..Flags::default()
    })?;
    start_log(&config.log);
    let keys = Keys::open(&config.auth, config.demo, &Clock::system()).await?;
    let issuer = keys.issuer.ok_or_else(|| {
        Error::Startup(format!(
            "tokens come from {}: ask there (auth.jwks_file, auth.jwks_url or auth.own_key says so)",
            config.auth.issuer
        ))
    })?;
    print(&format!(
        "{}\n",
        issuer.token_for(
            &arguments.client,
            arguments.subject.as_deref().unwrap_or(&arguments.client),
            arguments.expires
        )?
    ));
    Ok(())
}

fn lifetime(text: &str) -> Result<TimeDelta, String> {
    let fault = || "write a number and s, m, h or d, such as 15m".to_owned();
    let unit = text.chars().last().ok_or_else(fault)?;
    let number: i64 = text[..text.len() - unit.len_utf8()]
        .parse()
        .map_err(|_| fault())?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(fault()),
    };
    number
        .checked_mul(seconds)
        .and_then(TimeDelta::try_seconds)
        .ok_or_else(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_a_number_and_a_unit() {
        assert_eq!(lifetime("15m"), Ok(TimeDelta::minutes(15)));
        assert_eq!(lifetime("2h"), Ok(TimeDelta::hours(2)));
        for wrong in ["", "15", "m", "15 minutes", "é", "99999999999999999d"] {
            assert!(lifetime(wrong).is_err(), "{wrong}");
        }
    }
}
