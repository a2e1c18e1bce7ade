//! Who can be what in the demo: the clients as they are printed, and what each kind may ask first.

use super::register::{ENTRIES, Entry};
use crate::domain::party::OrganisationKind;

/// A demo client, for whoever wants to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoClient {
    /// Public name, the `client_id` of its tokens.
    pub client_id: &'static str,
    /// Name of its organisation.
    pub organisation: &'static str,
    /// Kind of its organisation.
    pub kind: OrganisationKind,
}

/// Every demo client: missions, posts, police, migration authorities, services that protect, dashboards, the auditor, the administrator.
#[must_use]
pub fn clients() -> Vec<DemoClient> {
    let client = |entry: &Entry| DemoClient {
        client_id: entry.code,
        organisation: entry.name,
        kind: entry.kind,
    };
    ENTRIES.iter().map(client).collect()
}

/// A first query worth pasting for a kind of client: something that it sees, and something that it does not.
#[must_use]
pub fn first_query(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Mission => {
            "{ itineraries(first: 3) { totalCount edges { node { attemptNo state segments { flight departsAt } \
             case { reference state legalStatusAtApplication persons { fullName dateOfBirth phone } \
             cashGrants { state amount { amountMinor currency } } } } } } }"
        }
        OrganisationKind::ConsularPost => {
            "{ travelDocumentRequests(first: 3) { totalCount edges { node { state submittedAt \
             applicant { fullName dateOfBirth phone } case { reference state } } } } }"
        }
        OrganisationKind::Police => {
            "{ notices(last: 3) { totalCount edges { node { sequence type occurredAt case { reference state \
             legalStatusAtApplication persons { fullName } } itinerary { segments { flight departsAt } } } } } }"
        }
        OrganisationKind::MigrationAuthority => {
            "{ notices(last: 3) { totalCount edges { node { sequence type occurredAt case { reference state registeredAt \
             persons { fullName hostAddress placeOfBirth } } itinerary { state segments { flight departsAt } } } } } }"
        }
        OrganisationKind::Dashboard => {
            "{ returns(groupBy: [COUNTRY_OF_RETURN]) { totalCases totalPersons threshold rows { keys { label } cases persons \
             suppressed } } cases(first: 3) { totalCount } }"
        }
        OrganisationKind::ServiceProvider => {
            "{ referrals(first: 3) { totalCount edges { node { state service sender { name } person { fullName needs } \
             case { reference state } } } } }"
        }
        OrganisationKind::Auditor => {
            "{ cases(last: 3) { totalCount edges { node { state legalStatusAtApplication consents { recipientClass \
             active } persons { fullName dateOfBirth } } } } }"
        }
        OrganisationKind::Admin => {
            "{ organisations(first: 50) { totalCount edges { node { code kind clients { clientId suspendedAt } } } } \
             cases(first: 3) { totalCount } }"
        }
    }
}
