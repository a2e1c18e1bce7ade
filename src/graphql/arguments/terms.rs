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

/// Arguments that reveal no field wherever they stand: places of a page, rows by their ids, what a command is given, and
/// filters, whose terms have lines of their own.
const PLAIN: &[&str] = &["first", "last", "after", "before", "id", "ids", "input", "filter"];

/// Other arguments that reveal no field: they choose among figures that were published, or among the viewer's own notices.
const CHOOSING: &[(&str, &str)] = &[
    ("Query", "consularStatistics(consularPosts)"),
    ("Query", "consularStatistics(from)"),
    ("Query", "consularStatistics(to)"),
    ("Query", "indicators(by)"),
    ("Query", "indicators(codes)"),
    ("Query", "indicators(step)"),
    ("Query", "returns(groupBy)"),
    ("Query", "returns(orderBy)"),
    ("Subscription", "departures(afterSequence)"),
    ("Subscription", "notices(afterSequence)"),
    ("Subscription", "notices(types)"),
];

/// Whether a kind may use an argument: what has no line here, nobody is shown.
#[must_use]
pub fn may_use(kind: OrganisationKind, owner: &str, argument: &str) -> bool {
    if let Some((.., dimension)) = choice(owner, argument) {
        return dimension.is_none_or(|dimension| dimension.is_open_to(kind));
    }
    match line(owner, argument) {
        Some((_, _, rows, field)) => outlook::may_narrow(kind, rows, *field),
        None => reveals_nothing(owner, argument),
    }
}

/// Whether an argument needs no line; the inputs of a command are for whoever may give it.
fn reveals_nothing(owner: &str, argument: &str) -> bool {
    match argument.split_once('(') {
        Some((_, name)) => {
            PLAIN.contains(&name.trim_end_matches(')')) || CHOOSING.contains(&(owner, argument))
        }
        None => owner.ends_with("Input") || owner == "NoticeSelection",
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
    use crate::domain::code::Code as _;
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

    fn is_listed(owner: &str, argument: &str) -> bool {
        line(owner, argument).is_some()
            || choice(owner, argument).is_some()
            || reveals_nothing(owner, argument)
    }

    #[test]
    fn every_argument_says_which_field_it_would_reveal_or_that_it_reveals_none() {
        let schema = parse_schema(crate::graphql::sdl(None)).expect("a schema");
        let (mut terms, mut arguments) = (0, 0);
        for definition in schema.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let owner = definition.node.name.node;
            let fields = match definition.node.kind {
                TypeKind::InputObject(input) => {
                    for field in &input.fields {
                        let name = &field.node.name.node;
                        assert!(is_listed(&owner, name), "{owner}.{name} has no line");
                        terms += usize::from(owner.ends_with("Filter"));
                    }
                    continue;
                }
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            for field in &fields {
                for argument in &field.node.arguments {
                    let name = format!("{}({})", field.node.name.node, argument.node.name.node);
                    assert!(is_listed(&owner, &name), "{owner}.{name} has no line");
                    arguments += 1;
                }
            }
        }
        assert!(
            terms > 20 && arguments > 200,
            "{terms} terms, {arguments} arguments"
        );
    }

    #[test]
    fn what_has_no_line_is_shown_to_nobody() {
        for (kind, ..) in OrganisationKind::ALL {
            for (owner, argument) in [
                ("Query", "cases(heldBy)"),
                ("Case", "history(by)"),
                ("CaseFilter", "heldBy"),
                ("CaseSelection", "heldBy"),
            ] {
                assert!(!may_use(*kind, owner, argument), "{kind} {owner}.{argument}");
            }
        }
    }
}
