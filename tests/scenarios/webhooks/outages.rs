//! A system that is down, refuses, or wants nothing any more; and a worker that is killed.

use super::{metrics, numbers, one_departs, sequences, twelve_departures};
use crate::support::verbs_webhooks::read;
use crate::support::*;
use avrr_gateway::config::Config;
use avrr_gateway::domain::webhook::schedule::SCHEDULE;
use avrr_gateway::store::Store;
use chrono::TimeDelta;
use serde_json::json;
use std::collections::BTreeSet;

/// Scenario 17: the police's system is down for six hours, in which twelve journeys depart.
async fn scenario_17_a_system_that_is_down_for_six_hours_misses_nothing_and_holds_nobody_up(world: &World) {
    let police = world.police("XKX");
    world.receiver.answers("/police", Reply::Status(503));
    let registered = police
        .registers_webhook(&world.receiver.url("/police"))
        .await
        .webhook;
    let place = registered["deliveredSequence"].as_i64().expect("a place");
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    assert_eq!(ready.len(), 12);
    let down_since = world.clock.now();
    for case in &ready {
        let before = police.webhook().await;
        one_departs(world, case).await;
        if read(&before["nextAttemptAt"]).is_none_or(|next| next <= world.clock.now()) {
            world.has_failed_since(&police, &before).await;
        }
        world.time_passes(TimeDelta::minutes(30));
    }
    assert!(world.clock.now() - down_since >= TimeDelta::hours(6));
    let down = police.webhook().await;
    assert_eq!(json!([down["state"], down["breaker"]]), json!(["ACTIVE", "OPEN"]));
    assert!(world.receiver.taken("/police").is_empty());

    world.receiver.answers("/police", Reply::Status(200));
    let next = read(&police.webhook().await["nextAttemptAt"]).expect("a next attempt");
    world.time_passes((next - world.clock.now()).max(TimeDelta::zero()));
    let taken = world.receiver.takes("/police", 12).await;

    // Each once, in the order of the inbox, under the id that the police read it by.
    let told = police.told_after(place).await;
    assert_eq!(sequences(&taken), numbers(&told));
    let ids: Vec<_> = told
        .iter()
        .map(|notice| notice["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(taken.iter().map(Arrival::id).collect::<Vec<_>>(), ids);
    let different: BTreeSet<_> = ids.iter().collect();
    assert_eq!(different.len(), 12);
    // While it was down one notice alone was tried, always under its id.
    let arrived = world.receiver.arrived("/police");
    let failed: Vec<_> = arrived.iter().filter(|arrival| !arrival.was_taken()).collect();
    assert!(failed.len() >= 5, "{}", failed.len());
    assert!(failed.iter().all(|arrival| arrival.id() == ids[0]));
    world
        .eventually("everything is noted", async || {
            police.webhook().await["deliveredSequence"] == place + 12
        })
        .await;
    let told = police.told_after(place).await;
    let attempts = told[0]["deliveries"][0]["attempts"].as_array().expect("attempts");
    assert_eq!(attempts.len(), failed.len() + 1);
    assert!(
        attempts[..failed.len()]
            .iter()
            .all(|attempt| attempt["status"] == 503 && attempt["outcome"] == "REFUSED")
    );
    let numbered: Vec<_> = attempts
        .iter()
        .map(|attempt| attempt["number"].as_i64())
        .collect();
    assert_eq!(
        numbered,
        (1..=i64::try_from(attempts.len()).expect("few"))
            .map(Some)
            .collect::<Vec<_>>()
    );
    let up = police.webhook().await;
    assert_eq!(
        json!([up["breaker"], up["failures"], up["failingSince"]]),
        json!(["CLOSED", 0, null])
    );
}

/// What is not taken for three days is given up, and so is a system that does not take the next one either; its owner has
/// everything sent once more.
async fn a_system_that_stays_down_is_given_up_and_sent_everything_when_its_owner_asks(world: &World) {
    let police = world.police("XKX");
    world.receiver.answers("/police", Reply::Status(500));
    let registered = police
        .registers_webhook(&world.receiver.url("/police"))
        .await
        .webhook;
    let place = registered["deliveredSequence"].as_i64().expect("a place");
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    for case in &ready[..3] {
        one_departs(world, case).await;
    }
    let down_since = world.clock.now();
    let mut webhook = world.fails_once_more(&police).await;
    while webhook["state"] == "ACTIVE" {
        webhook = world.fails_once_more(&police).await;
        // Where a notice was given up the next one is tried at once.
        world
            .eventually("the next attempt is known", async || {
                let now = police.webhook().await;
                now["state"] != "ACTIVE" || !now["nextAttemptAt"].is_null()
            })
            .await;
        webhook = if webhook["state"] == "ACTIVE" {
            police.webhook().await
        } else {
            webhook
        };
    }
    assert_eq!(webhook["disabledReason"], "UNREACHABLE");
    assert_eq!(webhook["failures"], SCHEDULE.len() + 1);
    let schedule: i64 = SCHEDULE.iter().sum();
    assert!(world.clock.now() - down_since >= TimeDelta::seconds(schedule));
    let states = |told: &[serde_json::Value]| -> Vec<serde_json::Value> {
        told.iter()
            .map(|notice| {
                let delivery = &notice["deliveries"][0];
                json!([
                    delivery["state"],
                    delivery["attempts"].as_array().map_or(0, Vec::len)
                ])
            })
            .collect()
    };
    let told = police.told_after(place).await;
    assert_eq!(
        states(&told),
        vec![
            json!(["DEAD_LETTERED", SCHEDULE.len()]),
            json!(["RETRYING", 1]),
            json!([null, 0])
        ]
    );

    // Nothing is sent again before its owner has seen to it.
    police
        .moves_webhook(&webhook, "redeliverNotices")
        .with("fromSequence", place + 1)
        .is_refused("WRONG_STATE")
        .await;
    world.receiver.answers("/police", Reply::Status(200));
    let resumed = police.moves_webhook(&webhook, "resumeWebhook").await;
    assert_eq!(
        json!([resumed["state"], resumed["failures"]]),
        json!(["ACTIVE", 0])
    );
    assert_eq!(
        sequences(&world.receiver.takes("/police", 2).await),
        vec![place + 2, place + 3]
    );
    world
        .eventually("both are noted", async || {
            police.webhook().await["deliveredSequence"] == place + 3
        })
        .await;
    let resumed = police.webhook().await;
    let too_far = police
        .moves_webhook(&resumed, "redeliverNotices")
        .with("fromSequence", place + 5);
    too_far.is_refused("INVALID").await;
    police
        .moves_webhook(&resumed, "redeliverNotices")
        .with("fromSequence", place + 1)
        .await;
    let taken = world.receiver.takes("/police", 5).await;
    assert_eq!(
        sequences(&taken),
        vec![place + 2, place + 3, place + 1, place + 2, place + 3]
    );
    // What comes twice comes under the same id.
    assert_eq!([taken[0].id(), taken[1].id()], [taken[3].id(), taken[4].id()]);
    world
        .eventually("all are delivered", async || {
            let told = police.told_after(place).await;
            told.iter()
                .all(|notice| notice["deliveries"][0]["state"] == "DELIVERED")
        })
        .await;
}

/// What is gone is disabled at once; what points elsewhere fails and is not followed; what asks to wait is waited for.
async fn an_answer_is_taken_at_its_word(world: &World) {
    let police = world.police("XKX");
    let elsewhere = world.receiver.url("/elsewhere");
    let replies = [
        ("/gone", Reply::Status(410)),
        ("/moved", Reply::With(307, "location", elsewhere)),
        ("/later", Reply::With(503, "retry-after", "7200".to_owned())),
        ("/slower", Reply::Status(429)),
        ("/endless", Reply::Endless(200)),
    ];
    for (path, reply) in &replies {
        world.receiver.answers(path, reply.clone());
        police.registers_webhook(&world.receiver.url(path)).await;
    }
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    let now = world.clock.now();
    let of = async |path: &str| {
        let url = world.receiver.url(path);
        let mut webhooks = police.webhooks().await.into_iter();
        webhooks
            .find(|webhook| webhook["url"] == url.as_str())
            .expect("the webhook")
    };
    for (path, _) in replies.iter().filter(|(path, _)| *path != "/endless") {
        world
            .eventually(path, async || of(path).await["failures"] == 1)
            .await;
    }
    let gone = of("/gone").await;
    assert_eq!(
        json!([
            gone["state"],
            gone["disabledReason"],
            gone["disabledAt"],
            gone["nextAttemptAt"]
        ]),
        json!(["DISABLED", "GONE", now, null])
    );
    assert!(world.receiver.arrived("/elsewhere").is_empty());
    let waits = async |path: &str| read(&of(path).await["nextAttemptAt"]).expect("a next attempt") - now;
    let moved = waits("/moved").await;
    assert!(
        moved >= TimeDelta::seconds(5) && moved <= TimeDelta::milliseconds(5_500),
        "{moved}"
    );
    assert_eq!(waits("/later").await, TimeDelta::hours(2));
    assert_eq!(waits("/slower").await, TimeDelta::minutes(1));
    world
        .eventually("an answer without end is as good as any", async || {
            of("/endless").await["deliveredSequence"] != gone["deliveredSequence"]
        })
        .await;
    let told = police
        .told_after(gone["deliveredSequence"].as_i64().expect("a place"))
        .await;
    let mut outcomes: Vec<_> = told[0]["deliveries"]
        .as_array()
        .expect("deliveries")
        .iter()
        .map(|delivery| {
            delivery["attempts"][0]["outcome"]
                .as_str()
                .expect("an outcome")
                .to_owned()
        })
        .collect();
    outcomes.sort();
    assert_eq!(
        outcomes,
        ["DELIVERED", "GONE", "REDIRECTED", "REFUSED", "THROTTLED"]
    );
}

/// While a partner may not come in nothing is sent to it; what was kept is sent when it may again.
async fn nothing_is_sent_to_whoever_may_not_be_told(world: &World) {
    let (police, admin, auditor) = (world.police("XKX"), world.admin(), world.auditor());
    let registered = police
        .registers_webhook(&world.receiver.url("/police"))
        .await
        .webhook;
    let place = registered["deliveredSequence"].as_i64().expect("a place");
    admin.suspends_client(&police).await;
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    world
        .eventually("the worker has looked and sent nothing", async || {
            !auditor.webhook().await["nextAttemptAt"].is_null()
        })
        .await;
    assert!(world.receiver.arrived("/police").is_empty());
    assert_eq!(auditor.webhook().await["failures"], 0);
    admin.resumes_client(&police).await;
    world.time_passes(TimeDelta::minutes(1));
    assert_eq!(
        sequences(&world.receiver.takes("/police", 1).await),
        vec![place + 1]
    );
}

/// A worker takes a lease and is killed: for as long as the lease holds nothing is sent, then another takes over.
async fn the_work_of_a_killed_worker_is_taken_over_when_its_lease_expires(world: &World) {
    let police = world.police("XKX");
    world.receiver.answers("/police", Reply::Status(503));
    let registered = police
        .registers_webhook(&world.receiver.url("/police"))
        .await
        .webhook;
    let place = registered["deliveredSequence"].as_i64().expect("a place");
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    world.fails_once_more(&police).await;

    let mut config = Config::default();
    config.database.url = world.stage.url.as_str().into();
    let killed = Store::connect(&config.database, world.clock.clock())
        .await
        .expect("a database");
    let killed = killed.prepared(None).await.expect("prepared");
    // Whoever is faster has it: the one that is to be killed tries until it is.
    let lease = loop {
        let before = police.webhook().await;
        let next = read(&before["nextAttemptAt"]).expect("a next attempt");
        world.time_passes((next - world.clock.now()).max(TimeDelta::zero()));
        let due = killed.webhooks_due(Vec::new(), 1).await.expect("an answer");
        let taken = match due.first() {
            Some(due) => killed.lease_webhook(due.webhook).await.expect("an answer"),
            None => None,
        };
        match taken {
            Some(lease) => break lease,
            None => drop(world.has_failed_since(&police, &before).await),
        }
    };
    let tried = world.receiver.arrived("/police").len();
    world.receiver.answers("/police", Reply::Status(204));
    // Nobody else is given it meanwhile.
    assert!(
        killed
            .lease_webhook(lease.webhook)
            .await
            .expect("an answer")
            .is_none()
    );
    world.time_passes(TimeDelta::seconds(59));
    assert!(
        killed
            .webhooks_due(Vec::new(), 1)
            .await
            .expect("an answer")
            .is_empty()
    );
    assert_eq!(world.receiver.arrived("/police").len(), tried);
    world.time_passes(TimeDelta::seconds(1));
    assert_eq!(
        sequences(&world.receiver.takes("/police", 1).await),
        vec![place + 1]
    );
    world
        .eventually("it is noted", async || {
            police.webhook().await["deliveredSequence"] == place + 1
        })
        .await;
    let metrics = metrics(world).await;
    assert!(
        metrics.contains("avrr_webhook_lease_takeovers_total 1\n"),
        "{metrics}"
    );
}

on_both_databases!(from twelve_departures:
    scenario_17_a_system_that_is_down_for_six_hours_misses_nothing_and_holds_nobody_up,
    a_system_that_stays_down_is_given_up_and_sent_everything_when_its_owner_asks,
    an_answer_is_taken_at_its_word,
    nothing_is_sent_to_whoever_may_not_be_told,
    the_work_of_a_killed_worker_is_taken_over_when_its_lease_expires,
);
