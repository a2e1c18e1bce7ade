//! Traces: what a collector of OpenTelemetry is sent of a request, and that nobody's data is in it.

use crate::support::database::Database;
use crate::support::process::{Premises, Process};
use crate::support::watch::MARKER;
use crate::support::world::browser;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

/// Longest time that a program is given to stop.
const PATIENCE: Duration = Duration::from_secs(20);

type Sent = Arc<Mutex<Vec<Bytes>>>;

/// A collector on this machine, and what it was sent.
async fn collector() -> (String, Sent) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let sent = Sent::default();
    let take = async |State(sent): State<Sent>, body: Bytes| sent.lock().expect("whole").push(body);
    let router = Router::new()
        .route("/v1/traces", post(take))
        .with_state(Arc::clone(&sent));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, sent)
}

async fn asks(premises: &Premises, process: &Process, flags: &str) {
    let actor = premises.client("iom-pristina", process);
    let query = "query Marked($reference: String!) { cases(filter: { reference: $reference }) { nodes { persons { fullName } } } }";
    let asked = browser()
        .post(format!("http://{}/graphql", process.address))
        .bearer_auth(actor.token())
        .header("content-type", "application/json")
        .header("traceparent", format!("00-{TRACE}-{PARENT}-{flags}"))
        .header("tracestate", "partner=7")
        .body(json!({ "query": query, "variables": { "reference": MARKER } }).to_string());
    let answer = asked.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn spans(sent: &[Bytes]) -> Vec<Span> {
    let batches = sent
        .iter()
        .map(|bytes| ExportTraceServiceRequest::decode(bytes.clone()).expect("OTLP"));
    let resources = batches.flat_map(|batch| batch.resource_spans);
    let scopes = resources.flat_map(|of| of.scope_spans);
    scopes.flat_map(|of| of.spans).collect()
}

#[test]
fn a_request_is_a_part_of_its_callers_trace_and_nobodys_data_is_in_it() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (address, sent) = collector().await;
        let now = Clock::system().now();
        let premises = Premises::with(Database::Sqlite, demo::ready_cases(1, "iom-pristina", now)).await;
        let mut process = premises.start_set(&[("AVRR_TELEMETRY__OTLP_ENDPOINT", &address)]);
        asks(&premises, &process, "01").await;
        process.is_asked_to_stop();
        assert!(process.has_stopped_within(PATIENCE).await, "it flushes, and ends");
        let batches = sent.lock().expect("whole").clone();
        let spans = spans(&batches);
        let ours: Vec<&Span> = spans.iter().filter(|span| hex(&span.trace_id) == TRACE).collect();
        let named = |name: &str| {
            let found = ours.iter().find(|span| span.name == name);
            *found.unwrap_or_else(|| panic!("no {name}: {spans:?}"))
        };
        let request = named("/graphql");
        assert_eq!(hex(&request.parent_span_id), PARENT);
        assert_eq!(request.trace_state, "partner=7");
        for (name, parent) in [
            ("admit", "/graphql"),
            ("execute", "/graphql"),
            ("read", "execute"),
        ] {
            assert_eq!(named(name).parent_span_id, named(parent).span_id, "{name}");
        }
        // One span for each thing that is done, and none for each field.
        assert!(ours.len() < 15, "{}", ours.len());
        let attributes: Vec<&str> = request.attributes.iter().map(|of| of.key.as_str()).collect();
        for key in ["operation", "client", "request", "status"] {
            assert!(attributes.contains(&key), "{attributes:?}");
        }
        let text: String = batches
            .iter()
            .map(|bytes| String::from_utf8_lossy(bytes))
            .collect();
        for personal in [MARKER, "fullName", "SELECT", "reference"] {
            assert!(!text.contains(personal), "{personal}: {text}");
        }
        assert!(
            text.contains("Marked") && text.contains("service.version"),
            "{text}"
        );
        premises.stage.strike().await;
    });
}

#[test]
fn a_caller_that_does_not_sample_is_respected_and_a_collector_that_is_away_costs_nothing() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (address, sent) = collector().await;
        let now = Clock::system().now();
        let premises = Premises::with(Database::Sqlite, demo::ready_cases(1, "iom-pristina", now)).await;
        let mut process = premises.start_set(&[("AVRR_TELEMETRY__OTLP_ENDPOINT", &address)]);
        asks(&premises, &process, "00").await;
        process.is_asked_to_stop();
        assert!(process.has_stopped_within(PATIENCE).await);
        let spans = spans(&sent.lock().expect("whole"));
        assert!(spans.iter().all(|span| hex(&span.trace_id) != TRACE), "{spans:?}");

        // A place that takes connections and never answers: worse than one that is not there.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", silent.local_addr().expect("an address"));
        let mut process = premises.start_set(&[("AVRR_TELEMETRY__OTLP_ENDPOINT", &address)]);
        let began = Instant::now();
        for _ in 0..300 {
            asks(&premises, &process, "01").await;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
        process.is_asked_to_stop();
        assert!(process.has_stopped_within(PATIENCE).await);
        premises.stage.strike().await;
    });
}
