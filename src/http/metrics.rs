//! A few counts of the process, in the text format of Prometheus. Nothing personal, nothing per client (who uses
//! what is deprecated is counted by the schema).

use crate::domain::webhook::{BreakerState, WebhookState};
use crate::notify::webhook;
use crate::store::WebhooksWaiting;
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// How a request to `/graphql` went, as its status says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 1xx to 3xx.
    Answered,
    /// 401.
    Unauthenticated,
    /// Other 4xx.
    Refused,
    /// 5xx.
    Failed,
}

impl Outcome {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Answered, "answered"),
        (Self::Unauthenticated, "unauthenticated"),
        (Self::Refused, "refused"),
        (Self::Failed, "failed"),
    ];

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

/// Upper bounds of the buckets that delivery times are counted in, in milliseconds.
const BUCKETS: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000];

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
        let fits = |bound: &u64| lag <= Duration::from_millis(*bound);
        let bucket = BUCKETS.iter().position(fits).unwrap_or(BUCKETS.len());
        self.deliveries[bucket].fetch_add(1, Relaxed);
        let microseconds = u64::try_from(lag.as_micros()).unwrap_or(u64::MAX);
        self.delivery_microseconds.fetch_add(microseconds, Relaxed);
    }

    /// All counts as text.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::from(
            "# HELP avrr_graphql_requests_total Requests to /graphql by outcome.\n# TYPE avrr_graphql_requests_total counter\n",
        );
        let mut total = 0;
        for (outcome, label) in Outcome::ALL {
            let count = self.requests[outcome as usize].load(Relaxed);
            total += count;
            let _ = writeln!(text, "avrr_graphql_requests_total{{outcome=\"{label}\"}} {count}");
        }
        let milliseconds = self.milliseconds.load(Relaxed);
        let _ = write!(
            text,
            "# HELP avrr_graphql_request_duration_seconds Time taken to answer requests to /graphql.\n\
             # TYPE avrr_graphql_request_duration_seconds summary\n\
             avrr_graphql_request_duration_seconds_sum {}.{:03}\n\
             avrr_graphql_request_duration_seconds_count {total}\n\
             # HELP avrr_open_websockets WebSockets open now.\n\
             # TYPE avrr_open_websockets gauge\n\
             avrr_open_websockets {}\n\
             # HELP avrr_websocket_messages_total Messages sent over WebSockets.\n\
             # TYPE avrr_websocket_messages_total counter\n\
             avrr_websocket_messages_total {}\n",
            milliseconds / 1_000,
            milliseconds % 1_000,
            self.open_sockets.load(Relaxed),
            self.socket_messages.load(Relaxed),
        );
        self.render_streams(&mut text);
        self.webhooks.render(&mut text);
        text
    }

    fn render_streams(&self, text: &mut String) {
        text.push_str(
            "# HELP avrr_open_streams Streams of inboxes open now.\n# TYPE avrr_open_streams gauge\n",
        );
        for (transport, label) in Transport::ALL {
            let count = self.open_streams[transport as usize].load(Relaxed);
            let _ = writeln!(text, "avrr_open_streams{{transport=\"{label}\"}} {count}");
        }
        text.push_str(
            "# HELP avrr_slow_readers_closed_total Streams closed because their reader did not keep up.\n\
             # TYPE avrr_slow_readers_closed_total counter\n",
        );
        for (transport, label) in Transport::ALL {
            let count = self.slow_readers[transport as usize].load(Relaxed);
            let _ = writeln!(
                text,
                "avrr_slow_readers_closed_total{{transport=\"{label}\"}} {count}"
            );
        }
        text.push_str(
            "# HELP avrr_delivery_lag_seconds Time from what a notice tells of until it is sent to an open stream.\n\
             # TYPE avrr_delivery_lag_seconds histogram\n",
        );
        let mut total = 0;
        for (bucket, count) in self.deliveries.iter().enumerate() {
            total += count.load(Relaxed);
            let bound = BUCKETS.get(bucket);
            let bound = bound.map_or_else(|| "+Inf".to_owned(), |bound| seconds(*bound, 1_000));
            let _ = writeln!(text, "avrr_delivery_lag_seconds_bucket{{le=\"{bound}\"}} {total}");
        }
        let sum = seconds(self.delivery_microseconds.load(Relaxed), 1_000_000);
        let _ = write!(
            text,
            "avrr_delivery_lag_seconds_sum {sum}\navrr_delivery_lag_seconds_count {total}\n"
        );
    }
}

/// So many parts of a second as a decimal number of seconds; a second has a thousand parts or a million.
fn seconds(parts: u64, in_a_second: u64) -> String {
    let width = if in_a_second == 1_000 { 3 } else { 6 };
    format!("{}.{:0width$}", parts / in_a_second, parts % in_a_second)
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

/// What operators watch of notices that nobody acknowledges, and that nobody takes.
#[derive(Debug, Default)]
pub struct Waiting {
    /// For how many seconds the oldest notice of each type has waited for an acknowledgement.
    pub oldest: Vec<(&'static str, i64)>,
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
        use std::fmt::Write as _;
        let mut text = String::from(
            "# HELP avrr_oldest_unacknowledged_seconds How long the oldest notice of a type has waited for an acknowledgement.\n\
             # TYPE avrr_oldest_unacknowledged_seconds gauge\n",
        );
        for (kind, seconds) in &self.oldest {
            let _ = writeln!(
                text,
                "avrr_oldest_unacknowledged_seconds{{type=\"{kind}\"}} {seconds}"
            );
        }
        let _ = write!(
            text,
            "# HELP avrr_open_escalations Notices under escalation: with steps ahead, or with none left.\n\
             # TYPE avrr_open_escalations gauge\n\
             avrr_open_escalations{{steps=\"ahead\"}} {}\n\
             avrr_open_escalations{{steps=\"none\"}} {}\n\
             # HELP avrr_lease_takeovers_total Work taken over from a worker that had not finished it in time.\n\
             # TYPE avrr_lease_takeovers_total counter\n\
             avrr_lease_takeovers_total {}\n",
            self.climbing, self.exhausted, self.takeovers,
        );
        text.push_str("# HELP avrr_webhooks Webhooks by state and breaker.\n# TYPE avrr_webhooks gauge\n");
        for ((state, breaker), waiting) in &self.webhooks {
            let count = waiting.webhooks;
            let _ = writeln!(
                text,
                "avrr_webhooks{{state=\"{state}\",breaker=\"{breaker}\"}} {count}"
            );
        }
        text.push_str(
            "# HELP avrr_webhook_backlog Notices that webhooks have not been sent yet.\n# TYPE avrr_webhook_backlog gauge\n",
        );
        for ((state, breaker), waiting) in &self.webhooks {
            let count = waiting.notices;
            let _ = writeln!(
                text,
                "avrr_webhook_backlog{{state=\"{state}\",breaker=\"{breaker}\"}} {count}"
            );
        }
        text
    }
}
