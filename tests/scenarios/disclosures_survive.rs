//! The program is killed again and again while partners read. Whatever a reader has an answer of is in the ledger
//! afterwards, and the ledger is whole.

use crate::support::ledger::{entries_at, request_of};
use crate::support::process::{Premises, Process};
use crate::support::*;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use futures_util::FutureExt;
use serde_json::json;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::Command;
use tokio::sync::mpsc;

const DEATHS: usize = 8;
const READERS: usize = 6;

#[test]
fn sqlite_has_noted_whatever_a_program_said_before_it_was_killed() {
    play(Database::Sqlite);
}

#[test]
fn postgres_has_noted_whatever_a_program_said_before_it_was_killed() {
    play(Database::Postgres);
}

fn play(database: Database) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let programme = demo::ready_cases(40, "iom-pristina", Clock::system().now());
        let premises = Premises::with(database, programme).await;
        let ended = AssertUnwindSafe(the_program_is_killed(&premises))
            .catch_unwind()
            .await;
        premises.stage.strike().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
    });
}

async fn the_program_is_killed(premises: &Premises) {
    let mut answered = BTreeSet::new();
    for death in 0..DEATHS {
        let mut process = premises.start();
        answered.extend(read_until_death(premises, &mut process, 10 + death).await);
        let noted: BTreeSet<String> = entries_at(&premises.stage.url)
            .await
            .into_iter()
            .filter_map(|entry| entry.request_id)
            .collect();
        let missing: Vec<&String> = answered.difference(&noted).collect();
        assert!(missing.is_empty(), "answered, and not noted: {missing:?}");
        assert_eq!(verified(&premises.stage.url), Some(0));
    }
    assert!(answered.len() >= DEATHS * 10, "too few answers to prove anything");
    // The program says so itself where something is not as it was: here, that a head was kept which the ledger never had.
    let kept = format!("1:{}", "0".repeat(64));
    assert_eq!(
        asked(&["verify", "--from", &kept], &premises.stage.url).0,
        Some(1)
    );
    let (code, head) = asked(&["head"], &premises.stage.url);
    assert_eq!(code, Some(0));
    assert_eq!(
        asked(&["verify", "--from", head.trim()], &premises.stage.url).0,
        Some(0)
    );
}

/// Readers read until the program has answered so many times; then it dies with others under way. Gives the requests that
/// were answered with rows.
async fn read_until_death(premises: &Premises, process: &mut Process, answers: usize) -> Vec<String> {
    let (tell, mut told) = mpsc::unbounded_channel();
    for nth in 0..READERS {
        let client = if nth % 2 == 0 { "iom-baghdad" } else { "auditor" };
        let (reader, tell) = (premises.client(client, process), tell.clone());
        tokio::spawn(async move {
            let query =
                json!({ "query": "{ cases(first: 5) { nodes { id state persons { id fullName } } } }" });
            while let Ok(answer) = reader.try_post(&query).await {
                let there = answer.data["cases"]["nodes"][0]["persons"][0]["id"].is_string();
                if !there || tell.send(request_of(&answer).to_owned()).is_err() {
                    return;
                }
            }
        });
    }
    drop(tell);
    let mut answered = Vec::new();
    while answered.len() < answers {
        answered.push(told.recv().await.expect("readers"));
    }
    process.dies();
    while let Some(request) = told.recv().await {
        answered.push(request);
    }
    answered
}

fn verified(url: &str) -> Option<i32> {
    asked(&["verify"], url).0
}

/// What `avrr-gateway ledger` answers, and how it ends.
fn asked(question: &[&str], url: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_avrr-gateway"))
        .arg("ledger")
        .args(question)
        .args(["--database-url", url])
        .env_clear()
        .output()
        .expect("the program runs");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}
