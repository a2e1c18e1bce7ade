//! What both transports of streams have in common: how far the subscriber has come, whether an event may still go out, and
//! why a stream ends before the subscriber ends it. Whatever the reason, the subscriber is told where to go on.

use super::Gateway;
use super::metrics::Transport;
use super::shares::Share;
use crate::domain::code::Code as _;
use crate::domain::notice::DeliveryChannel;
use crate::error::Code;
use crate::graphql::Answer;
use crate::policy::viewer::Viewer;
use crate::store::cause_of;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::SetOnce;

/// No place: inboxes are numbered from 1.
const NOWHERE: i64 = -1;

/// A place in an inbox, and when what stands there happened.
pub(super) type Place = (i64, DateTime<Utc>);

/// One open stream.
pub(super) struct OpenStream {
    gateway: Arc<Gateway>,
    transport: Transport,
    viewer: Viewer,
    opened_at: DateTime<Utc>,
    began: Arc<SetOnce<i64>>,
    sent: AtomicI64,
    share: Option<Share>,
}

/// Why a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The token has expired.
    TokenExpired,
    /// The client may not stay.
    ShownOut,
    /// The subscriber does not keep up.
    TooSlow,
    /// The registry cannot be asked whether the client may stay.
    Failed,
}

impl Ending {
    fn code(self) -> Code {
        match self {
            Self::TokenExpired => Code::TokenExpired,
            Self::ShownOut => Code::Unauthenticated,
            Self::TooSlow => Code::TooSlow,
            Self::Failed => Code::Internal,
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::TokenExpired => "The token has expired: come back with another, after the last place.",
            Self::ShownOut => "The client is no longer admitted.",
            Self::TooSlow => "Events were not taken in time: come back after the last place.",
            Self::Failed => "Something went wrong on our side: come back after the last place.",
        }
    }

    /// The ending as an error of GraphQL, with the last place that the subscriber has.
    pub(super) fn error(self, last: Option<i64>) -> Value {
        json!({
            "message": self.sentence(),
            "extensions": { "code": self.code().code(), "lastSequence": last },
        })
    }
}

impl OpenStream {
    /// Counts a stream from here until it is dropped; what it holds of what its client may have open is given back then.
    pub(super) fn new(
        gateway: &Arc<Gateway>,
        transport: Transport,
        viewer: Viewer,
        began: Arc<SetOnce<i64>>,
        share: Option<Share>,
    ) -> Self {
        gateway.metrics.streams(transport, 1);
        Self {
            gateway: Arc::clone(gateway),
            transport,
            viewer,
            opened_at: gateway.clock.now(),
            began,
            sent: AtomicI64::new(NOWHERE),
            share,
        }
    }

    /// Whether it counts by itself among what its client has open.
    pub(super) fn holds_share(&self) -> bool {
        self.share.is_some()
    }

    /// The last place that the subscriber has: that of the last event sent, or else where the stream began.
    pub(super) fn last(&self) -> Option<i64> {
        let sent = self.sent.load(Ordering::Relaxed);
        (sent != NOWHERE).then_some(sent).or(self.began.get().copied())
    }

    /// An event has been handed to the connection: notes how far the subscriber has come, and how long the event took, if
    /// it came while the stream was open.
    pub(super) fn sent(&self, (sequence, occurred_at): Place) {
        self.sent.store(sequence, Ordering::Relaxed);
        let channel = match self.transport {
            Transport::WebSocket => DeliveryChannel::Websocket,
            Transport::Sse => DeliveryChannel::Sse,
        };
        let handed_over = self.gateway.hub.handed_over();
        handed_over.add(self.viewer.organisation, channel, sequence);
        if occurred_at >= self.opened_at {
            let lag = (self.gateway.clock.now() - occurred_at)
                .to_std()
                .unwrap_or_default();
            self.gateway.metrics.delivered(lag);
        }
    }

    /// Whether the next answer may go out: a client suspended since the last one gets no further one, nor does a token that
    /// has expired. An event that we could not tell ends the stream before its place, so that it comes
    /// once the subscriber comes back, and is not lost.
    pub(super) async fn admits(&self, answer: &Answer) -> Result<(), Ending> {
        if self.viewer.expires_at <= self.gateway.clock.now() {
            return Err(Ending::TokenExpired);
        }
        if answer.words.failed {
            return Err(Ending::Failed);
        }
        let gateway = &self.gateway;
        match gateway.hub.may_stay(&gateway.store, &self.viewer).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(reason)) => {
                tracing::info!(client = &*self.viewer.client_id, %reason, "told no more");
                Err(Ending::ShownOut)
            }
            Err(error) => {
                tracing::error!(cause = cause_of(&error), "the registry cannot be asked");
                Err(Ending::Failed)
            }
        }
    }

    /// Returns when the token of whoever listens has expired.
    pub(super) async fn expired(&self) {
        self.gateway.clock.sleep_until(self.viewer.expires_at).await;
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.gateway.metrics.streams(self.transport, -1);
    }
}
