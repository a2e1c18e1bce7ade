//! The program is killed thirty times in the middle of its work. Whatever it had said is true afterwards, and whatever it
//! had not finished has not happened.

use crate::support::process::{Premises, Process};
use crate::support::socket::Heard;
use crate::support::*;
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;

const DEATHS: usize = 30;
const CLERKS: usize = 8;
const RECIPIENTS: [&str; 4] = ["iom-istanbul", "iom-baghdad", "police-kosovo", "migration-kosovo"];

#[test]
fn sqlite_keeps_every_promise_of_a_program_that_is_killed() {
    play(Database::Sqlite);
}

#[test]
fn postgres_keeps_every_promise_of_a_program_that_is_killed() {
    play(Database::Postgres);
}

fn play(database: Database) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let now = Clock::system().now();
        let premises = Premises::with(
            database,
            demo::ready_cases(DEATHS * (CLERKS + 4), "iom-pristina", now),
        )
        .await;
        let ended = AssertUnwindSafe(the_program_is_killed_and_killed(&premises, now))
            .catch_unwind()
            .await;
        premises.stage.strike().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
    });
}

async fn the_program_is_killed_and_killed(premises: &Premises, now: DateTime<Utc>) {
    let mut process = premises.start();
    let ready = Arc::new(
        premises
            .client("iom-pristina", &process)
            .cases_ready_to_depart()
            .await,
    );
    let (mut next, mut promised) = (0, BTreeSet::new());
    let (mut unanswered, mut happened) = (0, 0);
    for death in 0..DEATHS {
        let listening = premises.client("iom-baghdad", &process).connects().await;
        let heard = tokio::spawn(listens_until_the_end(listening));
        // The first commands of this life repeat the last ones of the one before: nobody knows what became of them.
        let (answered, given) =
            work_until_death(premises, &mut process, &ready, next, now, death % CLERKS + 1).await;
        unanswered += given.len() - answered.len();
        promised.extend(answered);
        next = given
            .iter()
            .copied()
            .max()
            .unwrap_or(next)
            .saturating_sub(CLERKS - 1);
        let heard = heard.await.expect("a subscriber");
        process = premises.start();
        happened = assert_everything_is_true(premises, &process, &ready, &promised, &heard).await;
    }
    assert!(
        unanswered >= DEATHS,
        "{unanswered} commands were cut short: too few to prove anything"
    );
    eprintln!(
        "{DEATHS} deaths, {} departures promised, {unanswered} commands cut short; {happened} departures happened",
        promised.len()
    );
}

/// Clerks confirm departures until the program has answered some; then it dies with the others under way. Gives the
/// cases whose departure it confirmed, and all that it was asked for.
async fn work_until_death(
    premises: &Premises,
    process: &mut Process,
    ready: &Arc<Vec<ReadyCase>>,
    from: usize,
    now: DateTime<Utc>,
    answers: usize,
) -> (Vec<usize>, Vec<usize>) {
    let next = Arc::new(AtomicUsize::new(from));
    let (tell, mut told) = mpsc::unbounded_channel();
    let clerks: Vec<_> = (0..CLERKS)
        .map(|_| {
            let (clerk, ready, next, tell) = (
                premises.client("iom-pristina", process),
                ready.clone(),
                next.clone(),
                tell.clone(),
            );
            tokio::spawn(async move {
                let mut given = Vec::new();
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = ready.get(nth) else { return given };
                    given.push(nth);
                    let Ok(answer) = clerk.try_post(&case.departure(now)).await else {
                        return given;
                    };
                    if answer.status != 200 {
                        return given;
                    }
                    assert_eq!(
                        answer.ok()["confirmDeparture"]["errors"],
                        json!([]),
                        "a repetition changes nothing"
                    );
                    if tell.send(nth).is_err() {
                        return given;
                    }
                }
            })
        })
        .collect();
    drop(tell);
    let mut answered = Vec::new();
    while answered.len() < answers {
        answered.extend(told.recv().await);
    }
    process.dies();
    let mut given = Vec::new();
    for clerk in clerks {
        given.extend(clerk.await.expect("a clerk"));
    }
    while let Some(nth) = told.recv().await {
        answered.push(nth);
    }
    (answered, given)
}

/// What a subscriber hears until the program dies: place in the inbox, and case.
async fn listens_until_the_end(mut socket: Socket) -> Vec<(Value, Value)> {
    let query = "subscription { departures { sequence type case { id } } }";
    socket.start("1", query, &json!({})).await;
    let mut heard = Vec::new();
    loop {
        match socket.hear().await {
            Heard::Message(message) => {
                let notice = &message["payload"]["data"]["departures"];
                heard.push((notice["sequence"].clone(), notice["case"]["id"].clone()));
            }
            Heard::Farewell(..) => return heard,
        }
    }
}

/// Inboxes are gapless; a case has departed if and only if every recipient has one notice of it; whatever was answered or
/// heard is so. Gives how many departures there have been.
async fn assert_everything_is_true(
    premises: &Premises,
    process: &Process,
    ready: &[ReadyCase],
    promised: &BTreeSet<usize>,
    heard: &[(Value, Value)],
) -> usize {
    let pristina = premises.client("iom-pristina", process);
    let waiting: BTreeSet<String> = pristina
        .cases_ready_to_depart()
        .await
        .into_iter()
        .map(|case| case.id)
        .collect();
    for nth in promised {
        assert!(
            !waiting.contains(&ready[*nth].id),
            "a departure that was confirmed did not happen"
        );
    }
    let departed = ready.len() - waiting.len();
    for recipient in RECIPIENTS {
        let recipient = premises.client(recipient, process);
        let inbox = recipient.inbox().await;
        let numbers: Vec<i64> = inbox
            .iter()
            .filter_map(|notice| notice["sequence"].as_i64())
            .collect();
        let last = i64::try_from(inbox.len()).expect("a small number");
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "{}", recipient.client);
        let told: Vec<&Value> = inbox
            .iter()
            .filter(|notice| notice["type"] == "DEPARTED")
            .collect();
        let cases: BTreeSet<String> = told
            .iter()
            .map(|notice| notice["case"]["id"].to_string())
            .collect();
        assert_eq!(
            (told.len(), cases.len()),
            (departed, departed),
            "{}",
            recipient.client
        );
        if recipient.client == "iom-baghdad" {
            let listed = recipient
                .ask(
                    "{ cases(filter: { state: [DEPARTED] }) { totalCount } }",
                    json!({}),
                )
                .await
                .ok();
            assert_eq!(listed["cases"]["totalCount"], departed);
            for (sequence, case) in heard {
                let stored = told
                    .iter()
                    .any(|notice| notice["sequence"] == *sequence && notice["case"]["id"] == *case);
                assert!(
                    stored,
                    "a subscriber was told what did not happen: {sequence} {case}"
                );
            }
        }
    }
    departed
}
