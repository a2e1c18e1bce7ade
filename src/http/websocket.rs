//! WebSockets: the subprotocol `graphql-transport-ws`, from the handshake to a farewell that says why.
//!
//! async-graphql speaks the protocol. What is ours: who may come in and for how long, which close code says what, what a
//! silent or slow peer may cost, and that no socket outlives the program's stop. Before a farewell every open subscription is
//! told its last place: with an `error` that has a code, or, where the program stops, with `complete`.

mod operations;
mod session;
mod words;

use super::Gateway;
use super::accept::Seat;
use super::address::Peer;
use super::answer::Fault;
use super::auth::{self, PURPOSE};
use super::log::RequestId;
use crate::error::Code;
use crate::telemetry::Caller;
use async_graphql::http::{WebSocket as GraphqlSocket, WebSocketProtocols, WsMessage};
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, Stream, StreamExt};
use operations::Operations;
use session::{Credentials, Session};
use std::future::ready;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, interval_at, timeout};

/// Buffers of a socket for what comes and for what goes, in bytes: most sockets are silent most of the time, and what comes
/// is short.
const BUFFERS: (usize, usize) = (1_024, 4_096);

/// Time between two pings.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Silence after which a peer counts as gone: two heartbeats and a little.
const SILENCE: Duration = Duration::from_secs(75);

/// Longest wait for a peer to take our farewell.
const LAST_PATIENCE: Duration = Duration::from_secs(1);

/// Longest wait for a peer to hang up after our farewell.
const LEAVE_TAKING: Duration = Duration::from_secs(2);

/// Before a farewell, events on their way are still sent: until it is this quiet …
const QUIET: Duration = Duration::from_millis(50);

/// … but no longer than this.
const LAST_EVENTS: Duration = Duration::from_secs(2);

/// Why a socket is closed: the code and the words of the close frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Farewell(u16, &'static str);

impl Farewell {
    const INVALID_MESSAGE: Self = Self(4400, "Invalid message");
    const UNKNOWN_PURPOSE: Self = Self(4400, "Purpose not registered");
    const UNAUTHORIZED: Self = Self(4401, "Unauthorized");
    const FORBIDDEN: Self = Self(4403, "Forbidden");
    const TOKEN_EXPIRED: Self = Self(4403, "Token expired");
    const INITIALISATION_TIMEOUT: Self = Self(4408, "Connection initialisation timeout");
    const SUBSCRIBER_EXISTS: Self = Self(4409, "Subscriber already exists");
    const TOO_MANY_INITIALISATIONS: Self = Self(4429, "Too many initialisation requests");
    const PROTOCOL_ERROR: Self = Self(1002, "Protocol error");
    const NO_TEXT: Self = Self(1007, "Not UTF-8");
    const TOO_BIG: Self = Self(1009, "Message too big");
    const INTERNAL: Self = Self(1011, "Internal error");
    const TOO_SLOW: Self = Self(1013, "Too slow");
    const TOO_MANY: Self = Self(1013, "Too many sockets");
    const TOO_MANY_REFUSED: Self = Self(1013, "Too many refusals");
    const RESTART: Self = Self(1012, "Service restart");
}

/// Answers a handshake; who asks is decided at `connection_init`.
pub fn open(gateway: Arc<Gateway>, upgrade: WebSocketUpgrade, parts: &Parts, id: RequestId) -> Response {
    let headers = &parts.headers;
    if gateway.stopping.is_cancelled() {
        return Fault::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal,
            "The program is stopping.",
        )
        .into_response();
    }
    let upgrade = upgrade
        .protocols([WebSocketProtocols::GraphQLWS.sec_websocket_protocol()])
        .read_buffer_size(BUFFERS.0)
        .write_buffer_size(BUFFERS.1)
        // Beyond its own limit the library hangs up without a word: ours is the smaller one.
        .max_message_size(2 * gateway.limits.max_message_bytes)
        .max_frame_size(2 * gateway.limits.max_message_bytes);
    if upgrade.selected_protocol().is_none() {
        return Fault::bad_request("The subprotocol is graphql-transport-ws.").into_response();
    }
    let peer = parts.extensions.get::<Peer>();
    let credentials = Credentials {
        address: peer.map(|Peer(peer)| gateway.proxies.caller(*peer, headers)),
        authorization: auth::authorization(headers).map(str::to_owned),
        purpose: headers
            .get(PURPOSE)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
    };
    // Taken before the handshake is answered: a stop in between waits for this socket too.
    let tracked = gateway.sockets.token();
    let seat = parts.extensions.get::<Seat>().cloned();
    let caller = parts.extensions.get::<Caller>().cloned().unwrap_or_default();
    upgrade.on_upgrade(move |socket| async move {
        gateway.metrics.sockets(1);
        converse(
            socket,
            &Arc::new(Session::new(Arc::clone(&gateway), id, caller, credentials)),
        )
        .await;
        gateway.metrics.sockets(-1);
        drop((tracked, seat));
    })
}

async fn converse(socket: WebSocket, session: &Arc<Session>) {
    let (mut sink, mut stream) = socket.split();
    let farewell = {
        let incoming = stream
            .by_ref()
            .scan((), |(), frame| ready(session.heard(frame).continue_value()))
            .filter_map(|message| ready(message.map(Ok)));
        let protocol = GraphqlSocket::from_message_stream(
            Operations(Arc::clone(session)),
            incoming,
            WebSocketProtocols::GraphQLWS,
        )
        .on_connection_init({
            let session = Arc::clone(session);
            move |payload| async move { session.admit(&payload).await }
        });
        talk(&mut sink, pin!(protocol), session).await
    };
    if let Some(farewell) = farewell {
        say(&mut sink, &mut stream, session, farewell).await;
        tracing::info!(socket = %session.id, code = farewell.0, reason = farewell.1, "socket closed");
    } else {
        // Where the peer said farewell, our answer to it still has to leave.
        let _ = timeout(LEAVE_TAKING, sink.close()).await;
        tracing::info!(socket = %session.id, "socket closed by its peer");
    }
}

/// Carries messages until there is a reason to stop; `None` if the peer is gone and cannot be told.
async fn talk(
    sink: &mut SplitSink<WebSocket, Message>,
    mut protocol: std::pin::Pin<&mut impl Stream<Item = WsMessage>>,
    session: &Session,
) -> Option<Farewell> {
    let mut heartbeat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
    let mut time_is_up = pin!(session.time_is_up());
    let farewell = loop {
        tokio::select! {
            biased;
            () = session.stopping() => break Farewell::RESTART,
            farewell = session.ended() => return Some(farewell),
            farewell = &mut time_is_up => break farewell,
            _ = heartbeat.tick() => {
                if session.silence() > SILENCE {
                    return None;
                }
                if let Err(end) = send(sink, session, Message::Ping(Vec::new().into())).await {
                    return end;
                }
            }
            message = protocol.next() => match message {
                Some(WsMessage::Text(text)) => tokio::select! {
                    biased;
                    // Whoever may not stay is not waited for, however slowly it takes what was sent.
                    farewell = session.ended() => return Some(farewell),
                    sent = forward(sink, session, text) => if let Err(end) = sent {
                        return end;
                    },
                },
                Some(WsMessage::Close(code, _)) => return Some(session.verdict().unwrap_or(match code {
                    4429 => Farewell::TOO_MANY_INITIALISATIONS,
                    1011 => Farewell::UNAUTHORIZED,
                    _ => Farewell::INVALID_MESSAGE,
                })),
                None => return session.verdict(),
            },
        }
    };
    let last_events = async {
        while let Ok(Some(WsMessage::Text(text))) = timeout(QUIET, protocol.next()).await {
            if forward(sink, session, text).await.is_err() {
                return;
            }
        }
    };
    // Too slow for its last events is no reason to leave without a farewell.
    let _ = timeout(LAST_EVENTS, last_events).await;
    Some(farewell)
}

/// Why nothing more can be sent: with a farewell that is worth trying, or none where the peer is gone.
type End = Option<Farewell>;

async fn forward(
    sink: &mut SplitSink<WebSocket, Message>,
    session: &Session,
    text: String,
) -> Result<(), End> {
    if session.is_to_be_sent(&text) {
        let text = session.in_words(text);
        let sending = async {
            sink.feed(Message::Text(text.into())).await?;
            // Whatever follows, also a farewell, comes after it: who hears that has this.
            session.has_sent();
            sink.flush().await
        };
        in_time(session, sending).await?;
        session.gateway.metrics.socket_message();
    }
    Ok(())
}

async fn send(
    sink: &mut SplitSink<WebSocket, Message>,
    session: &Session,
    message: Message,
) -> Result<(), End> {
    in_time(session, sink.send(message)).await
}

async fn in_time(
    session: &Session,
    sending: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), End> {
    let sent = timeout(session.gateway.limits.stream_patience(), sending).await;
    sent.map_err(|_| {
        session.is_too_slow();
        Some(Farewell::TOO_SLOW)
    })?
    .map_err(|_| None)
}

/// Tells every subscription where it stands, says farewell and listens until the peer has hung up, so that the close frame
/// is not lost to a reset connection.
async fn say(
    sink: &mut SplitSink<WebSocket, Message>,
    stream: &mut SplitStream<WebSocket>,
    session: &Session,
    farewell: Farewell,
) {
    let (last_words, last) = session.last_words(farewell);
    let reason = last.map_or_else(
        || farewell.1.to_owned(),
        |last| format!("{}; last sequence {last}", farewell.1),
    );
    let frame = CloseFrame {
        code: farewell.0,
        reason: reason.into(),
    };
    let all = async {
        for text in last_words {
            sink.feed(Message::Text(text.into())).await?;
        }
        sink.send(Message::Close(Some(frame))).await
    };
    let patience = if farewell == Farewell::TOO_SLOW {
        session.gateway.limits.stream_patience()
    } else {
        LAST_PATIENCE
    };
    let said = timeout(patience, all).await;
    if matches!(said, Ok(Ok(()))) {
        let hung_up = async { while let Some(Ok(_)) = stream.next().await {} };
        // A peer that never hangs up is left alone.
        let _ = timeout(LEAVE_TAKING, hung_up).await;
    }
}
