//! Journeys: what counts as one, when a document is good enough for it, and who has a part in it.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A journey goes in one piece from the host territory to the country of return, by airports that the programme uses.
async fn a_journey_is_one_chain_of_flights_home(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    for route in ["BEG-IST-BGW", "PRN-IST-KBL", "IST-BGW", "PRN-IST"] {
        pristina
            .books(case, route, 9)
            .is_refused("SEGMENTS_DO_NOT_CONNECT")
            .await;
    }
    pristina
        .books(case, "PRN-ZZZ-BGW", 9)
        .is_refused("UNKNOWN_AIRPORT")
        .await;

    let good = flights("PRN-IST-BGW", world.today() + TimeDelta::days(9));
    let with = |change: &dyn Fn(&mut Value)| {
        let mut changed = good.clone();
        change(&mut changed);
        pristina.books(case, "PRN-IST-BGW", 9).with("segments", changed)
    };
    let swapped = with(&|flights| flights.as_array_mut().expect("flights").swap(0, 1));
    swapped.is_refused("SEGMENTS_DO_NOT_CONNECT").await;
    let missed = with(&|flights| flights[1]["departsAt"] = flights[0]["departsAt"].clone());
    missed.is_refused("SEGMENTS_DO_NOT_CONNECT").await;
    let backwards = with(&|flights| flights[0]["arrivesAt"] = json!("2026-03-01T00:00:00Z"));
    backwards.is_refused("SEGMENTS_DO_NOT_CONNECT").await;
    let elsewhere = with(&|flights| flights[1]["departureAirport"] = json!("SAW"));
    elsewhere.is_refused("SEGMENTS_DO_NOT_CONNECT").await;
    let malformed = with(&|flights| flights[0]["flight"] = json!("Turkish 1018"));
    malformed.is_refused_whole("GRAPHQL_VALIDATION_FAILED").await;
    with(&|flights| *flights = json!([]))
        .answer()
        .await
        .is_refused("GRAPHQL_VALIDATION_FAILED");

    pristina
        .books(case, "PRN-IST-BGW", 0)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    let itinerary = pristina.books(case, "PRN-IST-BGW", 9).await;
    pristina
        .books(case, "PRN-IST-BGW", 9)
        .is_refused("ITINERARY_ALREADY_LIVE")
        .await;
    let sight = pristina
        .sees(
            &itinerary,
            "{ segments { flight departureTimeZone arrivalTimeZone departsAt } }",
        )
        .await;
    let first = json!({ "flight": "TK1018", "departureTimeZone": "Europe/Belgrade", "arrivalTimeZone": "Europe/Istanbul",
                        "departsAt": "2026-03-11T06:00:00Z" });
    assert_eq!(sight.row["segments"][0], first);
}

/// Seats may be held once the nationality is confirmed; a ticket needs the document, and the departure needs the ticket.
async fn a_ticket_waits_for_the_document(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, iraq, case) = (&usual.pristina, &usual.iraq, &usual.case);
    pristina
        .books(case, "PRN-IST-BGW", 9)
        .is_refused("TRAVEL_DOCUMENT_MISSING")
        .await;
    iraq.confirms_nationality(usual.request()).await;
    let journey = pristina.books(case, "PRN-IST-BGW", 9).await;
    pristina
        .tickets(&journey)
        .is_refused("TRAVEL_DOCUMENT_MISSING")
        .await;
    iraq.issues(usual.request(), laissez_passer()).await;
    pristina
        .marks_ready(case)
        .is_refused("ITINERARY_NOT_TICKETED")
        .await;
    pristina
        .tickets(&journey)
        .with("ticketNumber", " ")
        .is_refused("INVALID")
        .await;
    pristina.tickets(&journey).await;
    pristina.tickets(&journey).is_refused("WRONG_STATE").await;
    journey.is_confirmed_by(&[&usual.istanbul], &usual.baghdad).await;
    pristina.marks_ready(case).await;
    pristina.marks_ready(case).is_refused("WRONG_STATE").await;
}

/// A laissez-passer that was good for the first attempt may have run out before the second arrives.
async fn the_document_is_looked_at_again_at_every_rebooking(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    usual
        .iraq
        .issues(usual.request(), laissez_passer().good_for(15))
        .await;
    let first = pristina.books(case, "PRN-IST-BGW", 9).await;
    pristina.tickets(&first).await;
    world.time_passes(TimeDelta::days(8));
    pristina.suspends(&first, "CARRIER_CANCELLED").await;
    pristina
        .books(case, "PRN-IST-BGW", 8)
        .is_refused("TRAVEL_DOCUMENT_EXPIRES")
        .await;
    // The last day of validity is a day of validity.
    let second = pristina.books(case, "PRN-IST-BGW", 7).await;
    pristina.tickets(&second).await;
    second.is_confirmed_by(&[&usual.istanbul], &usual.baghdad).await;
    pristina.marks_ready(case).await;
}

/// A document that is issued with too short a life shows at the ticket, not at the airport.
async fn a_document_that_is_too_short_stops_the_ticket(world: &World) {
    let usual = world.a_usual_case(Until::Confirmed).await;
    let journey = usual.pristina.books(&usual.case, "PRN-IST-BGW", 9).await;
    usual
        .iraq
        .issues(usual.request(), laissez_passer().good_for(8))
        .await;
    usual
        .pristina
        .tickets(&journey)
        .is_refused("TRAVEL_DOCUMENT_EXPIRES")
        .await;
    usual.pristina.cancels_itinerary(&journey).await;
    usual
        .pristina
        .cancels_itinerary(&journey)
        .is_refused("WRONG_STATE")
        .await;
    usual
        .istanbul
        .listens()
        .await
        .hears(&["ITINERARY_BOOKED", "ITINERARY_CANCELLED"])
        .await;
}

/// A journey that is suspended when everything was in place takes the case back to where it was, and whoever had been
/// told of the departure is told that it does not hold.
async fn a_suspension_undoes_the_readiness(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let mut police = usual.police.listens().await;
    pristina.suspends(usual.itinerary(), "SECURITY").await;
    pristina
        .suspends(usual.itinerary(), "SECURITY")
        .is_refused("WRONG_STATE")
        .await;
    pristina.confirms_departure(case).is_refused("WRONG_STATE").await;
    police.hears(&["DEPARTURE_PLANNED", "ITINERARY_SUSPENDED"]).await;
    let sight = pristina
        .sees(case, "{ state itineraries { state suspensionReason } }")
        .await;
    let suspended = json!([{ "state": "SUSPENDED", "suspensionReason": "SECURITY" }]);
    assert_eq!(
        sight.row,
        json!({ "state": "PRE_DEPARTURE", "itineraries": suspended })
    );

    // The police are not told of a booking, but of the next plan.
    let next = pristina.books(case, "PRN-IST-BGW", 12).await;
    pristina.tickets(&next).await;
    next.is_confirmed_by(&[&usual.istanbul], &usual.baghdad).await;
    pristina.marks_ready(case).await;
    police.hears(&["DEPARTURE_PLANNED"]).await;
    police.has_heard_everything().await;
}

/// A mission on a route that is given up hears no more of the case; one on the new route does.
async fn a_mission_that_the_new_route_leaves_out_hears_no_more(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.suspends(usual.itinerary(), "COUNTRY_CLOSED").await;
    let direct = pristina.books(case, "PRN-VIE-BGW", 9).await;
    pristina.tickets(&direct).await;
    direct.is_confirmed_by(&[], &usual.baghdad).await;
    pristina.marks_ready(case).await;
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(case).await;
    let types = |inbox: Vec<Value>| {
        inbox
            .into_iter()
            .map(|mut notice| notice["type"].take())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        types(usual.istanbul.inbox().await),
        ["ITINERARY_BOOKED", "ITINERARY_SUSPENDED"]
    );
    let baghdad = types(usual.baghdad.inbox().await);
    assert_eq!(
        baghdad,
        [
            "ITINERARY_BOOKED",
            "ITINERARY_SUSPENDED",
            "ITINERARY_BOOKED",
            "DEPARTURE_PLANNED",
            "DEPARTED"
        ]
    );
    usual.istanbul.cannot_find(case).await;
}

/// What opens the passenger's profile at the airline is for those who handle the journey; others see that it exists.
async fn booking_references_are_for_those_who_handle_the_journey(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let auditor = world.auditor();
    let selection = "{ ticketNumber bookingReference segments { flight departsAt } }";
    let flight = |when: &str| json!([{ "flight": "TK1018", "departsAt": when }, { "flight": "TK918", "departsAt": "2026-03-11T11:00:00Z" }]);
    let handled = flight("2026-03-11T06:00:00Z");
    for (partner, ticket, reference) in [
        (&usual.pristina, json!("2352400123456"), json!("QX7P2K")),
        (&usual.istanbul, json!("2352400123456"), json!("QX7P2K")),
        (&usual.baghdad, json!("…456"), json!("…P2K")),
        (&usual.police, Value::Null, Value::Null),
    ] {
        let sight = partner.sees(usual.itinerary(), selection).await;
        let expected = json!({ "ticketNumber": ticket, "bookingReference": reference, "segments": handled });
        assert_eq!(sight.row, expected, "{}", partner.client);
    }
    // Who needs the day only, sees the day only.
    for partner in [&usual.migration, &auditor] {
        let sight = partner.sees(usual.itinerary(), selection).await;
        let days = json!([{ "flight": null, "departsAt": "2026-03-11T00:00:00Z" }, { "flight": null, "departsAt": "2026-03-11T00:00:00Z" }]);
        assert_eq!(sight.row["segments"], days, "{}", partner.client);
    }
}

/// Istanbul keeps the case until three days after the journey has left it, Baghdad for good.
async fn a_mission_on_the_way_keeps_the_case_for_three_days(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    world.time_passes(TimeDelta::hours(71));
    usual.istanbul.sees(&usual.case, "{ id departedAt }").await;
    world.time_passes(TimeDelta::hours(4));
    usual.istanbul.cannot_find(&usual.case).await;
    usual.istanbul.cannot_find(usual.itinerary()).await;
    world.time_passes(TimeDelta::days(400));
    usual.baghdad.sees(&usual.case, "{ id departedAt }").await;
}

on_both_databases!(
    a_journey_is_one_chain_of_flights_home,
    a_ticket_waits_for_the_document,
    the_document_is_looked_at_again_at_every_rebooking,
    a_document_that_is_too_short_stops_the_ticket,
    a_suspension_undoes_the_readiness,
    a_mission_that_the_new_route_leaves_out_hears_no_more,
    booking_references_are_for_those_who_handle_the_journey,
    a_mission_on_the_way_keeps_the_case_for_three_days,
);
