//! What operators see: counts that a scraper can read, probes that say what is wrong, and lines of what is slow or costly.

use super::{CLIENT, GRAPHQL, JSON, Server, answer};
use crate::config::FairUseSettings;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// The samples of a text of counts by their families; panics at what a scraper would refuse.
fn scraped(text: &str) -> BTreeMap<String, Vec<(String, f64)>> {
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    let mut helped = BTreeSet::new();
    let mut families: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    let mut series = BTreeSet::new();
    let mut current = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            let (name, help) = rest.split_once(' ').expect("a name and a text");
            assert!(helped.insert(name.to_owned()) && !help.is_empty(), "{line}");
            current = name.to_owned();
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a name and a kind");
            assert_eq!(name, current, "a family stands together");
            assert!(
                ["counter", "gauge", "histogram", "summary"].contains(&kind),
                "{line}"
            );
            assert!(kinds.insert(name.to_owned(), kind.to_owned()).is_none(), "{line}");
            families.insert(name.to_owned(), Vec::new());
        } else {
            let (sample, value) = line.rsplit_once(' ').expect("a sample and a value");
            assert!(series.insert(sample.to_owned()), "twice: {line}");
            let name = sample.split('{').next().expect("a name");
            let suffix = name
                .strip_prefix(&current)
                .unwrap_or_else(|| panic!("{line} in {current}"));
            let fits = match kinds[&current].as_str() {
                "histogram" => ["_bucket", "_sum", "_count"].contains(&suffix),
                "summary" => ["_sum", "_count"].contains(&suffix),
                "counter" => suffix.is_empty() && name.ends_with("_total"),
                _ => suffix.is_empty(),
            };
            assert!(fits, "{line} in {current}");
            if let Some(labels) = sample.strip_prefix(name).filter(|labels| !labels.is_empty()) {
                assert!(labels.starts_with('{') && labels.ends_with("\"}"), "{line}");
            }
            let value = value.parse().expect("a number");
            let samples = families.get_mut(&current).expect("a family");
            samples.push((sample.to_owned(), value));
        }
    }
    families
}

fn value(families: &BTreeMap<String, Vec<(String, f64)>>, family: &str, sample: &str) -> f64 {
    let found = families[family].iter().find(|(name, _)| name == sample);
    found.map_or(0.0, |(_, value)| *value)
}

#[tokio::test]
async fn counts_are_what_a_scraper_can_read_and_tell_what_was_asked() {
    let server = Server::start_with("scraped", |config| config.fair_use = FairUseSettings::default()).await;
    assert_eq!(server.ask(JSON, "query Mine { __typename }").await.status, 200);
    assert_eq!(server.ask(GRAPHQL, "query Wrong { nothing }").await.status, 400);
    assert_eq!(server.ask(JSON, "query Wrong { nothing }").await.status, 200);
    assert_eq!(server.ask(JSON, "{ __typename }").await.status, 200);
    let stranger = answer(server.get("/graphql?query=%7B__typename%7D")).await;
    assert_eq!(stranger.status, 401);
    let text = answer(server.get("/metrics")).await.text;
    let families = scraped(&text);
    let requests = |outcome: &str| {
        let sample = format!("avrr_graphql_requests_total{{outcome=\"{outcome}\"}}");
        value(&families, "avrr_graphql_requests_total", &sample)
    };
    assert!((requests("answered") - 2.0).abs() < 0.1, "{text}");
    assert!(
        (requests("refused") - 2.0).abs() < 0.1,
        "whatever the media type: {text}"
    );
    assert!((requests("unauthenticated") - 1.0).abs() < 0.1, "{text}");
    let operations = |name: &str, outcome: &str| {
        let family = "avrr_graphql_operation_duration_seconds";
        let sample = format!("{family}_count{{operation=\"{name}\",outcome=\"{outcome}\"}}");
        value(&families, family, &sample)
    };
    assert!((operations("Mine", "answered") - 1.0).abs() < 0.1, "{text}");
    assert!((operations("anonymous", "answered") - 1.0).abs() < 0.1, "{text}");
    assert!(
        (operations("anonymous", "refused") + operations("other", "refused") - 2.0).abs() < 0.1,
        "{text}"
    );
    let refusals = |code: &str| {
        let sample = format!("avrr_refusals_total{{code=\"{code}\"}}");
        value(&families, "avrr_refusals_total", &sample)
    };
    assert!(
        (refusals("GRAPHQL_VALIDATION_FAILED") - 2.0).abs() < 0.1,
        "{text}"
    );
    assert!((refusals("UNAUTHENTICATED") - 1.0).abs() < 0.1, "{text}");
    let points = value(
        &families,
        "avrr_points_total",
        "avrr_points_total{cost=\"requested\"}",
    );
    assert!(points >= 2.0, "{text}");
    for family in [
        "avrr_build_info",
        "process_start_time_seconds",
        "avrr_database_connections",
        "avrr_oldest_undelivered_seconds",
    ] {
        assert!(!families[family].is_empty(), "{family}: {text}");
    }
}

#[tokio::test]
async fn a_probe_says_what_is_wrong_and_makes_nothing() {
    let server = Server::start("ready").await;
    let ready = answer(server.get("/readyz")).await;
    assert_eq!(ready.status, 200);
    let lines: Vec<&str> = ready.text.lines().collect();
    assert_eq!(lines[0], "ready");
    for what in ["database", "migrations", "writing", "keys", "delivery"] {
        assert!(
            lines.iter().any(|line| line.starts_with(&format!("+ {what}: "))),
            "{}",
            ready.text
        );
    }
    server.store.migrate_down().await.expect("no tables");
    for _ in 0..2 {
        let empty = answer(server.get("/readyz")).await;
        assert_eq!(empty.status, 503, "and no probe makes them");
        assert!(empty.text.starts_with("not ready\n"), "{}", empty.text);
        assert!(
            empty.text.contains("- migrations: some were not applied"),
            "{}",
            empty.text
        );
        server.clock.advance(chrono::TimeDelta::seconds(6));
    }
    let full = answer(server.get("/readyz")).await;
    assert!(
        full.text.contains("- writing: nothing can be written"),
        "{}",
        full.text
    );
    assert!(full.text.contains("+ database: it answers"), "{}", full.text);
}

/// What is logged, line by line, as JSON.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Lines {
    fn that_say(&self, message: &str) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().expect("nobody panicked").clone()).expect("text");
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        lines.filter(|line| line["message"] == message).collect()
    }
}

#[tokio::test]
async fn what_is_costly_has_a_line_without_its_document_and_every_line_has_its_trace() {
    let lines = Lines::default();
    let log = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_max_level(tracing::Level::INFO)
        .with_writer(lines.clone())
        .finish();
    // A test of one thread: whatever it does is heard.
    let _heard = tracing::subscriber::set_default(log);
    let server = Server::start_with("costly", |config| {
        config.fair_use = FairUseSettings::default();
        config.log.costly_points = 10;
    })
    .await;
    let cheap = json!({ "query": "query Cheap { __typename }" });
    let dear = "query Dear($secret: Int) { organisations(first: $secret) { nodes { name } } }";
    let dear = json!({ "query": dear, "variables": { "secret": 40 } });
    let trace = "0af7651916cd43dd8448eb211c80319c";
    for body in [cheap, dear] {
        let request = server.post(JSON, body.to_string());
        let request = request.header("traceparent", format!("00-{trace}-b7ad6b7169203331-01"));
        assert_eq!(answer(request).await.status, 200);
    }
    let answered = lines.that_say("answered");
    assert_eq!(answered.len(), 2, "{answered:?}");
    for line in &answered {
        assert_eq!(
            (&line["trace_id"], &line["client"]),
            (&json!(trace), &json!(CLIENT))
        );
    }
    let costly = lines.that_say("a costly operation");
    assert_eq!(costly.len(), 1, "{costly:?}");
    assert_eq!(costly[0]["operation"], "Dear");
    assert_eq!(costly[0]["client"], CLIENT);
    assert_eq!(
        costly[0]["document"].as_str().map(str::len),
        Some(16),
        "{costly:?}"
    );
    assert!(costly[0]["points_requested"].as_u64() > Some(40), "{costly:?}");
    assert!(!costly[0].to_string().contains("organisations"), "{costly:?}");
    drop(server);
}
