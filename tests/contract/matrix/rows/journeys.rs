//! The rows of journeys: itineraries, their flights, assistance in transit.

use super::{Rows, euros, place};
use crate::matrix::story::{JourneySteps, Steps};
use crate::matrix::truth::{Row, Truth, Whose};
use crate::support::World;
use avrr_gateway::policy::relation::Relation;
use chrono::{DateTime, NaiveTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) fn a_handling(steps: &JourneySteps, told: &'static [Relation]) -> Row {
    let values = json!({
        "country": place("TUR"),
        "state": match steps.state {
            "COMPLETED" => "CONFIRMED",
            _ => "ENDED",
        },
        "requestedAt": steps.booked,
        "confirmedAt": steps.transit_confirmed,
    });
    let mission = [("mission", Truth::One("Organisation"))];
    Row::new("TransitHandling", Whose::Told(told), values, &mission)
}

pub(super) fn an_itinerary(
    nth: usize,
    steps: &JourneySteps,
    (told, case): (&'static [Relation], &Steps),
) -> Row {
    let some = |of| match steps.broken {
        Some(_) => Truth::Many(of),
        None => Truth::Value(json!([])),
    };
    // What the authorities did at the departure.
    let left = case.exit_formalities.filter(|_| steps.state == "COMPLETED");
    let changes = [
        steps.ticketed.is_some(),
        steps.suspended.is_some(),
        steps.reception_confirmed.is_some(),
        steps.state == "CANCELLED",
    ];
    let mut version = 1 + changes.iter().filter(|changed| **changed).count();
    if steps.state == "COMPLETED" {
        // Departed, landed, broken off, arrived.
        version += 4;
    }
    let values = json!({
        "attemptNo": nth + 1,
        "state": steps.state,
        "replacesAttemptNo": (nth > 0).then_some(nth),
        "bookedAt": steps.booked,
        "ticketedAt": steps.ticketed,
        "ticketNumber": steps.ticketed.map(|_| "2352400123456"),
        "bookingReference": "QX7P2K",
        "fareBasis": steps.ticketed.map(|_| "YHUMA"),
        "ticketCost": steps.ticketed.map(|_| euros(34_000)),
        "ticketOverride": steps.ticketed.map(|_| "GROUP_DEPARTURE"),
        "receptionConfirmedAt": steps.reception_confirmed,
        "borderPoint": left.map(|_| "Pristina airport"),
        "exitFormalitiesAt": left,
        "airportAccess": left.map(|_| true),
        "missedAt": null,
        "suspendedAt": steps.suspended,
        "affectedBySuspension": false,
        "suspensionReason": steps.suspended.map(|_| "CARRIER_CANCELLED"),
        "version": version,
    });
    let others = [
        ("id", Truth::Id),
        ("case", Truth::One("Case")),
        ("segments", Truth::Many("Segment")),
        ("fundingProject", Truth::One("Project")),
        ("history", Truth::Many("HistoryEntry")),
        ("transitHandlings", Truth::Many("TransitHandling")),
        ("incidents", some("TransitIncident")),
        ("arrivals", some("Arrival")),
        (
            "movement",
            match steps.broken {
                Some(_) => Truth::One("Movement"),
                None => Truth::Value(Value::Null),
            },
        ),
    ];
    Row::new("Itinerary", Whose::Told(told), values, &others)
}

pub(super) fn segments(journey: &JourneySteps) -> [Value; 2] {
    let at = |hour: u32| -> DateTime<Utc> {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
        journey.day.and_time(time).and_utc()
    };
    // The story is told before summer time begins.
    let [pristina, istanbul, baghdad] = [
        ("PRN", "Europe/Belgrade", 1),
        ("IST", "Europe/Istanbul", 3),
        ("BGW", "Asia/Baghdad", 3),
    ];
    let local = |hour: u32, offset: u32| format!("{}T{:02}:00:00+{offset:02}:00", journey.day, hour + offset);
    let state = |flown: &'static str| match journey.state {
        "COMPLETED" => flown,
        _ => "CANCELLED",
    };
    let leg = |(position, state, flight): (i32, &str, &str),
               from: (&str, &str, u32),
               to: (&str, &str, u32),
               departs: u32| {
        json!({
            "position": position,
            "state": state,
            "departsAtLocal": local(departs, from.2),
            "arrivesAtLocal": local(departs + 3, to.2),
            "flight": flight,
            "departureAirport": from.0,
            "departureTimeZone": from.1,
            "departsAt": at(departs),
            "arrivalAirport": to.0,
            "arrivalTimeZone": to.1,
            "arrivesAt": at(departs + 3),
        })
    };
    [
        leg((0, state("LANDED"), "TK1018"), pristina, istanbul, 6),
        leg((1, state("MISSED_CONNECTION"), "TK918"), istanbul, baghdad, 11),
    ]
}

/// The rules that an installation begins with, and the departure that both missions ahead were told of.
pub fn escalations(rows: &mut Rows) {
    let place = |nth: usize| (Uuid::nil(), nth.to_string());
    for (nth, recipient) in ["RECEIVING", "TRANSIT"].into_iter().enumerate() {
        let values = json!({
            "noticeType": "DEPARTED",
            "recipient": recipient,
            "version": 1,
            "endedAt": null,
        });
        let others = [("steps", Truth::Anything), ("madeAt", Truth::Anything)];
        let row = Row::new("EscalationRule", Whose::Anybody, values, &others);
        rows.insert(("EscalationRule", place(nth)), row);
        let values = json!({ "noticeType": "DEPARTED", "ruleVersion": 1 });
        let others = [
            ("recipient", Truth::One("Organisation")),
            ("case", Truth::One("Case")),
            ("beganAt", Truth::Anything),
            ("steps", Truth::Anything),
            ("nextStepAt", Truth::Anything),
            ("outcome", Truth::Anything),
            ("endedAt", Truth::Anything),
        ];
        let row = Row::new("Escalation", Whose::Parties, values, &others);
        rows.insert(("Escalation", place(nth)), row);
    }
}

/// A country that nobody of the story returns to is closed for a month, and opened again at once.
pub async fn suspensions(world: &World, rows: &mut Rows) {
    let (admin, from) = (world.admin(), world.clock.now());
    let until = from + chrono::TimeDelta::days(30);
    admin
        .suspends_operations("MAR", "COUNTRY_CLOSED")
        .with("until", json!(until))
        .await;
    let begun = world.clock.now();
    admin.resumes_operations("MAR", 1).await;
    let values = json!({
        "country": place("MAR"),
        "from": begun,
        "until": until,
        "reason": "COUNTRY_CLOSED",
        "liftedAt": world.clock.now(),
        "affectedCases": [],
        "casesToResume": [],
        "version": 2,
    });
    let history = [("history", Truth::Many("RegistryEntry"))];
    let row = Row::new("OperationsSuspension", Whose::Anybody, values, &history);
    rows.insert(("OperationsSuspension", (Uuid::nil(), "0".to_owned())), row);
}
