//! How much may be asked for: of one request, by one client, at once.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What one request, or one socket, may ask for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Largest request body, in bytes.
    pub max_body_bytes: usize,
    /// Largest message on a WebSocket, in bytes.
    pub max_message_bytes: usize,
    /// Largest picture, in bytes; a request carries it in base64.
    pub max_picture_bytes: usize,
    /// Most pixels that a picture may have.
    pub max_picture_pixels: usize,
    /// Deepest nesting of a selection.
    pub max_depth: usize,
    /// Most fields that a document may select, fragments counted wherever they are spread.
    pub max_fields: usize,
    /// Most aliases in a document.
    pub max_aliases: usize,
    /// Longest alias, in bytes: an answer repeats it in every row.
    pub max_alias_bytes: usize,
    /// Most rows and redactions that an answer may hold, counted wherever they stand.
    pub max_rows: usize,
    /// Largest page of a connection.
    pub max_page: usize,
    /// Page of a connection when nothing is said.
    pub default_page: usize,
    /// Longest time that a query or mutation may take.
    pub request_timeout_seconds: u32,
    /// Most operations open at once on one WebSocket.
    pub max_socket_operations: usize,
    /// Longest wait for `connection_init` on a WebSocket.
    pub socket_init_timeout_seconds: u32,
    /// Longest wait for a subscriber to take an event.
    pub stream_patience_seconds: u32,
    /// Longest wait for the head of a request, also on a connection that is kept open.
    pub header_timeout_seconds: u32,
    /// Most connections open at once; who comes then waits to be taken.
    pub max_connections: usize,
    /// Most requests that are answered at once; others are told to come back.
    pub max_requests: usize,
    /// Most requests of one client that are answered at once.
    pub max_requests_per_client: usize,
    /// Most sockets and streams of one client that are open at once.
    pub max_streams_per_client: usize,
    /// Longest wait for a peer to take anything of what is sent to it.
    pub write_timeout_seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_body_bytes: 262_144,
            max_message_bytes: 65_536,
            max_picture_bytes: 150_000,
            max_picture_pixels: 12_000_000,
            max_depth: 12,
            max_fields: 500,
            max_aliases: 50,
            max_alias_bytes: 64,
            max_rows: 20_000,
            max_page: 100,
            default_page: 25,
            request_timeout_seconds: 30,
            max_socket_operations: 32,
            socket_init_timeout_seconds: 10,
            stream_patience_seconds: 5,
            header_timeout_seconds: 75,
            max_connections: 20_000,
            max_requests: 512,
            max_requests_per_client: 128,
            max_streams_per_client: 1_000,
            write_timeout_seconds: 30,
        }
    }
}

impl Limits {
    /// Longest time that a query or mutation may take.
    #[must_use]
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_seconds.into())
    }

    /// Longest wait for the head of a request.
    #[must_use]
    pub fn header_timeout(&self) -> Duration {
        Duration::from_secs(self.header_timeout_seconds.into())
    }

    /// Longest wait for a peer to take anything of what is sent to it: long enough for a slow subscriber to be told first.
    #[must_use]
    pub fn write_timeout(&self) -> Duration {
        let told = self.stream_patience_seconds.saturating_mul(3);
        Duration::from_secs(self.write_timeout_seconds.max(told).into())
    }

    /// Longest wait for a subscriber to take an event.
    #[must_use]
    pub fn stream_patience(&self) -> Duration {
        Duration::from_secs(self.stream_patience_seconds.into())
    }
}

/// How much one client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FairUseSettings {
    /// Points that a client has at most; nothing is counted where it is 0.
    pub points: u32,
    /// Points that come back in a second.
    pub points_per_second: u32,
    /// Refused tokens from one address after which its callers are told to wait; not counted where it is 0.
    pub refusals: u32,
    /// Refusals that are forgotten in a minute.
    pub refusals_per_minute: u32,
}

impl Default for FairUseSettings {
    fn default() -> Self {
        Self {
            points: 20_000,
            points_per_second: 1_000,
            refusals: 100,
            refusals_per_minute: 60,
        }
    }
}
