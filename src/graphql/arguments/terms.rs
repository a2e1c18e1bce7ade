//! Which field each argument of a listing would reveal: a kind of viewer is shown the arguments that it may use. The store
//! refuses the others by lines of its own, and a test asks for every one as everybody to hold the two together.

use crate::domain::party::OrganisationKind;
use crate::policy::fields::Field;
use crate::policy::outlook;

/// The arguments: the input type and its field, or a root field and its argument; the rows; the field it would reveal.
const TERMS: &[(&str, &str, &str, Field)] = &[
    ("CaseFilter", "state", "Case", Field::CaseState),
    ("CaseFilter", "territory", "Case", Field::CaseHostTerritory),
    (
        "CaseFilter",
        "countryOfReturn",
        "Case",
        Field::CaseCountryOfReturn,
    ),
    ("CaseFilter", "nationality", "Case", Field::PersonNationality),
    ("CaseFilter", "opened", "Case", Field::CaseOpenedAt),
    ("CaseFilter", "reference", "Case", Field::CaseReference),
    ("Query", "cases(orderBy)", "Case", Field::CaseOpenedAt),
    (
        "TravelDocumentRequestFilter",
        "state",
        "TravelDocumentRequest",
        Field::RequestState,
    ),
    (
        "TravelDocumentRequestFilter",
        "territory",
        "TravelDocumentRequest",
        Field::CaseHostTerritory,
    ),
    (
        "TravelDocumentRequestFilter",
        "nationality",
        "TravelDocumentRequest",
        Field::PersonNationality,
    ),
    (
        "TravelDocumentRequestFilter",
        "submitted",
        "TravelDocumentRequest",
        Field::RequestSubmittedAt,
    ),
    ("ItineraryFilter", "state", "Itinerary", Field::ItineraryState),
    (
        "ItineraryFilter",
        "territory",
        "Itinerary",
        Field::CaseHostTerritory,
    ),
    (
        "ItineraryFilter",
        "nationality",
        "Itinerary",
        Field::PersonNationality,
    ),
    (
        "ItineraryFilter",
        "departing",
        "Itinerary",
        Field::SegmentDepartsAt,
    ),
    ("CashGrantFilter", "state", "CashGrant", Field::GrantState),
    (
        "CashGrantFilter",
        "territory",
        "CashGrant",
        Field::CaseHostTerritory,
    ),
    (
        "CashGrantFilter",
        "nationality",
        "CashGrant",
        Field::PersonNationality,
    ),
    ("CashGrantFilter", "proposed", "CashGrant", Field::GrantProposedAt),
    (
        "ReintegrationPackageFilter",
        "state",
        "ReintegrationPackage",
        Field::PackageState,
    ),
    (
        "ReintegrationPackageFilter",
        "territory",
        "ReintegrationPackage",
        Field::CaseHostTerritory,
    ),
    (
        "ReintegrationPackageFilter",
        "nationality",
        "ReintegrationPackage",
        Field::PersonNationality,
    ),
    (
        "ReintegrationPackageFilter",
        "proposed",
        "ReintegrationPackage",
        Field::PackageProposedAt,
    ),
    ("ReferralFilter", "state", "Referral", Field::ReferralState),
    ("ReferralFilter", "sent", "Referral", Field::ReferralSentAt),
    ("NoticeFilter", "types", "Notice", Field::NoticeKind),
    (
        "NoticeFilter",
        "acknowledged",
        "Notice",
        Field::NoticeAcknowledgement,
    ),
    ("NoticeFilter", "afterSequence", "Notice", Field::NoticeSequence),
    ("NoticeFilter", "occurred", "Notice", Field::NoticeOccurredAt),
    (
        "DisclosureFilter",
        "person",
        "Disclosure",
        Field::DisclosurePerson,
    ),
    ("DisclosureFilter", "case", "Disclosure", Field::DisclosureCase),
    (
        "DisclosureFilter",
        "organisation",
        "Disclosure",
        Field::DisclosureOrganisation,
    ),
    (
        "DisclosureFilter",
        "client",
        "Disclosure",
        Field::DisclosureClient,
    ),
    ("DisclosureFilter", "disclosed", "Disclosure", Field::DisclosureAt),
    (
        "Query",
        "escalations(open)",
        "Escalation",
        Field::EscalationEndedAt,
    ),
    (
        "OrganisationFilter",
        "kind",
        "Organisation",
        Field::OrganisationKind,
    ),
    (
        "OrganisationFilter",
        "territory",
        "Organisation",
        Field::OrganisationTerritory,
    ),
];

/// Whether a kind may use an argument; one that reveals no field is for everybody.
#[must_use]
pub fn may_use(kind: OrganisationKind, owner: &str, argument: &str) -> bool {
    let mut terms = TERMS.iter();
    let term = terms.find(|(of, name, ..)| *of == owner && *name == argument);
    term.is_none_or(|(_, _, rows, field)| outlook::may_narrow(kind, rows, *field))
}
