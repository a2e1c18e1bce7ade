//! An inbox as it fills, by WebSocket and by server-sent events: nothing is missed, nothing comes twice, and whoever is
//! sent away knows where to go on.

use crate::support::events::Told;
use crate::support::ledger::{Entry, ledger_of};
use crate::support::socket::Heard;
use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::config::{Config, FairUseSettings};
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Longest time that a stream stays open once whoever listens may not stay.
const SOON: Duration = Duration::from_secs(5);

/// Departures to Baghdad in these stories.
const DEPARTURES: usize = 24;

const INBOX: &str =
    "subscription($after: Int) { notices(afterSequence: $after) { sequence type case { id reference } } }";

fn all_are_ready(now: DateTime<Utc>) -> Programme {
    demo::ready_cases(DEPARTURES, "iom-pristina", now)
}

async fn departs(pristina: &Actor, case: &ReadyCase) {
    let answer = pristina.post(&case.departure(pristina.now())).await.ok();
    assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
}

/// Whoever comes back with the id of the last event goes on there, whatever the document says.
async fn who_comes_back_goes_on_after_the_last_event(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let ready = pristina.cases_ready_to_depart().await;
    for case in &ready[..3] {
        departs(&pristina, case).await;
    }
    let there = baghdad.inbox().await;
    let last = i64::try_from(there.len()).expect("a small number");
    let from_the_start = json!({ "after": 0 });
    let mut events = baghdad.follows(INBOX, from_the_start.clone(), None).await;
    for notice in &there {
        let (id, data) = events.hears_next().await;
        assert_eq!(
            (&json!(id), &data["notices"]["sequence"]),
            (&notice["sequence"], &notice["sequence"])
        );
        assert_eq!(data["notices"]["type"], notice["type"]);
    }
    drop(events);
    let mut again = baghdad.follows(INBOX, from_the_start, Some(last - 1)).await;
    assert_eq!(again.hears_next().await.0, last);
    // From now on means from now on.
    let mut new = baghdad.follows(INBOX, json!({}), None).await;
    let types = "subscription { notices(afterSequence: 0, types: [ARRIVED]) { type } }";
    let mut others = baghdad.follows(types, json!({}), None).await;
    for (nth, case) in (1..).zip(&ready[3..5]) {
        departs(&pristina, case).await;
        for events in [&mut again, &mut new] {
            let (id, data) = events.hears_next().await;
            assert_eq!((id, &data["notices"]["type"]), (last + nth, &json!("DEPARTED")));
        }
    }
    world.time_passes(TimeDelta::hours(25));
    assert_eq!(
        again.ends_with().await,
        ("TOKEN_EXPIRED".to_owned(), Some(last + 2))
    );
    assert_eq!(
        others.ends_with().await,
        ("TOKEN_EXPIRED".to_owned(), Some(0)),
        "nobody has arrived"
    );
}

/// A token that expires ends a subscription with a word on where to go on, before the socket is closed.
async fn a_socket_that_ends_says_where_its_subscriptions_stand(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let ready = pristina.cases_ready_to_depart().await;
    departs(&pristina, &ready[0]).await;
    let last = baghdad.counts("notices").await;
    let mut socket = baghdad.connects().await;
    socket.start("all", INBOX, &json!({ "after": last - 1 })).await;
    assert_eq!(socket.hears_next().await["notices"]["sequence"], last);
    socket.start("later", INBOX, &json!({ "after": last + 5 })).await;
    // The server takes messages in order: once it has answered this, it knows of the one before.
    socket.start("question", "{ __typename }", &json!({})).await;
    socket.hears_next().await;
    assert!(matches!(socket.hear().await, Heard::Message(message) if message["type"] == "complete"));
    world.time_passes(TimeDelta::hours(25));
    let mut ends = Vec::new();
    let farewell = loop {
        match socket.hear().await {
            Heard::Message(message) => {
                assert_eq!(message["type"], "error", "{message}");
                let extensions = message["payload"][0]["extensions"].clone();
                ends.push((message["id"].clone(), extensions));
            }
            Heard::Farewell(code, words) => break (code, words),
        }
    };
    let end = |last: i64| json!({ "code": "TOKEN_EXPIRED", "lastSequence": last });
    assert_eq!(ends, [(json!("all"), end(last)), (json!("later"), end(last + 5))]);
    assert_eq!(farewell, (4403, format!("Token expired; last sequence {last}")));
}

/// A suspended client's stream ends in time although nothing happens on it, and it may not come back; others go on.
async fn a_suspended_client_s_stream_ends_in_time(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let istanbul = world.mission("Istanbul");
    let ready = pristina.cases_ready_to_depart().await;
    let last = baghdad.counts("notices").await;
    let mut events = baghdad.follows(INBOX, json!({}), None).await;
    let mut others = istanbul.follows(INBOX, json!({}), None).await;
    departs(&pristina, &ready[0]).await;
    assert_eq!(events.hears_next().await.0, last + 1);
    world.admin().suspends_client(&baghdad).await;
    let since = Instant::now();
    assert_eq!(
        events.ends_with().await,
        ("UNAUTHENTICATED".to_owned(), Some(last + 1))
    );
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());
    let refused = baghdad.asks_for_events(INBOX, json!({}), Some(last)).await;
    assert_eq!(refused.status(), 401);
    departs(&pristina, &ready[1]).await;
    others.hears_next().await;
    others.hears_next().await;
    world.admin().resumes_client(&baghdad).await;
    let mut again = baghdad.follows(INBOX, json!({}), Some(last + 1)).await;
    assert_eq!(again.hears_next().await.0, last + 2, "nothing is missed");
}

/// Hears so many notices, by the way and from the place that are given, and tells their numbers.
async fn hears(baghdad: Actor, by_socket: bool, after: i64, last: i64) -> Vec<i64> {
    let mut heard = Vec::new();
    if by_socket {
        let mut inbox = baghdad.listens_after(after).await;
        while inbox.last() < last {
            heard.push(inbox.next().await["sequence"].as_i64().expect("a place"));
        }
    } else {
        let mut events = baghdad.follows(INBOX, json!({ "after": after }), None).await;
        while heard.last().copied().unwrap_or(after) < last {
            heard.push(events.hears_next().await.0);
        }
    }
    heard
}

/// While departures are written, subscribers come at any moment and from any place: each catches up and goes on, and where
/// what was missed meets what comes there is neither a gap nor a double.
async fn catching_up_meets_what_comes_without_a_gap(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let ready = Arc::new(pristina.cases_ready_to_depart().await);
    let last = baghdad.counts("notices").await + i64::try_from(ready.len()).expect("a small number");
    let (next, mut subscribers) = (Arc::new(AtomicUsize::new(0)), Vec::new());
    let clerks: Vec<_> = (0..3)
        .map(|_| {
            let (clerk, ready, next) = (pristina.clone(), ready.clone(), next.clone());
            tokio::spawn(async move {
                while let Some(case) = ready.get(next.fetch_add(1, Ordering::Relaxed)) {
                    departs(&clerk, case).await;
                }
            })
        })
        .collect();
    for nth in 0..24_i64 {
        // Each is a little later than the one before, and some have a part of it already.
        let behind = (nth % 3) * 4;
        subscribers.push((
            behind,
            tokio::spawn(hears(baghdad.clone(), nth % 2 == 0, behind, last)),
        ));
        baghdad.counts("notices").await;
    }
    for clerk in clerks {
        clerk.await.expect("a clerk who gets through");
    }
    for (after, subscriber) in subscribers {
        let heard = subscriber.await.expect("a subscriber who hears everything");
        assert_eq!(heard, (after + 1..=last).collect::<Vec<_>>());
    }
}

/// What an event tells is noted for each token that is told it: once, however many streams say it in the same words.
async fn what_is_told_is_noted_once_for_each_token(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let ready = pristina.cases_ready_to_depart().await;
    let last = baghdad.counts("notices").await;
    let mut sockets = Vec::new();
    for token in [baghdad.token(), baghdad.token()] {
        for _ in 0..6 {
            let mut socket = Socket::open(world.address).await.expect("a socket");
            let payload = json!({ "Authorization": format!("Bearer {token}") });
            let heard = socket.introduce(payload).await;
            assert_eq!(heard, Heard::Message(json!({ "type": "connection_ack" })));
            socket.start("1", INBOX, &json!({ "after": last })).await;
            sockets.push((jti_of(&token), socket));
        }
    }
    departs(&pristina, &ready[0]).await;
    for (_, socket) in &mut sockets {
        assert_eq!(socket.hears_next().await["notices"]["sequence"], last + 1);
    }
    let ledger = ledger_of(world).await;
    let is_event = |entry: &&Entry| entry.means == "EVENT" && entry.row_type == "Notice";
    let mut tokens: Vec<_> = ledger
        .iter()
        .filter(is_event)
        .map(|entry| entry.token.clone())
        .collect();
    let told = tokens.len();
    tokens.sort();
    tokens.dedup();
    let mut there: Vec<_> = sockets.iter().map(|(jti, _)| Some(jti.clone())).collect();
    there.dedup();
    there.sort();
    assert_eq!(tokens, there, "each token has its entry");
    // A slow machine may look twice; it never notes for each stream.
    assert!((2..=8).contains(&told), "{told} entries for two tokens");
}

/// An operation that is no subscription is answered once; whatever else is wrong is said as it is to a POST.
async fn a_query_by_events_is_answered_once(world: &World) {
    let baghdad = world.mission("Baghdad");
    let mut events = baghdad.follows("{ viewer { clientId } }", json!({}), None).await;
    let Told::Next(None, answer) = events.hear().await else {
        panic!("no answer")
    };
    assert_eq!(
        answer,
        json!({ "data": { "viewer": { "clientId": "iom-baghdad" } } })
    );
    assert_eq!(events.hear().await, Told::Complete(None));
    assert_eq!(events.hear().await, Told::End);
    let mut events = baghdad.follows("subscription { nothing }", json!({}), None).await;
    let Told::Next(None, answer) = events.hear().await else {
        panic!("no answer")
    };
    let code: &Value = &answer["errors"][0]["extensions"]["code"];
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(events.hear().await, Told::Complete(None));
}

/// What happened before a stream was opened costs as on a page of a listing; what comes live costs nothing.
async fn whoever_comes_back_pays_for_what_was_before(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let ready = pristina.cases_ready_to_depart().await;
    for case in &ready[..3] {
        departs(&pristina, case).await;
    }
    let before = baghdad.inbox().await.len();
    world.time_passes(TimeDelta::seconds(1));
    // Now the clock stands still: no point comes back.
    let left = async || {
        let cost = baghdad.ask("{ __typename }", json!({})).await.extensions["cost"].take();
        cost["throttleStatus"]["currentlyAvailable"]
            .as_u64()
            .expect("points")
    };
    let full = left().await;
    let inbox = "subscription { notices(afterSequence: 0) { sequence case { id } } }";
    let mut events = baghdad.follows(inbox, json!({}), None).await;
    for _ in 0..before {
        events.hears_next().await;
    }
    // An event is paid for before the next one comes; what comes live costs nothing.
    for case in &ready[3..5] {
        departs(&pristina, case).await;
        events.hears_next().await;
    }
    // Two rows for each, and for the stream; one is for asking how many are left.
    assert_eq!(full - left().await, 2 * (before as u64 + 1) + 1);
}

/// Plays a story in which points are counted.
fn with_points(database: Database, story: impl AsyncFnOnce(&World)) {
    let counted = |config: &mut Config| config.fair_use = FairUseSettings::default();
    play_with(database, counted, |now| Some(all_are_ready(now)), story);
}

#[test]
fn sqlite_whoever_comes_back_pays_for_what_was_before() {
    with_points(Database::Sqlite, whoever_comes_back_pays_for_what_was_before);
}

#[test]
fn postgres_whoever_comes_back_pays_for_what_was_before() {
    with_points(Database::Postgres, whoever_comes_back_pays_for_what_was_before);
}

on_both_databases!(from all_are_ready:
    who_comes_back_goes_on_after_the_last_event,
    a_socket_that_ends_says_where_its_subscriptions_stand,
    a_suspended_client_s_stream_ends_in_time,
    catching_up_meets_what_comes_without_a_gap,
    what_is_told_is_noted_once_for_each_token,
    a_query_by_events_is_answered_once,
);
