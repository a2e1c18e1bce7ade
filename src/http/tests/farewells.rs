//! Every close code of the catalogue, on a real socket, and what is said before it.

use super::sockets::{INBOX, Socket};
use super::{CLIENT, Server, answer};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::Message;

/// Another client with an inbox, which nobody suspends.
const OTHER: &str = "police-kosovo";

/// The rows of *WebSockets* in the catalogue: code and words.
fn catalogued() -> BTreeSet<String> {
    let page = include_str!("../../../docs/errors.md");
    let chapter = page.split("\n## WebSockets\n").nth(1).expect("the chapter");
    let chapter = chapter.split("\n## ").next().unwrap_or_default();
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned()))
        .collect()
}

async fn farewell(mut socket: Socket) -> String {
    socket.until_farewell().await.1
}

async fn after(mut socket: Socket, frame: Message) -> String {
    socket.send(frame).await;
    farewell(socket).await
}

#[tokio::test]
async fn every_close_code_of_the_catalogue_is_met_and_no_other() {
    let mut server = Server::start("farewells").await;
    let mut met = BTreeSet::new();
    met.insert(after(Socket::admitted(&server).await, Message::text("{")).await);
    let init = |token: &str| {
        let payload = json!({ "Authorization": format!("Bearer {token}") });
        Message::text(json!({ "type": "connection_init", "payload": payload }).to_string())
    };
    let good = init(&server.token(CLIENT));
    let elsewhere = Socket::open_with(&server, &[("x-purpose", "REINTEGRATION".into())]).await;
    met.insert(after(elsewhere, good.clone()).await);
    met.insert(after(Socket::open(&server).await, init("garbage")).await);
    met.insert(farewell(Socket::open(&server).await).await);
    met.insert(after(Socket::admitted(&server).await, good.clone()).await);
    let longer = " ".repeat(65_537);
    met.insert(after(Socket::admitted(&server).await, Message::text(longer)).await);
    // Reserved bits; and bytes that are no text, under a mask that changes nothing.
    for frame in [
        &[0xf1, 0x80, 0, 0, 0, 0][..],
        &[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe],
    ] {
        let mut broken = Socket::admitted(&server).await;
        broken.write(frame).await;
        met.insert(farewell(broken).await);
    }
    let mut doubled = Socket::admitted(&server).await;
    doubled.subscribe("1", INBOX).await;
    doubled.subscribe("1", INBOX).await;
    met.insert(farewell(doubled).await);

    let expiring = Socket::admitted(&server).await;
    server.clock.advance(TimeDelta::minutes(15));
    met.insert(farewell(expiring).await);
    server.suspend_client().await;
    let suspended = init(&server.token(CLIENT));
    met.insert(after(Socket::open(&server).await, suspended).await);

    let mut asking = Socket::admitted_as(&server, OTHER).await;
    let staying = Socket::admitted_as(&server, OTHER).await;
    server.store.close().await.expect("closed");
    asking.subscribe("1", "{ __typename }").await;
    met.insert(farewell(asking).await);
    server.stop.take().expect("running").send(()).expect("heard");
    met.insert(farewell(staying).await);
    met.insert(of_a_slow_reader().await);
    met.insert(of_one_too_many().await);
    met.insert(of_one_refused_too_often().await);
    assert_eq!(met, catalogued());
}

#[tokio::test]
async fn messages_of_an_older_protocol_are_none() {
    let server = Server::start("older-protocol").await;
    for text in [
        r#"{"type":"start","id":"1","payload":{"query":"{__typename}"}}"#,
        r#"{"type":"stop","id":"1"}"#,
        r#"{"type":"connection_terminate"}"#,
        r#"["start","1",{"query":"{__typename}"}]"#,
    ] {
        let told = after(Socket::admitted(&server).await, Message::text(text)).await;
        assert_eq!(told, "4400 Invalid message", "{text}");
    }
}

async fn of_a_slow_reader() -> String {
    let server = Server::start_with("slow-socket", |config| {
        config.limits.stream_patience_seconds = 1;
    })
    .await;
    let mut socket = Socket::narrow(&server).await;
    socket.init(&server.token(CLIENT)).await;
    // The answers to these are more than any buffer on the way holds.
    let types =
        "__schema { types { name description fields { name description args { name description } } } }";
    let large = format!("{{ a: {types} b: {types} }}");
    for nth in 0..30 {
        socket.subscribe(&nth.to_string(), &large).await;
    }
    let deadline = Instant::now() + Duration::from_mins(1);
    let line = r#"avrr_slow_readers_closed_total{transport="websocket"} 1"#;
    while !answer(server.get("/metrics")).await.text.contains(line) {
        assert!(Instant::now() < deadline, "nobody is too slow");
    }
    farewell(socket).await
}

async fn of_one_too_many() -> String {
    let server = Server::start_with("too-many-sockets", |config| {
        config.limits.max_streams_per_client = 1;
    })
    .await;
    let first = Socket::admitted(&server).await;
    let mut second = Socket::open(&server).await;
    let payload = json!({ "Authorization": format!("Bearer {}", server.token(CLIENT)) });
    second
        .say(&json!({ "type": "connection_init", "payload": payload }))
        .await;
    let told = farewell(second).await;
    drop(first);
    told
}

async fn of_one_refused_too_often() -> String {
    let server = Server::start_with("refused-sockets", |config| config.fair_use.refusals = 2).await;
    let init = || json!({ "type": "connection_init", "payload": { "Authorization": "Bearer garbage" } });
    for _ in 0..2 {
        let mut socket = Socket::open(&server).await;
        socket.say(&init()).await;
        assert_eq!(farewell(socket).await, "4401 Unauthorized");
    }
    // Requests and sockets are counted together, and a good token comes in by both.
    assert_eq!(
        answer(server.get("/graphql").bearer_auth("garbage")).await.status,
        429
    );
    drop(Socket::admitted(&server).await);
    let mut socket = Socket::open(&server).await;
    socket.say(&init()).await;
    farewell(socket).await
}

#[tokio::test]
async fn before_a_farewell_each_subscription_hears_its_last_word() {
    let mut server = Server::start("last-words").await;
    let mut socket = Socket::admitted(&server).await;
    for id in ["1", "2", "3"] {
        socket.subscribed(id, INBOX).await;
    }
    server.clock.advance(TimeDelta::minutes(15));
    told(&mut socket, "error", "4403 Token expired").await;
    let mut socket = Socket::admitted(&server).await;
    for id in ["1", "2", "3"] {
        socket.subscribed(id, INBOX).await;
    }
    server.stop.take().expect("running").send(()).expect("heard");
    told(&mut socket, "complete", "1012 Service restart").await;
}

async fn told(socket: &mut Socket, word: &str, last: &str) {
    let (words, farewell) = socket.until_farewell().await;
    assert_eq!(farewell, last);
    let told: Vec<(&str, &str)> = words
        .iter()
        .map(|message| (&message["type"], &message["id"]))
        .map(|(word, id)| (word.as_str().expect("a type"), id.as_str().expect("an id")))
        .collect();
    assert_eq!(told, [(word, "1"), (word, "2"), (word, "3")]);
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_its_last_word() {
    let server = Server::start("request-errors").await;
    let mut socket = Socket::admitted(&server).await;
    for (document, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ viewer }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        socket.subscribe("1", document).await;
        let error = socket.hear().await;
        assert_eq!(
            (
                &error["type"],
                &error["id"],
                &error["payload"][0]["extensions"]["code"]
            ),
            (&json!("error"), &json!("1"), &json!(code)),
            "{error}"
        );
        assert_eq!(error["payload"].as_array().map(Vec::is_empty), Some(false));
        // The name is free again, and nothing more was said of the operation that failed.
        socket.subscribe("1", "{ __typename }").await;
        let next = socket.hear().await;
        assert_eq!(
            (&next["type"], &next["payload"]["errors"]),
            (&json!("next"), &Value::Null)
        );
        assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "1" }));
    }
}
