//! One peer on one socket: who it is, what it has open, and whether it may still be here.

use super::super::auth::{PURPOSE, Refusal};
use super::super::doors::Place;
use super::super::log::RequestId;
use super::super::metrics::Transport;
use super::super::shares::Share;
use super::super::streams::{self, Ending, OpenStream};
use super::super::{Gateway, graphql};
use super::Farewell;
use super::words::{farewell_for, farewell_to, message_of, request_error};
use crate::policy::viewer::Viewer;
use crate::telemetry::Caller;
use async_graphql::Data;
use async_graphql::http::ClientMessage;
use axum::extract::ws::Message;
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::net::IpAddr;
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// What the handshake said about who asks; `connection_init` may say otherwise.
pub(super) struct Credentials {
    /// Where the handshake came from.
    pub(super) address: Option<IpAddr>,
    pub(super) authorization: Option<String>,
    pub(super) purpose: Option<String>,
}

pub(super) struct Session {
    pub(super) gateway: Arc<Gateway>,
    pub(super) id: RequestId,
    pub(super) caller: Caller,
    handshake: Credentials,
    pub(super) viewer: OnceLock<Viewer>,
    admitted: CancellationToken,
    verdict: OnceLock<Farewell>,
    condemned: CancellationToken,
    place: OnceLock<Place>,
    share: OnceLock<Share>,
    traffic: Mutex<Traffic>,
}

pub(super) struct Traffic {
    last_heard: Instant,
    /// Operations that run, by the peer's names for them.
    pub(super) open: HashSet<String>,
    /// Operations that the peer stopped: it needs no word that they are complete.
    stopped: HashSet<String>,
    /// Operations that ended with an error, which is their last word: that they are complete is not said too.
    failed: HashSet<String>,
    /// The operation that the protocol is about to start.
    pub(super) starting: Option<String>,
    /// Subscriptions among the open operations.
    pub(super) streams: BTreeMap<String, Arc<OpenStream>>,
    /// The event that is on its way to the peer.
    pub(super) on_its_way: Option<Event>,
}

/// An event of a subscription, between the protocol and the peer.
pub(super) struct Event {
    pub(super) stream: Arc<OpenStream>,
    /// The peer's name for the subscription, as JSON.
    pub(super) name: Arc<str>,
    pub(super) body: Arc<str>,
    pub(super) place: Option<streams::Place>,
}

impl Session {
    pub(super) fn new(gateway: Arc<Gateway>, id: RequestId, caller: Caller, handshake: Credentials) -> Self {
        let traffic = Traffic {
            last_heard: Instant::now(),
            open: HashSet::new(),
            stopped: HashSet::new(),
            failed: HashSet::new(),
            starting: None,
            streams: BTreeMap::new(),
            on_its_way: None,
        };
        Self {
            gateway,
            id,
            caller,
            handshake,
            viewer: OnceLock::new(),
            admitted: CancellationToken::new(),
            verdict: OnceLock::new(),
            condemned: CancellationToken::new(),
            place: OnceLock::new(),
            share: OnceLock::new(),
            traffic: Mutex::new(traffic),
        }
    }

    pub(super) fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn condemn(&self, farewell: Farewell) {
        // The first reason is the reason.
        let _ = self.verdict.set(farewell);
        self.condemned.cancel();
    }

    pub(super) fn verdict(&self) -> Option<Farewell> {
        self.verdict.get().copied()
    }

    /// Returns when this session has to end.
    pub(super) async fn ended(&self) -> Farewell {
        tokio::select! {
            () = self.condemned.cancelled() => {}
            () = self.shown_out() => self.condemn(Farewell::FORBIDDEN),
        }
        self.verdict().unwrap_or(Farewell::INTERNAL)
    }

    /// Returns when whoever was admitted may not stay.
    async fn shown_out(&self) {
        self.admitted.cancelled().await;
        match self.place.get() {
            Some(place) => place.shown_out.cancelled().await,
            None => std::future::pending().await,
        }
    }

    /// Returns when the program is to stop.
    pub(super) async fn stopping(&self) {
        self.gateway.stopping.cancelled().await;
    }

    /// Returns when nobody was admitted in time, or when the token of who was has expired.
    pub(super) async fn time_is_up(&self) -> Farewell {
        let patience = Duration::from_secs(self.gateway.limits.socket_init_timeout_seconds.into());
        if timeout(patience, self.admitted.cancelled()).await.is_err() {
            return Farewell::INITIALISATION_TIMEOUT;
        }
        let Some(viewer) = self.viewer.get() else {
            return Farewell::INTERNAL;
        };
        self.gateway.clock.sleep_until(viewer.expires_at).await;
        Farewell::TOKEN_EXPIRED
    }

    pub(super) fn silence(&self) -> Duration {
        self.traffic().last_heard.elapsed()
    }

    /// Decides at `connection_init` who asks: its payload names token and purpose, or else the handshake did.
    pub(super) async fn admit(&self, payload: &serde_json::Value) -> async_graphql::Result<Data> {
        let said = |name: &str| {
            let fields = payload.as_object()?;
            fields
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str().unwrap_or_default())
        };
        let authorization = said("authorization").or(self.handshake.authorization.as_deref());
        let purpose = said(PURPOSE).or(self.handshake.purpose.as_deref());
        match self.gateway.authenticator.viewer(authorization, purpose).await {
            Ok(viewer) => {
                let Some(share) = self.gateway.streams.take(viewer.client) else {
                    self.condemn(Farewell::TOO_MANY);
                    return Err(async_graphql::Error::new("refused"));
                };
                let _ = self.share.set(share);
                tracing::info!(socket = %self.id, client = &*viewer.client_id, "socket opened");
                // Before anything is answered, so that no look at the registry misses it.
                let _ = self.place.set(Place::taken(&self.gateway, viewer.clone()));
                let _ = self.viewer.set(viewer);
                self.admitted.cancel();
                Ok(Data::default())
            }
            Err(refusal) => {
                graphql::tell(&self.id, &refusal);
                self.condemn(self.counted(farewell_to(&refusal)));
                Err(async_graphql::Error::new("refused"))
            }
        }
    }

    /// Counts a refused token by the address that it came from, as on a request: too many are told to wait.
    fn counted(&self, farewell: Farewell) -> Farewell {
        let refused = self
            .handshake
            .address
            .filter(|_| farewell == Farewell::UNAUTHORIZED);
        match refused.map(|address| self.gateway.refusals.count(address)) {
            Some(Err(_)) => Farewell::TOO_MANY_REFUSED,
            _ => farewell,
        }
    }

    /// Whether the registry still admits who is here; if not, or if it does not answer, the session ends.
    pub(super) async fn is_still_admitted(&self) -> bool {
        let Some(viewer) = self.viewer.get() else {
            return false;
        };
        let Err(refusal) = self.gateway.authenticator.reconsider(viewer).await else {
            return true;
        };
        graphql::tell(&self.id, &refusal);
        self.condemn(match refusal {
            Refusal::Unavailable(_) => Farewell::INTERNAL,
            _ => Farewell::FORBIDDEN,
        });
        false
    }

    /// What the protocol gets to see of a frame: a message, nothing, or the end.
    pub(super) fn heard(
        &self,
        frame: Result<Message, axum::Error>,
    ) -> ControlFlow<(), Option<ClientMessage>> {
        let mut traffic = self.traffic();
        traffic.last_heard = Instant::now();
        let text = match frame {
            Ok(Message::Text(text)) if text.len() <= self.gateway.limits.max_message_bytes => text,
            Ok(Message::Text(_)) => {
                self.condemn(Farewell::TOO_BIG);
                return Break(());
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => return Continue(None),
            Ok(Message::Close(_)) => return Break(()),
            Err(fault) => {
                // None where the peer is gone.
                if let Some(farewell) = farewell_for(fault) {
                    self.condemn(farewell);
                }
                return Break(());
            }
            Ok(Message::Binary(_)) => {
                self.condemn(Farewell::INVALID_MESSAGE);
                return Break(());
            }
        };
        let farewell = match message_of(text.as_str()) {
            None => Farewell::INVALID_MESSAGE,
            Some(ClientMessage::Start { .. }) if self.viewer.get().is_none() => Farewell::UNAUTHORIZED,
            Some(ClientMessage::Start { ref id, .. }) if !traffic.open.insert(id.clone()) => {
                Farewell::SUBSCRIBER_EXISTS
            }
            Some(message) => {
                match &message {
                    ClientMessage::Start { id, .. } => {
                        // The protocol forgets the one of this name that failed, and completes it no more.
                        traffic.failed.remove(id);
                        traffic.starting = Some(id.clone());
                    }
                    ClientMessage::Stop { id } if traffic.open.remove(id) => {
                        traffic.streams.remove(id);
                        traffic.stopped.insert(id.clone());
                    }
                    _ => {}
                }
                return Continue(Some(message));
            }
        };
        self.condemn(farewell);
        Break(())
    }

    /// Whether a message of the protocol goes out: none does after a verdict. Keeps the books on the way.
    pub(super) fn is_to_be_sent(&self, text: &str) -> bool {
        #[derive(serde::Deserialize)]
        struct Complete {
            id: String,
        }
        if self.verdict().is_some() {
            return false;
        }
        if !text.starts_with(r#"{"type":"complete""#) {
            return true;
        }
        let Ok(Complete { id }) = serde_json::from_str(text) else {
            return true;
        };
        let mut traffic = self.traffic();
        if traffic.stopped.remove(&id) || traffic.failed.remove(&id) {
            return false;
        }
        traffic.open.remove(&id);
        traffic.streams.remove(&id);
        true
    }

    /// The message that goes out for one of the protocol: an event's answer is in words already, and the protocol has seen
    /// nothing of it but that there is one. What is wrong with the request is an error, and no answer.
    pub(super) fn in_words(&self, message: String) -> String {
        let mut traffic = self.traffic();
        let message = match &traffic.on_its_way {
            Some(Event { name, body, .. }) => format!(r#"{{"type":"next","id":{name},"payload":{body}}}"#),
            None => message,
        };
        let Some((id, error)) = request_error(&message) else {
            return message;
        };
        traffic.open.remove(&id);
        traffic.streams.remove(&id);
        traffic.failed.insert(id);
        error
    }

    /// What was handed to the protocol last has been sent.
    pub(super) fn has_sent(&self) {
        let sent = self.traffic().on_its_way.take();
        if let Some(Event {
            stream,
            place: Some(place),
            ..
        }) = sent
        {
            stream.sent(place);
        }
    }

    /// The peer does not take what is sent.
    pub(super) fn is_too_slow(&self) {
        if self.verdict().is_none() {
            self.condemn(Farewell::TOO_SLOW);
            self.gateway.metrics.slow_reader(Transport::WebSocket);
        }
    }

    /// What each open subscription is told before a farewell, and the lowest of their last places.
    pub(super) fn last_words(&self, farewell: Farewell) -> (Vec<String>, Option<i64>) {
        let ending = match farewell {
            Farewell::RESTART => None,
            Farewell::TOKEN_EXPIRED => Some(Ending::TokenExpired),
            Farewell::FORBIDDEN => Some(Ending::ShownOut),
            Farewell::TOO_SLOW => Some(Ending::TooSlow),
            Farewell::INTERNAL => Some(Ending::Failed),
            _ => return (Vec::new(), None),
        };
        let traffic = self.traffic();
        let words = traffic.streams.iter().map(|(id, stream)| {
            let last = stream.last();
            let words = match ending {
                Some(ending) => json!({ "type": "error", "id": id, "payload": [ending.error(last)] }),
                None => json!({ "type": "complete", "id": id, "payload": { "lastSequence": last } }),
            };
            words.to_string()
        });
        let last = traffic.streams.values().filter_map(|stream| stream.last()).min();
        (words.collect(), last)
    }
}
