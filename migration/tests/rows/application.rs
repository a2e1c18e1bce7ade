//! Rows of the application: counselling, objection checks, statutory periods.

use super::{at, day, id};
use entity::{asylum_claim, counselling_session, objection_check, statutory_extension, statutory_period};

pub fn the_counselling_session() -> counselling_session::Model {
    counselling_session::Model {
        id: id(30),
        case_id: id(4),
        kind: "RETURN".to_owned(),
        mode: "JOINT".to_owned(),
        language: "ar".to_owned(),
        understood: true,
        interpreter: false,
        facility_kind: Some("ASYLUM_CENTRE".to_owned()),
        held_on: day(2020, 10, 2),
        cultural_mediator: true,
    }
}

pub fn the_objection_check() -> objection_check::Model {
    objection_check::Model {
        id: id(31),
        case_id: id(4),
        authority_id: id(1),
        state: "OBJECTED".to_owned(),
        requested_at: at(7),
        silent_from: Some(at(9)),
        decided_at: Some(at(8)),
        ground: Some("EXIT_BAN".to_owned()),
    }
}

pub fn the_statutory_period() -> statutory_period::Model {
    statutory_period::Model {
        id: id(32),
        case_id: id(4),
        started_at: at(9),
        days: 30,
        warning_days: "[7,3]".to_owned(),
        warned: 30,
        exceeded: None,
        suspension_stops: true,
    }
}

pub fn the_statutory_extension() -> statutory_extension::Model {
    statutory_extension::Model {
        id: id(33),
        case_id: id(4),
        statutory_period_id: id(32),
        days: 15,
        reason: "CHILDREN_AT_SCHOOL".to_owned(),
        confirmed_on: day(2020, 11, 1),
        recorded_by_id: id(1),
        ends_on: Some(day(2020, 12, 19)),
    }
}

pub fn the_asylum_claim() -> asylum_claim::Model {
    asylum_claim::Model {
        id: id(35),
        case_id: id(4),
        authority_id: id(1),
        stage: "REJECTED".to_owned(),
        number: "A-17".to_owned(),
        lodged_on: day(2020, 2, 1),
        decided_on: Some(day(2020, 8, 1)),
        version: 2,
    }
}
