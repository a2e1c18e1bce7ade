//! Several processes may serve one PostgreSQL database; SQLite is for one.

use crate::support::process::Premises;
use crate::support::*;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, resume_unwind};

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

async fn two_processes_are_one_programme(premises: &Premises) {
    let (one, other) = (premises.start(), premises.start());
    let baghdad = premises.client("iom-baghdad", &other);
    let mut inbox = baghdad.listens_after(baghdad.counts("notices").await).await;
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
    }
    inbox.has_heard_everything().await;
    // The same key at the other process is the same command.
    for (nth, case) in ready.iter().enumerate() {
        let answer = clerks[(nth + 1) % 2].post(&case.departure(now)).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], Value::Array(Vec::new()));
    }
    inbox.has_heard_everything().await;
}
