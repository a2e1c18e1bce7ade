//! `ServiceInfo`: what the service says of itself.

use crate::config::{FairUseSettings, Limits};
use crate::domain::statistics::Rules;
use crate::graphql::deprecations::{Announcement, announcements};
use async_graphql::SimpleObject;

/// What the service says of itself, the same for everybody.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ServiceInfo {
    /// Version of the program.
    version: &'static str,
    /// What one request may ask for.
    limits: ServiceLimits,
    /// Statistics tell of no fewer persons than this, to dashboards and everybody outside IOM.
    suppression_threshold: i64,
    /// What of the schema goes, what takes its place, and from which day on it may be gone.
    deprecations: Vec<Announcement>,
    /// For how many days, at least, a command that comes again with its idempotency key gets its first result again.
    idempotency_key_days: u32,
}

/// What one request may ask for.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ServiceLimits {
    /// Largest page of a connection.
    max_page: usize,
    /// Page of a connection when nothing is said.
    default_page: usize,
    /// Deepest nesting of a selection.
    max_depth: usize,
    /// Most fields that a document may select, fragments counted wherever they are spread.
    max_fields: usize,
    /// Most aliases in a document.
    max_aliases: usize,
    /// Most rows and redactions that an answer may hold, counted wherever they stand.
    max_rows: usize,
    /// Largest request body, in bytes.
    max_body_bytes: usize,
    /// Largest message on a WebSocket, in bytes.
    max_message_bytes: usize,
    /// Largest picture, in bytes; a request carries it in base64.
    max_picture_bytes: usize,
    /// Most pixels that a picture may have.
    max_picture_pixels: usize,
    /// Longest time that a request may take, in seconds.
    request_timeout_seconds: u32,
    /// Most requests of one client that are answered at once.
    max_requests_per_client: usize,
    /// Most sockets and streams of one client that are open at once.
    max_streams_per_client: usize,
    /// Points that a client has at most; an operation costs as many as the rows that it could bring, a command ten more.
    /// Nothing is counted where it is 0.
    points: u32,
    /// Points that come back in a second.
    points_per_second: u32,
}

impl ServiceInfo {
    /// What the service says under these limits.
    #[must_use]
    pub fn new(limits: &Limits, fair_use: FairUseSettings, (rules, key_days): (&Rules, u32)) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            limits: ServiceLimits {
                max_page: limits.max_page,
                default_page: limits.default_page,
                max_depth: limits.max_depth,
                max_fields: limits.max_fields,
                max_aliases: limits.max_aliases,
                max_rows: limits.max_rows,
                max_body_bytes: limits.max_body_bytes,
                max_message_bytes: limits.max_message_bytes,
                max_picture_bytes: limits.max_picture_bytes,
                max_picture_pixels: limits.max_picture_pixels,
                request_timeout_seconds: limits.request_timeout_seconds,
                max_requests_per_client: limits.max_requests_per_client,
                max_streams_per_client: limits.max_streams_per_client,
                points: fair_use.points,
                points_per_second: fair_use.points_per_second,
            },
            suppression_threshold: rules.outside,
            deprecations: announcements(),
            idempotency_key_days: key_days,
        }
    }
}
