//! A country is closed: nothing is booked to, from or through it, what was booked is flagged, and everybody concerned
//! is told once (INV-19, scenario 16).

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// The types of what an actor was told, from a place on.
async fn told(actor: &Actor, from: usize) -> Vec<Value> {
    let inbox = actor.inbox().await.into_iter().skip(from);
    inbox.map(|mut notice| notice["type"].take()).collect()
}

/// Turkey is closed: who was booked through it is flagged, nobody else is booked through it, another way is open.
async fn inv_19_nothing_is_booked_through_a_closed_country_and_what_was_is_flagged(world: &World) {
    let admin = world.admin();
    let booked = world.a_usual_case(Until::Booked).await;
    let waiting = world.a_usual_case(Until::Issued).await;
    let (pristina, istanbul) = (&booked.pristina, &booked.istanbul);
    let before = [told(pristina, 0).await.len(), told(istanbul, 0).await.len()];
    pristina
        .suspends_operations("TUR", "COUNTRY_CLOSED")
        .is_forbidden()
        .await;
    let until = pristina.now() + TimeDelta::days(20);
    admin
        .suspends_operations("TUR", "COUNTRY_CLOSED")
        .with("until", json!(until))
        .await;
    admin
        .suspends_operations("TUR", "SECURITY")
        .is_refused("ALREADY_EXISTS")
        .await;
    let refusal = pristina
        .books(&waiting.case, "PRN-IST-BGW", 9)
        .is_refused("OPERATIONS_SUSPENDED")
        .await;
    assert_eq!(refusal["field"], "segments");
    pristina
        .rebooks(&booked.case, booked.itinerary(), "PRN-VIE-BGW", 12)
        .is_refused("WRONG_STATE")
        .await;
    let flagged = pristina
        .sees(booked.itinerary(), "{ state affectedBySuspension }")
        .await;
    assert_eq!(
        flagged.row,
        json!({ "state": "BOOKED", "affectedBySuspension": true }),
        "what becomes of it is the mission's decision"
    );
    assert_eq!(told(pristina, before[0]).await, ["OPERATIONS_SUSPENDED"]);
    assert_eq!(told(istanbul, before[1]).await, ["OPERATIONS_SUSPENDED"]);

    // Around it, and after it, people travel: who can go around goes on when the clerk says so.
    pristina.resumes(&booked.case).await;
    pristina
        .rebooks(&booked.case, booked.itinerary(), "PRN-IST-BGW", 12)
        .is_refused("OPERATIONS_SUSPENDED")
        .await;
    let around = pristina
        .rebooks(&booked.case, booked.itinerary(), "PRN-VIE-BGW", 12)
        .await;
    let sight = pristina.sees(&around, "{ affectedBySuspension }").await;
    assert_eq!(sight.row["affectedBySuspension"], false);
    pristina.books(&waiting.case, "PRN-IST-BGW", 25).await;
}

/// The country of return is closed: every mission of every case is told once, whoever holds a list of them finds it, and
/// once it is open again nothing goes on by itself.
async fn a_closed_country_of_return_is_told_once_and_lifted_with_a_list(world: &World) {
    let admin = world.admin();
    let registered = world.a_usual_case(Until::Registered).await;
    let ready = world.a_usual_case(Until::Ready).await;
    let gone = world.a_usual_case(Until::Registered).await;
    let (pristina, baghdad) = (&ready.pristina, &ready.baghdad);
    pristina.withdraws(&gone.case).await;
    let before = [
        told(pristina, 0).await.len(),
        told(baghdad, 0).await.len(),
        told(&ready.police, 0).await.len(),
    ];
    admin.suspends_operations("IRQ", "SECURITY").await;
    assert_eq!(
        told(pristina, before[0]).await,
        ["OPERATIONS_SUSPENDED", "OPERATIONS_SUSPENDED"],
        "one for each case that goes on"
    );
    assert_eq!(told(baghdad, before[1]).await.len(), 2);
    assert_eq!(
        told(&ready.police, before[2]).await,
        [""; 0],
        "no business of the police"
    );
    let list = "{ operationsSuspensions { country { code } reason liftedAt version affectedCases { id } } }";
    let seen = pristina.ask(list, json!({})).await.ok();
    let suspension = &seen["operationsSuspensions"][0];
    assert_eq!(suspension["reason"], "SECURITY");
    assert_eq!(suspension["affectedCases"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        ready.iraq.ask(list, json!({})).await.ok()["operationsSuspensions"],
        json!([]),
        "no business of an embassy"
    );
    pristina.requests_a_travel_document(&registered.case).await;

    admin.resumes_operations("IRQ", 7).is_refused("CONFLICT").await;
    admin.resumes_operations("IRQ", 1).await;
    admin.resumes_operations("IRQ", 2).is_refused("WRONG_STATE").await;
    let lifted = pristina.ask(list, json!({})).await.ok();
    let suspension = &lifted["operationsSuspensions"][0];
    assert!(!suspension["liftedAt"].is_null());
    assert_eq!(
        suspension["affectedCases"].as_array().map(Vec::len),
        Some(2),
        "what to look at again"
    );
    let sight = pristina.sees(ready.itinerary(), "{ affectedBySuspension }").await;
    assert_eq!(sight.row["affectedBySuspension"], false);
}

on_both_databases!(
    inv_19_nothing_is_booked_through_a_closed_country_and_what_was_is_flagged,
    a_closed_country_of_return_is_told_once_and_lifted_with_a_list,
);
