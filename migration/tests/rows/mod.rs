//! One row of every table, around one case.

mod admission;
mod aftercare;
mod funding;
mod journeys;
pub mod ledger;
pub mod programme;
pub mod safeguards;
pub mod travel_documents;
pub mod webhooks;

mod application;

pub use application::{
    the_asylum_claim, the_counselling_session, the_objection_check, the_statutory_extension,
    the_statutory_period,
};

pub use admission::*;
pub use aftercare::*;
pub use funding::*;
pub use journeys::*;

use entity::{
    accreditation, audit_entry, case, case_party, client, consent, idempotency_key, itinerary, jurisdiction,
    notice, organisation, outreach_visit, package_item, person, reintegration_package, segment,
    survey_response, travel_document_request,
};
use sea_orm_migration::sea_orm::prelude::{Date, DateTimeUtc, Uuid};

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_4d3e_7b00_7000_8000_0000_0000_0000 | n)
}

pub fn at(microseconds: i64) -> DateTimeUtc {
    DateTimeUtc::from_timestamp_micros(1_604_534_400_000_000 + microseconds).unwrap()
}

pub fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

pub fn the_mission() -> organisation::Model {
    organisation::Model {
        id: id(1),
        code: "iom-pristina".to_owned(),
        name: "IOM Pristina".to_owned(),
        kind: "MISSION".to_owned(),
        territory: Some("XKX".to_owned()),
        seat_city: Some("Pristina".to_owned()),
        seat_country: Some("XKX".to_owned()),
        sending_state: Some("IRQ".to_owned()),
        version: 1,
        created_at: at(1),
    }
}

pub fn the_accreditation() -> accreditation::Model {
    accreditation::Model {
        id: id(2),
        organisation_id: id(1),
        host_territory: "XKX".to_owned(),
        valid_from: day(2020, 1, 1),
        valid_to: Some(day(2020, 1, 1)),
    }
}

pub fn the_client() -> client::Model {
    client::Model {
        id: id(3),
        client_id: "iom-pristina".to_owned(),
        organisation_id: id(1),
        purposes: r#"["RETURN_ASSISTANCE"]"#.to_owned(),
        rights: "[]".into(),
        territory_profile: "UNK".into(),
        issuer: Some("https://issuer.example".into()),
        tokens_not_before: Some(at(2)),
        documents_only: true,
        suspended_at: Some(at(2)),
        version: 1,
        created_at: at(1),
    }
}

pub fn the_survey_response() -> survey_response::Model {
    survey_response::Model {
        id: id(41),
        case_id: the_case().id,
        person_id: the_person().id,
        instrument: "RSS".into(),
        instrument_version: "2020".into(),
        round: 1,
        outcome: "SUBMITTED".into(),
        held_on: day(2021, 6, 1),
        mode: "PHONE".into(),
        language: Some("ar".into()),
        outside_window: None,
        answers: "{\"Q1\":\"YES\"}".into(),
        recorded_at: at(9),
        state: "VALIDATED".into(),
        recorded_by: "somebody".into(),
        validated_at: Some(at(10)),
    }
}

pub fn the_outreach_visit() -> outreach_visit::Model {
    outreach_visit::Model {
        id: id(42),
        organisation_id: the_mission().id,
        territory: "XKX".into(),
        location: "Bus station".into(),
        visited_on: day(2020, 11, 5),
        contacts: 40,
        populations: "[\"IRQ\"]".into(),
        recorded_at: at(9),
    }
}

pub fn the_jurisdiction() -> jurisdiction::Model {
    jurisdiction::Model {
        id: id(40),
        territory: "XKX".into(),
        objection_authority: Some("MIGRATION".into()),
        authority_to_ask_id: Some(id(1)),
        silent_approval_days: Some(7),
        application_valid_days: Some(90),
        statutory_days: 30,
        longest_extension_days: 30,
        warning_days: "[7,3]".into(),
        suspension_stops_period: true,
        fitness_window_hours: 48,
        told_of_registration: "[\"MIGRATION\"]".into(),
        told_of_departure: "[]".into(),
        authorities_to_tell: "[]".into(),
        currencies: "[\"EUR\"]".into(),
        points_of_exit: "[\"PRN\"]".into(),
        offices_at_exits: "[\"PRN\"]".into(),
        version: 1,
    }
}

pub fn the_case() -> case::Model {
    case::Model {
        id: id(4),
        reference: "XKX-2020-0001".to_owned(),
        sending_mission_id: id(1),
        receiving_mission_id: Some(id(1)),
        host_territory: "XKX".to_owned(),
        country_of_return: "IRQ".to_owned(),
        destination_city: Some("بغداد".to_owned()),
        state: "READY_TO_DEPART".to_owned(),
        return_mode: "VOLUNTARY".to_owned(),
        legal_status: "ASYLUM_WITHDRAWN".to_owned(),
        mimosa_reference: Some("M-1".to_owned()),
        prism_reference: Some("P-1".to_owned()),
        application_signed_at: Some(at(3)),
        voluntariness_recorded_at: Some(at(4)),
        declaration_signed_at: Some(at(5)),
        withdrawal_reason: None,
        intake_channel: "REFERRED".to_owned(),
        referred_by_id: Some(id(1)),
        return_decision_number: Some("RD-7".to_owned()),
        return_decision_issued_on: Some(day(2020, 10, 1)),
        return_decision_authority: Some("Department for Citizenship".to_owned()),
        return_decision_mentions_avrr: Some(true),
        return_decision_served_on: Some(day(2020, 10, 2)),
        eligibility: Some("ELIGIBLE".to_owned()),
        ineligibility_reason: None,
        eligibility_decided_at: Some(at(2)),
        vulnerability_assessed_at: Some(at(1)),
        legal_decision_maker: Some("SELF".to_owned()),
        data_exchange_form: Some("PARTIAL".to_owned()),
        preferred_from: Some(day(2020, 11, 5)),
        preferred_to: None,
        held_from: None,
        hold_reason: None,
        termination_reason: None,
        application_valid_until: Some(day(2021, 1, 1)),
        family_id: Some(id(4)),
        funding_project_id: Some(id(40)),
        opened_at: at(0),
        registered_at: Some(at(6)),
        departed_at: None,
        arrived_at: None,
        ended_at: None,
        due_at: None,
        version: i32::MAX,
    }
}

pub fn the_person() -> person::Model {
    person::Model {
        id: id(5),
        case_id: id(4),
        position: 0,
        head_of_household: true,
        family_name: "Example".to_owned(),
        given_names: "Karrar".to_owned(),
        date_of_birth: day(1995, 2, 28),
        sex: "M".to_owned(),
        nationality: "IRQ".to_owned(),
        place_of_birth: Some("Baghdad".to_owned()),
        parents_names: Some(String::new()),
        phone: None,
        email: Some("karrar@mail.example".to_owned()),
        marital_status: Some("SINGLE".to_owned()),
        occupation: Some("Baker".to_owned()),
        education: Some("PRIMARY".to_owned()),
        host_address: None,
        address_in_country_of_return: None,
        language: Some("ar".to_owned()),
        version: 1,
    }
}

pub fn the_consent() -> consent::Model {
    consent::Model {
        id: id(6),
        case_id: id(4),
        recipient_class: "EMBASSY".to_owned(),
        purpose: "TRAVEL_DOCUMENT".to_owned(),
        category: "IDENTITY".to_owned(),
        recipient_id: Some(id(1)),
        signed_at: at(7),
        signed_by: "GUARDIAN".to_owned(),
        revoked_at: Some(at(8)),
        state: "REVOKED".into(),
    }
}

pub fn the_case_party() -> case_party::Model {
    case_party::Model {
        case_id: id(4),
        organisation_id: id(1),
        relation: "SENDING".to_owned(),
        since: at(0),
        ended_at: Some(at(9)),
    }
}

pub fn the_travel_document_request() -> travel_document_request::Model {
    travel_document_request::Model {
        id: id(8),
        case_id: id(4),
        person_id: id(5),
        consular_post_id: id(1),
        state: "ISSUED".to_owned(),
        state_since: Some(at(13)),
        expedited: false,
        submitted_at: at(10),
        acknowledged_at: Some(at(11)),
        nationality_confirmed_at: Some(at(12)),
        ended_at: Some(at(13)),
        refusal_reason: None,
        document_type: Some("LAISSEZ_PASSER".to_owned()),
        document_number: Some("LP-1".to_owned()),
        document_issued_on: Some(day(2020, 10, 1)),
        document_expires_on: Some(day(2020, 12, 31)),
        document_issuing_state: Some("IRQ".to_owned()),
        document_single_journey: Some(true),
        document_destination_only: Some(true),
        document_mrz: Some("P<IRQ".to_owned()),
        version: 4,
    }
}

pub fn the_itinerary() -> itinerary::Model {
    itinerary::Model {
        id: id(9),
        case_id: id(4),
        attempt_no: 1,
        state: "SUSPENDED".to_owned(),
        replaces_id: None,
        booked_at: at(14),
        ticketed_at: Some(at(15)),
        ticket_number: Some("235-0000000001".to_owned()),
        booking_reference: Some("ABC123".to_owned()),
        fare_basis: Some("YHUMA".to_owned()),
        ticket_cost_minor: Some(34_000),
        ticket_currency: Some("EUR".to_owned()),
        ticket_override: Some("FARE_EXPIRES".to_owned()),
        reception_confirmed_at: Some(at(15)),
        border_point: Some("Pristina airport".to_owned()),
        airport_access: Some(true),
        exit_formalities_done_at: Some(at(16)),
        suspended_at: Some(at(16)),
        suspension_reason: Some("CARRIER".to_owned()),
        missed_at: Some(at(17)),
        ended_at: Some(at(17)),
        movement_id: Some(id(60)),
        funding_project_id: Some(id(40)),
        version: 2,
    }
}

pub fn the_segment() -> segment::Model {
    segment::Model {
        id: id(10),
        itinerary_id: id(9),
        case_id: id(4),
        position: 0,
        flight: "TK1018".to_owned(),
        departure_airport: "PRN".to_owned(),
        arrival_airport: "IST".to_owned(),
        departs_at: at(1_000_000),
        arrives_at: at(1_000_001),
        state: "RETIMED".to_owned(),
    }
}

pub fn the_reintegration_package() -> reintegration_package::Model {
    reintegration_package::Model {
        id: id(14),
        case_id: id(4),
        person_id: id(5),
        state: "PROPOSED".to_owned(),
        ceiling_minor: 200_000,
        currency: "EUR".to_owned(),
        plan: Some("A barber's shop".to_owned()),
        proposed_at: at(21),
        ended_at: None,
        funding_project_id: Some(id(40)),
        version: 1,
        cash_allowed: true,
        revision: 2,
        agreed_at: Some(at(26)),
        donor_approval: Some("DK-2026-7".to_owned()),
        suspended_from: Some("AGREED".to_owned()),
        suspension_reason: Some("CONTACT_LOST".to_owned()),
        transferred_to_id: Some(id(1)),
    }
}

pub fn the_package_item() -> package_item::Model {
    package_item::Model {
        id: id(15),
        reintegration_package_id: id(14),
        case_id: id(4),
        position: 0,
        category: "BUSINESS".to_owned(),
        modality: "IN_KIND".to_owned(),
        description: "Chairs and mirrors".to_owned(),
        amount_minor: 90_000,
        state: "PLANNED".to_owned(),
        exceptional: true,
        quote_reference: Some("Q-1".to_owned()),
        quoted_at: Some(at(26)),
        ordered_at: Some(at(26)),
        delivered_at: Some(at(27)),
        delivered_by: Some("a client/somebody".to_owned()),
        receipt_reference: Some("R-1".to_owned()),
        receipt_verified_at: Some(at(28)),
    }
}

pub fn the_notice() -> notice::Model {
    notice::Model {
        id: id(16),
        recipient_id: id(1),
        sequence: 1,
        kind: "ITINERARY_BOOKED".to_owned(),
        topic: "itinerary".to_owned(),
        occurred_at: at(14),
        case_id: Some(id(4)),
        itinerary_id: Some(id(9)),
        travel_document_request_id: Some(id(8)),
        cash_grant_id: Some(id(11)),
        superseded_by_id: Some(id(20)),
        retracted_at: Some(at(22)),
        acknowledged_at: Some(at(23)),
        acknowledged_by: Some(id(3)),
        acknowledgement_note: Some("met at the gate".to_owned()),
        delivered_at: Some(at(23)),
        delivered_via: Some("PULL".to_owned()),
        retracted_by_id: Some(id(20)),
        reminds_of_id: Some(id(999)),
    }
}

pub fn the_escalation_rule() -> entity::escalation_rule::Model {
    entity::escalation_rule::Model {
        id: id(700),
        notice_type: "ITINERARY_BOOKED".to_owned(),
        recipient: "RECEIVING".to_owned(),
        version: 1,
        steps: "[]".to_owned(),
        made_at: at(1),
        ended_at: Some(at(2)),
    }
}

pub fn the_escalation() -> entity::escalation::Model {
    entity::escalation::Model {
        id: id(701),
        notice_id: id(16),
        recipient_id: id(1),
        case_id: id(4),
        rule_id: id(700),
        notice_type: "ITINERARY_BOOKED".to_owned(),
        began_at: at(14),
        steps_done: 1,
        last_step_at: at(15),
        due_at: Some(at(16)),
        leased_by: Some(id(999)),
        leased_until: Some(at(17)),
        outcome: Some("ACKNOWLEDGED".to_owned()),
        ended_at: Some(at(18)),
    }
}

pub fn the_escalation_step() -> entity::escalation_step::Model {
    entity::escalation_step::Model {
        escalation_id: id(701),
        position: 0,
        action: "REPEAT".to_owned(),
        done_at: at(15),
    }
}

pub fn the_audit_entry() -> audit_entry::Model {
    audit_entry::Model {
        id: id(17),
        occurred_at: at(24),
        request_id: "r-1".to_owned(),
        client_id: Some(id(999)),
        organisation_id: Some(id(999)),
        command: "suspendItinerary".to_owned(),
        aggregate: "Itinerary".to_owned(),
        aggregate_id: id(999),
        case_id: Some(id(999)),
        from_state: Some("BOOKED".to_owned()),
        to_state: Some("SUSPENDED".to_owned()),
        event: Some("ITINERARY_SUSPENDED".to_owned()),
        reason: Some("CARRIER_CANCELLED".to_owned()),
        place: 0,
    }
}

pub fn the_idempotency_key() -> idempotency_key::Model {
    idempotency_key::Model {
        client_id: id(3),
        key: "k-1".to_owned(),
        command: "suspend_itinerary".to_owned(),
        body_hash: "00".to_owned(),
        aggregate_id: id(9),
        created_at: at(25),
    }
}
