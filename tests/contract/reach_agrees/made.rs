//! Rows of made-up cases.

use super::plan::{now, place};
use avrr_gateway::domain::case::Case;
use avrr_gateway::domain::code::Code;
use avrr_gateway::domain::itinerary::{Itinerary, ItineraryState};
use avrr_gateway::domain::person::{Person, Sex};
use avrr_gateway::domain::travel_document::{TravelDocumentRequest, TravelDocumentRequestState};
use avrr_gateway::ids::{OrganisationId, new_id};
use chrono::{DateTime, NaiveDate, Utc};
use proptest::strategy::Strategy;

/// A person on a case.
pub fn person(case: &Case, position: i32, nationality: &str) -> Person {
    Person {
        id: new_id(now()).into(),
        case_id: case.id,
        position,
        head_of_household: position == 0,
        family_name: "Alwan".to_owned(),
        given_names: "Basim".to_owned(),
        date_of_birth: NaiveDate::from_ymd_opt(1996, 1, 15).expect("a day"),
        sex: Sex::Male,
        nationality: place(nationality),
        place_of_birth: None,
        parents_names: None,
        phone: None,
        email: None,
        marital_status: None,
        occupation: None,
        education: None,
        host_address: None,
        address_in_country_of_return: None,
        language: None,
        version: 1,
    }
}

/// A request to a post, that ended then or has not.
pub fn request(
    case: &Case,
    person: &Person,
    (post, ended_at): (OrganisationId, Option<DateTime<Utc>>),
) -> TravelDocumentRequest {
    TravelDocumentRequest {
        id: new_id(now()).into(),
        case_id: case.id,
        person_id: person.id,
        consular_post: post,
        state: TravelDocumentRequestState::Submitted,
        state_since: now(),
        expedited: false,
        submitted_at: now(),
        acknowledged_at: None,
        nationality_confirmed_at: None,
        ended_at,
        refusal_reason: None,
        document: None,
        version: 1,
    }
}

/// An attempt at a journey that is over.
pub fn itinerary(case: &Case, attempt_no: i32) -> Itinerary {
    Itinerary {
        id: new_id(now()).into(),
        case_id: case.id,
        attempt_no,
        state: ItineraryState::Suspended,
        replaces: None,
        booked_at: now(),
        ticketed_at: None,
        ticket_number: None,
        booking_reference: None,
        fare_basis: None,
        ticket_cost: None,
        ticket_override: None,
        reception_confirmed_at: None,
        exit_formalities: None,
        suspended_at: None,
        suspension_reason: None,
        missed_at: None,
        ended_at: None,
        segments: Vec::new(),
        movement: None,
        funding_project: None,
        version: 1,
    }
}

/// Any word of a vocabulary.
pub fn word<C: Code>() -> impl Strategy<Value = C> {
    (0..C::ALL.len()).prop_map(|nth| C::ALL[nth].0)
}
