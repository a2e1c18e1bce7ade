//! Server-sent events, line by line.

use super::{CLIENT, JSON, Server, answer};
use chrono::TimeDelta;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde_json::json;
use std::time::Duration;

pub(super) const EVENTS: &str = "text/event-stream";
const INBOX: &str = "subscription { notices(afterSequence: 0) { sequence } }";

/// A stream as it comes.
struct Listening(reqwest::Response, String);

impl Listening {
    async fn to(server: &Server) -> Self {
        let asked = server.post(EVENTS, json!({ "query": INBOX }).to_string());
        let response = asked
            .header("Last-Event-ID", "7")
            .send()
            .await
            .expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(
            response.headers()["content-type"],
            "text/event-stream; charset=utf-8"
        );
        assert_eq!(response.headers()["cache-control"], "no-store");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        let mut listening = Self(response, String::new());
        // A sign of life, before anything happens.
        while listening.1.is_empty() {
            listening.hears().await;
        }
        listening
    }

    async fn hears(&mut self) -> bool {
        let chunk = tokio::time::timeout(Duration::from_secs(10), self.0.chunk()).await;
        let chunk = chunk.expect("no silence").expect("no fault");
        let Some(chunk) = chunk else { return false };
        self.1 += std::str::from_utf8(&chunk).expect("text");
        true
    }

    /// Everything that came, once the stream has ended.
    async fn until_its_end(mut self) -> String {
        while self.hears().await {}
        self.1
    }
}

#[tokio::test]
async fn who_may_not_come_in_is_told_before_a_stream_begins() {
    let server = Server::start("events-refused").await;
    let question = || json!({ "query": INBOX }).to_string();
    let unknown = server
        .client
        .post(format!("http://{}/graphql", server.at))
        .header(CONTENT_TYPE, JSON)
        .header(ACCEPT, EVENTS);
    for (name, request, status, code) in [
        ("nobody", unknown.body(question()), 401, "UNAUTHENTICATED"),
        (
            "another purpose",
            server
                .post(EVENTS, question())
                .header("X-Purpose", "TRAVEL_DOCUMENT"),
            400,
            "PURPOSE_NOT_REGISTERED",
        ),
        ("no query", server.post(EVENTS, "{}"), 400, "BAD_REQUEST"),
        (
            "no place",
            server
                .post(EVENTS, question())
                .header("Last-Event-ID", "the last"),
            400,
            "BAD_REQUEST",
        ),
        (
            "a mutation by GET",
            server
                .get("/graphql?query=mutation%7B__typename%7D")
                .bearer_auth(server.token(CLIENT))
                .header(ACCEPT, EVENTS),
            405,
            "BAD_REQUEST",
        ),
    ] {
        let refused = answer(request).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (status, code),
            "{name}: {}",
            refused.text
        );
    }
}

#[tokio::test]
async fn a_get_streams_as_a_browser_asks() {
    let server = Server::start("events-get").await;
    let asked = server
        .get("/graphql?query=%7B__typename%7D")
        .bearer_auth(server.token(CLIENT))
        .header(ACCEPT, EVENTS);
    let text = answer(asked).await.text;
    assert_eq!(
        text,
        ":\n\nevent: next\ndata: {\"data\":{\"__typename\":\"Query\"}}\n\nevent: complete\ndata:\n\n"
    );
}

#[tokio::test]
async fn a_stream_ends_with_its_token() {
    let server = Server::start("events-expiry").await;
    let listening = Listening::to(&server).await;
    let open = answer(server.get("/metrics")).await.text;
    assert!(open.contains("avrr_open_streams{transport=\"sse\"} 1"), "{open}");
    server.clock.advance(TimeDelta::minutes(15));
    let text = listening.until_its_end().await;
    assert!(text.contains(r#""code":"TOKEN_EXPIRED""#), "{text}");
    assert!(text.ends_with("event: complete\nid: 7\ndata:\n\n"), "{text}");
}

#[tokio::test]
async fn a_stop_completes_every_stream() {
    let mut server = Server::start("events-stop").await;
    let listening = Listening::to(&server).await;
    server.stop.take().expect("running").send(()).expect("heard");
    assert_eq!(
        listening.until_its_end().await,
        ":\n\nevent: complete\nid: 7\ndata:\n\n"
    );
    (&mut server.running).await.expect("stopped");
}

#[tokio::test]
async fn a_process_without_the_role_serves_operators_alone() {
    let server = Server::start_with("events-roles", |config| config.roles.api = false).await;
    let asked = server.post(JSON, json!({ "query": "{ __typename }" }).to_string());
    assert_eq!(answer(asked).await.status, 404);
    assert_eq!(answer(server.get("/readyz")).await.status, 200);
}
