//! Which rows: what a viewer can reach of each kind of row, with windows that open and close.
//!
//! The store turns a [`Reach`] into SQL in one place; [`Reach::admits`] is the same rule in memory, and a property test
//! holds the two together.

use super::fields::{Access, Field};
use super::relation::Relation;
use super::viewer::Viewer;
use crate::domain::consent::RecipientClass;
use crate::domain::party::{OrganisationKind, PartyRelation};
use crate::ids::OrganisationId;
use chrono::{DateTime, Duration, Utc};

/// The kinds of row that have a reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Cases.
    Case,
    /// Persons on cases.
    Person,
    /// Consents on cases.
    Consent,
    /// Travel document requests.
    TravelDocumentRequest,
    /// Itineraries.
    Itinerary,
    /// Cash grants.
    CashGrant,
    /// Reintegration packages.
    ReintegrationPackage,
    /// Referrals.
    Referral,
    /// Notices.
    Notice,
    /// Organisations.
    Organisation,
    /// Clients.
    Client,
    /// Jurisdictions.
    Jurisdiction,
    /// Outreach visits.
    OutreachVisit,
    /// Projects, their grant rules, and exchange rates.
    Funding,
    /// Suspensions of operations.
    OperationsSuspension,
    /// Group movements, and the lines of their manifests.
    Movement,
    /// Accesses of oversight to cases.
    BreakGlassAccess,
    /// Certificates of what was erased.
    RetentionCertificate,
}

impl Resource {
    /// Every resource, with the name that the table prints.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Case, "Case"),
        (Self::Person, "Person"),
        (Self::Consent, "Consent"),
        (Self::TravelDocumentRequest, "TravelDocumentRequest"),
        (Self::Itinerary, "Itinerary"),
        (Self::CashGrant, "CashGrant"),
        (Self::ReintegrationPackage, "ReintegrationPackage"),
        (Self::Referral, "Referral"),
        (Self::Notice, "Notice"),
        (Self::Organisation, "Organisation"),
        (Self::Client, "Client"),
        (Self::Jurisdiction, "Jurisdiction"),
        (Self::OutreachVisit, "OutreachVisit"),
        (Self::Funding, "Project, GrantRule, ExchangeRate"),
        (Self::OperationsSuspension, "OperationsSuspension"),
        (Self::Movement, "Movement"),
        (Self::BreakGlassAccess, "BreakGlassAccess"),
        (Self::RetentionCertificate, "RetentionCertificate"),
    ];
}

/// The rows of one kind that one viewer can reach now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// None.
    Nothing,
    /// All.
    Everything,
    /// Rows of cases that the organisation is a party to.
    OfParty(PartyReach),
    /// Rows addressed to the organisation.
    AddressedTo(OrganisationId),
    /// Rows that every partner knows of, and the organisation's own.
    Known(OrganisationId),
}

/// Rows of cases that an organisation is a party to, in one of these relations and within its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyReach {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The relations that reach this kind of row, and how far each does.
    pub windows: Vec<Window>,
    /// The class of recipient for which an active consent that opens the case is needed (INV-06); none inside IOM.
    pub consent: Option<RecipientClass>,
}

/// How far one relation reaches a kind of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The relation.
    pub relation: PartyRelation,
    /// The moment before which an ended part, or an ended request, reaches no more; none where there is no limit.
    pub cutoff: Option<DateTime<Utc>>,
    /// Whether only rows count that concern the organisation itself: requests addressed to it, their applicants, persons
    /// referred to it, consents for its class, journeys that it was told of.
    pub own_only: bool,
}

impl Window {
    /// Whether something that ended then, or has not ended, is still within the window.
    #[must_use]
    pub fn is_open(&self, ended_at: Option<DateTime<Utc>>) -> bool {
        match (self.cutoff, ended_at) {
            (Some(cutoff), Some(ended)) => ended > cutoff,
            _ => true,
        }
    }
}

/// How long a party still reaches a case after its part has ended; nothing means without limit.
#[must_use]
pub fn window(relation: PartyRelation) -> Option<Duration> {
    match relation {
        PartyRelation::Sending | PartyRelation::Receiving => None,
        PartyRelation::Transit => Some(Duration::hours(72)),
        PartyRelation::Consular | PartyRelation::Migration => Some(Duration::days(30)),
        PartyRelation::Police => Some(Duration::days(7)),
        PartyRelation::Service => Some(Duration::zero()),
    }
}

/// The relations that reach a kind of row at all.
#[must_use]
pub fn relations(resource: Resource) -> &'static [PartyRelation] {
    use PartyRelation::{Consular, Migration, Police, Receiving, Sending, Service, Transit};
    match resource {
        Resource::Case | Resource::Person | Resource::Consent => {
            &[Sending, Receiving, Transit, Consular, Police, Migration, Service]
        }
        Resource::TravelDocumentRequest => &[Sending, Receiving, Transit, Consular, Police, Migration],
        Resource::Itinerary => &[Sending, Receiving, Transit, Police, Migration],
        // Besides the mission that organises it: whoever was told of a journey that is part of it.
        Resource::Movement => &[Sending, Receiving, Transit, Police],
        Resource::CashGrant | Resource::ReintegrationPackage => &[Sending, Receiving],
        // The mission that answers for the case.
        Resource::BreakGlassAccess => &[Sending],
        Resource::Notice
        | Resource::Organisation
        | Resource::Client
        | Resource::Jurisdiction
        | Resource::OutreachVisit
        | Resource::Funding
        | Resource::RetentionCertificate
        | Resource::OperationsSuspension => &[],
        Resource::Referral => &[Sending, Receiving, Migration, Service],
    }
}

/// Whether a relation reaches only the rows that concern its own organisation.
#[must_use]
pub fn own_only(resource: Resource, relation: PartyRelation) -> bool {
    use PartyRelation::{Consular, Receiving, Sending, Service};
    match resource {
        Resource::Person => matches!(relation, Consular | Service),
        Resource::TravelDocumentRequest => relation == Consular,
        // Whoever sent it, and whoever was asked.
        Resource::Referral => true,
        // One that names a service says that there is something to protect from.
        Resource::Consent => relation != Sending,
        Resource::Itinerary | Resource::Movement => !matches!(relation, Sending | Receiving),
        _ => false,
    }
}

/// What a viewer can reach of a kind of row now.
#[must_use]
pub fn reach(viewer: &Viewer, resource: Resource, now: DateTime<Utc>) -> Reach {
    match (resource, viewer.kind) {
        (
            Resource::Organisation,
            OrganisationKind::Mission | OrganisationKind::Auditor | OrganisationKind::Admin,
        ) => Reach::Everything,
        // Where there is a shelter is known to nobody outside IOM.
        (Resource::Organisation, _) => Reach::Known(viewer.organisation),
        (
            Resource::Jurisdiction,
            OrganisationKind::ConsularPost | OrganisationKind::Dashboard | OrganisationKind::ServiceProvider,
        ) => Reach::Nothing,
        (Resource::Jurisdiction, _) => Reach::Everything,
        (Resource::OutreachVisit, OrganisationKind::Mission) => Reach::AddressedTo(viewer.organisation),
        (Resource::OutreachVisit, kind) if kind != OrganisationKind::Auditor => Reach::Nothing,
        // What pays for a person says something of the person: finance inside IOM and oversight alone (DOMAIN 4.4).
        (
            Resource::Funding,
            OrganisationKind::Mission | OrganisationKind::Auditor | OrganisationKind::Admin,
        ) => Reach::Everything,
        (Resource::Funding, _) => Reach::Nothing,
        (
            Resource::OperationsSuspension,
            OrganisationKind::Mission | OrganisationKind::Auditor | OrganisationKind::Admin,
        ) => Reach::Everything,
        (Resource::OperationsSuspension, _) => Reach::Nothing,
        (Resource::Client, OrganisationKind::Admin | OrganisationKind::Auditor) => Reach::Everything,
        (Resource::Notice, OrganisationKind::Auditor) => Reach::Everything,
        (_, OrganisationKind::Admin | OrganisationKind::Dashboard) | (Resource::Client, _) => Reach::Nothing,
        (Resource::Notice, _) => Reach::AddressedTo(viewer.organisation),
        (_, OrganisationKind::Auditor) => Reach::Everything,
        (_, kind) => of_party(viewer.organisation, kind, resource, now),
    }
}

fn of_party(
    organisation: OrganisationId,
    kind: OrganisationKind,
    resource: Resource,
    now: DateTime<Utc>,
) -> Reach {
    let possible = Relation::possible_for(kind)
        .iter()
        .filter_map(|relation| relation.as_party());
    let windows: Vec<Window> = possible
        .filter(|relation| relations(resource).contains(relation))
        .map(|relation| Window {
            relation,
            cutoff: window(relation).map(|length| now - length),
            own_only: own_only(resource, relation),
        })
        .collect();
    let Some(first) = windows.first() else {
        return Reach::Nothing;
    };
    // A kind of organisation is either inside IOM or outside, so its relations need the same consent.
    let consent = first.relation.consent_needed();
    Reach::OfParty(PartyReach {
        organisation,
        windows,
        consent,
    })
}

/// What decides in memory whether a case is within reach: the viewer's part in it, and the consents that hold.
#[derive(Clone, Debug, Default)]
pub struct CaseFacts {
    /// The viewer's part, if it has one: its relation, and when that ended.
    pub part: Option<(PartyRelation, Option<DateTime<Utc>>)>,
    /// Classes of recipient for which an active consent opens the case to the viewer.
    pub consents: Vec<RecipientClass>,
}

impl Reach {
    /// Whether a case with these facts is within reach; the same rule as the store's SQL.
    #[must_use]
    pub fn admits(&self, facts: &CaseFacts) -> bool {
        match self {
            Self::Nothing | Self::AddressedTo(_) | Self::Known(_) => false,
            Self::Everything => true,
            Self::OfParty(reach) => {
                let Some((relation, ended_at)) = facts.part else {
                    return false;
                };
                let mut windows = reach.windows.iter();
                let open = windows.any(|window| window.relation == relation && window.is_open(ended_at));
                open && reach.consent.is_none_or(|class| facts.consents.contains(&class))
            }
        }
    }

    /// The same reach, only through relations that see every one of these fields in full: what a filter may use.
    ///
    /// Nothing is returned where no relation of this kind of viewer sees them: then the filter itself is refused.
    #[must_use]
    pub fn seeing(self, kind: OrganisationKind, fields: &[Field]) -> Option<Self> {
        let sees = |relation: Relation| fields.iter().all(|field| field.access(relation) == Access::Full);
        if fields.is_empty() {
            return Some(self);
        }
        match self {
            Self::OfParty(mut reach) => {
                reach.windows.retain(|window| sees(window.relation.into()));
                (!reach.windows.is_empty()).then_some(Self::OfParty(reach))
            }
            other => sees(Relation::of_kind(kind)).then_some(other),
        }
    }
}
