//! What holds for every command: a repetition does nothing twice, and nobody overwrites what they have not read.

use crate::support::*;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The same key and body give the first result again, however often and whatever has happened since.
async fn a_repetition_gives_the_first_result_and_does_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let body = pristina
        .books(case, "PRN-IST-BGW", 9)
        .under_key("book")
        .body()
        .await;
    let first = pristina.post(&body).await;
    let again = pristina.post(&body).await;
    again.is_the_same_as(&first, "the repetition");
    pristina.tickets(&case.itinerary(1)).await;
    case.itinerary(1)
        .is_confirmed_by(&[&usual.istanbul], &usual.baghdad)
        .await;
    pristina.marks_ready(case).await;
    // What the row has become since is what the answer shows.
    let later = pristina.post(&body).await.ok();
    assert_eq!(later, first.clone().ok());
    let sight = pristina.sees(case, "{ itineraries { attemptNo state } }").await;
    assert_eq!(
        sight.row,
        json!({ "itineraries": [{ "attemptNo": 1, "state": "TICKETED" }] })
    );
    let told: Vec<Value> = usual
        .baghdad
        .inbox()
        .await
        .iter()
        .map(|notice| notice["type"].clone())
        .collect();
    assert_eq!(told, ["ITINERARY_BOOKED", "DEPARTURE_PLANNED"]);

    // Written into the document instead of sent as variables, in another order, asking for other fields: the same body.
    let id = pristina.id_of(case).await.expect("its case");
    let withdraw = pristina.withdraws(case).under_key("withdraw").body().await;
    pristina.post(&withdraw).await.ok();
    let written = format!(
        r#"mutation {{ withdrawCase(input: {{ reason: CHANGED_MIND, caseId: "{id}", idempotencyKey: "withdraw" }}) {{ case {{ state }} errors {{ code }} }} }}"#
    );
    let again = pristina.ask(&written, json!({})).await.ok();
    assert_eq!(
        again["withdrawCase"],
        json!({ "case": { "state": "WITHDRAWN" }, "errors": [] })
    );
}

/// A key names one command of one client: with another body or for another command it is refused, and refuses nothing
/// to anybody else.
async fn a_key_belongs_to_one_command_of_one_client(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let other = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.books(case, "PRN-IST-BGW", 9).under_key("one").await;
    for misuse in [
        pristina.books(case, "PRN-IST-BGW", 10).under_key("one"),
        pristina.books(&other.case, "PRN-IST-BGW", 9).under_key("one"),
    ] {
        let refusal = misuse.is_refused("IDEMPOTENCY_MISMATCH").await;
        assert_eq!(refusal["field"], "idempotencyKey");
    }
    pristina
        .withdraws(case)
        .under_key("one")
        .is_refused("IDEMPOTENCY_MISMATCH")
        .await;
    usual
        .baghdad
        .proposes_a_grant(case, &[600, 400])
        .under_key("one")
        .await;

    // A command that a rule refused has used nothing up.
    pristina
        .tickets(&case.itinerary(1))
        .with("ticketNumber", " ")
        .under_key("two")
        .is_refused("INVALID")
        .await;
    pristina.tickets(&case.itinerary(1)).under_key("two").await;
    for key in ["", &"k".repeat(201)] {
        let refused = pristina.withdraws(case).under_key(key).answer().await;
        let code = refused.data["withdrawCase"]["errors"][0]["code"]
            .as_str()
            .unwrap_or(refused.code());
        assert!(
            ["INVALID", "GRAPHQL_VALIDATION_FAILED"].contains(&code),
            "{}",
            refused.text
        );
    }
    pristina.sees(case, "{ id }").await;
}

/// A client that is impatient and sends the same command eight times at once gets one result.
async fn the_same_command_eight_times_at_once_is_one_command(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    for round in 0..5 {
        let opened = usual
            .pristina
            .opens_a_case_for(person())
            .under_key(&format!("open {round}"))
            .body()
            .await;
        let answers = join_all((0..8).map(|_| usual.pristina.post(&opened))).await;
        let ids: BTreeSet<String> = answers
            .into_iter()
            .map(|answer| answer.ok().to_string())
            .collect();
        assert_eq!(ids.len(), 1, "{ids:?}");
    }
    assert_eq!(usual.pristina.counts("cases").await, 6);
    let booked = usual
        .pristina
        .books(&usual.case, "PRN-IST-BGW", 9)
        .under_key("book")
        .body()
        .await;
    let answers = join_all((0..8).map(|_| usual.pristina.post(&booked))).await;
    let ids: BTreeSet<String> = answers
        .into_iter()
        .map(|answer| answer.ok().to_string())
        .collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(usual.baghdad.counts("notices").await, 1);
}

/// Whoever decides on a version that is not the row's any more is told which one is.
async fn a_decision_on_a_stale_version_is_refused_with_the_current_one(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let (pristina, case, journey) = (&usual.pristina, &usual.case, usual.itinerary());
    let refusal = pristina
        .tickets(journey)
        .with("expectedVersion", 7)
        .is_refused("CONFLICT")
        .await;
    assert_eq!(
        (&refusal["field"], &refusal["currentVersion"]),
        (&json!("expectedVersion"), &json!(1))
    );
    pristina.tickets(journey).await;
    let refusal = pristina
        .suspends(journey, "SECURITY")
        .with("expectedVersion", 1)
        .is_refused("CONFLICT")
        .await;
    assert_eq!(refusal["currentVersion"], 2);
    let current = pristina.sees(case, "{ version }").await.row["version"]
        .as_i64()
        .expect("a version");
    let refusal = pristina
        .marks_ready(case)
        .with("expectedVersion", current - 1)
        .is_refused("CONFLICT")
        .await;
    assert_eq!(refusal["currentVersion"], current);
    journey.is_confirmed_by(&[&usual.istanbul], &usual.baghdad).await;
    pristina.marks_ready(case).with("expectedVersion", current).await;
    assert_eq!(
        pristina.sees(case, "{ version }").await.row["version"],
        current + 1
    );
}

/// Two clerks decide at the same moment on the same version: one decides, the other is told.
async fn of_two_clerks_at_once_one_decides(world: &World) {
    for _ in 0..10 {
        let usual = world.a_usual_case(Until::Booked).await;
        let (pristina, journey) = (&usual.pristina, usual.itinerary());
        let ticket = pristina.tickets(journey).body().await;
        let suspend = pristina.suspends(journey, "SECURITY").body().await;
        let (ticketed, suspended) = tokio::join!(pristina.post(&ticket), pristina.post(&suspend));
        let codes = [
            ticketed.ok()["ticketItinerary"]["errors"].take(),
            suspended.ok()["suspendItinerary"]["errors"].take(),
        ];
        let carried_out = codes.iter().filter(|errors| **errors == json!([])).count();
        let conflicts = codes
            .iter()
            .filter(|errors| errors[0]["code"] == "CONFLICT" && errors[0]["currentVersion"] == 2)
            .count();
        assert_eq!((carried_out, conflicts), (1, 1), "{codes:?}");
    }
}

/// A withdrawal at the gate and a departure at the same moment: one of them happened, and everybody was told that one.
async fn a_person_withdraws_or_departs_and_never_both(world: &World) {
    for _ in 0..6 {
        let usual = world.a_usual_case(Until::Ready).await;
        let (pristina, case) = (&usual.pristina, &usual.case);
        let withdraw = pristina.withdraws(case).body().await;
        let depart = pristina.confirms_departure(case).body().await;
        let before = usual.police.inbox().await.len();
        let (withdrawn, departed) = tokio::join!(pristina.post(&withdraw), pristina.post(&depart));
        let (withdrawn, departed) = (withdrawn.ok(), departed.ok());
        let stayed = withdrawn["withdrawCase"]["errors"] == json!([]);
        let left = departed["confirmDeparture"]["errors"] == json!([]);
        assert!(stayed != left, "{withdrawn} {departed}");
        let inbox = usual.police.inbox().await;
        let told: Vec<&Value> = inbox[before..].iter().map(|notice| &notice["type"]).collect();
        assert_eq!(told, [if stayed { "NOTICE_RETRACTED" } else { "DEPARTED" }]);
        let state = pristina.sees(case, "{ state }").await.row["state"].take();
        assert_eq!(state, if stayed { "WITHDRAWN" } else { "DEPARTED" });
    }
}

/// A reference is the mission's own: of two cases opened at once under one reference there is one.
async fn a_reference_is_used_once_by_a_mission(world: &World) {
    let (pristina, tirana) = (world.mission("Pristina"), world.mission("Tirana"));
    let bodies = join_all((0..6).map(|_| {
        pristina
            .opens_a_case_for(person())
            .with("reference", "XK-1")
            .body()
    }))
    .await;
    let answers = join_all(bodies.iter().map(|body| pristina.post(body))).await;
    let mut codes: Vec<String> = answers
        .into_iter()
        .map(|answer| {
            answer.ok()["openCase"]["errors"][0]["code"]
                .as_str()
                .unwrap_or("opened")
                .to_owned()
        })
        .collect();
    codes.sort();
    let mut expected = vec!["ALREADY_EXISTS"; 5];
    expected.push("opened");
    assert_eq!(codes, expected);
    tirana.opens_a_case_for(person()).with("reference", "XK-1").await;
}

on_both_databases!(
    a_repetition_gives_the_first_result_and_does_nothing,
    a_key_belongs_to_one_command_of_one_client,
    the_same_command_eight_times_at_once_is_one_command,
    a_decision_on_a_stale_version_is_refused_with_the_current_one,
    of_two_clerks_at_once_one_decides,
    a_person_withdraws_or_departs_and_never_both,
    a_reference_is_used_once_by_a_mission,
);
