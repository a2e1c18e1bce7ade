//! Settings that make no sense together are refused, each with a line that says what to write instead.

use super::{Config, OWN_ISSUER, wrong};
use crate::error::Error;
use std::path::Path;

impl Config {
    /// Refuses settings that make no sense together.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that names the setting and says what to write there.
    pub fn validate(&self) -> Result<(), Error> {
        self.faults().into_iter().next().map_or(Ok(()), Err)
    }

    /// What makes no sense together, one line for each part of the settings that is at fault.
    #[must_use]
    pub fn faults(&self) -> Vec<Error> {
        let webhooks = require(
            self.webhooks.makes_sense(),
            "webhooks.allow: write host:port for each place; webhooks.timeout_seconds: from 1 to 30",
        );
        let parts = [
            self.validate_database(),
            self.validate_auth(),
            self.validate_limits(),
            self.validate_windows(),
            self.validate_oversight(),
            webhooks,
            self.validate_log(),
            self.validate_telemetry(),
        ];
        parts.into_iter().filter_map(Result::err).collect()
    }

    fn validate_log(&self) -> Result<(), Error> {
        tracing_subscriber::EnvFilter::try_new(&self.log.level)
            .map(drop)
            .map_err(|error| wrong(format!("log.level: {error}: write info, or debug")))
    }

    fn validate_telemetry(&self) -> Result<(), Error> {
        let telemetry = &self.telemetry;
        telemetry
            .traces_to()
            .map_err(|why| wrong(format!("telemetry.otlp_endpoint: {why}")))?;
        require(
            (0.0..=1.0).contains(&telemetry.sample_ratio),
            "telemetry.sample_ratio: from 0 to 1",
        )?;
        require(
            !telemetry.service_name.is_empty(),
            "telemetry.service_name: write a name",
        )
    }

    fn validate_database(&self) -> Result<(), Error> {
        let database = &self.database;
        require(
            database.url.is_sqlite() || database.url.is_postgres(),
            "database.url: write sqlite://FILE?mode=rwc or postgres://USER@HOST/NAME",
        )?;
        require(
            database.max_connections >= 2,
            "database.max_connections: at least 2 are needed",
        )?;
        let waits = [
            database.acquire_timeout_seconds,
            database.statement_timeout_seconds,
            database.lock_timeout_seconds,
            database.idle_in_transaction_timeout_seconds,
        ];
        require(
            !waits.contains(&0),
            "database.*_timeout_seconds: write at least 1",
        )
    }

    fn validate_oversight(&self) -> Result<(), Error> {
        require(
            (1..=1_440).contains(&self.break_glass.max_minutes),
            "break_glass.max_minutes: from 1 to 1440",
        )?;
        require(
            self.retention.makes_sense(),
            "retention.*_months: from 1 to 1200; retention.idempotency_days: from 7 to 3650",
        )?;
        require(
            self.notices.schedule().makes_sense(),
            "notices.*_days: from 1 to 36500, and envelope_days not below payload_days",
        )?;
        require(
            self.statistics.makes_sense(),
            "statistics: thresholds from 3 to 1000, threshold_outside not below threshold_inside, territories by the codes of host territories",
        )
    }

    fn validate_auth(&self) -> Result<(), Error> {
        let auth = &self.auth;
        require(
            !auth.issuer.is_empty(),
            "auth.issuer: write the `iss` of the tokens",
        )?;
        require(
            !auth.audience.is_empty(),
            "auth.audience: write the `aud` of the tokens",
        )?;
        require(
            auth.leeway_seconds <= 300,
            "auth.leeway_seconds: 300 at most; set the clocks instead",
        )?;
        require(
            (60..=86_400).contains(&auth.max_lifetime_seconds),
            "auth.max_lifetime_seconds: from 60 to 86400",
        )?;
        require(
            !(self.demo && (auth.has_jwks() || !auth.issuers.is_empty() || auth.own_key == Some(false))),
            "--demo signs with a key of its own: leave auth.jwks_file, auth.jwks_url, auth.own_key and auth.issuers out",
        )?;
        require(
            !auth.has_jwks() || auth.issuer != OWN_ISSUER,
            "auth.issuer: name the issuer whose keys auth.jwks_file or auth.jwks_url holds",
        )?;
        require(
            !(auth.own_key == Some(true) && auth.has_jwks()),
            "auth.own_key: auth.issuer has keys of its own (auth.jwks_file or auth.jwks_url): move them to [[auth.issuers]], or leave own_key out",
        )?;
        require(
            auth.signs_itself() || auth.has_jwks(),
            "auth.own_key: nobody signs for clients that are registered without an issuer, such as admin: write own_key = true, or name \
             their issuer and its keys (auth.issuer, auth.jwks_url)",
        )?;
        require(
            (600..=604_800).contains(&auth.jwks_max_stale_seconds),
            "auth.jwks_max_stale_seconds: from 600 to 604800",
        )?;
        validate_keys("auth", auth.jwks_file.as_deref(), auth.jwks_url.as_deref())?;
        self.validate_issuers()
    }

    fn validate_issuers(&self) -> Result<(), Error> {
        let auth = &self.auth;
        for (nth, one) in auth.issuers.iter().enumerate() {
            let here = format!("auth.issuers[{nth}]");
            let require = |holds: bool, what: &str| require(holds, &format!("{here}.{what}"));
            require(!one.issuer.is_empty(), "issuer: write the `iss` of its tokens")?;
            let mut others = auth.issuers[..nth].iter().map(|other| &other.issuer);
            require(
                one.issuer != auth.issuer && others.all(|other| *other != one.issuer),
                "issuer: another issuer bears this name already",
            )?;
            require(
                one.jwks_file.is_some() || one.jwks_url.is_some(),
                "jwks_url: name the address of its keys, or a file with jwks_file",
            )?;
            require(
                one.audience.as_deref() != Some(""),
                "audience: write the `aud` of its tokens, or leave it out",
            )?;
            let lifetime = one.max_lifetime_seconds.unwrap_or(auth.max_lifetime_seconds);
            require(
                (60..=86_400).contains(&lifetime),
                "max_lifetime_seconds: from 60 to 86400",
            )?;
            validate_keys(&here, one.jwks_file.as_deref(), one.jwks_url.as_deref())?;
        }
        Ok(())
    }

    fn validate_windows(&self) -> Result<(), Error> {
        match self.windows.too_long().first() {
            Some((name, longest)) => Err(wrong(format!("windows.{name}: {longest} at most"))),
            None => Ok(()),
        }
    }

    fn validate_limits(&self) -> Result<(), Error> {
        let limits = &self.limits;
        let sizes = [
            limits.max_body_bytes,
            limits.max_message_bytes,
            limits.max_picture_bytes,
            limits.max_picture_pixels,
            limits.max_depth,
            limits.max_fields,
            limits.max_aliases,
            limits.max_alias_bytes,
            limits.max_socket_operations,
            limits.max_connections,
            limits.max_requests,
            limits.max_requests_per_client,
            limits.max_streams_per_client,
        ];
        require(
            !sizes.contains(&0),
            "limits.*: a limit of 0 lets nothing through: write at least 1",
        )?;
        require(
            limits.request_timeout_seconds > 0,
            "limits.request_timeout_seconds: write at least 1",
        )?;
        require(
            limits.socket_init_timeout_seconds > 0,
            "limits.socket_init_timeout_seconds: write at least 1",
        )?;
        require(
            limits.header_timeout_seconds > 0,
            "limits.header_timeout_seconds: write at least 1",
        )?;
        require(
            limits.write_timeout_seconds > 0,
            "limits.write_timeout_seconds: write at least 1",
        )?;
        require(
            limits.max_connections.max(limits.max_requests) <= 1_000_000,
            "limits.max_connections, limits.max_requests: 1000000 at most",
        )?;
        require(
            self.fair_use.points == 0 || self.fair_use.points_per_second > 0,
            "fair_use.points_per_second: write at least 1, or fair_use.points = 0 to count nothing",
        )?;
        require(
            self.fair_use.refusals == 0 || self.fair_use.refusals_per_minute > 0,
            "fair_use.refusals_per_minute: write at least 1, or fair_use.refusals = 0 to count none",
        )?;
        require(
            limits.stream_patience_seconds > 0,
            "limits.stream_patience_seconds: write at least 1",
        )?;
        require(limits.default_page > 0, "limits.default_page: write at least 1")?;
        require(limits.max_page <= 100, "limits.max_page: 100 at most")?;
        require(
            limits.default_page <= limits.max_page,
            "limits.default_page: not above limits.max_page",
        )
    }
}

fn require(holds: bool, otherwise: &str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(wrong(otherwise)) }
}

/// Refuses keys of one issuer in two places, or from an address that could be anybody's.
fn validate_keys(of: &str, file: Option<&Path>, url: Option<&str>) -> Result<(), Error> {
    require(
        file.is_none() || url.is_none(),
        &format!("{of}.jwks_file and {of}.jwks_url: set one of them, not both"),
    )?;
    let Some(url) = url else { return Ok(()) };
    let url = reqwest::Url::parse(url)
        .map_err(|error| wrong(format!("{of}.jwks_url: {error}: write https://…")))?;
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    require(
        url.scheme() == "https" || (url.scheme() == "http" && here),
        &format!("{of}.jwks_url: keys fetched without TLS could be anybody's: write https://…"),
    )
}
