//! `Case`.

use crate::domain::aftercare::Aftercare;
use crate::domain::application::{
    DataExchangeForm, Eligibility, HoldReason, IneligibilityReason, ReturnDecision, TerminationReason,
};
use crate::domain::case::{CaseState, LegalStatus, ReturnMode, Standing, WithdrawalReason};
use crate::domain::counselling::CounsellingSession;
use crate::domain::objection::ObjectionCheck;
use crate::domain::safeguards::{AirlineClearance, AirportTransfer, MigrantBriefing, TemporaryAccommodation};
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{
    AsylumClaimNode, BreakGlassNode, CaseNode, ConsentNode, FamilyNode, GrantNode, HandoverNode, HistoryNode,
    ItineraryNode, OrganisationNode, PackageNode, PersonNode, PersonalDocumentNode, ProjectNode,
    ReferralNode, RequestNode, StatutoryPeriodNode, SurveyNode,
};
use chrono::{DateTime, NaiveDate, Utc};

governed! { CaseNode "Case" node: "One return of one person or family, from the first conversation to the arrival." {
    CaseId: (RowId) = |node| RowId(NodeType::Case, node.case.id.uuid()), "Names the case to this viewer, and to nobody else.";
    CaseReference: (&str) = |node| node.reference.as_str(), "The sending mission's own reference; every other organisation sees a pseudonym of its own.";
    CaseState: (Standing) = |node| node.case.standing(), "State of the case.";
    CaseReturnMode: (ReturnMode) = |node| node.case.return_mode, "How the persons return.";
    CaseLegalStatus: (LegalStatus) = |node| node.case.legal_status, "Legal status in the host territory when the application was made.";
    CaseHostTerritory: (CountryCode) = |node| node.case.host_territory, "The territory that hosts the persons.";
    CaseCountryOfReturn: (CountryCode) = |node| node.case.country_of_return, "The country that the persons return to.";
    CaseDestinationCity: (Option<String>) = |node| node.case.destination_city.clone(), "The city that the persons return to.";
    CaseSendingMission: {OrganisationNode} = |node| &node.sending_mission, "The IOM mission that assists the persons in the host territory.";
    CaseReceivingMission: {OrganisationNode} = |node| &node.receiving_mission, "The IOM mission in the country of return.";
    CaseMimosaReference: (Option<String>) = |node| node.case.mimosa_reference.clone(), "Reference in IOM's case management system.";
    CasePrismReference: (Option<String>) = |node| node.case.prism_reference.clone(), "Reference in PRISM, IOM's finance system.";
    CaseOpenedAt: (DateTime<Utc>) = |node| node.case.opened_at, "When the case was opened.";
    CaseRegisteredAt: (Option<DateTime<Utc>>) = |node| node.case.registered_at, "When the signed application was registered.";
    CaseApplicationSignedAt: (Option<DateTime<Utc>>) = |node| node.case.application_signed_at, "When the application form was signed.";
    CaseValidUntil: (Option<NaiveDate>) = |node| node.case.application.valid_until, "The last day on which the signed application holds until the statutory period begins; null where the territory sets no limit.";
    CaseVoluntariness: (Option<DateTime<Utc>>) = |node| node.case.voluntariness_recorded_at, "When it was recorded that the decision is voluntary.";
    CaseDeclarationSignedAt: (Option<DateTime<Utc>>) = |node| node.case.declaration_signed_at, "When the departure declaration was signed.";
    CaseDepartedAt: (Option<DateTime<Utc>>) = |node| node.case.departed_at, "When the persons departed.";
    CaseArrivedAt: (Option<DateTime<Utc>>) = |node| node.case.arrived_at, "When the persons arrived.";
    CaseWithdrawalReason: (Option<WithdrawalReason>) = |node| node.case.withdrawal_reason, "Why the persons withdrew.";
    CaseWithdrawnInTransit: (bool) = |node| node.case.state == CaseState::Withdrawn && node.case.departed_at.is_some(), "Whether the persons withdrew on the way, before they boarded a connecting flight.";
    CaseHoldReason: (Option<HoldReason>) = |node| node.case.application.hold_reason, "Why the case is on hold, while it is.";
    CaseTerminationReason: (Option<TerminationReason>) = |node| node.case.application.termination_reason, "Why IOM ended the application.";
    CasePreferredFrom: (Option<NaiveDate>) = |node| node.case.application.preferred_from, "The first day on which the persons wish to leave.";
    CasePreferredTo: (Option<NaiveDate>) = |node| node.case.application.preferred_to, "The last day on which they wish to leave.";
    CaseEligibility: (Option<Eligibility>) = |node| node.case.application.eligibility.map(|decided| decided.outcome), "The last decision whether the persons can be assisted.";
    CaseIneligibility: (Option<IneligibilityReason>) = |node| node.case.application.eligibility.and_then(|decided| decided.reason), "Why the persons cannot be assisted, if they cannot.";
    CaseDataExchange: (Option<DataExchangeForm>) = |node| node.case.application.data_exchange, "What became of the Data Exchange form that was offered.";
    CaseCounselling: [CounsellingSession] = |node| &node.application.sessions, "The counselling sessions that were held, oldest first.";
    CaseAsylumClaims: [AsylumClaimNode] = |node| &node.application.asylum_claims, "Procedures for international protection that the persons are in, oldest first; an authority is shown its own alone.";
    CaseReturnDecision: {ReturnDecision} = |node| &node.application.return_decision, "The return decision that an authority of the host territory issued.";
    CaseStatutoryPeriod: {StatutoryPeriodNode} = |node| &node.application.period, "The period for voluntary departure; null until it begins, and again while a reopened case awaits a new one.";
    CaseObjectionChecks: [ObjectionCheck] = |node| &node.application.objection_checks, "What authorities of the host territory answered when asked whether they object, oldest first.";
    CaseVersion: (i32) = |node| node.case.version, "Counts the changes of the case; commands take it as expectedVersion.";
    CaseHistory: [HistoryNode] = |node| &node.history, "What happened to the case, its persons, consents and forms, oldest first; at most 100 entries.";
    CasePersonCount: (i32) = |node| node.person_count, "How many persons are on the case; cases and persons are two counters.";
    CasePersons: [PersonNode] = |node| &node.persons, "The persons, the head of the household first.";
    CaseConsents: [ConsentNode] = |node| &node.consents, "What the persons have allowed IOM to tell whom.";
    CaseTravelDocuments: [RequestNode] = |node| &node.requests, "Requests made of consular posts for the persons' travel documents.";
    CasePersonalDocuments: [PersonalDocumentNode] = |node| &node.personal_documents, "Travel documents that the persons hold without IOM's asking.";
    CaseItineraries: [ItineraryNode] = |node| &node.itineraries, "The journeys booked for the case, by number of attempt.";
    CaseCashGrants: [GrantNode] = |node| &node.grants, "Cash grants for the persons.";
    CaseAftercare: {Aftercare} = |node| &node.aftercare, "What is known of the persons from the return on.";
    CaseHandovers: [HandoverNode] = |node| &node.handovers, "To whom persons were handed over at the arrival, oldest first.";
    CaseSurveys: [SurveyNode] = |node| &node.surveys, "What the persons were asked after their return.";
    CaseFundingProject: {ProjectNode} = |node| &node.funding_project, "The project that pays for what is done where nothing else is said.";
    CaseFamily: {FamilyNode} = |node| &node.family, "The family unit, which may have more cases.";
    CasePackages: [PackageNode] = |node| &node.packages, "Reintegration packages for the persons.";
    CaseReferrals: [ReferralNode] = |node| &node.referrals, "Referrals of the persons that the viewer sent or received, oldest first.";
    CaseBreakGlass: [BreakGlassNode] = |node| &node.break_glass, "Accesses of oversight to the case, oldest first.";
    CaseClearances: [AirlineClearance] = |node| &node.clearances, "What airlines have agreed to.";
    CaseTransfer: {AirportTransfer} = |node| &node.transfer, "How the persons get to the airport.";
    CaseAccommodations: [TemporaryAccommodation] = |node| &node.accommodations, "Where the persons stay before they leave.";
    CaseBriefings: [MigrantBriefing] = |node| &node.briefings, "What the persons were told of their journey before they left, in the order in which it was recorded.";
} }
