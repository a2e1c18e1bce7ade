//! The case that stands in the demo by reference is that of DOMAIN 1.4.

use super::*;
use crate::domain::case::LegalStatus;
use crate::domain::cash_grant::{CashGrantState, TrancheState};
use crate::domain::consent::{ConsentCategory, RecipientClass};
use crate::domain::itinerary::{ItineraryState, SuspensionReason};
use crate::domain::reintegration::ReintegrationPackageState;
use crate::domain::travel_document::{TravelDocumentRequestState, TravelDocumentType};
use crate::ids::OrganisationId;

fn demo() -> (CaseFile, Programme) {
    let programme = programme(1, now());
    let mut files = programme.files.iter();
    let file = files.find(|file| file.case.reference == REFERENCE);
    (file.expect("the case by reference").clone(), programme)
}

fn code(programme: &Programme, id: OrganisationId) -> &str {
    let mut organisations = programme.organisations.iter();
    organisations
        .find(|one| one.id == id)
        .map_or("", |one| one.code.as_str())
}

#[test]
fn a_man_of_25_waits_in_magure_ready_to_return_to_diwaniya() {
    let (file, programme) = demo();
    let case = &file.case;
    assert_eq!(
        (case.state, case.legal_status),
        (CaseState::ReadyToDepart, LegalStatus::AsylumRejected)
    );
    assert_eq!(
        (case.host_territory, case.destination_city.as_deref()),
        (CountryCode::KOSOVO, Some("Diwaniya"))
    );
    assert_eq!(code(&programme, case.sending_mission), "iom-pristina");
    assert_eq!(
        case.receiving_mission.map(|mission| code(&programme, mission)),
        Some("iom-baghdad")
    );
    let [person] = file.persons.as_slice() else {
        panic!("he returns alone")
    };
    let age = person.age_on(now().date_naive());
    assert_eq!(
        (age, person.sex, person.nationality),
        (25, Sex::Male, place("IRQ"))
    );
    assert_eq!(
        person.host_address.as_deref(),
        Some("Asylum Centre Magure, Lipjan")
    );
}

#[test]
fn the_embassy_of_iraq_in_belgrade_issued_a_laissez_passer_without_being_told_his_number() {
    let (file, programme) = demo();
    let lines = file
        .consents
        .iter()
        .filter(|consent| consent.recipient_class == RecipientClass::Embassy);
    let categories: Vec<_> = lines.map(|consent| consent.category).collect();
    assert_eq!(categories, [ConsentCategory::Identity, ConsentCategory::Photo]);
    let [request] = file.requests.as_slice() else {
        panic!("one request")
    };
    assert_eq!(code(&programme, request.consular_post), "embassy-iraq-belgrade");
    assert_eq!(request.state, TravelDocumentRequestState::Issued);
    assert!(request.acknowledged_at.is_some() && request.nationality_confirmed_at.is_some());
    let document = request.document.as_ref().map(|document| document.document_type);
    assert_eq!(document, Some(TravelDocumentType::EmergencyTravelDocument));
}

#[test]
fn two_itineraries_were_suspended_and_the_third_leaves_tomorrow_by_istanbul() {
    let (file, _) = demo();
    let [first, second, third] = file.itineraries.as_slice() else {
        panic!("three attempts")
    };
    for (number, attempt) in [(1, first), (2, second)] {
        assert_eq!(
            (attempt.attempt_no, attempt.state),
            (number, ItineraryState::Suspended)
        );
        assert_eq!(attempt.suspension_reason, Some(SuspensionReason::PublicHealth));
    }
    assert_eq!((third.attempt_no, third.state), (3, ItineraryState::Ticketed));
    for attempt in &file.itineraries {
        let stops = attempt
            .segments
            .iter()
            .map(|one| (one.departure_airport.as_str(), one.arrival_airport.as_str()));
        assert_eq!(stops.collect::<Vec<_>>(), [("PRN", "IST"), ("IST", "BGW")]);
    }
    let leaves = third.departs_at().map(|leaves| leaves.date_naive());
    assert_eq!(leaves, Some(now().date_naive() + Days::new(1)));
}

#[test]
fn his_grant_is_approved_and_unpaid_and_a_printing_shop_proposed() {
    let (file, _) = demo();
    let [grant] = file.grants.as_slice() else {
        panic!("one grant")
    };
    assert_eq!(
        (grant.state, grant.tranches[0].state),
        (CashGrantState::Approved, TrancheState::Due)
    );
    let [package] = file.packages.as_slice() else {
        panic!("one package")
    };
    assert_eq!(package.state, ReintegrationPackageState::Proposed);
    assert!(
        package
            .plan
            .as_ref()
            .is_some_and(|plan| plan.contains("printing shop"))
    );
}

#[test]
fn everybody_who_has_a_part_in_it_has_been_told() {
    let (file, programme) = demo();
    let mut told: Vec<_> = file
        .told
        .keys()
        .map(|recipient| code(&programme, *recipient))
        .collect();
    told.sort_unstable();
    let abroad = ["embassy-iraq-belgrade", "iom-baghdad", "iom-istanbul"];
    let in_the_host_territory = ["iom-pristina", "migration-kosovo", "police-kosovo"];
    assert_eq!(told, [abroad, in_the_host_territory].concat());
}
