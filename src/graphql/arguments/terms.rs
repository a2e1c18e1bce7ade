//! Which field each argument of a listing would reveal: a kind of viewer is shown the arguments that it may use. The store
//! refuses the others by lines of its own, and a test asks for every one as everybody to hold the two together.

use crate::domain::party::OrganisationKind;
use crate::indicators::dimension::Dimension;
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
        "DisclosureFilter",
        "rowTypes",
        "Disclosure",
        Field::DisclosureRowType,
    ),
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

/// The terms of the filters of figures: what they choose by among figures that were published, where that is a dimension of
/// persons; the others choose by project and time.
const CHOICES: &[(&str, &str, Option<Dimension>)] = &[
    ("IndicatorFilter", "project", None),
    ("IndicatorFilter", "territory", Some(Dimension::HostTerritory)),
    ("IndicatorFilter", "from", None),
    ("IndicatorFilter", "to", None),
    ("IndicatorFilter", "period", None),
    ("IndicatorFilter", "relativeTo", None),
    ("ReturnFilter", "project", None),
    ("ReturnFilter", "hostTerritory", Some(Dimension::HostTerritory)),
    ("ReturnFilter", "region", Some(Dimension::Region)),
    (
        "ReturnFilter",
        "countryOfReturn",
        Some(Dimension::CountryOfReturn),
    ),
    ("ReturnFilter", "nationality", Some(Dimension::Nationality)),
    ("ReturnFilter", "sex", Some(Dimension::Sex)),
    ("ReturnFilter", "ageBand", Some(Dimension::AgeBand)),
    ("ReturnFilter", "legalStatus", Some(Dimension::LegalStatus)),
    (
        "ReturnFilter",
        "vulnerabilityGroup",
        Some(Dimension::VulnerabilityGroup),
    ),
    ("ReturnFilter", "returnMode", Some(Dimension::ReturnMode)),
    ("ReturnFilter", "from", None),
    ("ReturnFilter", "to", None),
    ("ReturnFilter", "period", None),
    ("ReturnFilter", "relativeTo", None),
];

/// Whether a kind may use an argument. Of a filter only what has a line here; any other argument without one reveals no
/// field, and is for everybody.
#[must_use]
pub fn may_use(kind: OrganisationKind, owner: &str, argument: &str) -> bool {
    if let Some((.., dimension)) = choice(owner, argument) {
        return dimension.is_none_or(|dimension| dimension.is_open_to(kind));
    }
    match line(owner, argument) {
        Some((_, _, rows, field)) => outlook::may_narrow(kind, rows, *field),
        None => !owner.ends_with("Filter"),
    }
}

fn line(owner: &str, argument: &str) -> Option<&'static (&'static str, &'static str, &'static str, Field)> {
    let mut terms = TERMS.iter();
    terms.find(|(of, name, ..)| *of == owner && *name == argument)
}

fn choice(owner: &str, argument: &str) -> Option<&'static (&'static str, &'static str, Option<Dimension>)> {
    let mut choices = CHOICES.iter();
    choices.find(|(of, name, ..)| *of == owner && *name == argument)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

    #[test]
    fn every_term_of_a_filter_says_which_field_it_would_reveal() {
        let schema = parse_schema(crate::graphql::sdl(None)).expect("a schema");
        let mut terms = 0;
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let owner = definition.node.name.node;
            let TypeKind::InputObject(input) = definition.node.kind else {
                continue;
            };
            for field in input.fields.iter().filter(|_| owner.ends_with("Filter")) {
                let name = &field.node.name.node;
                let has = line(&owner, name).is_some() || choice(&owner, name).is_some();
                assert!(has, "{owner}.{name} has no line");
                terms += 1;
            }
        }
        assert!(terms > 20, "{terms} terms");
    }
}
