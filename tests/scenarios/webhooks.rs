//! Webhooks, by a partner's system that really listens: what arrives, how it is signed, and what becomes of it when the
//! system is down (scenario 17).

mod addresses;
mod keys;
mod outages;

use crate::support::services::with_services;
use crate::support::world::browser;
use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Twelve cases that are ready to depart from Pristina.
fn twelve_departures(now: DateTime<Utc>) -> Programme {
    with_services(demo::ready_cases(12, "iom-pristina", now), now)
}

/// The next of the ready cases departs, whatever becomes of the notices.
async fn one_departs(world: &World, case: &ReadyCase) {
    let pristina = world.mission("Pristina");
    let answer = pristina.post(&case.departure(world.clock.now())).await.ok();
    assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    assert_eq!(answer["confirmDeparture"]["case"]["state"], "DEPARTED");
}

/// The sequence numbers of what arrived.
fn sequences(arrived: &[Arrival]) -> Vec<i64> {
    let each = arrived
        .iter()
        .map(|arrival| arrival.json()["data"]["sequence"].as_i64());
    each.map(|sequence| sequence.expect("a sequence")).collect()
}

/// The sequence numbers of notices.
fn numbers(notices: &[Value]) -> Vec<i64> {
    let each = notices.iter().map(|notice| notice["sequence"].as_i64());
    each.map(|sequence| sequence.expect("a sequence")).collect()
}

/// The counts of the server.
async fn metrics(world: &World) -> String {
    let asked = browser().get(format!("http://{}/metrics", world.address));
    let answer = asked.send().await.expect("an answer");
    answer.text().await.expect("text")
}

/// A departure is told once, in a body that knows nobody, under the id by which the police read the rest.
async fn a_departure_is_told_in_a_body_that_says_which_notice_it_is_and_nothing_more(world: &World) {
    let police = world.police("XKX");
    let registered = police
        .registers_webhook(&world.receiver.url("/police"))
        .await
        .webhook;
    let place = registered["deliveredSequence"].as_i64().expect("a place");
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;

    let arrived = world.receiver.takes("/police", 1).await;
    let told = police.told_after(place).await;
    assert_eq!(told.len(), 1);
    assert_eq!(arrived[0].id(), told[0]["id"]);
    assert_eq!(arrived[0].header("content-type"), "application/json");
    assert_eq!(arrived[0].header("traceparent").len(), 55);
    let now = world.clock.now();
    assert_eq!(
        arrived[0].json(),
        json!({
            "type": "notice.departed",
            "timestamp": now,
            "data": { "id": told[0]["id"], "sequence": place + 1, "type": "DEPARTED", "occurredAt": now },
        })
    );
    assert_eq!(
        arrived[0].header("webhook-timestamp"),
        now.timestamp().to_string()
    );

    world
        .eventually("the attempt is noted", async || {
            police.told_after(place).await[0]["deliveries"][0]["state"] == "DELIVERED"
        })
        .await;
    let delivery = police.told_after(place).await[0]["deliveries"][0].clone();
    assert_eq!(delivery["channel"], "WEBHOOK");
    assert_eq!(delivery["webhook"]["url"], registered["url"]);
    let attempts = delivery["attempts"].as_array().expect("attempts");
    assert_eq!(attempts.len(), 1);
    assert_eq!(
        json!([
            attempts[0]["number"],
            attempts[0]["status"],
            attempts[0]["outcome"],
            attempts[0]["at"]
        ]),
        json!([1, 204, "DELIVERED", now])
    );
    // Oversight sees it as well, and another partner nothing of it.
    assert_eq!(world.auditor().webhook().await["url"], registered["url"]);
    assert_eq!(world.mission("Baghdad").webhooks().await, Vec::<Value>::new());
    let metrics = metrics(world).await;
    assert!(
        metrics.contains("avrr_webhook_deliveries_total{outcome=\"delivered\"} 1\n"),
        "{metrics}"
    );
}

/// Only the types that were asked for are sent, and the place passes over the others.
async fn a_webhook_is_sent_the_types_that_it_asked_for(world: &World) {
    let police = world.police("XKX");
    let arrivals = police.registers_webhook(&world.receiver.url("/arrivals"));
    arrivals.with("types", vec!["ARRIVED"]).await;
    let all = police.registers_webhook(&world.receiver.url("/all"));
    let place = all.await.webhook["deliveredSequence"].as_i64().expect("a place");
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    for case in &ready[..3] {
        one_departs(world, case).await;
    }
    let arrived = world.receiver.takes("/all", 3).await;
    assert_eq!(sequences(&arrived), vec![place + 1, place + 2, place + 3]);
    world
        .eventually("both are done", async || {
            let webhooks = police.webhooks().await;
            webhooks
                .iter()
                .all(|webhook| webhook["deliveredSequence"] == place + 3)
        })
        .await;
    assert!(world.receiver.arrived("/arrivals").is_empty());
}

on_both_databases!(from twelve_departures:
    a_departure_is_told_in_a_body_that_says_which_notice_it_is_and_nothing_more,
    a_webhook_is_sent_the_types_that_it_asked_for,
);
