//! Several processes may serve one PostgreSQL database; SQLite is for one. Whoever is stopped says farewell, and leaves its
//! work to the others.

use crate::support::database::Stage;
use crate::support::events::Told;
use crate::support::process::Premises;
use crate::support::receiver::Receiver;
use crate::support::socket::Heard;
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
    on(Database::Postgres, two_processes_are_one_programme);
}

#[test]
fn sqlite_a_program_that_is_stopped_says_farewell_to_five_hundred_streams() {
    on(Database::Sqlite, farewell_to_five_hundred_streams);
}

#[test]
fn postgres_a_program_that_is_stopped_says_farewell_to_five_hundred_streams() {
    on(Database::Postgres, farewell_to_five_hundred_streams);
}

#[test]
fn sqlite_a_program_that_is_stopped_leaves_its_webhooks_to_the_next() {
    on(Database::Sqlite, the_next_takes_over_at_once);
}

#[test]
fn postgres_a_program_that_is_stopped_leaves_its_webhooks_to_the_next() {
    on(Database::Postgres, the_next_takes_over_at_once);
}

fn on(database: Database, story: impl AsyncFnOnce(&Premises)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let now = Clock::system().now();
        let premises = Premises::with(database, demo::ready_cases(12, "iom-pristina", now)).await;
        let ended = AssertUnwindSafe(story(&premises)).catch_unwind().await;
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

/// SIGTERM: every stream is told that it is complete and where to go on, sockets close with 1012, and the program ends.
async fn farewell_to_five_hundred_streams(premises: &Premises) {
    const QUERY: &str = "subscription { notices { sequence } }";
    /// How long an operator waits for a program to stop.
    const PATIENCE: Duration = Duration::from_secs(10);
    let mut process = premises.start();
    let baghdad = premises.client("iom-baghdad", &process);
    let head = baghdad.counts("notices").await;
    let (mut sockets, mut events) = (Vec::new(), Vec::new());
    for _ in 0..250 {
        let mut socket = baghdad.connects().await;
        socket.start("inbox", QUERY, &json!({})).await;
        sockets.push(socket);
        events.push(baghdad.follows(QUERY, json!({}), Some(head)).await);
    }
    let pristina = premises.client("iom-pristina", &process);
    let ready = pristina.cases_ready_to_depart().await;
    let answer = pristina
        .post(&ready[0].departure(Clock::system().now()))
        .await
        .ok();
    assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    for socket in &mut sockets {
        assert_eq!(socket.hears_next().await["notices"]["sequence"], head + 1);
    }
    process.is_asked_to_stop();
    let ended = process.has_stopped_within(PATIENCE);
    let farewells = async {
        for socket in &mut sockets {
            let told = json!({ "type": "complete", "id": "inbox", "payload": { "lastSequence": head + 1 } });
            assert_eq!(socket.hear().await, Heard::Message(told));
            let words = format!("Service restart; last sequence {}", head + 1);
            assert_eq!(socket.hear().await, Heard::Farewell(1012, words));
        }
        for stream in &mut events {
            let (place, _) = stream.hears_next().await;
            assert_eq!(place, head + 1);
            assert_eq!(stream.hear().await, Told::Complete(Some(head + 1)));
            assert_eq!(stream.hear().await, Told::End);
        }
    };
    let (ended, ()) = tokio::join!(ended, farewells);
    assert!(ended, "the program is still there");
}

/// A partner's system does not answer, and the program is stopped meanwhile: it gives its lease back, so that the next one
/// sends the same notice at once and does not wait until the lease expires.
async fn the_next_takes_over_at_once(premises: &Premises) {
    let receiver = Receiver::open().await;
    receiver.answers("/police", Reply::Silence);
    let allowed = format!("[\"{}\"]", receiver.address);
    let mut process = premises.start_with(&allowed);
    let police = premises.client("police-kosovo", &process);
    police.registers_webhook(&receiver.url("/police")).await;
    let pristina = premises.client("iom-pristina", &process);
    let ready = pristina.cases_ready_to_depart().await;
    let answer = pristina
        .post(&ready[0].departure(Clock::system().now()))
        .await
        .ok();
    assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    receiver.has_heard("/police", 1).await;
    process.is_asked_to_stop();
    assert!(process.has_stopped_within(Duration::from_secs(30)).await);
    let asked = receiver.arrived("/police");
    assert_eq!(asked.len(), 1);
    receiver.answers("/police", Reply::Status(204));
    let _next = premises.start_with(&allowed);
    // Less than a lease lasts.
    let taken = receiver.takes("/police", 1).await;
    assert_eq!(taken[0].id(), asked[0].id());
}
