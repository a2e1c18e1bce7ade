//! A subscriber that does not keep up costs a bounded buffer and is then sent away with a word on where it stands: it is
//! never left with a gap that it does not know of.

use crate::support::world::{browser, play_with};
use crate::support::*;
use avrr_gateway::config::Config;
use avrr_gateway::demo;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

/// Notices that wait in the inbox.
const NOTICES: usize = 16;

/// Bytes of one event, roughly: so many events are more than any buffer on the way holds.
const EVENT: usize = 1 << 20;

fn impatient(config: &mut Config) {
    config.limits.stream_patience_seconds = 1;
    config.limits.max_aliases = 10;
    config.limits.max_alias_bytes = EVENT;
    config.limits.max_body_bytes = 4 * EVENT;
    config.limits.max_message_bytes = 4 * EVENT;
}

/// A subscription whose events are large.
fn large() -> String {
    let mut fields = String::from("sequence");
    for nth in 0..8 {
        let _ = write!(fields, " a{nth}_{}: type", "x".repeat(EVENT / 8));
    }
    format!("subscription {{ notices(afterSequence: 0) {{ {fields} }} }}")
}

/// A connection that takes little at a time.
async fn narrow(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    socket.connect(address).await.expect("a connection")
}

/// Waits until a subscriber was sent away for being slow.
async fn somebody_is_too_slow(world: &World, transport: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    let line = format!("avrr_slow_readers_closed_total{{transport=\"{transport}\"}} 1");
    let browser = browser();
    loop {
        let metrics = browser
            .get(format!("http://{}/metrics", world.address))
            .send()
            .await;
        let metrics = metrics.expect("an answer").text().await.expect("text");
        if metrics.contains(&line) {
            return;
        }
        assert!(Instant::now() < deadline, "nobody is too slow");
    }
}

async fn the_inbox_fills(world: &World) {
    let pristina = world.mission("Pristina");
    for case in &pristina.cases_ready_to_depart().await {
        let answer = pristina.post(&case.departure(pristina.now())).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    }
}

async fn a_slow_socket_is_closed_with_its_last_place(world: &World) {
    the_inbox_fills(world).await;
    let baghdad = world.mission("Baghdad");
    let mut request = format!("ws://{}/graphql", world.address)
        .into_client_request()
        .expect("a request");
    let protocol = "graphql-transport-ws".parse().expect("a value");
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let stream = narrow(world.address).await;
    let (mut socket, _) = tokio_tungstenite::client_async(request, stream)
        .await
        .expect("a socket");
    let hello = json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {}", baghdad.token()) } });
    say(&mut socket, &hello).await;
    let subscribe = json!({ "type": "subscribe", "id": "1", "payload": { "query": large() } });
    say(&mut socket, &subscribe).await;
    somebody_is_too_slow(world, "websocket").await;

    let (mut heard, mut error) = (Vec::new(), Value::Null);
    let (code, words) = loop {
        let frame = tokio::time::timeout(Duration::from_secs(20), socket.next()).await;
        match frame.expect("no silence").expect("a farewell").expect("a frame") {
            Message::Text(text) => {
                let mut message: Value = serde_json::from_str(&text).expect("JSON");
                match message["type"].as_str() {
                    Some("next") => heard.push(message["payload"]["data"]["notices"]["sequence"].as_i64()),
                    Some("error") => error = message["payload"][0]["extensions"].take(),
                    _ => assert_eq!(message["type"], "connection_ack", "{message}"),
                }
            }
            Message::Close(frame) => {
                let frame = frame.expect("a reason");
                break (u16::from(frame.code), frame.reason.to_string());
            }
            _ => {}
        }
    };
    let last = error["lastSequence"].as_i64().expect("a place");
    assert_eq!(error["code"], "TOO_SLOW");
    assert_eq!((code, words), (1013, format!("Too slow; last sequence {last}")));
    let count = i64::try_from(heard.len()).expect("a small number");
    let unbroken: Vec<_> = (1..=count).map(Some).collect();
    assert_eq!(heard, unbroken, "what came, came in order");
    // The one that was on its way may have come through after all.
    assert!(last == count || last + 1 == count, "{last} of {count}");
    goes_on_after(&baghdad, last).await;
}

async fn say(socket: &mut WebSocketStream<TcpStream>, message: &Value) {
    let sent = socket.send(Message::text(message.to_string())).await;
    sent.expect("sent");
}

async fn a_slow_stream_of_events_ends_with_its_last_place(world: &World) {
    the_inbox_fills(world).await;
    let baghdad = world.mission("Baghdad");
    let body = json!({ "query": large() }).to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Accept: text/event-stream\r\nContent-Length: {}\r\n\r\n{body}",
        baghdad.token(),
        body.len()
    );
    let mut stream = narrow(world.address).await;
    stream.write_all(request.as_bytes()).await.expect("sent");
    somebody_is_too_slow(world, "sse").await;

    let mut answer = Vec::new();
    while !answer.ends_with(b"0\r\n\r\n") {
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read_buf(&mut answer)).await;
        assert!(read.expect("no silence").expect("read") > 0, "torn off");
    }
    let text = String::from_utf8_lossy(&answer);
    let heard = text.matches("\nid: ").count();
    let error = text.find("TOO_SLOW").expect("a reason");
    let last = text[error..].split("\"lastSequence\":").nth(1).expect("a place");
    let last: String = last.chars().take_while(char::is_ascii_digit).collect();
    let last: i64 = last.parse().expect("a number");
    assert!(text[error..].contains("event: complete"), "and an end");
    // Of each event, of the error and of the end.
    assert_eq!(i64::try_from(heard).expect("a small number"), last + 2);
    assert!(
        last > 0 && last < i64::try_from(NOTICES).expect("a small number"),
        "{last}"
    );
    goes_on_after(&baghdad, last).await;
}

/// Whoever was sent away comes back and misses nothing.
async fn goes_on_after(baghdad: &Actor, last: i64) {
    let query = "subscription { notices { sequence } }";
    let mut events = baghdad.follows(query, json!({}), Some(last)).await;
    for place in last + 1..=i64::try_from(NOTICES).expect("a small number") {
        assert_eq!(events.hears_next().await.0, place);
    }
}

fn play(story: impl AsyncFnOnce(&World)) {
    let programme = |now| Some(demo::ready_cases(NOTICES, "iom-pristina", now));
    play_with(Database::Sqlite, impatient, programme, story);
}

#[test]
fn sqlite_a_slow_socket_is_closed_with_its_last_place() {
    play(a_slow_socket_is_closed_with_its_last_place);
}

#[test]
fn sqlite_a_slow_stream_of_events_ends_with_its_last_place() {
    play(a_slow_stream_of_events_ends_with_its_last_place);
}
