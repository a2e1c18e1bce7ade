//! Many at once: sixteen clerks confirm departures to the same recipients, and every inbox stays one unbroken line.

use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const CLERKS: usize = 16;

/// Each follows every departure from Kosovo* to Baghdad.
const RECIPIENTS: [&str; 4] = ["iom-istanbul", "iom-baghdad", "police-kosovo", "migration-kosovo"];

/// How many departures; AVRR_TEST_STRESS_DEPARTURES says otherwise.
fn departures() -> usize {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long to go on is for whoever runs the test"
    )]
    let told = std::env::var("AVRR_TEST_STRESS_DEPARTURES").ok();
    told.map_or(200, |count| {
        count.parse().expect("AVRR_TEST_STRESS_DEPARTURES is a number")
    })
}

fn all_are_ready(now: DateTime<Utc>) -> Programme {
    demo::ready_cases(departures(), "iom-pristina", now)
}

/// Every inbox is 1 to n without gap or double, and every subscriber heard exactly that, also one that keeps coming and
/// going.
async fn every_inbox_stays_unbroken_under_sixteen_clerks(world: &World) {
    let count = departures();
    let pristina = world.mission("Pristina");
    let ready = Arc::new(pristina.cases_ready_to_depart().await);
    assert_eq!(ready.len(), count);

    let mut subscribers = Vec::new();
    for recipient in RECIPIENTS.map(|recipient| world.client(recipient)) {
        let head = recipient.counts("notices").await;
        for restless in [false, true] {
            let inbox = recipient.listens_after(head).await;
            subscribers.push(tokio::spawn(follow(inbox, count, restless)));
        }
    }

    let begun = Instant::now();
    let (next, times) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
    let clerks: Vec<_> = (0..CLERKS)
        .map(|_| {
            tokio::spawn(confirm(
                pristina.clone(),
                ready.clone(),
                next.clone(),
                times.clone(),
            ))
        })
        .collect();
    for clerk in clerks {
        clerk.await.expect("a clerk who gets through");
    }
    let written = begun.elapsed();
    let mut heard = Vec::new();
    for subscriber in subscribers {
        heard.push(subscriber.await.expect("a subscriber who hears everything"));
    }
    let delivered = begun.elapsed();

    for (recipient, heard) in RECIPIENTS.iter().zip(heard.chunks(2)) {
        let recipient = world.client(recipient);
        let inbox = recipient.inbox().await;
        let numbers: Vec<i64> = inbox
            .iter()
            .filter_map(|notice| notice["sequence"].as_i64())
            .collect();
        let last = i64::try_from(inbox.len()).expect("a small number");
        assert_eq!(numbers, (1..=last).collect::<Vec<_>>(), "{}", recipient.client);
        let departed: Vec<(Value, Value)> = inbox
            .iter()
            .filter(|notice| notice["type"] == "DEPARTED")
            .map(|notice| (notice["sequence"].clone(), notice["case"]["id"].clone()))
            .collect();
        assert_eq!(departed.len(), count, "{}", recipient.client);
        for heard in heard {
            assert_eq!(
                *heard, departed,
                "{} heard what its inbox holds",
                recipient.client
            );
        }
    }
    let mut times = times.lock().expect("no clerk failed").clone();
    times.sort();
    eprintln!(
        "{:?}: {count} departures by {CLERKS} clerks in {:.1} s ({:.0} a second; half within {} ms, all within {} ms); \
         {} notices each heard by two subscribers {:.1} s after the first command",
        world.database,
        written.as_secs_f64(),
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / written.as_secs_f64(),
        times[count / 2].as_millis(),
        times[count - 1].as_millis(),
        count * RECIPIENTS.len(),
        delivered.as_secs_f64(),
    );
}

async fn confirm(
    clerk: Actor,
    ready: Arc<Vec<ReadyCase>>,
    next: Arc<AtomicUsize>,
    times: Arc<Mutex<Vec<Duration>>>,
) {
    while let Some(case) = ready.get(next.fetch_add(1, Ordering::Relaxed)) {
        let begun = Instant::now();
        let answer = clerk.post(&case.departure(clerk.now())).await.ok();
        assert_eq!(
            answer["confirmDeparture"],
            json!({ "case": { "state": "DEPARTED" }, "errors": [] })
        );
        times.lock().expect("no clerk failed").push(begun.elapsed());
    }
}

async fn follow(mut inbox: Inbox, count: usize, restless: bool) -> Vec<(Value, Value)> {
    for nth in 0..count {
        if restless && nth % 23 == 22 {
            inbox.drops_its_socket();
            inbox.returns().await;
        }
        inbox.next().await;
    }
    let heard = inbox.heard().iter();
    heard
        .map(|notice| (notice["sequence"].clone(), notice["case"]["id"].clone()))
        .collect()
}

on_both_databases!(from all_are_ready: every_inbox_stays_unbroken_under_sixteen_clerks);
