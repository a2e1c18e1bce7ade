//! What prepares persons for the departure: `PreDepartureCircumstances`, `AssistanceProvision` and `MigrantBriefing`.

use crate::domain::safeguards::{
    AssistanceKind, AssistanceProvider, AssistanceProvision, HostAccommodation, MigrantBriefing, NeedCode,
    PreDepartureCircumstances,
};
use crate::governed;
use crate::graphql::leaf::Words;
use chrono::{DateTime, NaiveDate, Utc};

governed! { PreDepartureCircumstances "PreDepartureCircumstances": "In which circumstances a person lives before the departure." {
    CircumstancesAccommodation: (HostAccommodation) = |node| node.accommodation, "How the person lives.";
    CircumstancesTreatment: (bool) = |node| node.medical_treatment, "Whether the person is in medical treatment.";
    CircumstancesNeeds: (Words<NeedCode>) = |node| Words(node.travel_needs.clone()), "What the person says that has to be done for them on the way.";
    CircumstancesRecordedAt: (DateTime<Utc>) = |node| node.recorded_at, "When it was recorded.";
} }

governed! { AssistanceProvision "AssistanceProvision": "What a person was given before the departure." {
    AssistanceKind: (AssistanceKind) = |node| node.kind, "What.";
    AssistanceProvider: (AssistanceProvider) = |node| node.provider, "Whether IOM or an authority gave it.";
    AssistanceProviderName: (&str) = |node| node.provider_name.as_str(), "The office, authority or centre that gave it.";
    AssistanceProvidedOn: (NaiveDate) = |node| node.provided_on, "The day.";
} }

governed! { MigrantBriefing "MigrantBriefing": "What the persons of a case were told of their journey before they left." {
    BriefingAttemptNo: (Option<i32>) = |node| node.attempt_no, "Number of the attempt whose flight details they were given; null where they were given none.";
    BriefingLuggage: (Option<i32>) = |node| node.luggage_kilograms, "Luggage allowance of each that they were told of, in kilograms.";
    BriefingEntitlements: (bool) = |node| node.entitlements_explained, "Whether it was explained to them what they are entitled to.";
    BriefingBriefedAt: (DateTime<Utc>) = |node| node.briefed_at, "When.";
} }
