//! One row of every table of what protects persons.

use super::{at, day, id};
use entity::{
    airline_clearance, airport_transfer, assistance_provision, child_safeguards, consular_appointment,
    detention, escort, fitness_assessment, health_requirement, medical_note, migrant_briefing,
    pre_departure_circumstances, temporary_accommodation, vulnerability_assessment,
};

pub fn the_vulnerability_assessment() -> vulnerability_assessment::Model {
    vulnerability_assessment::Model {
        id: id(200),
        case_id: id(4),
        person_id: id(5),
        categories: r#"["AGED"]"#.to_owned(),
        needs: r#"["REST"]"#.to_owned(),
        assessed_on: day(2020, 10, 1),
    }
}

pub fn the_child_safeguards() -> child_safeguards::Model {
    child_safeguards::Model {
        id: id(201),
        case_id: id(4),
        person_id: id(5),
        best_interests: Some("RETURN".to_owned()),
        guardian_name: Some("A. B.".to_owned()),
        guardian_contact: Some("+38344100000".to_owned()),
        guardian_authority: Some("Centre for Social Work".to_owned()),
        guardian_consented_at: Some(at(3)),
        child_consented_at: Some(at(3)),
        family_assessed_on: Some(day(2020, 10, 2)),
        handover_party: Some("Department of Child Protection".to_owned()),
    }
}

pub fn the_detention() -> detention::Model {
    detention::Model {
        id: id(202),
        case_id: id(4),
        person_id: id(5),
        facility: "Detention centre".to_owned(),
        since: day(2020, 9, 1),
        ended_on: Some(day(2020, 9, 2)),
    }
}

pub fn the_consular_appointment() -> consular_appointment::Model {
    consular_appointment::Model {
        id: id(203),
        case_id: id(4),
        person_id: id(5),
        number: 1,
        scheduled_at: at(7),
        supported_by_id: Some(id(1)),
        supported_at: Some(at(8)),
    }
}

pub fn the_airport_transfer() -> airport_transfer::Model {
    airport_transfer::Model {
        id: id(204),
        case_id: id(4),
        provider: "AUTHORITY".to_owned(),
        pick_up_facility: "Detention centre".to_owned(),
        pick_up_at: at(9),
    }
}

pub fn the_temporary_accommodation() -> temporary_accommodation::Model {
    temporary_accommodation::Model {
        id: id(205),
        case_id: id(4),
        place: "A shelter".to_owned(),
        from_day: day(2020, 11, 1),
        until_day: day(2020, 11, 5),
    }
}

pub fn the_fitness_assessment() -> fitness_assessment::Model {
    fitness_assessment::Model {
        id: id(206),
        case_id: id(4),
        person_id: id(5),
        state: "FIT_WITH_CONDITIONS".to_owned(),
        conditions: r#"["OXYGEN"]"#.to_owned(),
        requested_at: Some(at(1)),
        performed_at: Some(at(2)),
        valid_until: Some(at(3)),
    }
}

pub fn the_medical_note() -> medical_note::Model {
    medical_note::Model {
        id: id(207),
        case_id: id(4),
        person_id: id(5),
        diagnosis: Some("Diabetes".to_owned()),
        medication: Some("Insulin".to_owned()),
        recorded_at: at(2),
    }
}

pub fn the_health_requirement() -> health_requirement::Model {
    health_requirement::Model {
        id: id(208),
        case_id: id(4),
        person_id: id(5),
        requirement: "PCR_TEST".to_owned(),
        result: Some("NEGATIVE".to_owned()),
        valid_until: Some(at(3)),
    }
}

pub fn the_escort() -> escort::Model {
    escort::Model {
        id: id(209),
        case_id: id(4),
        person_id: id(5),
        number: 1,
        kind: "MEDICAL".to_owned(),
        state: "ASSIGNED".to_owned(),
        name: Some("C. D.".to_owned()),
        recommended_by: "x/y".to_owned(),
        mhd_reference: Some("MHD-2020-17".to_owned()),
    }
}

pub fn the_airline_clearance() -> airline_clearance::Model {
    airline_clearance::Model {
        id: id(210),
        case_id: id(4),
        itinerary_id: id(9),
        kind: "MEDICAL".to_owned(),
        reference: Some("MEDA-1".to_owned()),
        cleared_at: at(4),
    }
}

pub fn the_pre_departure_circumstances() -> pre_departure_circumstances::Model {
    pre_departure_circumstances::Model {
        id: id(241),
        case_id: id(4),
        person_id: id(5),
        accommodation: "ASYLUM_CENTRE".to_owned(),
        medical_treatment: true,
        travel_needs: r#"["REST"]"#.to_owned(),
        recorded_at: at(3),
    }
}

pub fn the_assistance_provision() -> assistance_provision::Model {
    assistance_provision::Model {
        id: id(242),
        case_id: id(4),
        person_id: id(5),
        kind: "MEDICAL_CARE".to_owned(),
        provider: "AUTHORITY".to_owned(),
        provider_name: "Family medicine centre".to_owned(),
        provided_on: day(2020, 10, 20),
    }
}

pub fn the_migrant_briefing() -> migrant_briefing::Model {
    migrant_briefing::Model {
        id: id(243),
        case_id: id(4),
        attempt_no: Some(1),
        luggage_kilograms: Some(30),
        entitlements_explained: true,
        briefed_at: at(4),
    }
}
