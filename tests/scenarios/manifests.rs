//! Whoever is on a manifest and does not arrive is accounted for: they turned back, were taken off, or did not come.

use crate::group_movements::{a_family, how_many, seen, types_told};
use crate::support::*;
use chrono::TimeDelta;
use serde_json::json;

/// A charter stops in Istanbul. One turns back there, another application was ended before; both are accounted for.
async fn whoever_turns_back_on_the_way_is_accounted_for(world: &World) {
    let pristina = world.mission("Pristina");
    let (istanbul, baghdad) = (world.mission("Istanbul"), world.mission("Baghdad"));
    let charter = pristina.drafts_movement("CHARTER-4", "PRN-IST-BGW", 9, 5).await;
    pristina.takes_movement(&charter, "openManifest").await;
    let (one, other) = (a_family(&pristina, 1).await, a_family(&pristina, 1).await);
    let (ended, delayed) = (a_family(&pristina, 1).await, a_family(&pristina, 1).await);
    let mut journeys = Vec::new();
    for case in [&one, &other] {
        let journey = pristina.lists(case, &charter).await;
        pristina.tickets(&journey).await;
        journey.is_confirmed_by(&[&istanbul], &baghdad).await;
        pristina.marks_ready(case).await;
        journeys.push(journey);
    }
    pristina.lists(&ended, &charter).await;
    pristina.supervisor().terminates(&ended, "FALSE_DATA").await;
    let later = pristina.lists(&delayed, &charter).await;
    pristina.rebooks(&delayed, &later, "PRN-VIE-BGW", 12).await;
    pristina.records_clearance(&one, "GROUP").await;
    pristina.takes_movement(&charter, "lockManifest").await;
    pristina.takes_movement(&charter, "clearMovement").await;
    let lines = "manifest { state } travelling boarded";
    let at_lock = seen(&istanbul, &charter, lines).await;
    for (state, count) in [("CONFIRMED", 2), ("WITHDRAWN", 1), ("STOOD_DOWN", 1)] {
        assert_eq!(how_many(&at_lock["manifest"], state), count, "{state}");
    }

    world.time_passes(TimeDelta::days(9));
    for case in [&one, &other] {
        pristina.confirms_departure(case).await;
    }
    pristina.takes_movement(&charter, "departMovement").await;
    for journey in &journeys {
        istanbul.lands(journey, 0).await;
    }
    istanbul.withdraws(&one).await;
    istanbul.boards(&journeys[1], 1).await;
    baghdad.takes_movement(&charter, "landMovement").await;
    baghdad
        .takes_movement(&charter, "reconcileMovement")
        .is_refused("ARRIVALS_DO_NOT_RECONCILE")
        .await;
    baghdad.confirms_arrival(&other).await;
    baghdad.takes_movement(&charter, "reconcileMovement").await;
    let reconciled = seen(&baghdad, &charter, "state boarded").await;
    assert_eq!(
        (&reconciled["state"], &reconciled["boarded"]),
        (&json!("RECONCILED"), &json!(2))
    );
}

/// Persons may not come to a flight of their own either: who was told hears that it does not take place, and only once.
async fn nobody_comes_to_a_flight_of_their_own(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, journey) = (&usual.pristina, usual.itinerary());
    let everybody = [&usual.istanbul, &usual.baghdad, &usual.police, &usual.migration];
    let mut before = Vec::new();
    for recipient in everybody {
        before.push(types_told(recipient, 0).await.len());
    }
    world.time_passes(TimeDelta::days(9));
    pristina.records_no_show(journey).await;
    let now = pristina.now();
    pristina.records_no_show(journey).is_refused("WRONG_STATE").await;
    for (recipient, from) in everybody.into_iter().zip(before) {
        assert_eq!(
            types_told(recipient, from).await,
            ["ITINERARY_CANCELLED"],
            "{}",
            recipient.client
        );
    }
    let own = pristina
        .sees(
            journey,
            "{ state missedAt movement { id } segments { state } case { state } }",
        )
        .await;
    assert_eq!(
        own.row,
        json!({
            "state": "CANCELLED",
            "missedAt": now,
            "movement": null,
            "segments": [{ "state": "CANCELLED" }, { "state": "CANCELLED" }],
            "case": { "state": "PRE_DEPARTURE" },
        })
    );
    let authority = usual.migration.sees(journey, "{ state missedAt }").await;
    assert_eq!(
        authority.row,
        json!({ "state": "CANCELLED", "missedAt": null }),
        "an authority is not told why"
    );
    pristina.books(&usual.case, "PRN-IST-BGW", 12).await;
}

/// A case is halted on the eve, and on the day nobody comes: the group leaves without them, and says so.
async fn a_halted_case_that_does_not_come_keeps_nobody_back(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let istanbul = world.mission("Istanbul");
    let charter = pristina.drafts_movement("CHARTER-7", "PRN-IST-BGW", 9, 5).await;
    pristina.takes_movement(&charter, "openManifest").await;
    let (absent, family) = (a_family(&pristina, 1).await, a_family(&pristina, 2).await);
    let mut journeys = Vec::new();
    for case in [&absent, &family] {
        let journey = pristina.lists(case, &charter).await;
        pristina.tickets(&journey).await;
        journey.is_confirmed_by(&[&istanbul], &baghdad).await;
        pristina.marks_ready(case).await;
        journeys.push(journey);
    }
    pristina.records_clearance(&family, "GROUP").await;
    pristina.takes_movement(&charter, "lockManifest").await;
    pristina.takes_movement(&charter, "clearMovement").await;
    pristina.holds(&absent, "MEDICAL").await;
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&family).await;
    pristina
        .takes_movement(&charter, "departMovement")
        .is_refused("PASSENGERS_UNACCOUNTED")
        .await;
    pristina.records_no_show(&journeys[0]).await;
    pristina.takes_movement(&charter, "departMovement").await;
    let row = pristina.sees(&absent, "{ state }").await.row;
    assert_eq!(row["state"], "ON_HOLD", "it is on hold for its own reason");

    // One of the two is held up at the border: the movement is reconciled once both have come.
    let (first, second) = (family.person(), "ARRIVALS_DO_NOT_RECONCILE");
    baghdad.takes_movement(&charter, "landMovement").await;
    let arrival = json!([{ "personId": baghdad.id_of(&first).await }]);
    baghdad.confirms_arrival(&family).with("arrivals", arrival).await;
    baghdad
        .takes_movement(&charter, "reconcileMovement")
        .is_refused(second)
        .await;
    baghdad.confirms_arrival(&family).await;
    baghdad.confirms_arrival(&family).is_refused("WRONG_STATE").await;
    baghdad.takes_movement(&charter, "reconcileMovement").await;
}

on_both_databases!(
    whoever_turns_back_on_the_way_is_accounted_for,
    nobody_comes_to_a_flight_of_their_own,
    a_halted_case_that_does_not_come_keeps_nobody_back,
);
