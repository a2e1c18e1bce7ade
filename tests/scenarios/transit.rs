//! On the way: who confirms what before a journey begins, who sees the persons on and off, and what happens when a
//! journey breaks off or a person turns back (DOMAIN 2.4, scenario 6).

use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// Whose inbox says what, from a place on.
async fn told(actor: &Actor, from: usize) -> Vec<Value> {
    let inbox = actor.inbox().await.into_iter().skip(from);
    inbox.map(|mut notice| notice["type"].take()).collect()
}

/// Nobody leaves before the missions on the way and at the end have said that they will be there (I4d).
async fn a_journey_waits_until_every_mission_has_confirmed(world: &World) {
    let usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, case, journey) = (&usual.pristina, &usual.case, usual.itinerary());
    let missing = pristina.marks_ready(case).answer().await.ok();
    let codes: Vec<&Value> = missing["markReadyToDepart"]["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| &error["code"])
        .collect();
    assert_eq!(codes, ["TRANSIT_NOT_CONFIRMED", "RECEPTION_NOT_CONFIRMED"]);
    usual.istanbul.confirms_reception(journey).is_forbidden().await;
    usual.baghdad.confirms_transit(journey).is_forbidden().await;
    pristina.confirms_transit(journey).is_forbidden().await;
    usual.istanbul.confirms_transit(journey).await;
    usual
        .istanbul
        .confirms_transit(journey)
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .marks_ready(case)
        .is_refused("RECEPTION_NOT_CONFIRMED")
        .await;
    usual.baghdad.confirms_reception(journey).await;
    usual
        .baghdad
        .confirms_reception(journey)
        .is_refused("WRONG_STATE")
        .await;
    pristina.marks_ready(case).await;
    let sight = usual
        .baghdad
        .sees(
            journey,
            "{ transitHandlings { country { code } state mission { code } } }",
        )
        .await;
    let handling = json!([{ "country": { "code": "TUR" }, "state": "CONFIRMED", "mission": { "code": "iom-istanbul" } }]);
    assert_eq!(sight.row["transitHandlings"], handling);
    // Another attempt has to be confirmed anew.
    pristina.suspends(journey, "CARRIER_CANCELLED").await;
    let next = pristina.books(case, "PRN-IST-BGW", 12).await;
    pristina.tickets(&next).await;
    let refused = pristina.marks_ready(case).answer().await.ok();
    assert_eq!(
        refused["markReadyToDepart"]["errors"].as_array().map(Vec::len),
        Some(2)
    );
}

/// A ticket before the document is a cost at risk, for which a supervisor answers with a reason (I4b).
async fn only_a_supervisor_lets_a_ticket_come_before_the_document(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    let pristina = &usual.pristina;
    let journey = pristina.books(&usual.case, "PRN-IST-BGW", 9).await;
    let early = |actor: &Actor| {
        let cost = json!({ "amountMinor": 41_250, "currency": "EUR" });
        let ticket = actor.clone();
        let journey = journey.clone();
        async move {
            ticket
                .tickets(&journey)
                .with("beforeDocument", "FARE_EXPIRES")
                .with("fareBasis", "YHUMA")
                .with("cost", cost)
                .answer()
                .await
                .ok()["ticketItinerary"]["errors"]
                .take()
        }
    };
    pristina
        .supervisor()
        .tickets(&journey)
        .is_refused("TRAVEL_DOCUMENT_MISSING")
        .await;
    let refused = early(pristina).await;
    assert_eq!(refused[0]["code"], "SUPERVISOR_NEEDED");
    assert_eq!(early(&pristina.supervisor()).await, json!([]));
    let ticket = "{ state ticketOverride fareBasis ticketCost { amountMinor currency } }";
    let own = pristina.sees(&journey, ticket).await;
    assert_eq!(
        own.row,
        json!({
            "state": "TICKETED",
            "ticketOverride": "FARE_EXPIRES",
            "fareBasis": "YHUMA",
            "ticketCost": { "amountMinor": 41_250, "currency": "EUR" },
        })
    );
    let others = usual.baghdad.sees(&journey, ticket).await;
    assert_eq!(
        others.row["ticketCost"],
        Value::Null,
        "what IOM paid is told to nobody"
    );
    let refused = pristina.marks_ready(&usual.case).answer().await.ok();
    let errors = refused["markReadyToDepart"]["errors"].as_array().expect("errors");
    let mut codes = errors.iter().map(|error| &error["code"]);
    assert!(codes.any(|code| code == "TRAVEL_DOCUMENT_MISSING"), "{errors:?}");
}

/// Flights are shown on the clocks of their airports, also across the change to summer time; a flight that moves is told
/// to everybody who knows of the journey.
async fn a_flight_that_moves_is_told_to_everybody_who_knows_of_it(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, journey) = (&usual.pristina, usual.itinerary());
    let day = |days: i64, hour: i64| -> DateTime<Utc> {
        let today = world.today() + TimeDelta::days(days);
        today.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(hour)
    };
    pristina
        .retimes(journey, 0, (day(9, 9), day(9, 12)))
        .is_refused("SEGMENTS_DO_NOT_CONNECT")
        .await;
    pristina
        .retimes(journey, 7, (day(9, 9), day(9, 12)))
        .is_refused("INVALID")
        .await;
    usual
        .istanbul
        .retimes(journey, 0, (day(9, 7), day(9, 10)))
        .is_forbidden()
        .await;
    let from = [
        told(&usual.istanbul, 0).await.len(),
        told(&usual.baghdad, 0).await.len(),
        told(&usual.police, 0).await.len(),
        told(&usual.migration, 0).await.len(),
        told(pristina, 0).await.len(),
    ];
    // Istanbul to Baghdad leaves four weeks later, when clocks in Europe have changed and these have not.
    pristina.retimes(journey, 1, (day(37, 9), day(37, 12))).await;
    pristina.retimes(journey, 0, (day(36, 7), day(36, 10))).await;
    for (nth, actor) in [&usual.istanbul, &usual.baghdad, &usual.police, &usual.migration]
        .into_iter()
        .enumerate()
    {
        let types = told(actor, from[nth]).await;
        assert_eq!(
            types,
            ["ITINERARY_CHANGED", "ITINERARY_CHANGED"],
            "{}",
            actor.client
        );
    }
    assert_eq!(told(pristina, from[4]).await, [""; 0], "who moved it knows");
    let sight = usual
        .istanbul
        .sees(
            journey,
            "{ segments { state departsAt departsAtLocal arrivesAtLocal } }",
        )
        .await;
    let local = |of: usize, field: &str| {
        sight.row["segments"][of][field]
            .as_str()
            .expect("a time")
            .to_owned()
    };
    assert!(
        local(0, "departsAtLocal").ends_with("T09:00:00+02:00"),
        "summer in Pristina"
    );
    assert!(
        local(0, "arrivesAtLocal").ends_with("T13:00:00+03:00"),
        "Istanbul keeps its time"
    );
    assert_eq!(sight.row["segments"][1]["state"], "RETIMED");
}

/// In one step the journey that was planned gives way to the next: what had been said of it points to what replaced it,
/// and who is not on the new way learns that its own does not take place.
async fn inv_14_a_rebooking_replaces_what_was_planned_in_one_step(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case, first) = (&usual.pristina, &usual.case, usual.itinerary());
    pristina
        .rebooks(case, first, "PRN-IST-BGW", 200)
        .is_refused("TRAVEL_DOCUMENT_EXPIRES")
        .await;
    let second = pristina.rebooks(case, first, "PRN-VIE-BGW", 12).await;
    pristina
        .rebooks(case, first, "PRN-IST-BGW", 13)
        .is_refused("WRONG_STATE")
        .await;
    let sight = pristina
        .sees(
            case,
            "{ state itineraries { attemptNo replacesAttemptNo state } }",
        )
        .await;
    let attempts = json!([
        { "attemptNo": 1, "replacesAttemptNo": null, "state": "CANCELLED" },
        { "attemptNo": 2, "replacesAttemptNo": 1, "state": "BOOKED" },
    ]);
    assert_eq!(sight.row["itineraries"], attempts);
    assert_ne!(
        sight.row["state"], "READY_TO_DEPART",
        "it has to be prepared again"
    );
    assert_eq!(pristina.counts("cases").await, 1, "the case is the same");
    let last = |actor: &Actor| {
        let actor = actor.clone();
        async move {
            let inbox = actor.inbox().await;
            let last = inbox.last().cloned().expect("a notice");
            let superseded = inbox[..inbox.len() - 1]
                .iter()
                .filter(|notice| notice["supersededBy"]["sequence"] == last["sequence"])
                .count();
            (last["type"].clone(), superseded)
        }
    };
    assert_eq!(last(&usual.baghdad).await, (json!("ITINERARY_BOOKED"), 1));
    for left_out in [&usual.istanbul, &usual.police, &usual.migration] {
        let (what, superseded) = last(left_out).await;
        assert_eq!(what, "ITINERARY_CANCELLED", "{}", left_out.client);
        assert_eq!(superseded, 1, "{}", left_out.client);
    }
    pristina.tickets(&second).await;
}

/// A connection is missed in Istanbul: both ends hear, the sending mission books onward from there, and he arrives.
async fn who_misses_a_connection_goes_on_from_where_he_is(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let (pristina, istanbul, baghdad) = (&usual.pristina, &usual.istanbul, &usual.baghdad);
    let (case, journey) = (&usual.case, usual.itinerary());
    istanbul.boards(journey, 1).is_refused("WRONG_STATE").await;
    pristina
        .lands(journey, 0)
        .is_refused("NOT_THE_MISSION_THERE")
        .await;
    istanbul.lands(journey, 0).await;
    istanbul.reports(journey, 1, "MISSED_CONNECTION").await;
    for (mission, heard) in [(pristina, 2), (baghdad, 2)] {
        let types = told(mission, 0).await;
        assert_eq!(
            types[types.len() - heard..],
            ["SEGMENT_LANDED", "TRANSIT_INCIDENT"]
        );
    }
    let before = told(&usual.police, 0).await;
    pristina
        .rebooks(case, journey, "PRN-IST-BGW", 1)
        .is_refused("SEGMENTS_DO_NOT_CONNECT")
        .await;
    let onward = pristina.rebooks(case, journey, "IST-BGW", 1).await;
    istanbul.boards(&onward, 0).is_refused("WRONG_STATE").await;
    pristina.tickets(&onward).await;
    world.time_passes(TimeDelta::days(1));
    istanbul.boards(&onward, 0).await;
    let sight = pristina
        .sees(
            case,
            "{ state itineraries { state incidents { kind airport } segments { state } } }",
        )
        .await;
    let incident = json!([{ "kind": "MISSED_CONNECTION", "airport": "IST" }]);
    let flown = json!([{ "state": "LANDED" }, { "state": "MISSED_CONNECTION" }]);
    assert_eq!(
        sight.row["itineraries"],
        json!([
            { "state": "DISRUPTED", "incidents": incident, "segments": flown },
            { "state": "DEPARTED", "incidents": [], "segments": [{ "state": "BOARDED" }] },
        ])
    );
    assert_eq!(told(&usual.police, 0).await, before, "no business of the police");
    baghdad.confirms_arrival(case).await;
    let arrived = pristina
        .sees(&onward, "{ state arrivals { airport person { fullName } } }")
        .await;
    let arrival = json!([{ "airport": "BGW", "person": { "fullName": case.head() } }]);
    assert_eq!(arrived.row, json!({ "state": "COMPLETED", "arrivals": arrival }));
}

/// A diverted flight says where the persons are; without a place it says nothing.
async fn a_diverted_flight_names_the_airport_where_the_persons_are(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let journey = usual.itinerary();
    usual
        .pristina
        .reports(journey, 0, "DIVERSION")
        .is_refused("UNKNOWN_AIRPORT")
        .await;
    usual
        .pristina
        .reports(journey, 0, "DIVERSION")
        .with("airport", "SAW")
        .await;
    let onward = usual.pristina.rebooks(&usual.case, journey, "SAW-BGW", 1).await;
    let sight = usual.pristina.sees(&onward, "{ attemptNo state }").await;
    assert_eq!(sight.row, json!({ "attemptNo": 2, "state": "BOOKED" }));
}

/// A passenger does not wish to fly on from Istanbul: the mission there records it, the onward flight is given up, Baghdad
/// hears that nobody comes, and nobody is made to board.
async fn whoever_turns_back_in_transit_is_not_made_to_fly_on(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let (pristina, istanbul, baghdad) = (&usual.pristina, &usual.istanbul, &usual.baghdad);
    let (case, journey) = (&usual.case, usual.itinerary());
    istanbul.withdraws(case).is_refused("WRONG_STATE").await; // in the air
    istanbul.lands(journey, 0).await;
    pristina.withdraws(case).is_refused("WRONG_STATE").await;
    let authorities = [told(&usual.police, 0).await, told(&usual.migration, 0).await];
    istanbul.withdraws(case).await;
    istanbul.boards(journey, 1).is_refused("WRONG_STATE").await;
    baghdad.confirms_arrival(case).is_refused("WRONG_STATE").await;
    let facts = "{ state withdrawnInTransit itineraries { state segments { state } } cashGrants { state } }";
    let sight = pristina.sees(case, facts).await;
    let segments = json!([{ "state": "LANDED" }, { "state": "CANCELLED" }]);
    assert_eq!(
        sight.row,
        json!({
            "state": "WITHDRAWN",
            "withdrawnInTransit": true,
            "itineraries": [{ "state": "CANCELLED", "segments": segments }],
            "cashGrants": [{ "state": "VOIDED" }],
        })
    );
    assert_eq!(told(baghdad, 0).await.last(), Some(&json!("NOTICE_RETRACTED")));
    assert_eq!(
        told(pristina, 0).await.last(),
        Some(&json!("APPLICATION_WITHDRAWN"))
    );
    assert_eq!(
        [told(&usual.police, 0).await, told(&usual.migration, 0).await],
        authorities,
        "they had been told the truth: the person has left"
    );
    // A second time it changes nothing, and nobody is told twice.
    let heard = told(baghdad, 0).await;
    istanbul.withdraws(case).await;
    assert_eq!(told(baghdad, 0).await, heard);
}

/// Once on board of the connecting flight there is no way back.
async fn nobody_turns_back_in_the_air(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    usual.istanbul.lands(usual.itinerary(), 0).await;
    usual.istanbul.boards(usual.itinerary(), 1).await;
    usual
        .istanbul
        .withdraws(&usual.case)
        .is_refused("WRONG_STATE")
        .await;
    usual.baghdad.confirms_arrival(&usual.case).await;
}

/// Nobody leaves before the border police are done (N4a), and what they did is known to those who have to know.
async fn nobody_departs_before_the_exit_formalities_are_done(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    world.time_passes(TimeDelta::days(9));
    pristina
        .confirms_departure(case)
        .with("exitFormalities", Value::Null)
        .is_refused("EXIT_FORMALITIES_NOT_DONE")
        .await;
    pristina
        .confirms_departure(case)
        .with("exitFormalities", json!({ "borderPoint": "Pristina airport" }))
        .is_refused("EXIT_FORMALITIES_NOT_DONE")
        .await;
    let late = json!({ "borderPoint": "Pristina airport", "doneAt": pristina.now() + TimeDelta::hours(1) });
    pristina
        .confirms_departure(case)
        .with("exitFormalities", late)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    pristina
        .confirms_departure(case)
        .with(
            "exitFormalities",
            json!({ "borderPoint": "Pristina airport", "airportAccess": false, "doneAt": pristina.now() - TimeDelta::hours(1) }),
        )
        .await;
    let sight = usual
        .police
        .sees(usual.itinerary(), "{ borderPoint airportAccess }")
        .await;
    assert_eq!(
        sight.row,
        json!({ "borderPoint": "Pristina airport", "airportAccess": false })
    );
}

on_both_databases!(
    a_journey_waits_until_every_mission_has_confirmed,
    only_a_supervisor_lets_a_ticket_come_before_the_document,
    a_flight_that_moves_is_told_to_everybody_who_knows_of_it,
    inv_14_a_rebooking_replaces_what_was_planned_in_one_step,
    who_misses_a_connection_goes_on_from_where_he_is,
    a_diverted_flight_names_the_airport_where_the_persons_are,
    whoever_turns_back_in_transit_is_not_made_to_fly_on,
    nobody_turns_back_in_the_air,
    nobody_departs_before_the_exit_formalities_are_done,
);
