//! Which rows: what a viewer can reach of each kind of row, with windows that open and close.
//!
//! The store turns a [`Reach`] into SQL in one place; [`Reach::admits`] is the same rule in memory, and a property test
//! holds the two together.
//!
//! Where a window begins and ends is the domain's to say, by the part that an organisation has in a case:
//!
//! - The receiving mission takes part from the signature of the application, when it begins to counsel the persons, or from
//!   the admission of whom it took in itself. It keeps the case.
//! - A mission on the way takes part from the booking until the persons have left its country: by the plan once they have
//!   departed, by what is seen as soon as something is; an incident there keeps its part open.
//! - A consular post takes part from the request until it has issued or refused, or the request is taken back. What becomes
//!   of a document afterwards is no business of the post, so its window runs from there and not from the last state of the
//!   request. It is accredited for the nationality and the host territory on the day of the request (INV-10); if the
//!   accreditation ends later it still answers what it was asked.
//! - The police take part from the objection check or the first departure notice that is addressed to them, the migration
//!   authority from the registration, the check or a referral, until the departure is recorded or the application ends. The
//!   moment of the record counts, not that of the departure: an authority that is told late can read what it was told.
//! - A service takes part for as long as it is asked to protect somebody.
//!
//! Whoever asks for a purpose that is not one of the work on cases reaches none of them, and a partner outside IOM only by a
//! consent that was given for the purpose of the request.

use super::fields::{Access, Field};
use super::relation::Relation;
use super::viewer::Viewer;
use super::windows::Windows;
use crate::domain::consent::{Purpose, RecipientClass};
use crate::domain::party::{ClientRight, OrganisationKind, PartyRelation};
use crate::ids::OrganisationId;
use chrono::{DateTime, Utc};

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
    /// Trainings.
    Training,
    /// Reports on campaigns, and surveys among partners and staff.
    ProgrammeRecord,
    /// Projects, their grant rules, and exchange rates.
    Funding,
    /// Suspensions of operations.
    OperationsSuspension,
    /// Group movements, and the lines of their manifests.
    Movement,
    /// Complaints.
    Complaint,
    /// Entries of the disclosure ledger.
    Disclosure,
    /// Accesses of oversight to cases.
    BreakGlassAccess,
    /// Certificates of what was erased.
    RetentionCertificate,
    /// Webhooks.
    Webhook,
    /// Notices under escalation.
    Escalation,
    /// What is done about notices that nobody acknowledges.
    EscalationRule,
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
        (Self::Training, "Training"),
        (Self::ProgrammeRecord, "CampaignReport, PartnerSurvey"),
        (Self::Funding, "Project, GrantRule, ExchangeRate"),
        (Self::OperationsSuspension, "OperationsSuspension"),
        (Self::Movement, "Movement"),
        (Self::Complaint, "Complaint"),
        (Self::Disclosure, "Disclosure"),
        (Self::BreakGlassAccess, "BreakGlassAccess"),
        (Self::RetentionCertificate, "RetentionCertificate"),
        (Self::Webhook, "Webhook"),
        (Self::Escalation, "Escalation"),
        (Self::EscalationRule, "EscalationRule"),
    ];

    /// Whether its rows are of cases, or tell of them: of persons, that is.
    #[must_use]
    pub fn is_of_cases(self) -> bool {
        match self {
            Self::Case
            | Self::Person
            | Self::Consent
            | Self::TravelDocumentRequest
            | Self::Itinerary
            | Self::CashGrant
            | Self::ReintegrationPackage
            | Self::Referral
            | Self::Notice
            | Self::Movement
            | Self::Complaint
            | Self::Disclosure
            | Self::BreakGlassAccess
            | Self::Escalation => true,
            Self::Organisation
            | Self::Client
            | Self::Jurisdiction
            | Self::OutreachVisit
            | Self::Training
            | Self::ProgrammeRecord
            | Self::Funding
            | Self::OperationsSuspension
            | Self::RetentionCertificate
            | Self::Webhook
            | Self::EscalationRule => false,
        }
    }

    /// The right without which no client reaches such rows, where there is one.
    #[must_use]
    pub fn right(self) -> Option<ClientRight> {
        (self == Self::Complaint).then_some(ClientRight::Complaints)
    }
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
    /// Rows that are not about the organisation itself.
    NotAbout(OrganisationId),
}

/// Rows of cases that an organisation is a party to, in one of these relations and within its window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyReach {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The relations that reach this kind of row, and how far each does.
    pub windows: Vec<Window>,
    /// The active consent that is needed to open the case (INV-06); none inside IOM.
    pub consent: Option<Needed>,
}

/// A consent that opens a case: to a class of recipient, for the purpose of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needed {
    /// The class.
    pub class: RecipientClass,
    /// The purpose.
    pub purpose: Purpose,
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

/// The purposes for which a viewer of this kind reaches cases and what tells of them.
#[must_use]
pub fn purposes(kind: OrganisationKind) -> &'static [Purpose] {
    match kind {
        OrganisationKind::Mission => Purpose::OF_CASES,
        OrganisationKind::ConsularPost => RecipientClass::Embassy.purposes(),
        OrganisationKind::Police => RecipientClass::HostPolice.purposes(),
        OrganisationKind::MigrationAuthority => RecipientClass::HostMigration.purposes(),
        OrganisationKind::ServiceProvider => RecipientClass::ServiceProvider.purposes(),
        OrganisationKind::Auditor => &[Purpose::Oversight],
        OrganisationKind::Dashboard | OrganisationKind::Admin => &[],
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
        // Who was told what of a person is shown to those who assist the person, and to oversight.
        Resource::CashGrant | Resource::ReintegrationPackage | Resource::Disclosure => &[Sending, Receiving],
        // The mission that answers for the case.
        Resource::BreakGlassAccess | Resource::Escalation => &[Sending],
        Resource::Notice
        | Resource::Organisation
        | Resource::Client
        | Resource::Jurisdiction
        | Resource::OutreachVisit
        | Resource::Training
        | Resource::ProgrammeRecord
        | Resource::Funding
        | Resource::Complaint
        | Resource::RetentionCertificate
        | Resource::Webhook
        | Resource::EscalationRule
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
        // What others were told by right of their own, such as that a service protects a person, is not for the mission there.
        Resource::Disclosure => relation == Receiving,
        Resource::Itinerary | Resource::Movement => !matches!(relation, Sending | Receiving),
        _ => false,
    }
}

/// What a viewer can reach of a kind of row now.
#[must_use]
pub fn reach(viewer: &Viewer, resource: Resource, now: DateTime<Utc>, windows: Windows) -> Reach {
    let lacks_right = resource
        .right()
        .is_some_and(|right| !viewer.rights.contains(&right));
    if lacks_right || resource.is_of_cases() && !purposes(viewer.kind).contains(&viewer.purpose) {
        return Reach::Nothing;
    }
    match (resource, viewer.kind) {
        // Nobody handles what is said of their own organisation; and whoever lodged a complaint has its reference alone.
        (Resource::Complaint, OrganisationKind::Auditor) => Reach::NotAbout(viewer.organisation),
        (Resource::Complaint, _) => Reach::Nothing,
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
        // What a mission records of its own work is its own, and oversight's.
        (
            Resource::OutreachVisit | Resource::Training | Resource::ProgrammeRecord,
            OrganisationKind::Mission,
        ) => Reach::AddressedTo(viewer.organisation),
        (Resource::OutreachVisit | Resource::Training | Resource::ProgrammeRecord, kind)
            if kind != OrganisationKind::Auditor =>
        {
            Reach::Nothing
        }
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
        // Who is reminded of what, and when somebody else is woken: missions have to know what becomes of their silence.
        (
            Resource::EscalationRule,
            OrganisationKind::Mission | OrganisationKind::Auditor | OrganisationKind::Admin,
        ) => Reach::Everything,
        (Resource::EscalationRule, _) => Reach::Nothing,
        (Resource::Client, OrganisationKind::Admin | OrganisationKind::Auditor) => Reach::Everything,
        (Resource::Notice | Resource::Webhook, OrganisationKind::Auditor) => Reach::Everything,
        (_, OrganisationKind::Admin | OrganisationKind::Dashboard) | (Resource::Client, _) => Reach::Nothing,
        // Where an organisation is told is its own business.
        (Resource::Notice | Resource::Webhook, _) => Reach::AddressedTo(viewer.organisation),
        (_, OrganisationKind::Auditor) => Reach::Everything,
        _ => of_party(viewer, resource, now, windows),
    }
}

fn of_party(viewer: &Viewer, resource: Resource, now: DateTime<Utc>, windows: Windows) -> Reach {
    let possible = Relation::possible_for(viewer.kind)
        .iter()
        .filter_map(|relation| relation.as_party());
    let open: Vec<Window> = possible
        .filter(|relation| relations(resource).contains(relation))
        .map(|relation| Window {
            relation,
            cutoff: windows.of(relation).map(|length| now - length),
            own_only: own_only(resource, relation),
        })
        .collect();
    let Some(first) = open.first() else {
        return Reach::Nothing;
    };
    // A kind of organisation is either inside IOM or outside, so its relations need the same consent.
    let class = first.relation.consent_needed();
    let purpose = viewer.purpose;
    Reach::OfParty(PartyReach {
        organisation: viewer.organisation,
        consent: class.map(|class| Needed { class, purpose }),
        windows: open,
    })
}

/// What decides in memory whether a case is within reach: the viewer's part in it, and the consents that hold.
#[derive(Clone, Debug, Default)]
pub struct CaseFacts {
    /// The viewer's part, if it has one: its relation, and when that ended.
    pub part: Option<(PartyRelation, Option<DateTime<Utc>>)>,
    /// Classes of recipient for which an active consent opens the case to the viewer, for the purpose of its request.
    pub consents: Vec<RecipientClass>,
}

impl Reach {
    /// Whether a case with these facts is within reach; the same rule as the store's SQL.
    #[must_use]
    pub fn admits(&self, facts: &CaseFacts) -> bool {
        match self {
            Self::Nothing | Self::AddressedTo(_) | Self::Known(_) | Self::NotAbout(_) => false,
            Self::Everything => true,
            Self::OfParty(reach) => {
                let Some((relation, ended_at)) = facts.part else {
                    return false;
                };
                let mut windows = reach.windows.iter();
                let open = windows.any(|window| window.relation == relation && window.is_open(ended_at));
                open && reach
                    .consent
                    .is_none_or(|needed| facts.consents.contains(&needed.class))
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
