//! A few counts of the process, in the text format of Prometheus. Nothing personal, nothing per client.

use axum::http::StatusCode;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};

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

/// The counts.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: [AtomicU64; Outcome::ALL.len()],
    milliseconds: AtomicU64,
    open_sockets: AtomicI64,
    socket_messages: AtomicU64,
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

    /// All counts as text.
    #[must_use]
    pub fn render(&self) -> String {
        use std::fmt::Write as _;
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
        text
    }
}
