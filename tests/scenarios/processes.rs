//! Several processes may serve one PostgreSQL database; SQLite is for one.

use crate::support::database::Stage;
use crate::support::process::Premises;
use crate::support::*;
use avrr_gateway::clock::Clock;
use avrr_gateway::config::DatabaseSettings;
use avrr_gateway::demo;
use avrr_gateway::store::Store;
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::Duration;

/// What one process writes, subscribers at another hear, in one unbroken line with what their own process writes.
#[test]
fn postgres_carries_notices_from_one_process_to_subscribers_at_another() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let now = Clock::system().now();
        let premises = Premises::with(Database::Postgres, demo::ready_cases(12, "iom-pristina", now)).await;
        let ended = AssertUnwindSafe(two_processes_are_one_programme(&premises))
            .catch_unwind()
            .await;
        premises.stage.strike().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
    });
}

/// A word that something was committed reaches every process that listens, without content and outside of transactions.
#[test]
fn postgres_carries_a_word_from_process_to_process() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let stage = Stage::set(Database::Postgres).await;
        let settings = DatabaseSettings {
            url: stage.url.as_str().into(),
            ..DatabaseSettings::default()
        };
        let connect = || Store::connect(&settings, Clock::system());
        let (one, other) = (
            connect().await.expect("a store"),
            connect().await.expect("a store"),
        );
        let (words, mut heard) = tokio::sync::watch::channel(0);
        let listening = tokio::spawn(async move {
            let hears = other.hear_others(|| words.send_modify(|words| *words += 1));
            hears.await
        });
        let mut hears = async |so_many: usize| {
            let comes = heard.wait_for(|words| *words >= so_many);
            let came = tokio::time::timeout(Duration::from_secs(20), comes).await;
            drop(came.expect("a word in time").expect("somebody who listens"));
        };
        // Whoever begins to listen looks for itself: it may have missed something.
        hears(1).await;
        one.tell_others().await.expect("told");
        hears(2).await;
        one.tell_others().await.expect("told");
        hears(3).await;
        listening.abort();
        stage.strike().await;
    });
}

async fn two_processes_are_one_programme(premises: &Premises) {
    let (one, other) = (premises.start(), premises.start());
    let baghdad = premises.client("iom-baghdad", &other);
    let head = baghdad.counts("notices").await;
    let mut inbox = baghdad.listens_after(head).await;
    let query = "subscription { notices { type } }";
    let mut events = baghdad.follows(query, json!({}), Some(head)).await;
    let clerks = [
        premises.client("iom-pristina", &one),
        premises.client("iom-pristina", &other),
    ];
    let ready = clerks[0].cases_ready_to_depart().await;
    let now = Clock::system().now();
    for (nth, case) in ready.iter().enumerate() {
        let answer = clerks[nth % 2].post(&case.departure(now)).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    }
    for _ in &ready {
        inbox.hears(&["DEPARTED"]).await;
        let (place, data) = events.hears_next().await;
        assert_eq!(
            (place, &data["notices"]["type"]),
            (inbox.last(), &json!("DEPARTED"))
        );
    }
    inbox.has_heard_everything().await;
    // The same key at the other process is the same command.
    for (nth, case) in ready.iter().enumerate() {
        let answer = clerks[(nth + 1) % 2].post(&case.departure(now)).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], Value::Array(Vec::new()));
    }
    inbox.has_heard_everything().await;
}
