//! What is set of webhooks: where they may be besides the public internet, and how long an answer is waited for.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Where webhooks may be, and how long an answer is waited for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookSettings {
    /// Places (`host:port`) that may have private addresses and be without TLS: for closed networks, and for tests.
    pub allow: Vec<String>,
    /// Longest wait for an answer; the specification recommends 15 to 30 seconds.
    pub timeout_seconds: u32,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            timeout_seconds: 20,
        }
    }
}

impl WebhookSettings {
    /// Longest wait for an answer.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds.into())
    }

    /// The places, each a host and a port; what is none is left out.
    #[must_use]
    pub fn allowed(&self) -> Vec<(String, u16)> {
        self.allow.iter().filter_map(|place| parted(place)).collect()
    }

    /// Whether every place is one, and the wait neither too short nor longer than a lease is held.
    #[must_use]
    pub fn makes_sense(&self) -> bool {
        self.allow.iter().all(|place| parted(place).is_some()) && (1..=30).contains(&self.timeout_seconds)
    }
}

fn parted(place: &str) -> Option<(String, u16)> {
    let (host, port) = place.rsplit_once(':')?;
    let bare = !host.is_empty() && !host.contains('/') && !host.contains('@');
    bare.then_some(())?;
    Some((host.to_owned(), port.parse().ok()?))
}
