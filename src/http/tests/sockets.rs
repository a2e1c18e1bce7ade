//! `graphql-transport-ws`, message by message.

use super::{CLIENT, Server, answer};
use chrono::TimeDelta;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub(super) const INBOX: &str = "subscription { notices(afterSequence: 0) { sequence } }";

pub(super) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub(super) async fn open(server: &Server) -> Self {
        Self::open_with(server, &[]).await
    }

    pub(super) async fn open_with(server: &Server, headers: &[(&'static str, String)]) -> Self {
        let request = Self::handshake(server, headers);
        Self(
            tokio_tungstenite::connect_async(request)
                .await
                .expect("a socket")
                .0,
        )
    }

    /// A socket that takes little at a time.
    pub(super) async fn narrow(server: &Server) -> Self {
        let line = TcpSocket::new_v4().expect("a socket");
        line.set_recv_buffer_size(4_096).expect("a small buffer");
        let line = line.connect(server.at).await.expect("a connection");
        let request = Self::handshake(server, &[]);
        let socket = tokio_tungstenite::client_async(request, MaybeTlsStream::Plain(line)).await;
        Self(socket.expect("a socket").0)
    }

    fn handshake(server: &Server, headers: &[(&'static str, String)]) -> Request<()> {
        let mut request = format!("ws://{}/graphql", server.at)
            .into_client_request()
            .expect("a request");
        request.headers_mut().insert(
            "sec-websocket-protocol",
            "graphql-transport-ws".parse().expect("a value"),
        );
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(*name, value.parse().expect("a value"));
        }
        request
    }

    pub(super) async fn admitted(server: &Server) -> Self {
        Self::admitted_as(server, CLIENT).await
    }

    pub(super) async fn admitted_as(server: &Server, client: &str) -> Self {
        let mut socket = Self::open(server).await;
        assert_eq!(
            socket.init(&server.token(client)).await,
            json!({ "type": "connection_ack" })
        );
        socket
    }

    pub(super) async fn init(&mut self, token: &str) -> Value {
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        self.say(&json!({ "type": "connection_init", "payload": payload }))
            .await;
        self.hear().await
    }

    pub(super) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } }))
            .await;
    }

    pub(super) async fn say(&mut self, message: &Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(super) async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("sent");
    }

    /// Subscribes, and returns once the server knows of it: it takes messages in order.
    /// Writes past the library.
    pub(super) async fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).await.expect("written");
    }

    pub(super) async fn subscribed(&mut self, id: &str, query: &str) {
        self.subscribe(id, query).await;
        self.subscribe("is it there", "{ __typename }").await;
        for expected in ["next", "complete"] {
            assert_eq!(self.hear().await["type"], expected);
        }
    }

    /// What else comes, and the code and the words of the close frame, without the place that they may end with.
    pub(super) async fn until_farewell(&mut self) -> (Vec<Value>, String) {
        let mut messages = Vec::new();
        loop {
            let frame = tokio::time::timeout(Duration::from_secs(30), self.0.next())
                .await
                .expect("no silence");
            match frame.expect("a close frame").expect("no fault") {
                Message::Text(text) => messages.push(serde_json::from_str(&text).expect("JSON")),
                Message::Close(frame) => {
                    while let Some(Ok(_)) = self.0.next().await {}
                    let frame = frame.expect("a reason");
                    let words = frame.reason.split(';').next().unwrap_or_default();
                    return (messages, format!("{} {words}", u16::from(frame.code)));
                }
                _ => {}
            }
        }
    }

    /// The next message; the code where the server closes.
    pub(super) async fn hear(&mut self) -> Value {
        loop {
            let frame = tokio::time::timeout(Duration::from_secs(10), self.0.next())
                .await
                .expect("no silence");
            match frame.expect("a frame").expect("no fault") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Close(frame) => {
                    while let Some(Ok(_)) = self.0.next().await {}
                    return frame.map_or(Value::Null, |frame| u16::from(frame.code).into());
                }
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn an_operation_is_answered_and_completed_and_its_name_is_free_again() {
    let server = Server::start("operations").await;
    let mut socket = Socket::admitted(&server).await;
    for _ in 0..2 {
        socket.subscribe("1", "{ __typename }").await;
        let next = socket.hear().await;
        assert_eq!(
            (&next["type"], &next["id"]),
            (&json!("next"), &json!("1")),
            "{next}"
        );
        assert!(next["payload"]["data"]["__typename"].is_string(), "{next}");
        assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "1" }));
    }
    socket.subscribe("2", INBOX).await;
    socket.say(&json!({ "type": "complete", "id": "2" })).await;
    socket.subscribe("2", "{ __typename }").await;
    assert_eq!(
        socket.hear().await["type"],
        "next",
        "no word on what the client itself completed"
    );
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "2" }));
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
}

#[tokio::test]
async fn who_may_not_come_in_is_told_by_the_close_code() {
    let server = Server::start("admission").await;
    assert_eq!(Socket::open(&server).await.init("garbage").await, 4401);
    assert_eq!(
        Socket::open(&server).await.init(&server.token("nobody")).await,
        4401
    );
    let mut silent = Socket::open(&server).await;
    silent.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(silent.hear().await, 4401);
    let mut early = Socket::open(&server).await;
    early.subscribe("1", "{ __typename }").await;
    assert_eq!(early.hear().await, 4401);
    let mut purpose = Socket::open_with(&server, &[("x-purpose", "REINTEGRATION".into())]).await;
    assert_eq!(purpose.init(&server.token(CLIENT)).await, 4400);
    assert_eq!(
        Socket::open(&server).await.hear().await,
        4408,
        "nothing came in time"
    );

    let bearer = format!("Bearer {}", server.token(CLIENT));
    let mut upgraded = Socket::open_with(&server, &[("authorization", bearer)]).await;
    upgraded.say(&json!({ "type": "connection_init" })).await;
    assert_eq!(upgraded.hear().await, json!({ "type": "connection_ack" }));

    server.suspend_client().await;
    assert_eq!(
        Socket::open(&server).await.init(&server.token(CLIENT)).await,
        4403
    );
    upgraded.subscribe("1", "{ __typename }").await;
    assert_eq!(upgraded.hear().await, 4403, "suspended while it was inside");
}

#[tokio::test]
async fn who_breaks_the_protocol_is_told_by_the_close_code() {
    let server = Server::start_with("protocol", |config| {
        config.limits.max_message_bytes = 1_000;
        config.limits.max_socket_operations = 2;
    })
    .await;
    let mut twice = Socket::admitted(&server).await;
    assert_eq!(twice.init(&server.token(CLIENT)).await, 4429);
    let mut doubled = Socket::admitted(&server).await;
    doubled.subscribe("1", INBOX).await;
    doubled.subscribe("1", INBOX).await;
    assert_eq!(doubled.hear().await, 4409);
    for (frame, code) in [
        (Message::text("{"), 4400),
        (Message::text(r#"{"type":"connection_terminate"}"#), 4400),
        (Message::binary(vec![1]), 4400),
        (Message::text(" ".repeat(1_001)), 1009),
    ] {
        let mut broken = Socket::admitted(&server).await;
        broken.send(frame).await;
        assert_eq!(broken.hear().await, code);
    }
    let mut greedy = Socket::admitted(&server).await;
    for id in ["1", "2", "3"] {
        greedy.subscribe(id, INBOX).await;
    }
    let refused = greedy.hear().await;
    assert_eq!((&refused["type"], &refused["id"]), (&json!("error"), &json!("3")));
    assert_eq!(refused["payload"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn other_subprotocols_are_not_spoken() {
    let server = Server::start("subprotocol").await;
    let mut request = format!("ws://{}/graphql", server.at)
        .into_client_request()
        .expect("a request");
    request
        .headers_mut()
        .insert("sec-websocket-protocol", "graphql-ws".parse().expect("a value"));
    let refused = tokio_tungstenite::connect_async(request)
        .await
        .expect_err("refused")
        .to_string();
    assert!(refused.contains("400"), "{refused}");
}

#[tokio::test]
async fn whoever_offers_another_protocol_is_answered_in_this_one() {
    let server = Server::start("upgrade").await;
    for (offer, status) in [("h2c", 200), ("h2c, foo/2", 200), ("WebSocket", 400)] {
        let request = server
            .get("/graphql?query=%7B__typename%7D")
            .bearer_auth(server.token(CLIENT))
            .header("connection", "upgrade")
            .header("upgrade", offer);
        let answer = answer(request).await;
        assert_eq!(answer.status, status, "{offer}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_socket_ends_with_its_token() {
    let server = Server::start("expiry").await;
    let mut socket = Socket::admitted(&server).await;
    socket.subscribed("1", INBOX).await;
    server.clock.advance(TimeDelta::minutes(15));
    let last_word = socket.hear().await;
    assert_eq!(
        (&last_word["type"], &last_word["id"]),
        (&json!("error"), &json!("1"))
    );
    assert_eq!(
        last_word["payload"][0]["extensions"],
        json!({ "code": "TOKEN_EXPIRED", "lastSequence": 0 })
    );
    assert_eq!(socket.hear().await, 4403);
}

#[tokio::test]
async fn a_stop_says_farewell_to_every_socket() {
    let mut server = Server::start("stop").await;
    let mut socket = Socket::admitted(&server).await;
    socket.subscribed("1", INBOX).await;
    server.stop.take().expect("running").send(()).expect("heard");
    assert_eq!(
        socket.hear().await,
        json!({ "type": "complete", "id": "1", "payload": { "lastSequence": 0 } })
    );
    assert_eq!(socket.hear().await, 1012);
    (&mut server.running).await.expect("stopped");
    assert!(server.get("/livez").send().await.is_err());
}
