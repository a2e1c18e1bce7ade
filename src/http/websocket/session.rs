//! One peer on one socket: who it is, what it has open, and whether it may still be here.

use super::super::auth::{PURPOSE, Refusal};
use super::super::doors::Place;
use super::super::log::{self, Asked, OnSocket, RequestId};
use super::super::metrics::Transport;
use super::super::streams::{self, Ending, OpenStream};
use super::super::token::Fault;
use super::super::{Gateway, graphql, request};
use super::Farewell;
use crate::domain::code::Code as _;
use crate::error::Code;
use crate::graphql::{Answer, Writer, execute_named, execute_stream};
use crate::policy::viewer::Viewer;
use crate::telemetry::Caller;
use async_graphql::http::ClientMessage;
use async_graphql::parser::types::OperationType;
use async_graphql::{Data, ErrorExtensionValues, Executor, Request, Response, ServerError};
use axum::extract::ws::Message;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

/// What the handshake said about who asks; `connection_init` may say otherwise.
pub(super) struct Credentials {
    pub(super) authorization: Option<String>,
    pub(super) purpose: Option<String>,
}

pub(super) struct Session {
    pub(super) gateway: Arc<Gateway>,
    pub(super) id: RequestId,
    caller: Caller,
    handshake: Credentials,
    viewer: OnceLock<Viewer>,
    admitted: CancellationToken,
    verdict: OnceLock<Farewell>,
    condemned: CancellationToken,
    place: OnceLock<Place>,
    traffic: Mutex<Traffic>,
}

struct Traffic {
    last_heard: Instant,
    /// Operations that run, by the peer's names for them.
    open: HashSet<String>,
    /// Operations that the peer stopped: it needs no word that they are complete.
    stopped: HashSet<String>,
    /// The operation that the protocol is about to start.
    starting: Option<String>,
    /// Subscriptions among the open operations.
    streams: BTreeMap<String, Arc<OpenStream>>,
    /// The event that is on its way to the peer.
    on_its_way: Option<Event>,
}

/// An event of a subscription, between the protocol and the peer.
struct Event {
    stream: Arc<OpenStream>,
    /// The peer's name for the subscription, as JSON.
    name: Arc<str>,
    body: Arc<str>,
    place: Option<streams::Place>,
}

impl Session {
    pub(super) fn new(gateway: Arc<Gateway>, id: RequestId, caller: Caller, handshake: Credentials) -> Self {
        let traffic = Traffic {
            last_heard: Instant::now(),
            open: HashSet::new(),
            stopped: HashSet::new(),
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
            traffic: Mutex::new(traffic),
        }
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn condemn(&self, farewell: Farewell) {
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
                tracing::info!(socket = %self.id, client = &*viewer.client_id, "socket opened");
                // Before anything is answered, so that no look at the registry misses it.
                let _ = self.place.set(Place::taken(&self.gateway, viewer.clone()));
                let _ = self.viewer.set(viewer);
                self.admitted.cancel();
                Ok(Data::default())
            }
            Err(refusal) => {
                graphql::tell(&self.id, &refusal);
                self.condemn(farewell_to(&refusal));
                Err(async_graphql::Error::new("refused"))
            }
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
            Ok(Message::Text(text)) if text.len() <= self.gateway.limits.max_body_bytes => text,
            Ok(Message::Text(_)) => {
                self.condemn(Farewell::TOO_BIG);
                return Break(());
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => return Continue(None),
            Ok(Message::Close(_)) | Err(_) => return Break(()),
            Ok(Message::Binary(_)) => {
                self.condemn(Farewell::INVALID_MESSAGE);
                return Break(());
            }
        };
        let farewell = match ClientMessage::from_bytes(text.as_str()) {
            Err(_) | Ok(ClientMessage::ConnectionTerminate) => Farewell::INVALID_MESSAGE,
            Ok(ClientMessage::Start { .. }) if self.viewer.get().is_none() => Farewell::UNAUTHORIZED,
            Ok(ClientMessage::Start { ref id, .. }) if !traffic.open.insert(id.clone()) => {
                Farewell::SUBSCRIBER_EXISTS
            }
            Ok(message) => {
                match &message {
                    ClientMessage::Start { id, .. } => traffic.starting = Some(id.clone()),
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
        if traffic.stopped.remove(&id) {
            return false;
        }
        traffic.open.remove(&id);
        traffic.streams.remove(&id);
        true
    }

    /// The message that goes out for one of the protocol: an event's answer is in words already, and the protocol has seen
    /// nothing of it but that there is one.
    pub(super) fn in_words(&self, message: String) -> String {
        match &self.traffic().on_its_way {
            Some(Event { name, body, .. }) => format!(r#"{{"type":"next","id":{name},"payload":{body}}}"#),
            None => message,
        }
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

    pub(super) fn executor(self: &Arc<Self>) -> Operations {
        Operations(Arc::clone(self))
    }
}

impl From<Ending> for Farewell {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::TokenExpired => Self::TOKEN_EXPIRED,
            Ending::ShownOut => Self::FORBIDDEN,
            Ending::TooSlow => Self::TOO_SLOW,
            Ending::Failed => Self::INTERNAL,
        }
    }
}

fn farewell_to(refusal: &Refusal) -> Farewell {
    match refusal {
        Refusal::Token(Fault::NotAdmitted(_)) => Farewell::FORBIDDEN,
        Refusal::Token(_) => Farewell::UNAUTHORIZED,
        Refusal::Purpose | Refusal::NoPurpose => Farewell::UNKNOWN_PURPOSE,
        Refusal::Unavailable(_) => Farewell::INTERNAL,
    }
}

/// Runs what the peer asks for, as the viewer that the session admitted.
#[derive(Clone)]
pub(super) struct Operations(Arc<Session>);

impl Operations {
    async fn once(self, request: Request) -> Response {
        let session = self.0;
        let Some(viewer) = session.viewer.get().cloned() else {
            return refused(Code::Unauthenticated, "Nobody asks.");
        };
        if !session.is_still_admitted().await {
            return refused(Code::Unauthenticated, "The client is no longer admitted.");
        }
        let gateway = &session.gateway;
        let id = RequestId::new(&gateway.clock);
        let mut asked = Asked::by(&viewer, &request);
        let (span, trace) = log::span(&session.caller, &id, "operation");
        let started = Instant::now();
        let answer = execute_named(&gateway.schema, request, viewer.clone(), id.to_string());
        let answer = timeout(gateway.limits.request_timeout(), answer)
            .instrument(span.clone())
            .await;
        let (took, in_time) = (started.elapsed(), answer.is_ok());
        let late = |_| (refused(Code::Timeout, graphql::TOO_LONG), None);
        let (response, named) = answer.unwrap_or_else(late);
        asked.answered(&response, named);
        let done = OnSocket {
            socket: &session.id,
            id: &id,
            trace,
            span: &span,
            in_time,
            took,
        };
        done.tell(gateway, &asked);
        response
    }

    fn subscribe(self, request: Request, viewer: Viewer) -> BoxStream<'static, Response> {
        let session = self.0;
        let id = RequestId::new(&session.gateway.clock);
        tracing::info!(
            request = %id,
            socket = %session.id,
            client = &*viewer.client_id,
            operation = request::operation_name(&request).as_deref().unwrap_or("-"),
            "subscribed"
        );
        let name = session.traffic().starting.take().unwrap_or_default();
        let gateway = &session.gateway;
        let from = (None, graphql::written as Writer);
        let answers = execute_stream(&gateway.schema, request, viewer.clone(), id.to_string(), from);
        let stream = OpenStream::new(gateway, Transport::WebSocket, viewer, answers.began);
        let stream = Arc::new(stream);
        let written: Arc<str> = json!(name).to_string().into();
        session.traffic().streams.insert(name, Arc::clone(&stream));
        let admitted = answers.stream.scan((), {
            let (session, stream) = (Arc::clone(&session), Arc::clone(&stream));
            move |(), answer: Answer| {
                let (session, stream) = (Arc::clone(&session), Arc::clone(&stream));
                Box::pin(async move {
                    let admitted = stream.admits(&answer).await;
                    admitted.map_err(|ending| session.condemn(ending.into())).ok()?;
                    Some(answer)
                })
            }
        });
        // The next that the protocol hands on is this one.
        let handed_on = move |answer: Answer| {
            let place = answer
                .delivery
                .map(|delivery| (delivery.sequence, delivery.occurred_at));
            session.traffic().on_its_way = Some(Event {
                stream: Arc::clone(&stream),
                name: Arc::clone(&written),
                body: answer.words.text,
                place,
            });
            Response::default()
        };
        admitted.map(handed_on).boxed()
    }
}

impl Executor for Operations {
    async fn execute(&self, request: Request) -> Response {
        self.clone().once(request).await
    }

    fn execute_stream(&self, mut request: Request, _: Option<Arc<Data>>) -> BoxStream<'static, Response> {
        let most = self.0.gateway.limits.max_socket_operations;
        if self.0.traffic().open.len() > most {
            let sentence = format!("A socket carries {most} operations at once.");
            return stream::once(std::future::ready(refused(Code::LimitExceeded, &sentence))).boxed();
        }
        let viewer = self.0.viewer.get().cloned();
        match (request::operation_type(&mut request), viewer) {
            (Some(OperationType::Subscription), Some(viewer)) => self.clone().subscribe(request, viewer),
            _ => stream::once(self.clone().once(request)).boxed(),
        }
    }
}

fn refused(code: Code, sentence: &str) -> Response {
    let mut error = ServerError::new(sentence, None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.code());
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}
