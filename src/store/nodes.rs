//! Rows as they are read: a domain value with the related rows that were asked for, each under its own lens.

mod application;
mod break_glass;
mod complaint;
mod disclosure;
mod document;
mod escalation;
mod funding;
mod jurisdiction;
mod monitoring;
mod movement;
mod paper;
mod referral;
mod registry;
mod retention;
mod safeguards;
mod suspension;
mod transit;
mod webhook;

pub use application::{ApplicationNode, AsylumClaimNode, StatutoryExtensionNode, StatutoryPeriodNode};
pub use break_glass::BreakGlassNode;
pub use complaint::ComplaintNode;
pub use disclosure::DisclosureNode;
pub use document::{CustodyNode, PersonalDocumentNode, SnapshotNode};
pub use escalation::{EscalationNode, EscalationRuleNode, StepShown};
pub use funding::{ExchangeRateNode, GrantRuleNode, ProjectNode};
pub use jurisdiction::JurisdictionNode;
pub use monitoring::{SurveyAnswerNode, SurveyNode};
pub use movement::{ManifestChangeNode, ManifestLineNode, MovementFlightNode, MovementNode};
pub use paper::{AttachmentNode, PhotoNode};
pub use referral::ReferralNode;
pub use registry::{ClientNode, RegistryEntryNode};
pub use retention::CertificateNode;
pub use safeguards::Found;
pub use suspension::SuspensionNode;
pub use transit::HandlingNode;
pub use webhook::{AttemptNode, DeliveryNode, WebhookNode};

pub use crate::domain::campaign::CampaignReport;
pub use crate::domain::outreach::OutreachVisit;
pub use crate::domain::partner_survey::PartnerSurvey;
pub use crate::domain::training::Training;

use crate::domain::aftercare::{Aftercare, Handover};
use crate::domain::agreement::TransferAgreement;
use crate::domain::case::Case;
use crate::domain::cash_grant::{CashGrant, PayeeAccount};
use crate::domain::consent::Consent;
use crate::domain::entitlement::Computation;
use crate::domain::event_type::EventType;
use crate::domain::itinerary::Itinerary;
use crate::domain::notice::{DeliveryChannel, NoticeType};
use crate::domain::party::{Accreditation, Organisation};
use crate::domain::person::Person;
use crate::domain::reintegration::{MonitoringContact, ReintegrationPackage};
use crate::domain::safeguards::{
    AirlineClearance, AirportTransfer, AssistanceProvision, ChildSafeguards, ConsularAppointment, Detention,
    Escort, FitnessAssessment, Guardian, HealthRequirement, MedicalNote, MigrantBriefing,
    PreDepartureCircumstances, TemporaryAccommodation, VulnerabilityAssessment,
};
use crate::domain::travel_document::{
    ConsularInterview, InformationRequest, TravelDocument, TravelDocumentRequest,
};
use crate::ids::NoticeId;
use crate::policy::governed::Governed;
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// A related row that may be absent or out of reach; shared, because many rows may have the same one.
pub type One<T> = Option<Arc<Governed<T>>>;
/// Related rows.
pub type Many<T> = Vec<Arc<Governed<T>>>;

/// A case as read.
#[derive(Debug)]
pub struct CaseNode {
    /// The case.
    pub case: Case,
    /// The reference under which this viewer knows it.
    pub reference: String,
    /// How many persons are on it.
    pub person_count: i32,
    /// The sending mission.
    pub sending_mission: One<OrganisationNode>,
    /// The receiving mission.
    pub receiving_mission: One<OrganisationNode>,
    /// Persons within reach.
    pub persons: Many<PersonNode>,
    /// Consents within reach.
    pub consents: Many<ConsentNode>,
    /// Travel document requests within reach.
    pub requests: Many<RequestNode>,
    /// Documents that the persons hold.
    pub personal_documents: Many<PersonalDocumentNode>,
    /// Itineraries within reach.
    pub itineraries: Many<ItineraryNode>,
    /// Cash grants within reach.
    pub grants: Many<GrantNode>,
    /// The project that pays.
    pub funding_project: One<ProjectNode>,
    /// The family unit, under the same lens.
    pub family: One<FamilyNode>,
    /// Reintegration packages within reach.
    pub packages: Many<PackageNode>,
    /// Referrals that the viewer sent or received.
    pub referrals: Many<ReferralNode>,
    /// Accesses of oversight to it.
    pub break_glass: Many<BreakGlassNode>,
    /// What airlines have agreed to, under the same lens.
    pub clearances: Many<AirlineClearance>,
    /// How the persons get to the airport, under the same lens.
    pub transfer: One<AirportTransfer>,
    /// Where the persons stay before they leave, under the same lens.
    pub accommodations: Many<TemporaryAccommodation>,
    /// What the persons were told of their journey, under the same lens.
    pub briefings: Many<MigrantBriefing>,
    /// What its persons were asked afterwards, under the same lens.
    pub surveys: Many<SurveyNode>,
    /// What was decided of the application, under the same lens.
    pub application: ApplicationNode,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
    /// What is known from the return on, under the same lens.
    pub aftercare: One<Aftercare>,
    /// Handovers at the arrival, under the same lens.
    pub handovers: Many<HandoverNode>,
}

/// A family unit as read.
#[derive(Debug)]
pub struct FamilyNode {
    /// How many persons it has across its cases.
    pub household_size: i32,
    /// Those of them within reach.
    pub members: Many<PersonNode>,
}

/// A person as read.
#[derive(Debug)]
pub struct PersonNode {
    /// The person.
    pub person: Person,
    /// Whether the person is a child today.
    pub minor: bool,
    /// What was found of the person, as far as it is told without being shown whole.
    pub found: Found,
    /// The assessment of vulnerability that counts, under the same lens.
    pub vulnerability: One<VulnerabilityAssessment>,
    /// The guardian.
    pub guardian: Option<Guardian>,
    /// What is in place for a child, under the same lens.
    pub child: One<ChildSafeguards>,
    /// The assessment of fitness that counts, under the same lens.
    pub fitness: One<FitnessAssessment>,
    /// What health staff noted last.
    pub medical_note: Option<MedicalNote>,
    /// What is demanded of the person's health, under the same lens.
    pub requirements: Many<HealthRequirement>,
    /// Who travels along, under the same lens.
    pub escorts: Many<Escort>,
    /// The detention, under the same lens.
    pub detention: One<Detention>,
    /// Appointments of a person in detention, under the same lens.
    pub appointments: Many<ConsularAppointment>,
    /// How the person lives before the departure, under the same lens.
    pub circumstances: One<PreDepartureCircumstances>,
    /// What the person was given before the departure, under the same lens.
    pub assistance: Many<AssistanceProvision>,
    /// The photo of the person, under the same lens.
    pub photo: One<PhotoNode>,
}

/// A consent as read.
#[derive(Debug)]
pub struct ConsentNode {
    /// The consent.
    pub consent: Consent,
    /// The one organisation that may receive.
    pub recipient: One<OrganisationNode>,
}

/// A travel document request as read.
#[derive(Debug)]
pub struct RequestNode {
    /// The request.
    pub request: TravelDocumentRequest,
    /// The document, under the same lens.
    pub document: One<TravelDocument>,
    /// Days since it came into its state.
    pub age_in_days: i32,
    /// The day on which the persons are to leave, as long as the post has a part in it.
    pub planned_departure_on: Option<chrono::NaiveDate>,
    /// What the post wished to know besides, under the same lens.
    pub information_requests: Many<InformationRequest>,
    /// Interviews with the post, under the same lens.
    pub interviews: Many<ConsularInterview>,
    /// Where the document has been, under the same lens.
    pub custody: Many<CustodyNode>,
    /// What the post could read when it was asked, under the same lens.
    pub snapshot: One<SnapshotNode>,
    /// Copies of papers that go with it, under the same lens.
    pub attachments: Many<AttachmentNode>,
    /// Other posts of the same state that could be asked today.
    pub alternative_posts: Many<OrganisationNode>,
    /// Its case.
    pub case: One<CaseNode>,
    /// The person who needs the document.
    pub applicant: One<PersonNode>,
    /// The consular post.
    pub consular_post: One<OrganisationNode>,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
}

/// An itinerary as read.
#[derive(Debug)]
pub struct ItineraryNode {
    /// The itinerary.
    pub itinerary: Itinerary,
    /// The number of the attempt that it replaces.
    pub replaces_attempt_no: Option<i32>,
    /// Its flights, under the same lens.
    pub segments: Many<crate::domain::itinerary::Segment>,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
    /// Whether a suspension of operations stops it.
    pub suspended: bool,
    /// What missions on the way were asked for, under the same lens.
    pub handlings: Many<HandlingNode>,
    /// What went wrong on the way, under the same lens.
    pub incidents: Many<crate::domain::handling::TransitIncident>,
    /// Who has arrived, under the same lens.
    pub arrivals: Many<ArrivalNode>,
    /// The group movement that it is part of.
    pub movement: One<MovementNode>,
    /// Its case.
    pub case: One<CaseNode>,
    /// The project that pays.
    pub funding_project: One<ProjectNode>,
}

/// A person's arrival as read.
#[derive(Debug)]
pub struct ArrivalNode {
    /// The arrival.
    pub arrival: crate::domain::handling::Arrival,
    /// Who arrived.
    pub person: One<PersonNode>,
}

/// A cash grant as read.
#[derive(Debug)]
pub struct GrantNode {
    /// The grant.
    pub grant: CashGrant,
    /// Its tranches, under the same lens.
    pub tranches: Many<TrancheNode>,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
    /// Its case.
    pub case: One<CaseNode>,
    /// The person it is for.
    pub payee: One<PersonNode>,
    /// Where it is paid to, under the same lens.
    pub payee_account: One<PayeeAccount>,
    /// The project that pays.
    pub funding_project: One<ProjectNode>,
    /// The rule that applied.
    pub rule: One<GrantRuleNode>,
    /// How the amount came about, as last computed, under the same lens.
    pub computation: One<Computation>,
    /// The rate between the currencies of payment and rule.
    pub exchange_rate: One<ExchangeRateNode>,
}

/// A tranche as read, with the currency of its grant.
#[derive(Debug)]
pub struct TrancheNode {
    /// The tranche.
    pub tranche: crate::domain::cash_grant::Tranche,
    /// Currency of the grant.
    pub currency: crate::domain::money::CurrencyCode,
}

/// A reintegration package as read.
#[derive(Debug)]
pub struct PackageNode {
    /// The package.
    pub package: ReintegrationPackage,
    /// Its items, under the same lens.
    pub items: Many<ItemNode>,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
    /// Contacts with the returnee, under the same lens.
    pub contacts: Many<MonitoringContact>,
    /// The mission that it was given to.
    pub transferred_to: One<OrganisationNode>,
    /// Its case.
    pub case: One<CaseNode>,
    /// The person it is for.
    pub beneficiary: One<PersonNode>,
    /// The project that pays.
    pub funding_project: One<ProjectNode>,
}

/// A package item as read, with the currency of its package.
#[derive(Debug)]
pub struct ItemNode {
    /// The item.
    pub item: crate::domain::reintegration::PackageItem,
    /// Currency of the package.
    pub currency: crate::domain::money::CurrencyCode,
}

/// An entry in the history of a row, as read.
#[derive(Debug)]
pub struct HistoryNode {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What happened.
    pub event: Option<EventType>,
    /// Type of the row that it happened to.
    pub subject: String,
    /// The command that did it.
    pub command: String,
    /// The organisation in whose name it was done.
    pub organisation: One<OrganisationNode>,
    /// The client that did it.
    pub client: Option<String>,
    /// The state that the row was in.
    pub from: Option<String>,
    /// The state that the row is in since then.
    pub to: Option<String>,
    /// Why it was done.
    pub reason: Option<String>,
}

/// A handover as read.
#[derive(Debug)]
pub struct HandoverNode {
    /// The handover.
    pub handover: Handover,
    /// The person.
    pub person: One<PersonNode>,
}

/// A notice as read.
#[derive(Debug)]
pub struct NoticeNode {
    /// Names the notice.
    pub id: NoticeId,
    /// Its place in the recipient's inbox, from 1 without gaps.
    pub sequence: i64,
    /// What it says.
    pub kind: NoticeType,
    /// When that happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was retracted.
    pub retracted_at: Option<DateTime<Utc>>,
    /// The acknowledgement, under the same lens.
    pub acknowledgement: One<AcknowledgementNode>,
    /// What became of it, for each webhook that it was sent to.
    pub deliveries: Many<DeliveryNode>,
    /// The recipient.
    pub recipient: One<OrganisationNode>,
    /// The case, if still within reach.
    pub case: One<CaseNode>,
    /// The itinerary, if still within reach.
    pub itinerary: One<ItineraryNode>,
    /// The travel document request, if still within reach.
    pub request: One<RequestNode>,
    /// The cash grant, if still within reach.
    pub grant: One<GrantNode>,
    /// The notice that supersedes this one.
    pub superseded_by: One<NoticeNode>,
    /// The notices that this one supersedes or takes back, oldest first.
    pub corrects: Many<NoticeNode>,
    /// The notice that this one is a reminder of.
    pub reminds_of: One<NoticeNode>,
    /// When it was first handed to the recipient.
    pub delivered_at: Option<DateTime<Utc>>,
    /// By which way that was.
    pub delivered_via: Option<DeliveryChannel>,
}

/// An acknowledgement as read.
#[derive(Debug)]
pub struct AcknowledgementNode {
    /// When it was given.
    pub at: DateTime<Utc>,
    /// The client that gave it.
    pub by: Option<String>,
    /// What the client noted.
    pub note: Option<String>,
}

/// An organisation as read.
#[derive(Debug)]
pub struct OrganisationNode {
    /// The organisation.
    pub organisation: Organisation,
    /// Its accreditations, under the same lens.
    pub accreditations: Many<Accreditation>,
    /// Its agreements on the transfer of personal data, under the same lens.
    pub agreements: Many<TransferAgreement>,
    /// Its clients.
    pub clients: Many<ClientNode>,
    /// What was done to it.
    pub history: Many<RegistryEntryNode>,
}
