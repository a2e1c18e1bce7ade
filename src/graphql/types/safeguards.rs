//! What protects persons: `VulnerabilityAssessment`, `ChildSafeguards`, `FitnessAssessment`, `HealthRequirement`, `Escort`,
//! `Detention`, `ConsularAppointment`, `AirlineClearance`, `AirportTransfer` and `TemporaryAccommodation`.

use crate::domain::safeguards::{
    AirlineClearance, AirportTransfer, BestInterestsResult, ChildSafeguards, ClearanceKind,
    ConsularAppointment, Detention, Escort, EscortKind, EscortState, FitnessAssessment, FitnessState,
    HealthRequirement, Requirement, TemporaryAccommodation, TestResult, TransferProvider, TravelCondition,
    VulnerabilityAssessment, VulnerabilityCategory,
};
use crate::governed;
use crate::graphql::leaf::Words;
use chrono::{DateTime, NaiveDate, Utc};

governed! { VulnerabilityAssessment "VulnerabilityAssessment": "Why a person needs particular care." {
    VulnerabilityAssessedOn: (NaiveDate) = |node| node.assessed_on, "The day of the assessment.";
    VulnerabilityCategories: (Words<VulnerabilityCategory>) = |node| Words(node.other_categories()), "Why the person needs particular care; trafficking is told apart.";
    VulnerabilityTrafficked: (bool) = VulnerabilityAssessment::is_victim_of_trafficking, "Whether the person was trafficked.";
} }

governed! { ChildSafeguards "ChildSafeguards": "What is in place for a child who travels without parents." {
    ChildBestInterests: (Option<BestInterestsResult>) = |node| node.best_interests, "What the best-interests procedure found.";
    ChildGuardianConsented: (Option<DateTime<Utc>>) = |node| node.guardian_consented_at, "When the guardian consented.";
    ChildChildConsented: (Option<DateTime<Utc>>) = |node| node.child_consented_at, "When the child consented.";
    ChildFamilyAssessedOn: (Option<NaiveDate>) = |node| node.family_assessed_on, "The day on which the family was assessed.";
    ChildHandoverParty: (Option<String>) = |node| node.handover_party.clone(), "Who receives the child.";
} }

governed! { FitnessAssessment "FitnessAssessment": "Whether a person is fit to travel, and under which conditions." {
    FitnessState: (FitnessState) = |node| node.state, "State.";
    FitnessConditions: (Words<TravelCondition>) = |node| Words(node.conditions.clone()), "The conditions of travel.";
    FitnessRequestedAt: (Option<DateTime<Utc>>) = |node| node.requested_at, "When health staff were asked.";
    FitnessPerformedAt: (Option<DateTime<Utc>>) = |node| node.performed_at, "When the person was examined.";
    FitnessValidUntil: (Option<DateTime<Utc>>) = |node| node.valid_until, "The last moment at which a journey may begin on it.";
} }

governed! { HealthRequirement "HealthRequirement": "What a country or a carrier demands of a traveller's health." {
    RequirementKind: (Requirement) = |node| node.requirement, "What is demanded.";
    RequirementResult: (Option<TestResult>) = |node| node.result, "How it went; null as long as it is outstanding.";
    RequirementValidUntil: (Option<DateTime<Utc>>) = |node| node.valid_until, "The last moment at which a journey may begin on it.";
} }

governed! { Escort "Escort": "Somebody who travels with a person." {
    EscortNumber: (i32) = |node| node.number, "Place among the escorts of the case, from 1: commands name the escort by it.";
    EscortKind: (EscortKind) = |node| node.kind, "Why somebody travels along.";
    EscortState: (EscortState) = |node| node.state, "State.";
    EscortName: (Option<String>) = |node| node.name.clone(), "The escort's full name.";
    EscortMhdReference: (Option<String>) = |node| node.mhd_reference.clone(), "Reference of the recommendation by IOM's migration health staff, where they gave one.";
} }

governed! { Detention "Detention": "A person's administrative detention." {
    DetentionFacility: (&str) = |node| node.facility.as_str(), "Where.";
    DetentionSince: (NaiveDate) = |node| node.since, "First day.";
    DetentionEndedOn: (Option<NaiveDate>) = |node| node.ended_on, "Last day, once it has ended.";
} }

governed! { ConsularAppointment "ConsularAppointment": "An appointment at a consular post for a person in detention." {
    AppointmentNumber: (i32) = |node| node.number, "Place among the appointments of the case, from 1: commands name the appointment by it.";
    AppointmentAt: (DateTime<Utc>) = |node| node.at, "When.";
    AppointmentSupportedAt: (Option<DateTime<Utc>>) = |node| node.supported_at, "When an authority agreed to bring the person there.";
} }

governed! { AirlineClearance "AirlineClearance": "What an airline has agreed to for one journey." {
    ClearanceKind: (ClearanceKind) = |node| node.kind, "Why the airline had to agree.";
    ClearanceReference: (Option<String>) = |node| node.reference.clone(), "The airline's reference.";
    ClearanceClearedAt: (DateTime<Utc>) = |node| node.cleared_at, "When it agreed.";
} }

governed! { AirportTransfer "AirportTransfer": "How the persons of a case get to the airport." {
    TransferProvider: (TransferProvider) = |node| node.provider, "Who brings them.";
    TransferFacility: (&str) = |node| node.pick_up_facility.as_str(), "Where they are picked up.";
    TransferAt: (DateTime<Utc>) = |node| node.pick_up_at, "When.";
} }

governed! { TemporaryAccommodation "TemporaryAccommodation": "Where the persons of a case stay before they leave." {
    AccommodationPlace: (&str) = |node| node.place.as_str(), "Where.";
    AccommodationFrom: (NaiveDate) = |node| node.from, "First day.";
    AccommodationUntil: (NaiveDate) = |node| node.until, "Last day.";
} }
