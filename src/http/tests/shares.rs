//! No client takes the room of the others, and whoever is refused again and again is told to wait.

use super::events::EVENTS;
use super::load::begun;
use super::sockets::Socket;
use super::{CLIENT, JSON, Server, answer};
use chrono::TimeDelta;
use serde_json::json;

const INBOX: &str = "subscription { notices(afterSequence: 0) { sequence } }";
const TYPE: &str = "/graphql?query=%7B__typename%7D";

#[tokio::test]
async fn a_client_has_so_many_requests_under_way_and_others_have_their_own() {
    let server = Server::start_with("requests-of-one", |config| {
        config.limits.max_requests_per_client = 2;
    })
    .await;
    let under_way = (begun(&server).await, begun(&server).await);
    let refused = server.ask(JSON, "{ __typename }").await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    assert_eq!(refused.header("retry-after"), "1");
    let other = server.get(TYPE).bearer_auth(server.token("police-kosovo"));
    assert_eq!(answer(other).await.status, 200);
    drop(under_way);
    while server.ask(JSON, "{ __typename }").await.status != 200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_client_has_so_many_sockets_and_streams_open_together() {
    let server = Server::start_with("streams-of-one", |config| {
        config.limits.max_streams_per_client = 1;
    })
    .await;
    let socket = Socket::admitted(&server).await;
    let mut second = Socket::open(&server).await;
    assert_eq!(second.init(&server.token(CLIENT)).await, json!(1013));
    let events = || server.post(EVENTS, json!({ "query": INBOX }).to_string());
    let refused = answer(events()).await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    // What is over with its answer takes no lasting room.
    let query = server.post(EVENTS, json!({ "query": "{ __typename }" }).to_string());
    assert_eq!(answer(query).await.status, 200);
    let mut other = Socket::open(&server).await;
    let acknowledged = json!({ "type": "connection_ack" });
    assert_eq!(other.init(&server.token("police-kosovo")).await, acknowledged);
    drop(socket);
    let opened = loop {
        let response = events().send().await.expect("an answer");
        if response.status() == 200 {
            break response;
        }
        tokio::task::yield_now().await;
    };
    let mut third = Socket::open(&server).await;
    assert_eq!(third.init(&server.token(CLIENT)).await, json!(1013));
    drop(opened);
}

#[tokio::test]
async fn a_socket_is_counted_with_one_stream_and_every_other_stream_by_itself() {
    let server = Server::start_with("streams-on-one-socket", |config| {
        config.limits.max_streams_per_client = 2;
    })
    .await;
    let mut socket = Socket::admitted(&server).await;
    for id in ["1", "2", "3"] {
        socket.subscribe(id, INBOX).await;
    }
    // Whichever the program came to last.
    let refused = socket.hear().await;
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    let events = || server.post(EVENTS, json!({ "query": INBOX }).to_string());
    assert_eq!(answer(events()).await.status, 429);
    for id in ["1", "2", "3"] {
        socket.say(&json!({ "type": "complete", "id": id })).await;
    }
    while events().send().await.expect("an answer").status() != 200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn whoever_is_refused_again_and_again_is_told_to_wait_and_a_good_token_still_comes_in() {
    let server = Server::start_with("refused-again", |config| {
        config.fair_use.refusals = 3;
        config.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
    })
    .await;
    let bad = |from: &'static str| {
        server
            .get(TYPE)
            .bearer_auth("bad")
            .header("X-Forwarded-For", from)
    };
    for _ in 0..3 {
        assert_eq!(answer(bad("198.51.100.7")).await.status, 401);
    }
    let refused = answer(bad("203.0.113.9, 198.51.100.7")).await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    assert_eq!(refused.header("retry-after"), "2", "60 are forgotten in a minute");
    assert_eq!(answer(bad("198.51.100.8")).await.status, 401, "another address");
    let good = server.get(TYPE).bearer_auth(server.token(CLIENT));
    assert_eq!(
        answer(good.header("X-Forwarded-For", "198.51.100.7"))
            .await
            .status,
        200
    );
    server.clock.advance(TimeDelta::seconds(2));
    assert_eq!(answer(bad("198.51.100.7")).await.status, 401);
}

#[tokio::test]
async fn nobody_gets_another_address_by_writing_one() {
    let server = Server::start_with("forged-address", |config| config.fair_use.refusals = 3).await;
    for from in ["1.1.1.1", "2.2.2.2", "3.3.3.3"] {
        let bad = server
            .get(TYPE)
            .bearer_auth("bad")
            .header("X-Forwarded-For", from);
        assert_eq!(answer(bad).await.status, 401);
    }
    let bad = server
        .get(TYPE)
        .bearer_auth("bad")
        .header("X-Forwarded-For", "4.4.4.4");
    assert_eq!(answer(bad).await.status, 429);
}
