//! The transport over a real listener: statuses, media types and close codes. What the schema says is tested elsewhere.

mod deprecations;
mod events;
mod farewells;
mod hostile;
mod load;
mod operation;
mod shares;
mod sockets;

use crate::app::App;
use crate::clock::TestClock;
use crate::commands::{Desk, Envelope};
use crate::config::Config;
use crate::domain::consent::Purpose;
use crate::domain::party::OrganisationKind;
use crate::http::token::TokenIssuer;
use crate::notify::Hub;
use crate::policy::viewer::Viewer;
use crate::store::{Actor, Store};
use chrono::{DateTime, TimeDelta};
use reqwest::header::{ACCEPT, ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderMap, WWW_AUTHENTICATE};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const JSON: &str = "application/json";
const GRAPHQL: &str = "application/graphql-response+json";

/// Who asks: a client with an inbox and one purpose.
const CLIENT: &str = "police-serbia";

/// A running program that knows the organisations of the demo and no case.
struct Server {
    at: SocketAddr,
    clock: TestClock,
    tokens: TokenIssuer,
    store: Store,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
    directory: PathBuf,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    fn code(&self) -> String {
        let errors = self.json();
        errors["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Server {
    async fn start(name: &str) -> Self {
        Self::start_with(name, |_| ()).await
    }

    async fn start_with(name: &str, change: impl FnOnce(&mut Config)) -> Self {
        let directory = std::env::temp_dir().join(format!("avrr-http-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&directory);
        std::fs::create_dir_all(&directory).expect("a temporary directory");
        let mut config = Config {
            explorer: true,
            ..Config::default()
        };
        config.listen.set_port(0);
        config.database.url = format!("sqlite://{}?mode=rwc", directory.join("avrr.db").display()).into();
        config.auth.signing_key_file = directory.join("key.pem");
        config.limits.socket_init_timeout_seconds = 1;
        // The clock stands still: points would never come back.
        config.fair_use.points = 0;
        change(&mut config);
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let app = App::build_with(config, clock.clock()).await.expect("an app");
        let (at, tokens) = (app.local_addr(), app.tokens().expect("an issuer").clone());
        let store = app.store().clone();
        store
            .load(crate::demo::ready_cases(0, "", clock.now()))
            .await
            .expect("a register");
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            app.run_until_stopped(async { drop(stopped.await) })
                .await
                .expect("a clean stop");
        });
        // An error says that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        Self {
            at,
            clock,
            tokens,
            store,
            client,
            stop: Some(stop),
            running,
            directory,
        }
    }

    fn token(&self, client: &str) -> String {
        self.tokens
            .token(client, TimeDelta::minutes(15))
            .expect("a token")
    }

    fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("http://{}{path}", self.at))
    }

    fn post(&self, accept: &str, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        let request = self
            .client
            .post(format!("http://{}/graphql", self.at))
            .bearer_auth(self.token(CLIENT));
        request
            .header(CONTENT_TYPE, JSON)
            .header(ACCEPT, accept)
            .body(body)
    }

    async fn ask(&self, accept: &str, query: &str) -> Answer {
        answer(self.post(accept, json!({ "query": query }).to_string())).await
    }

    async fn suspend_client(&self) {
        let client = self
            .store
            .registered_client(CLIENT)
            .await
            .expect("a registry")
            .expect("a client");
        let viewer = Viewer {
            organisation: client.organisation,
            kind: OrganisationKind::Admin,
            client: client.client,
            client_id: "test".into(),
            subject: "staff".into(),
            rights: Vec::new(),
            purpose: Purpose::Administration,
            token: "test".into(),
            issued_at: self.clock.now(),
            territory_profile: Default::default(),
            documents_only: false,
            expires_at: self.clock.now() + TimeDelta::hours(1),
        };
        let envelope = Envelope {
            actor: Actor {
                viewer,
                request_id: "test".into(),
            },
            key: "suspend".into(),
            body_hash: String::new(),
        };
        let desk = Desk {
            store: self.store.clone(),
            hub: Hub::default(),
            oversight: crate::commands::Oversight::default(),
            egress: crate::notify::webhook::Egress::default(),
        };
        desk.set_client_suspended(&envelope, client.client, 1, true)
            .await
            .expect("suspended");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.running.abort();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer {
        status,
        headers,
        text: response.text().await.expect("text"),
    }
}

#[tokio::test]
async fn a_document_that_never_ran_says_so_by_its_status_to_those_who_ask_for_it() {
    let server = Server::start("statuses").await;
    for (accept, query, status) in [
        (JSON, "{ __typename }", 200),
        (GRAPHQL, "{ __typename }", 200),
        (JSON, "{ nothing }", 200),
        (GRAPHQL, "{ nothing }", 400),
        (JSON, "{", 200),
        (GRAPHQL, "{", 400),
        (GRAPHQL, "query A { __typename } query B { __typename }", 400),
    ] {
        let answer = server.ask(accept, query).await;
        assert_eq!(answer.status, status, "{accept} {query}: {}", answer.text);
        assert!(
            answer.header("content-type").starts_with(accept),
            "{accept} {query}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        let body = answer.json();
        let ran = query == "{ __typename }";
        assert_eq!(
            (body.get("data").is_some(), body.get("errors").is_some()),
            (ran, !ran),
            "{body}"
        );
    }
}

#[tokio::test]
async fn what_is_no_graphql_request_is_refused_in_json_with_a_code() {
    let server = Server::start_with("shapes", |config| config.limits.max_body_bytes = 1_000).await;
    let query = json!({ "query": "{ __typename }" }).to_string();
    for (name, request, status, code) in [
        (
            "not acceptable",
            server.post("text/html", query.clone()),
            406,
            "BAD_REQUEST",
        ),
        (
            "a batch",
            server.post(JSON, format!("[{query}]")),
            400,
            "BAD_REQUEST",
        ),
        ("not JSON", server.post(JSON, "{"), 400, "BAD_REQUEST"),
        ("no query", server.post(JSON, "{}"), 400, "BAD_REQUEST"),
        (
            "too large",
            server.post(JSON, " ".repeat(1_001)),
            413,
            "LIMIT_EXCEEDED",
        ),
        (
            "a GET without a query",
            server.get("/graphql").bearer_auth(server.token(CLIENT)),
            400,
            "BAD_REQUEST",
        ),
        ("no such address", server.get("/nothing"), 404, "NOT_FOUND"),
        ("no such file", server.get("/page/nothing"), 404, "NOT_FOUND"),
        ("no part of it", server.get("/explorer/nothing"), 404, "NOT_FOUND"),
        ("no demo", server.get("/page/clients.json"), 404, "NOT_FOUND"),
    ] {
        let answer = answer(request).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{name}: {}",
            answer.text
        );
    }
    let untyped = server
        .client
        .post(format!("http://{}/graphql", server.at))
        .bearer_auth(server.token(CLIENT));
    assert_eq!(answer(untyped.body(query)).await.status, 415);
}

#[tokio::test]
async fn a_get_asks_and_never_changes() {
    let server = Server::start("get").await;
    let get = async |query: &str| {
        let url =
            reqwest::Url::parse_with_params("http://gateway/graphql", [("query", query)]).expect("a URL");
        let path = format!("/graphql?{}", url.query().unwrap_or_default());
        answer(server.get(&path).bearer_auth(server.token(CLIENT))).await
    };
    assert_eq!(get("{ __typename }").await.status, 200);
    let refused = get("mutation { __typename }").await;
    assert_eq!((refused.status, refused.header(ALLOW.as_str())), (405, "POST"));
    let put = answer(server.client.put(format!("http://{}/graphql", server.at))).await;
    assert_eq!((put.status, put.header(ALLOW.as_str())), (405, "GET, POST"));
}

#[tokio::test]
async fn nobody_comes_in_without_a_token_of_an_active_client_and_nobody_learns_why() {
    let server = Server::start("tokens").await;
    let knock = async |authorization: Option<String>| {
        let request = server
            .client
            .post(format!("http://{}/graphql", server.at))
            .body("not even read");
        answer(match authorization {
            Some(value) => request.header(AUTHORIZATION, value),
            None => request,
        })
        .await
    };
    let good = server.token(CLIENT);
    assert_eq!(knock(Some(format!("Bearer {good}"))).await.status, 415, "inside");
    server.suspend_client().await;
    let mut words = Vec::new();
    for authorization in [
        None,
        Some("Bearer".to_owned()),
        Some(format!("Basic {good}")),
        Some("Bearer garbage".to_owned()),
        Some(format!("Bearer {}", server.token("nobody"))),
        Some(format!("Bearer {good}")),
    ] {
        let answer = knock(authorization).await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "UNAUTHENTICATED"));
        assert_eq!(
            answer.header(WWW_AUTHENTICATE.as_str()),
            r#"Bearer error="invalid_token""#
        );
        words.push(answer.text);
    }
    words.dedup();
    assert_eq!(words.len(), 1);
}

#[tokio::test]
async fn a_purpose_that_is_not_registered_is_refused() {
    let server = Server::start("purpose").await;
    let ask = async |purpose: &str| {
        let request = server.post(JSON, json!({ "query": "{ __typename }" }).to_string());
        answer(request.header("X-Purpose", purpose)).await
    };
    assert_eq!(ask("DEPARTURE_NOTICE").await.status, 200);
    let refused = ask("TRAVEL_DOCUMENT").await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (400, "PURPOSE_NOT_REGISTERED")
    );
}

#[tokio::test]
async fn operators_and_newcomers_need_no_token() {
    let server = Server::start("ops").await;
    for (path, media, part) in [
        ("/livez", "text/plain", "alive"),
        ("/readyz", "text/plain", "ready"),
        ("/metrics", "text/plain", "avrr_open_websockets 0"),
        ("/schema.graphql", "application/graphql", "type "),
        ("/", "text/html", "<html"),
        ("/page/main.js", "text/javascript", "import"),
        ("/page/about.json", "application/json", r#""demo":false"#),
    ] {
        let answer = answer(server.get(path).header("X-Request-Id", "mine-1")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").starts_with(media), "{path}");
        assert!(answer.text.contains(part), "{path}: {}", answer.text);
        assert_eq!(answer.header("x-request-id"), "mine-1");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let page = answer(server.get("/")).await;
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'; script-src 'self'; style-src 'self';")
    );
    assert_eq!(
        answer(server.get("/explorer/")).await.status == 200,
        crate::http::explorer::built_in()
    );
    let metrics = answer(server.get("/metrics")).await.text;
    for line in [
        r#"avrr_open_escalations{steps="ahead"} 0"#,
        r#"avrr_open_escalations{steps="none"} 0"#,
        "avrr_lease_takeovers_total 0",
    ] {
        assert!(metrics.contains(line), "{metrics}");
    }
    assert!(
        metrics.contains(r#"avrr_graphql_requests_total{outcome="answered"} 0"#),
        "{metrics}"
    );
}
