//! Whether this process can do its work: what a probe is told, in one line for each thing that was looked at.
//!
//! Not ready is what sending partners elsewhere, or waiting, makes better. That webhooks wait is said and no more: whoever
//! delivers goes on, and partners would be sent away from a process that answers them.

use super::Gateway;
use crate::error::Error;
use crate::store::{Heartbeat, Tables, cause_of};
use std::fmt;
use std::time::Duration;
use tokio::time::timeout;

/// Longest wait for the database when somebody asks whether we are ready.
const PATIENCE: Duration = Duration::from_secs(3);

/// What was looked at, and what was found.
pub(super) struct Readiness(Vec<Finding>);

/// One thing that was looked at.
struct Finding {
    what: &'static str,
    holds: bool,
    words: String,
}

impl Finding {
    fn good(what: &'static str, words: impl Into<String>) -> Self {
        Self {
            what,
            holds: true,
            words: words.into(),
        }
    }

    fn bad(what: &'static str, words: impl Into<String>) -> Self {
        Self {
            what,
            holds: false,
            words: words.into(),
        }
    }
}

impl Readiness {
    /// Whether everything is as it has to be.
    pub(super) fn is_ready(&self) -> bool {
        self.0.iter().all(|finding| finding.holds)
    }
}

impl fmt::Display for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_ready() { "ready\n" } else { "not ready\n" })?;
        for Finding { what, holds, words } in &self.0 {
            let mark = if *holds { '+' } else { '-' };
            writeln!(f, "{mark} {what}: {words}")?;
        }
        Ok(())
    }
}

/// Looks at everything, for no longer than a probe waits.
pub(super) async fn look(gateway: &Gateway) -> Readiness {
    if gateway.stopping.is_cancelled() {
        return Readiness(vec![Finding::bad("program", "stopping")]);
    }
    let database = timeout(PATIENCE, database(gateway));
    let (database, writing) = tokio::join!(database, writing(gateway));
    let mut findings = vec![Finding::good("program", "serving")];
    match database {
        Ok(Ok(found)) => {
            findings.extend(found);
            findings.push(writing);
        }
        Ok(Err(fault)) => {
            tracing::warn!(
                cause = cause_of(&fault),
                "not ready: the database does not answer"
            );
            findings.push(Finding::bad("database", "it does not answer"));
        }
        Err(_) => {
            tracing::warn!("not ready: the database does not answer in time");
            findings.push(Finding::bad("database", "it does not answer in time"));
        }
    }
    findings.push(keys(gateway));
    Readiness(findings)
}

async fn database(gateway: &Gateway) -> Result<[Finding; 3], Error> {
    gateway.store.ping().await?;
    let tables = gateway.store.tables().await;
    let tables = match tables {
        Ok(Tables::Ours) => Finding::good("migrations", "those of this program"),
        Ok(Tables::Older) => Finding::bad(
            "migrations",
            "some were not applied: run `avrr-gateway migrate up`",
        ),
        Ok(Tables::Newer) => Finding::bad(
            "migrations",
            "a newer program has made the tables: update this one",
        ),
        Err(fault) => {
            tracing::warn!(
                cause = cause_of(&fault),
                "not ready: the migrations cannot be read"
            );
            Finding::bad("migrations", "they cannot be read")
        }
    };
    let answers = Finding::good("database", "it answers");
    Ok([answers, tables, delivery(gateway).await])
}

async fn delivery(gateway: &Gateway) -> Finding {
    let Ok(lag) = gateway.delivery_lag().await else {
        return Finding::good("delivery", "nobody can say what waits");
    };
    let longest = u64::from(gateway.readiness.max_delivery_lag_seconds);
    let words = match lag {
        0 => "nothing waits to be sent".to_owned(),
        lag if lag <= longest => format!("the oldest notice for a webhook waits for {lag} s"),
        lag => format!(
            "behind: the oldest notice for a webhook waits for {lag} s; does a process have the role deliver?"
        ),
    };
    Finding::good("delivery", words)
}

async fn writing(gateway: &Gateway) -> Finding {
    match gateway.store.heartbeat().await {
        Heartbeat::Taken => Finding::good("writing", "it is taken"),
        Heartbeat::Busy => Finding::good("writing", "others write just now"),
        Heartbeat::Refused(cause) => {
            tracing::warn!(cause, "not ready: nothing can be written");
            Finding::bad(
                "writing",
                "nothing can be written: is the disk full, or the database for reading only?",
            )
        }
    }
}

/// Without any key nobody comes in; without those of one issuer, its clients alone do not.
fn keys(gateway: &Gateway) -> Finding {
    match gateway.authenticator.issuers() {
        (there, all) if there == all => Finding::good("keys", "those of every issuer are there"),
        (0, _) => Finding::bad("keys", "those of no issuer can be had"),
        (there, all) => Finding::good(
            "keys",
            format!("of {there} of {all} issuers; the clients of the others do not come in"),
        ),
    }
}

impl Gateway {
    /// For how many seconds the oldest notice waits that could be sent to a webhook now.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub(super) async fn delivery_lag(&self) -> Result<u64, Error> {
        let since = self.store.undelivered_since().await?;
        let lag = since.map(|since| (self.clock.now() - since).num_seconds());
        Ok(lag.map_or(0, |lag| u64::try_from(lag).unwrap_or(0)))
    }
}
