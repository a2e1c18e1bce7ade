//! What is set of operation: the log, the traces, and when a process says that it is behind.

use serde::{Deserialize, Serialize};

/// How the program logs, always to stderr.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// `text` or `json`.
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug`, `trace`, or directives such as `info,avrr_gateway::store=debug`.
    pub level: String,
    /// An operation that takes as long or longer has a line of its own; none has where it is 0.
    pub slow_milliseconds: u32,
    /// An operation that costs as many points or more has a line of its own; none has where it is 0.
    pub costly_points: u32,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self {
            format: LogFormat::Text,
            // Which migrations ran is what `migrate status` is for.
            level: "info,sea_orm_migration=warn".into(),
            slow_milliseconds: 1_000,
            costly_points: 5_000,
        }
    }
}

/// Shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// When a process says that it is behind.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadinessSettings {
    /// How long a notice may wait to be sent to a webhook that takes what comes, in seconds.
    pub max_delivery_lag_seconds: u32,
}

impl Default for ReadinessSettings {
    fn default() -> Self {
        Self {
            max_delivery_lag_seconds: 60,
        }
    }
}

/// Where traces are sent, by OTLP in protobuf over HTTP; nowhere unless it is said.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelemetrySettings {
    /// Address of a collector, such as `http://127.0.0.1:4318`; `/v1/traces` is added.
    pub otlp_endpoint: Option<String>,
    /// The share of traces that is sent, from 0 to 1, of those that a caller has not decided on.
    pub sample_ratio: f64,
    /// `service.name` of what is sent.
    pub service_name: String,
}

impl Default for TelemetrySettings {
    fn default() -> Self {
        Self {
            otlp_endpoint: None,
            sample_ratio: 1.0,
            service_name: "avrr-gateway".into(),
        }
    }
}

impl TelemetrySettings {
    /// The address that traces are sent to, if they are sent.
    ///
    /// # Errors
    ///
    /// A line that says what is wrong with it.
    pub fn traces_to(&self) -> Result<Option<reqwest::Url>, String> {
        let Some(text) = &self.otlp_endpoint else {
            return Ok(None);
        };
        let mut url = reqwest::Url::parse(text).map_err(|error| error.to_string())?;
        if !["http", "https"].contains(&url.scheme()) || !url.has_host() {
            return Err("write http://HOST:4318 or https://HOST".to_owned());
        }
        if !url.username().is_empty() || url.password().is_some() || url.query().is_some() {
            return Err(
                "it holds a user, a password or parameters: let a collector on this machine add them"
                    .to_owned(),
            );
        }
        let path = format!("{}/v1/traces", url.path().trim_end_matches('/'));
        url.set_path(&path);
        Ok(Some(url))
    }
}
