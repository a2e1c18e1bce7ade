//! Workers that share the steps of escalations: what is taken on, taken over and given back, and a walk of random events.

use super::{moment, steps, takes_note_of_all};
use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::commands::{Desk, Oversight};
use avrr_gateway::config::{DatabaseSettings, WebhookSettings};
use avrr_gateway::demo;
use avrr_gateway::ids::new_id;
use avrr_gateway::notify::Hub;
use avrr_gateway::notify::webhook::Egress;
use avrr_gateway::store::Store;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// A desk of another process on the same database.
async fn another_desk(world: &World) -> Desk {
    let settings = DatabaseSettings {
        url: world.stage.url.as_str().into(),
        ..DatabaseSettings::default()
    };
    let store = Store::connect(&settings, world.clock.clock())
        .await
        .expect("a database");
    Desk {
        store: store.prepared(None).await.expect("a prepared store"),
        hub: Hub::default(),
        oversight: Oversight::default(),
        egress: Egress::new(&WebhookSettings::default()),
    }
}

/// A worker takes on a step and is killed: another does it once the time of the first is over, and nobody does it twice.
async fn a_killed_workers_step_is_taken_over_and_done_once(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, baghdad) = (&usual.pristina, &usual.baghdad);
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&usual.case).await;
    takes_note_of_all(&usual.istanbul).await;
    let before = baghdad.proves_its_inbox().await.len();
    world.time_passes(TimeDelta::minutes(15));
    let (killed, one, other) = (
        another_desk(world).await,
        another_desk(world).await,
        another_desk(world).await,
    );
    let now = world.clock.now();
    let due = killed.store.escalations_due(now, 10).await.expect("an answer");
    assert_eq!(due.len(), 1);
    let worker = |desk: &Desk| new_id(desk.store.clock().now());
    let lease = now + TimeDelta::minutes(1);
    let taken = killed.store.take_on(&due[0], worker(&killed), lease).await;
    assert!(taken.expect("an answer"));

    // As long as the lease lasts nobody else touches it.
    one.climb(worker(&one)).await.expect("nothing to do");
    assert!(
        !one.store
            .take_on(&due[0], worker(&one), lease)
            .await
            .expect("an answer")
    );
    assert_eq!(baghdad.proves_its_inbox().await.len(), before);

    world.time_passes(TimeDelta::minutes(1));
    let (first, second) = (worker(&one), worker(&other));
    let (a, b) = tokio::join!(one.climb(first), other.climb(second));
    a.expect("a worker that goes on");
    b.expect("a worker that goes on");
    assert_eq!(one.store.lease_takeovers() + other.store.lease_takeovers(), 1);
    let inbox = baghdad.proves_its_inbox().await;
    assert_eq!(inbox.len(), before + 1);
    assert_eq!(inbox[before]["type"], "NOTICE_UNACKNOWLEDGED");
    let seen = pristina.escalation_of(baghdad).await;
    assert_eq!(steps(&seen).iter().filter(|(_, done)| *done).count(), 1);

    // A worker that stops gives back what it holds.
    world.time_passes(TimeDelta::minutes(15));
    let now = world.clock.now();
    let due = one.store.escalations_due(now, 10).await.expect("an answer");
    assert!(
        one.store
            .take_on(&due[0], first, now + TimeDelta::minutes(1))
            .await
            .expect("an answer")
    );
    one.store.give_back(first).await.expect("given back");
    other.climb(second).await.expect("a worker that goes on");
    assert_eq!(baghdad.proves_its_inbox().await.len(), before + 2);
    assert_eq!(other.store.lease_takeovers() + one.store.lease_takeovers(), 1);
}

/// Throws dice that fall the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

const SEEDS: u64 = 4;
const MOVES: usize = 40;

/// Departures, acknowledgements, time and two workers in any order: of each notice each step happens at most once, in
/// order, none after an acknowledgement; the inbox has no gap, and its chain can be computed from outside.
async fn whatever_happens_each_step_happens_once_in_order_and_never_after_an_acknowledgement(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let desks = [another_desk(world).await, another_desk(world).await];
    let workers = [new_id(world.clock.now()), new_id(world.clock.now())];
    let mut ready = pristina.cases_ready_to_depart().await;
    for seed in 0..SEEDS {
        let mut dice = Dice(seed);
        for _ in 0..MOVES {
            match dice.below(7) {
                0 => {
                    if let Some(case) = ready.pop() {
                        let answer = pristina.post(&case.departure(world.clock.now())).await.ok();
                        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
                    }
                }
                1 => {
                    let inbox = baghdad.proves_its_inbox().await;
                    if !inbox.is_empty() {
                        let one = dice.below(inbox.len() as u64);
                        baghdad
                            .takes_note(&inbox[usize::try_from(one).expect("small")])
                            .await;
                    }
                }
                2 if dice.below(3) == 0 => {
                    let last = baghdad.head().await["sequence"].as_i64().expect("a place");
                    let up_to = i64::try_from(dice.below(6)).expect("small");
                    baghdad.acknowledges_notices((last - up_to).max(0), "").await;
                }
                3 => {
                    let (one, other) = tokio::join!(desks[0].climb(workers[0]), desks[1].climb(workers[1]));
                    one.expect("a worker that goes on");
                    other.expect("a worker that goes on");
                }
                _ => {
                    let minutes = i64::try_from(dice.below(40)).expect("small");
                    world.time_passes(TimeDelta::minutes(minutes));
                    let one = usize::from(dice.below(2) == 1);
                    desks[one]
                        .climb(workers[one])
                        .await
                        .expect("a worker that goes on");
                }
            }
        }
    }
    let inbox = baghdad.proves_its_inbox().await;
    let departed: Vec<&Value> = inbox
        .iter()
        .filter(|notice| notice["type"] == "DEPARTED")
        .collect();
    assert!(departed.len() > 3, "too few departures to say anything");
    let (mut reminded, mut stopped) = (0, 0);
    for first in departed {
        let reminders: Vec<&Value> = inbox
            .iter()
            .filter(|notice| notice["remindsOf"]["sequence"] == first["sequence"])
            .collect();
        let kinds: Vec<&str> = reminders.iter().filter_map(|one| one["type"].as_str()).collect();
        let ladder = [
            "NOTICE_UNACKNOWLEDGED",
            "NOTICE_UNACKNOWLEDGED",
            "UNACKNOWLEDGED_ALARM",
        ];
        assert_eq!(kinds, ladder[..kinds.len()], "{first}");
        reminded += kinds.len();
        if let Some(at) = first["acknowledgement"]["at"].as_str() {
            stopped += 1;
            let at: DateTime<Utc> = at.parse().expect("a moment");
            let late = reminders.iter().filter(|one| moment(&one["occurredAt"]) > at);
            assert_eq!(late.count(), 0, "a step followed the acknowledgement of {first}");
        }
    }
    assert!(
        reminded > 0 && stopped > 0,
        "{reminded} reminders, {stopped} acknowledged"
    );
    for seen in world.auditor().escalations(None).await {
        let done: Vec<bool> = steps(&seen).into_iter().map(|(_, done)| done).collect();
        assert!(done.is_sorted_by(|one, next| one >= next), "out of order: {seen}");
    }
}

fn play_from_ready_cases(database: Database, story: impl AsyncFnOnce(&World)) {
    let programme = |now| Some(demo::ready_cases(30, "iom-pristina", now));
    play_with(database, |_| (), programme, story);
}

macro_rules! from_ready_cases {
    ($($database:ident $kind:ident),+) => {$(
        mod $database {
            #[test]
            fn a_killed_workers_step_is_taken_over_and_done_once() {
                super::super::play(crate::support::Database::$kind, false, super::a_killed_workers_step_is_taken_over_and_done_once);
            }

            #[test]
            fn whatever_happens_each_step_happens_once_in_order_and_never_after_an_acknowledgement() {
                super::play_from_ready_cases(
                    crate::support::Database::$kind,
                    super::whatever_happens_each_step_happens_once_in_order_and_never_after_an_acknowledgement,
                );
            }
        }
    )+};
}

from_ready_cases!(sqlite Sqlite, postgres Postgres);
