//! Rows of what happens on the way.

use super::{at, id};
use entity::{
    arrival, case_suspension, manifest_line, movement, movement_flight, operations_suspension,
    transit_handling, transit_incident,
};

pub fn the_operations_suspension() -> operations_suspension::Model {
    operations_suspension::Model {
        id: id(33),
        country: "IRQ".to_owned(),
        suspended_from: at(14),
        suspended_until: Some(at(15)),
        reason: "COUNTRY_CLOSED".to_owned(),
        settled_at: Some(at(16)),
        lifted_at: Some(at(17)),
        version: 2,
    }
}

pub fn the_case_suspension() -> case_suspension::Model {
    case_suspension::Model {
        id: id(34),
        case_id: id(4),
        suspension_id: id(33),
        told_at: at(15),
        held_at: Some(at(15)),
        released_at: Some(at(16)),
    }
}

pub fn the_transit_handling() -> transit_handling::Model {
    transit_handling::Model {
        id: id(30),
        case_id: id(4),
        itinerary_id: id(9),
        mission_id: id(1),
        country: "TUR".to_owned(),
        state: "CONFIRMED".to_owned(),
        requested_at: at(14),
        confirmed_at: Some(at(15)),
    }
}

pub fn the_transit_incident() -> transit_incident::Model {
    transit_incident::Model {
        id: id(31),
        case_id: id(4),
        itinerary_id: id(9),
        segment: 1,
        kind: "MISSED_CONNECTION".to_owned(),
        airport: "IST".to_owned(),
        occurred_at: at(17),
    }
}

pub fn the_arrival() -> arrival::Model {
    arrival::Model {
        id: id(32),
        case_id: id(4),
        itinerary_id: id(9),
        person_id: id(5),
        airport: "BGW".to_owned(),
        arrived_at: at(18),
        onward_travel: Some("BY_IOM".to_owned()),
        onward_to: Some("Diwaniya".to_owned()),
    }
}

pub fn the_movement() -> movement::Model {
    movement::Model {
        id: id(60),
        reference: "CHARTER-1".to_owned(),
        kind: "CHARTER".to_owned(),
        organiser_id: id(1),
        seats: 40,
        state: "RECONCILED".to_owned(),
        drafted_at: at(13),
        locked_at: Some(at(14)),
        cleared_at: Some(at(15)),
        departed_at: Some(at(16)),
        landed_at: Some(at(17)),
        ended_at: Some(at(18)),
        version: 7,
    }
}

pub fn the_movement_flight() -> movement_flight::Model {
    movement_flight::Model {
        id: id(61),
        movement_id: id(60),
        position: 0,
        flight: "TK1018".to_owned(),
        departure_airport: "PRN".to_owned(),
        arrival_airport: "BGW".to_owned(),
        departs_at: at(16),
        arrives_at: at(17),
    }
}

pub fn the_manifest_line() -> manifest_line::Model {
    manifest_line::Model {
        id: id(62),
        case_id: id(4),
        movement_id: id(60),
        itinerary_id: id(9),
        person_id: id(5),
        state: "BOARDED".to_owned(),
        listed_at: at(14),
        confirmed_at: Some(at(15)),
        ended_at: Some(at(16)),
    }
}
