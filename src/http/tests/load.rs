//! Clients that ask for too much, too many at once, or nothing at all: each is told what to do, and the others are served.

use super::sockets::Socket;
use super::{CLIENT, GRAPHQL, JSON, Server, answer};
use crate::config::FairUseSettings;
use chrono::TimeDelta;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

const PAGE: &str = "{ organisations(first: 40) { nodes { id } } }";

/// Longest that a test waits for what is to come in a second or two.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_client_without_points_is_told_when_to_come_back_and_others_are_served() {
    let server = Server::start_with("fair-use", |config| {
        config.fair_use = FairUseSettings {
            points: 100,
            points_per_second: 10,
            ..FairUseSettings::default()
        };
    })
    .await;
    for left in [59, 18] {
        let cost = &server.ask(JSON, PAGE).await.json()["extensions"]["cost"];
        assert_eq!(cost["requestedQueryCost"], 41);
        assert!(
            cost["actualQueryCost"]
                .as_u64()
                .is_some_and(|actual| (2..=41).contains(&actual)),
            "{cost}"
        );
        assert_eq!(
            cost["throttleStatus"],
            json!({ "maximumAvailable": 100, "currentlyAvailable": left, "restoreRate": 10 })
        );
    }
    for (accept, left) in [(JSON, 17), (GRAPHQL, 16)] {
        let refused = server.ask(accept, PAGE).await;
        assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
        assert_eq!(refused.header("retry-after"), "3", "23 and 24 points are missing");
        assert!(refused.json().get("data").is_none());
        assert_eq!(
            refused.json()["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"],
            left,
            "reading what is refused costs a point"
        );
    }
    assert_eq!(
        server.ask(JSON, "{ __typename }").await.status,
        200,
        "16 are enough for little"
    );
    let other = server.get("/graphql?query=%7B__typename%7D");
    let other = answer(other.bearer_auth(server.token("police-kosovo"))).await;
    assert_eq!(other.status, 200, "each client has its own points");
    server.clock.advance(TimeDelta::seconds(10));
    let served = server.ask(JSON, PAGE).await;
    assert_eq!(served.status, 200);
    assert_eq!(
        served.json()["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"],
        59
    );
}

#[tokio::test]
async fn what_is_refused_costs_a_point_too() {
    let server = Server::start_with("refused-points", |config| {
        config.fair_use = FairUseSettings {
            points: 5,
            points_per_second: 1,
            ..FairUseSettings::default()
        };
    })
    .await;
    let digest = json!({ "documentId": format!("sha256:{}", "0".repeat(64)) }).to_string();
    for (body, code) in [
        (json!({ "query": "{" }).to_string(), "GRAPHQL_PARSE_FAILED"),
        (
            json!({ "query": "{ nothing }" }).to_string(),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (json!({ "query": "{".repeat(100) }).to_string(), "LIMIT_EXCEEDED"),
        (digest.clone(), "DOCUMENT_NOT_REGISTERED"),
    ] {
        let refused = answer(server.post(GRAPHQL, body.clone())).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (400, code),
            "{body:.60}"
        );
    }
    // The last point; there is none for what comes after it.
    let mut socket = Socket::admitted(&server).await;
    socket.subscribe("1", "{").await;
    let refused = socket.hear().await;
    assert_eq!(
        refused["payload"][0]["extensions"]["code"],
        "GRAPHQL_PARSE_FAILED"
    );
    for body in [json!({ "query": "{" }).to_string(), digest] {
        let refused = answer(server.post(GRAPHQL, body)).await;
        assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
        assert_eq!(refused.header("retry-after"), "1");
    }
}

#[tokio::test]
async fn what_is_written_of_points_is_what_the_service_says_of_itself() {
    let usual = FairUseSettings::default();
    let server = Server::start_with("points-told", |config| config.fair_use = usual).await;
    let told = server
        .ask(JSON, "{ serviceInfo { limits { points pointsPerSecond } } }")
        .await;
    assert_eq!(
        told.json()["data"]["serviceInfo"]["limits"],
        json!({ "points": usual.points, "pointsPerSecond": usual.points_per_second })
    );
}

/// A request whose body never comes.
pub(super) async fn begun(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(server.at).await.expect("a connection");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-length: 100\r\nexpect: 100-continue\r\n\r\n",
        server.token(CLIENT)
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    // That the body is asked for says that the request has its place.
    let mut said = [0; 25];
    timeout(PATIENCE, stream.read_exact(&mut said))
        .await
        .expect("in time")
        .expect("an answer");
    assert!(
        said.starts_with(b"HTTP/1.1 100"),
        "{}",
        String::from_utf8_lossy(&said)
    );
    stream
}

#[tokio::test]
async fn more_requests_than_there_is_room_for_are_sent_away_and_probes_are_not() {
    let server = Server::start_with("overload", |config| config.limits.max_requests = 2).await;
    let (one, other) = (begun(&server).await, begun(&server).await);
    let refused = server.ask(JSON, "{ __typename }").await;
    assert_eq!((refused.status, refused.code().as_str()), (503, "OVERLOADED"));
    assert_eq!(refused.header("retry-after"), "1");
    for probe in ["/livez", "/readyz", "/metrics", "/schema.graphql"] {
        assert_eq!(answer(server.get(probe)).await.status, 200, "{probe}");
    }
    drop((one, other));
    let again = async {
        while server.ask(JSON, "{ __typename }").await.status != 200 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, again).await.expect("room again");
}

#[tokio::test]
async fn one_client_does_not_take_the_room_of_all() {
    let server = Server::start_with("one-client", |config| {
        config.limits.max_requests_per_client = 2;
    })
    .await;
    let mut socket = Socket::admitted(&server).await;
    let (one, other) = (begun(&server).await, begun(&server).await);
    for accept in [JSON, "text/event-stream"] {
        let refused = server.ask(accept, "{ __typename }").await;
        assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
        assert_eq!(refused.header("retry-after"), "1");
    }
    socket.subscribe("1", "{ __typename }").await;
    let refused = socket.hear().await;
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    let others = server.get("/graphql?query=%7B__typename%7D");
    let served = answer(others.bearer_auth(server.token("police-kosovo"))).await;
    assert_eq!(served.status, 200, "each client has its own share");
    drop((one, other));
    let again = async {
        while server.ask(JSON, "{ __typename }").await.status != 200 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, again).await.expect("its share again");
}

#[tokio::test]
async fn what_is_asked_on_a_socket_takes_room_like_any_request() {
    let server = Server::start_with("socket-room", |config| config.limits.max_requests = 1).await;
    let mut socket = Socket::admitted(&server).await;
    let begun = begun(&server).await;
    socket.subscribe("1", "{ __typename }").await;
    let refused = socket.hear().await;
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "OVERLOADED");
    drop(begun);
    let again = async {
        loop {
            socket.subscribe("1", "{ __typename }").await;
            if socket.hear().await["type"] == "next" {
                return socket.hear().await;
            }
        }
    };
    let last = timeout(PATIENCE, again).await.expect("room again");
    assert_eq!(last["type"], "complete");
}

#[tokio::test]
async fn whoever_does_not_read_what_it_asked_for_is_hung_up_on() {
    let server = Server::start_with("unread", |config| {
        config.limits.max_connections = 1;
        config.limits.write_timeout_seconds = 1;
        config.limits.stream_patience_seconds = 1;
    })
    .await;
    let line = TcpSocket::new_v4().expect("a socket");
    line.set_recv_buffer_size(4_096).expect("a small buffer");
    let mut line = line.connect(server.at).await.expect("a connection");
    // More than any buffer on the way holds.
    let asked = "GET /schema.graphql HTTP/1.1\r\nhost: gateway\r\n\r\n".repeat(100);
    line.write_all(asked.as_bytes()).await.expect("sent");
    let served = timeout(PATIENCE, answer(server.get("/livez"))).await;
    assert_eq!(
        served
            .expect("a turn once the one that does not read is hung up on")
            .status,
        200
    );
    let mut taken = Vec::new();
    let _ = line.read_to_end(&mut taken).await;
    let answers = String::from_utf8_lossy(&taken).matches("HTTP/1.1 200").count();
    assert!((1..100).contains(&answers), "{answers}");
}

#[tokio::test]
async fn an_answer_that_is_not_read_is_still_one_of_its_client() {
    let server = Server::start_with("unread-answer", |config| {
        config.limits.max_requests_per_client = 1;
    })
    .await;
    let line = TcpSocket::new_v4().expect("a socket");
    line.set_recv_buffer_size(4_096).expect("a small buffer");
    let mut line = line.connect(server.at).await.expect("a connection");
    // More than any buffer on the way holds: each description of a field many times, under a long name.
    let descriptions: Vec<String> = (0..48).map(|nth| format!("{nth:a>60}: description")).collect();
    let query = format!(
        "{{ __schema {{ types {{ fields {{ {} }} }} }} }}",
        descriptions.join(" ")
    );
    let body = json!({ "query": query }).to_string();
    let asked = format!(
        "POST /graphql HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        server.token(CLIENT),
        body.len()
    );
    line.write_all(asked.as_bytes()).await.expect("sent");
    // It has its answer, and reads the beginning.
    let mut said = [0; 12];
    timeout(PATIENCE, line.read_exact(&mut said))
        .await
        .expect("in time")
        .expect("an answer");
    assert_eq!(&said, b"HTTP/1.1 200");
    for accept in [JSON, "text/event-stream"] {
        let refused = server.ask(accept, "{ __typename }").await;
        assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    }
    drop(line);
    let again = async {
        while server.ask(JSON, "{ __typename }").await.status != 200 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, again)
        .await
        .expect("its share once it has hung up");
}

#[tokio::test]
async fn whoever_does_not_finish_the_head_of_a_request_is_hung_up_on() {
    let server = Server::start_with("slow-head", |config| config.limits.header_timeout_seconds = 1).await;
    for begun in ["", "GET /livez HTTP/1.1\r\nhost: gateway\r\nx-slow: "] {
        let mut stream = TcpStream::connect(server.at).await.expect("a connection");
        stream.write_all(begun.as_bytes()).await.expect("sent");
        let mut rest = Vec::new();
        let ended = timeout(PATIENCE, stream.read_to_end(&mut rest))
            .await
            .expect("hung up");
        assert!(
            ended.is_ok() || rest.is_empty(),
            "{}",
            String::from_utf8_lossy(&rest)
        );
    }
    assert_eq!(server.ask(JSON, "{ __typename }").await.status, 200);
}

#[tokio::test]
async fn connections_wait_for_their_turn() {
    let server = Server::start_with("connections", |config| {
        config.limits.max_connections = 1;
        config.limits.header_timeout_seconds = 1;
    })
    .await;
    let idle = TcpStream::connect(server.at).await.expect("a connection");
    let served = timeout(PATIENCE, answer(server.get("/livez"))).await;
    assert_eq!(
        served.expect("a turn once the idle one is hung up on").status,
        200
    );
    drop(idle);
}

/// What a connection from this address is told; nothing where it is hung up on.
async fn told_from(server: &Server, here: &str) -> String {
    let line = TcpSocket::new_v4().expect("a socket");
    line.bind(here.parse().expect("an address")).expect("bound");
    let mut line = line.connect(server.at).await.expect("a connection");
    let asked = b"GET /livez HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n";
    let mut said = Vec::new();
    // Errors: it is hung up on before everything is sent, or read.
    let _ = line.write_all(asked).await;
    let _ = timeout(PATIENCE, line.read_to_end(&mut said))
        .await
        .expect("an end");
    String::from_utf8_lossy(&said).into_owned()
}

async fn idle(server: &Server, connections: usize) -> Vec<TcpStream> {
    let mut idle = Vec::new();
    for _ in 0..connections {
        idle.push(TcpStream::connect(server.at).await.expect("a connection"));
    }
    idle
}

#[tokio::test]
async fn one_address_has_half_of_the_connections() {
    let server = Server::start_with("one-address", |config| config.limits.max_connections = 16).await;
    let mut idle = idle(&server, 8).await;
    assert_eq!(told_from(&server, "127.0.0.1:0").await, "");
    let other = told_from(&server, "127.0.0.2:0").await;
    assert!(other.starts_with("HTTP/1.1 200"), "{other}");
    idle.pop();
    let again = async {
        while !told_from(&server, "127.0.0.1:0")
            .await
            .starts_with("HTTP/1.1 200")
        {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, again)
        .await
        .expect("room again for its address");
}

#[tokio::test]
async fn a_proxy_of_ours_has_the_connections_of_everybody() {
    let server = Server::start_with("proxied", |config| {
        config.limits.max_connections = 16;
        config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    let _idle = idle(&server, 15).await;
    let told = told_from(&server, "127.0.0.1:0").await;
    assert!(told.starts_with("HTTP/1.1 200"), "{told}");
}
