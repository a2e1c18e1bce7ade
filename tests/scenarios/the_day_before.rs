//! The day before the departure everything is in place, and the person does not wish to leave (scenario 5): one command
//! ends all of it, whoever had been told is told, and nobody hears of it twice.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

const FACILITY: &str = "Centre for foreigners, Vranidoll";

/// A case on the eve of its departure: ticketed, confirmed, the first payment due, an escort assigned, an appointment at the
/// embassy supported, and a request still with the embassy, as a passport turned up meanwhile.
async fn the_eve_of_a_departure(world: &World) -> Usual {
    let mut usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let name = case.head().to_owned();
    pristina.records_a_document(&case, passport()).await;
    pristina.records_detention(&case, &name, FACILITY).await;
    world.goes_on(&mut usual, Until::Issued, Until::Ticketed).await;
    let appointment = pristina.now() + TimeDelta::days(10);
    pristina.requests_support(&case, &name, appointment).await;
    usual.police.supports_appointment(&case, 1).await;
    pristina.recommends_escort(&case, &name, "OPERATIONAL").await;
    pristina.supervisor().approves_escort(&case, 1).await;
    pristina.assigns_escort(&case, 1, "Drita Hoxha").await;
    world.time_passes(TimeDelta::days(8));
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
    usual
}

/// What stands open of a case, and how it has ended.
const STATES: &str = "{ state travelDocumentRequests { state refusalReason }
    itineraries { state segments { state } transitHandlings { state } }
    cashGrants { state tranches { state } } reintegrationPackages { state items { state } }
    persons { escorts { state } } }";

async fn inboxes(world: &World) -> Vec<(Actor, Vec<Value>)> {
    let mut inboxes = Vec::new();
    for partner in world.everybody().into_iter().filter(Actor::has_an_inbox) {
        let inbox = partner.inbox().await;
        inboxes.push((partner, inbox));
    }
    inboxes
}

async fn a_withdrawal_on_the_eve_ends_everything_and_tells_exactly_those_who_were_told(world: &World) {
    let usual = the_eve_of_a_departure(world).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let before = pristina.sees(case, STATES).await;
    let open = json!({
        "state": "READY_TO_DEPART",
        "travelDocumentRequests": [{ "state": "ACKNOWLEDGED", "refusalReason": null }],
        "itineraries": [{ "state": "TICKETED",
            "segments": [{ "state": "SCHEDULED" }, { "state": "SCHEDULED" }],
            "transitHandlings": [{ "state": "CONFIRMED" }] }],
        "cashGrants": [{ "state": "APPROVED", "tranches": [{ "state": "DUE" }, { "state": "SCHEDULED" }] }],
        "reintegrationPackages": [{ "state": "PROPOSED",
            "items": [{ "state": "PLANNED" }, { "state": "PLANNED" }] }],
        "persons": [{ "escorts": [{ "state": "ASSIGNED" }] }],
    });
    assert_eq!(before.row, open);
    let told = inboxes(world).await;

    pristina.withdraws(case).under_key("the wish").await;

    let after = pristina.sees(case, STATES).await;
    let ended = json!({
        "state": "WITHDRAWN",
        "travelDocumentRequests": [{ "state": "CANCELLED", "refusalReason": null }],
        "itineraries": [{ "state": "CANCELLED",
            "segments": [{ "state": "CANCELLED" }, { "state": "CANCELLED" }],
            "transitHandlings": [{ "state": "ENDED" }] }],
        "cashGrants": [{ "state": "VOIDED", "tranches": [{ "state": "VOIDED" }, { "state": "VOIDED" }] }],
        "reintegrationPackages": [{ "state": "FORFEITED",
            "items": [{ "state": "DROPPED" }, { "state": "DROPPED" }] }],
        "persons": [{ "escorts": [{ "state": "CANCELLED" }] }],
    });
    assert_eq!(after.row, ended);
    for (partner, earlier) in &told {
        let expected = match partner.client.as_str() {
            "iom-istanbul" | "iom-baghdad" | "police-kosovo" => json!(["NOTICE_RETRACTED"]),
            "migration-kosovo" => json!(["APPLICATION_WITHDRAWN"]),
            "embassy-iraq-belgrade" => json!(["TDR_CANCELLED"]),
            _ => json!([]),
        };
        let now = partner.inbox().await;
        let new: Vec<&Value> = now[earlier.len()..]
            .iter()
            .map(|notice| &notice["type"])
            .collect();
        assert_eq!(json!(new), expected, "{}", partner.client);
        let retracted = now[..earlier.len()]
            .iter()
            .filter(|notice| !notice["retractedAt"].is_null());
        // The embassy's own procedure is told of by its own notices, none of which was wrong; Pristina did it itself.
        let takes_back = ["iom-istanbul", "iom-baghdad", "police-kosovo", "migration-kosovo"];
        let all = if takes_back.contains(&partner.client.as_str()) {
            earlier.len()
        } else {
            0
        };
        assert_eq!(retracted.count(), all, "{}", partner.client);
        // The retraction names all that it takes back, in the inbox as its owner can prove it to be whole.
        let proven = partner.proves_its_inbox().await;
        if all > 0 {
            let corrected = proven[all]["corrects"].as_array().expect("notices").iter();
            let corrected: Vec<usize> = corrected
                .filter_map(|one| usize::try_from(one["sequence"].as_i64()?).ok())
                .collect();
            assert_eq!(corrected, (1..=all).collect::<Vec<_>>(), "{}", partner.client);
        }
    }
    let heard_by_the_police: Vec<Value> = usual
        .police
        .inbox()
        .await
        .iter()
        .map(|notice| notice["type"].clone())
        .collect();
    assert_eq!(
        heard_by_the_police,
        ["CONSULAR_APPOINTMENT", "DEPARTURE_PLANNED", "NOTICE_RETRACTED"]
    );
    usual
        .police
        .supports_appointment(case, 1)
        .is_refused("WRONG_STATE")
        .await;
    usual
        .iraq
        .confirms_nationality(usual.request())
        .is_refused("WRONG_STATE")
        .await;
}

/// Under the same key, under another, and at the same moment from several desks: a second wish changes nothing.
async fn whoever_withdraws_twice_is_told_the_same_and_nobody_else_is_told(world: &World) {
    let usual = the_eve_of_a_departure(world).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.withdraws(case).under_key("the wish").await;
    let state = "{ state version withdrawalReason itineraries { version } history { event } }";
    let (first, told) = (pristina.sees(case, state).await.row, inboxes(world).await);

    pristina.withdraws(case).under_key("the wish").await;
    pristina.withdraws(case).under_key("said again").await;
    pristina.withdraws(case).with("reason", "FAMILY_REASONS").await;
    let mut desks = Vec::new();
    for _ in 0..6 {
        let (desk, body) = (pristina.clone(), pristina.withdraws(case).body().await);
        desks.push(tokio::spawn(async move { desk.post(&body).await.ok() }));
    }
    for desk in desks {
        let answer = desk.await.expect("a desk that gets its answer");
        assert_eq!(answer["withdrawCase"]["errors"], json!([]));
    }

    assert_eq!(pristina.sees(case, state).await.row, first);
    for ((partner, earlier), (_, now)) in told.iter().zip(inboxes(world).await) {
        assert_eq!(*earlier, now, "{}", partner.client);
    }
}

/// A week after the withdrawal the police have nothing left of the person: no row, no name, in no listing and no notice.
async fn the_police_stop_seeing_the_person_when_their_window_closes(world: &World) {
    let usual = the_eve_of_a_departure(world).await;
    let (police, name) = (&usual.police, usual.case.head());
    usual.pristina.withdraws(&usual.case).await;
    world.time_passes(TimeDelta::days(7) - TimeDelta::minutes(1));
    assert!(
        police.everything().await.text.contains(name),
        "until the last minute"
    );
    police.sees(usual.itinerary(), "{ id }").await;
    world.time_passes(TimeDelta::minutes(1));
    let left = police.everything().await;
    assert!(!left.text.contains(name), "{}", left.text);
    for listing in ["cases", "itineraries"] {
        assert_eq!(
            left.data[listing],
            json!({ "totalCount": 0, "nodes": [] }),
            "{listing}"
        );
    }
    police.cannot_find(&usual.case).await;
    police.cannot_find(usual.itinerary()).await;
    let notices = left.data["notices"]["nodes"].as_array().expect("notices").clone();
    assert!(!notices.is_empty(), "the envelopes stay");
    for notice in notices {
        assert_eq!(
            (&notice["case"], &notice["itinerary"]),
            (&Value::Null, &Value::Null)
        );
    }
}

/// Once the flight has left nobody withdraws, and a refusal changes nothing for anybody.
async fn a_withdrawal_after_the_departure_is_refused_and_changes_nothing(world: &World) {
    let mut usual = the_eve_of_a_departure(world).await;
    world.time_passes(TimeDelta::days(1));
    usual.pristina.pays(usual.grant(), 1).await;
    usual.pristina.confirms_departure(&usual.case).await;
    let mut seen = Vec::new();
    for seat in [
        &usual.pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &usual.iraq,
    ] {
        seen.push((seat.clone(), seat.everything().await));
    }
    for again in ["once", "twice"] {
        usual
            .pristina
            .withdraws(&usual.case)
            .under_key(again)
            .is_refused("WRONG_STATE")
            .await;
    }
    for (seat, before) in &seen {
        seat.everything().await.is_the_same_as(before, &seat.client);
    }
    world.goes_on(&mut usual, Until::Departed, Until::Arrived).await;
    usual
        .pristina
        .withdraws(&usual.case)
        .is_refused("WRONG_STATE")
        .await;
}

on_both_databases!(
    a_withdrawal_on_the_eve_ends_everything_and_tells_exactly_those_who_were_told,
    whoever_withdraws_twice_is_told_the_same_and_nobody_else_is_told,
    the_police_stop_seeing_the_person_when_their_window_closes,
    a_withdrawal_after_the_departure_is_refused_and_changes_nothing,
);
