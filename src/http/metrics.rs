//! A few counts of the process, in the text format of Prometheus. Nothing personal, nothing per client (who uses
//! what is deprecated is counted by the schema).

pub mod operations;
pub mod process;
pub mod text;

use crate::domain::webhook::{BreakerState, WebhookState};
use crate::graphql::counts::Counts;
use crate::notify::webhook;
use crate::store::WebhooksWaiting;
use axum::http::StatusCode;
use operations::Operations;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use text::{Family, Kind, seconds};

/// How a request to `/graphql`, or for a file under `/statistics`, went: as its status says, or as its answer does where the
/// media type has 200 for everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 1xx to 3xx; a document that ran.
    Answered,
    /// 401.
    Unauthenticated,
    /// Other 4xx; a document that did not run.
    Refused,
    /// 5xx; an answer that says `INTERNAL`.
    Failed,
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Answered, Self::Unauthenticated, Self::Refused, Self::Failed];

    /// The outcome as a label.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unauthenticated => "unauthenticated",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// The outcome that a status stands for.
    #[must_use]
    pub fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::Unauthenticated,
            400..=499 => Self::Refused,
            500.. => Self::Failed,
            _ => Self::Answered,
        }
    }
}

/// By which way a stream of an inbox reaches its subscriber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// `graphql-transport-ws`.
    WebSocket,
    /// Server-sent events.
    Sse,
}

impl Transport {
    const ALL: [(Self, &'static str); 2] = [(Self::WebSocket, "websocket"), (Self::Sse, "sse")];
}

/// Upper bounds of the buckets that delivery times are counted in, in milliseconds and as they are written.
const BUCKETS: [(u64, &str); 10] = [
    (5, "0.005"),
    (10, "0.010"),
    (25, "0.025"),
    (50, "0.050"),
    (100, "0.100"),
    (250, "0.250"),
    (500, "0.500"),
    (1_000, "1.000"),
    (2_500, "2.500"),
    (10_000, "10.000"),
];

/// The counts.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: [AtomicU64; Outcome::ALL.len()],
    milliseconds: AtomicU64,
    open_sockets: AtomicI64,
    socket_messages: AtomicU64,
    open_streams: [AtomicI64; Transport::ALL.len()],
    slow_readers: [AtomicU64; Transport::ALL.len()],
    /// Deliveries by the first bucket that they fit into; the last is for whatever took longer.
    deliveries: [AtomicU64; BUCKETS.len() + 1],
    delivery_microseconds: AtomicU64,
    /// Operations by name.
    pub operations: Operations,
    /// What was sent to webhooks.
    pub webhooks: Arc<webhook::Counts>,
}

impl Metrics {
    /// Counts one answered request.
    pub fn answered(&self, outcome: Outcome, milliseconds: u64) {
        self.requests[outcome as usize].fetch_add(1, Relaxed);
        self.milliseconds.fetch_add(milliseconds, Relaxed);
    }

    /// Counts a socket that opened (1) or closed (-1).
    pub fn sockets(&self, change: i64) {
        self.open_sockets.fetch_add(change, Relaxed);
    }

    /// Counts one message sent over a socket.
    pub fn socket_message(&self) {
        self.socket_messages.fetch_add(1, Relaxed);
    }

    /// Counts a stream that opened (1) or closed (-1).
    pub fn streams(&self, transport: Transport, change: i64) {
        self.open_streams[transport as usize].fetch_add(change, Relaxed);
    }

    /// Counts a stream that was closed because its reader did not keep up.
    pub fn slow_reader(&self, transport: Transport) {
        self.slow_readers[transport as usize].fetch_add(1, Relaxed);
    }

    /// Counts one event that was handed to a connection so long after it happened.
    pub fn delivered(&self, lag: Duration) {
        let fits = |(bound, _): &(u64, &str)| lag <= Duration::from_millis(*bound);
        let bucket = BUCKETS.iter().position(fits).unwrap_or(BUCKETS.len());
        self.deliveries[bucket].fetch_add(1, Relaxed);
        let microseconds = u64::try_from(lag.as_micros()).unwrap_or(u64::MAX);
        self.delivery_microseconds.fetch_add(microseconds, Relaxed);
    }

    /// All counts as text.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        let requests = Outcome::ALL.map(|outcome| (outcome, self.requests[outcome as usize].load(Relaxed)));
        let mut family = Family::begin(
            &mut text,
            "avrr_graphql_requests_total",
            Kind::Counter,
            "Requests to /graphql, and for files under /statistics, by outcome.",
        );
        for (outcome, count) in requests {
            family.sample(&[("outcome", outcome.label())], count);
        }
        Family::begin(
            &mut text,
            "avrr_graphql_request_duration_seconds",
            Kind::Summary,
            "Time taken to answer requests to /graphql, and for files under /statistics.",
        )
        .part("_sum", &[], seconds(self.milliseconds.load(Relaxed) * 1_000))
        .part(
            "_count",
            &[],
            requests.iter().map(|(_, count)| count).sum::<u64>(),
        );
        self.operations.render(&mut text);
        Family::begin(
            &mut text,
            "avrr_open_websockets",
            Kind::Gauge,
            "WebSockets open now.",
        )
        .sample(&[], self.open_sockets.load(Relaxed));
        Family::begin(
            &mut text,
            "avrr_websocket_messages_total",
            Kind::Counter,
            "Messages sent over WebSockets.",
        )
        .sample(&[], self.socket_messages.load(Relaxed));
        self.render_streams(&mut text);
        self.webhooks.render(&mut text);
        text
    }

    fn render_streams(&self, text: &mut String) {
        let mut family = Family::begin(
            text,
            "avrr_open_streams",
            Kind::Gauge,
            "Streams of inboxes open now.",
        );
        for (transport, label) in Transport::ALL {
            let count = self.open_streams[transport as usize].load(Relaxed);
            family.sample(&[("transport", label)], count);
        }
        let mut family = Family::begin(
            text,
            "avrr_slow_readers_closed_total",
            Kind::Counter,
            "Streams closed because their reader did not keep up.",
        );
        for (transport, label) in Transport::ALL {
            let count = self.slow_readers[transport as usize].load(Relaxed);
            family.sample(&[("transport", label)], count);
        }
        let counts: Vec<u64> = self.deliveries.iter().map(|count| count.load(Relaxed)).collect();
        let sum = seconds(self.delivery_microseconds.load(Relaxed));
        Family::begin(
            text,
            "avrr_delivery_lag_seconds",
            Kind::Histogram,
            "Time from what a notice tells of until it is sent to an open stream.",
        )
        .histogram(&[], &BUCKETS.map(|(_, bound)| bound), &counts, sum);
    }
}

/// What was refused in GraphQL, and what was spent, as text.
pub fn render_counts(text: &mut String, counts: &Counts) {
    let mut family = Family::begin(
        text,
        "avrr_refusals_total",
        Kind::Counter,
        "Answers that refused, by code: of requests, of documents, and of commands.",
    );
    for (code, count) in counts.refusals() {
        family.sample(&[("code", code)], count);
    }
    let (requested, actual) = counts.points();
    Family::begin(
        text,
        "avrr_points_total",
        Kind::Counter,
        "Points of fair use: taken for operations before they were carried out, and what these brought.",
    )
    .sample(&[("cost", "requested")], requested)
    .sample(&[("cost", "actual")], actual);
}

/// What operators watch of notices that nobody acknowledges, and that nobody takes.
#[derive(Debug, Default)]
pub struct Waiting {
    /// For how many seconds the oldest notice of each type has waited for an acknowledgement.
    pub oldest: Vec<(&'static str, i64)>,
    /// For how many seconds the oldest notice waits that could be sent to a webhook now.
    pub undelivered: u64,
    /// Escalations that wait with steps ahead.
    pub climbing: i64,
    /// Escalations that wait with no step left.
    pub exhausted: i64,
    /// How often work was taken over from a worker that had not finished it in time.
    pub takeovers: u64,
    /// Webhooks by state and breaker, and what waits for them.
    pub webhooks: BTreeMap<(WebhookState, BreakerState), WebhooksWaiting>,
}

impl Waiting {
    /// The same as text.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        let mut family = Family::begin(
            &mut text,
            "avrr_oldest_unacknowledged_seconds",
            Kind::Gauge,
            "How long the oldest notice of a type has waited for an acknowledgement.",
        );
        for (kind, seconds) in &self.oldest {
            family.sample(&[("type", kind)], seconds);
        }
        Family::begin(
            &mut text,
            "avrr_oldest_undelivered_seconds",
            Kind::Gauge,
            "How long the oldest notice has waited that could be sent to a webhook now.",
        )
        .sample(&[], self.undelivered);
        Family::begin(
            &mut text,
            "avrr_open_escalations",
            Kind::Gauge,
            "Notices under escalation: with steps ahead, or with none left.",
        )
        .sample(&[("steps", "ahead")], self.climbing)
        .sample(&[("steps", "none")], self.exhausted);
        Family::begin(
            &mut text,
            "avrr_lease_takeovers_total",
            Kind::Counter,
            "Work taken over from a worker that had not finished it in time.",
        )
        .sample(&[], self.takeovers);
        self.render_webhooks(&mut text);
        text
    }

    fn render_webhooks(&self, text: &mut String) {
        let labels = |state: &WebhookState, breaker: &BreakerState| [state.to_string(), breaker.to_string()];
        let mut family = Family::begin(
            text,
            "avrr_webhooks",
            Kind::Gauge,
            "Webhooks by state and breaker.",
        );
        for ((state, breaker), waiting) in &self.webhooks {
            let [state, breaker] = labels(state, breaker);
            family.sample(&[("state", &state), ("breaker", &breaker)], waiting.webhooks);
        }
        let mut family = Family::begin(
            text,
            "avrr_webhook_backlog",
            Kind::Gauge,
            "Notices that webhooks have not been sent yet.",
        );
        for ((state, breaker), waiting) in &self.webhooks {
            let [state, breaker] = labels(state, breaker);
            family.sample(&[("state", &state), ("breaker", &breaker)], waiting.notices);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_deliveries_and_slow_readers_are_counted() {
        let metrics = Metrics::default();
        metrics.streams(Transport::Sse, 1);
        metrics.streams(Transport::WebSocket, 1);
        metrics.streams(Transport::WebSocket, -1);
        metrics.slow_reader(Transport::WebSocket);
        for milliseconds in [3, 25, 26, 60_000] {
            metrics.delivered(Duration::from_millis(milliseconds));
        }
        let text = metrics.render();
        for line in [
            "avrr_open_streams{transport=\"websocket\"} 0",
            "avrr_open_streams{transport=\"sse\"} 1",
            "avrr_slow_readers_closed_total{transport=\"websocket\"} 1",
            "avrr_slow_readers_closed_total{transport=\"sse\"} 0",
            "avrr_delivery_lag_seconds_bucket{le=\"0.005\"} 1",
            "avrr_delivery_lag_seconds_bucket{le=\"0.025\"} 2",
            "avrr_delivery_lag_seconds_bucket{le=\"0.050\"} 3",
            "avrr_delivery_lag_seconds_bucket{le=\"10.000\"} 3",
            "avrr_delivery_lag_seconds_bucket{le=\"+Inf\"} 4",
            "avrr_delivery_lag_seconds_sum 60.054000",
            "avrr_delivery_lag_seconds_count 4",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
    }
}
