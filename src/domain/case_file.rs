//! A case with all that hangs on it: what a step of the procedure reads, and what it may change.

use super::aftercare::{Aftercare, Handover};
use super::asylum::AsylumClaim;
use super::break_glass::BreakGlassAccess;
use super::case::Case;
use super::cash_grant::CashGrant;
use super::consent::{Consent, RecipientClass};
use super::counselling::CounsellingSession;
use super::entitlement::Computation;
use super::handling::{Arrival, TransitHandling, TransitIncident};
use super::itinerary::Itinerary;
use super::movement::{ManifestLine, Movement};
use super::notice::{NoticeDraft, Topic};
use super::objection::ObjectionCheck;
use super::paper::Paper;
use super::party::{Author, Directory, Party, PartyRelation};
use super::person::Person;
use super::referral::Referral;
use super::reintegration::ReintegrationPackage;
use super::safeguards::Safeguards;
use super::statutory::{StatutoryExtension, StatutoryPeriod};
use super::survey::SurveyResponse;
use super::suspension::CaseSuspension;
use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use super::travel_document::{
    ConsularInterview, CustodyEntry, InformationRequest, PersonalDocument, TravelDocumentRequest,
};
use crate::ids::{CashGrantId, ItineraryId, OrganisationId, PersonId, TravelDocumentRequestId};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// A case with its persons, consents, parties, requests, itineraries, grants and packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Its persons, the head of the household first.
    pub persons: Vec<Person>,
    /// Its consents, oldest first.
    pub consents: Vec<Consent>,
    /// Counselling sessions, oldest first.
    pub counselling: Vec<CounsellingSession>,
    /// Authorities asked whether they object, oldest first.
    pub objections: Vec<ObjectionCheck>,
    /// Statutory periods, oldest first.
    pub periods: Vec<StatutoryPeriod>,
    /// Extensions of them, oldest first.
    pub extensions: Vec<StatutoryExtension>,
    /// Procedures for international protection, at most one of each authority; no part of what the case is decided by.
    pub asylum_claims: Vec<AsylumClaim>,
    /// The organisations that take part.
    pub parties: Vec<Party>,
    /// Travel document requests, oldest first.
    pub requests: Vec<TravelDocumentRequest>,
    /// What consular posts wished to know besides, oldest first.
    pub information_requests: Vec<InformationRequest>,
    /// Interviews with consular posts, in the order in which they were settled.
    pub interviews: Vec<ConsularInterview>,
    /// Where documents have been, oldest first.
    pub custody: Vec<CustodyEntry>,
    /// Documents that persons hold without IOM's asking, in the order in which they were recorded.
    pub personal_documents: Vec<PersonalDocument>,
    /// Photos of persons and copies of papers, those that were taken away among them, oldest first.
    pub papers: Vec<Paper>,
    /// Itineraries by number of attempt.
    pub itineraries: Vec<Itinerary>,
    /// What missions on the way were asked for, oldest first.
    pub handlings: Vec<TransitHandling>,
    /// What went wrong on the way, oldest first.
    pub incidents: Vec<TransitIncident>,
    /// Who has arrived.
    pub arrivals: Vec<Arrival>,
    /// Places of its persons on the manifests of group movements, oldest first.
    pub manifest_lines: Vec<ManifestLine>,
    /// The group movements that its journeys are, or were, part of: read with the case, and not changed by its steps.
    pub movements: Vec<Movement>,
    /// Suspensions of operations of which its missions were told, oldest first.
    pub suspensions: Vec<CaseSuspension>,
    /// Cash grants, oldest first.
    pub grants: Vec<CashGrant>,
    /// How the amounts of cash grants came about, oldest first.
    pub computations: Vec<Computation>,
    /// Reintegration packages, oldest first.
    pub packages: Vec<ReintegrationPackage>,
    /// What is known from the return on; at most one.
    pub aftercare: Vec<Aftercare>,
    /// Handovers at the arrival, oldest first.
    pub handovers: Vec<Handover>,
    /// What protects the persons.
    pub safeguards: Safeguards,
    /// What the persons were asked afterwards, oldest first.
    pub surveys: Vec<SurveyResponse>,
    /// Referrals, oldest first.
    pub referrals: Vec<Referral>,
    /// Accesses of oversight to it, oldest first.
    pub break_glass: Vec<BreakGlassAccess>,
    /// Who has been told of what, and not been told since that it no longer holds.
    pub told: BTreeMap<OrganisationId, BTreeSet<Topic>>,
}

/// What a step knows besides the case: the time, and who could take part.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Now.
    pub now: DateTime<Utc>,
    /// The register of organisations and accreditations.
    pub directory: &'a Directory,
    /// Who acts.
    pub by: &'a Author,
}

impl Circumstances<'_> {
    /// Today, in UTC.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Refuses a moment that lies in the future.
    ///
    /// # Errors
    ///
    /// `DATE_OUT_OF_ORDER`, naming the input field.
    pub fn not_in_the_future(&self, moment: DateTime<Utc>, field: &'static str) -> Result<(), Refusal> {
        if moment > self.now {
            Err(Refusal::at(Reason::DateOutOfOrder, field))
        } else {
            Ok(())
        }
    }
}

impl CaseFile {
    /// The person with this id, if on this case.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.persons.iter().find(|person| person.id == id)
    }

    /// The request with this id, if of this case.
    #[must_use]
    pub fn request(&self, id: TravelDocumentRequestId) -> Option<&TravelDocumentRequest> {
        self.requests.iter().find(|request| request.id == id)
    }

    /// What an organisation is to this case.
    #[must_use]
    pub fn relation_of(&self, organisation: OrganisationId) -> Option<PartyRelation> {
        self.parties
            .iter()
            .find(|party| party.organisation == organisation)
            .map(|party| party.relation)
    }

    /// Whether a consent holds that lets this recipient class know who the persons are (INV-06).
    #[must_use]
    pub fn consents_to(&self, class: RecipientClass) -> bool {
        self.consents
            .iter()
            .any(|consent| consent.recipient_class == class && consent.opens_identity())
    }

    /// Whether the persons let this organisation be told; IOM itself may always be.
    #[must_use]
    pub fn may_tell(&self, organisation: OrganisationId) -> bool {
        let needed = self.relation_of(organisation).map(PartyRelation::consent_needed);
        needed.is_some_and(|class| class.is_none_or(|class| self.is_open_to(organisation, class)))
    }

    /// Whether a consent holds that opens the case to this organisation, as one of a class, for what the class is told for.
    #[must_use]
    pub fn is_open_to(&self, organisation: OrganisationId, class: RecipientClass) -> bool {
        let mut consents = self.consents.iter();
        consents.any(|consent| {
            consent.recipient_class == class && consent.opens_case_to(organisation, class.purpose())
        })
    }

    /// Whether the case, as a clerk decides on it, is another than it was: its own facts, what it was decided by, and
    /// when time next changes it. What a post or another clerk does elsewhere is not part of it.
    #[must_use]
    pub fn decided_otherwise_than(&self, before: &Self) -> bool {
        self.case != before.case
            || self.consents != before.consents
            || self.counselling != before.counselling
            || self.objections != before.objections
            || self.periods != before.periods
            || self.extensions != before.extensions
            || self.aftercare != before.aftercare
            || self.handovers != before.handovers
            || self.safeguards != before.safeguards
            || self.surveys != before.surveys
    }

    /// The last check whether an authority objects, since the case was registered.
    #[must_use]
    pub fn objection_check(&self) -> Option<&ObjectionCheck> {
        let last = self.objections.last();
        last.filter(|check| {
            self.case
                .registered_at
                .is_none_or(|since| check.requested_at >= since)
        })
    }

    /// The statutory period since the case was registered.
    #[must_use]
    pub fn statutory_period(&self) -> Option<&StatutoryPeriod> {
        let last = self.periods.last();
        last.filter(|period| {
            self.case
                .registered_at
                .is_none_or(|since| period.started_at >= since)
        })
    }

    /// The last day of a period of this case; of a hold that goes on, the days until `now` are counted where they prolong it.
    #[must_use]
    pub fn end_of(&self, period: &StatutoryPeriod, now: Option<DateTime<Utc>>) -> NaiveDate {
        period.ends_on(&self.extensions, &self.suspensions, now)
    }

    /// Whether an organisation takes part, at least until this moment.
    #[must_use]
    pub fn takes_part(&self, organisation: OrganisationId, now: DateTime<Utc>) -> bool {
        let mut parties = self.parties.iter();
        parties.any(|party| {
            party.organisation == organisation && party.ended_at.is_none_or(|ended| ended >= now)
        })
    }

    /// One notice for each party of these relations that takes part, at least until this moment, and may be told.
    pub(super) fn tell(
        &self,
        relations: &[PartyRelation],
        now: DateTime<Utc>,
        draft: impl Fn(OrganisationId) -> NoticeDraft,
    ) -> Vec<NoticeDraft> {
        let parties = self
            .parties
            .iter()
            .filter(|party| relations.contains(&party.relation));
        parties
            .filter(|party| party.ended_at.is_none_or(|ended| ended >= now))
            .filter(|party| self.may_tell(party.organisation))
            .map(|party| draft(party.organisation))
            .collect()
    }

    /// Makes an organisation a party, or an ended part current again; a nearer relation is never replaced by a farther.
    pub(super) fn involve(
        &mut self,
        organisation: OrganisationId,
        relation: PartyRelation,
        now: DateTime<Utc>,
    ) {
        match self
            .parties
            .iter_mut()
            .find(|party| party.organisation == organisation)
        {
            Some(party) => {
                party.relation = party.relation.min(relation);
                party.ended_at = None;
            }
            None => {
                self.parties.push(Party {
                    case_id: self.case.id,
                    organisation,
                    relation,
                    since: now,
                    ended_at: None,
                });
            }
        }
    }

    /// Ends the part of every party of a relation.
    pub(super) fn release(&mut self, relation: PartyRelation, when: DateTime<Utc>) {
        for party in self
            .parties
            .iter_mut()
            .filter(|party| party.relation == relation && party.ended_at.is_none())
        {
            party.ended_at = Some(when);
        }
    }

    /// Involves these authorities of the host territory, as far as the persons consent.
    pub(super) fn involve_with_consent(
        &mut self,
        organisations: impl Iterator<Item = OrganisationId>,
        relation: PartyRelation,
        now: DateTime<Utc>,
    ) {
        if relation
            .consent_needed()
            .is_none_or(|class| self.consents_to(class))
        {
            for organisation in organisations {
                self.involve(organisation, relation, now);
            }
        }
    }

    /// Involves authorities of the host territory, each as far as the persons consent; gives those that the procedure names.
    pub(super) fn take_in(
        &mut self,
        authorities: Vec<(OrganisationId, PartyRelation)>,
        now: DateTime<Utc>,
    ) -> Vec<OrganisationId> {
        for (authority, relation) in &authorities {
            self.involve_with_consent(std::iter::once(*authority), *relation, now);
        }
        authorities.into_iter().map(|(authority, _)| authority).collect()
    }

    /// Of these notices, those to IOM, and those to authorities that the territory's procedure names, or that were told of
    /// the same before another procedure was configured.
    pub(super) fn as_configured(
        &self,
        mut notices: Vec<NoticeDraft>,
        authorities: &[OrganisationId],
    ) -> Vec<NoticeDraft> {
        notices.retain(|notice| {
            let relation = self.relation_of(notice.recipient);
            relation.is_some_and(|relation| relation.consent_needed().is_none())
                || authorities.contains(&notice.recipient)
                || self
                    .told
                    .get(&notice.recipient)
                    .is_some_and(|topics| topics.contains(&notice.topic))
        });
        notices
    }

    /// Ends the part of missions on the way that a new route no longer touches.
    pub(super) fn release_transit_outside(&mut self, route: &[CountryCode], c: &Circumstances<'_>) {
        for party in self
            .parties
            .iter_mut()
            .filter(|party| party.relation == PartyRelation::Transit)
        {
            let place = c
                .directory
                .organisation(party.organisation)
                .and_then(|mission| mission.territory);
            if place.is_none_or(|place| !route.contains(&place)) && party.ended_at.is_none() {
                party.ended_at = Some(c.now);
            }
        }
    }

    /// The itinerary that can still take place.
    #[must_use]
    pub fn live_itinerary(&self) -> Option<&Itinerary> {
        self.itineraries
            .iter()
            .find(|itinerary| itinerary.state.is_live())
    }

    pub(super) fn request_mut(
        &mut self,
        id: TravelDocumentRequestId,
    ) -> Result<&mut TravelDocumentRequest, Refusal> {
        self.requests
            .iter_mut()
            .find(|request| request.id == id)
            .ok_or(Reason::WrongState.into())
    }

    pub(super) fn itinerary_mut(&mut self, id: ItineraryId) -> Result<&mut Itinerary, Refusal> {
        self.itineraries
            .iter_mut()
            .find(|itinerary| itinerary.id == id)
            .ok_or(Reason::WrongState.into())
    }

    pub(super) fn grant_mut(&mut self, id: CashGrantId) -> Result<&mut CashGrant, Refusal> {
        self.grants
            .iter_mut()
            .find(|grant| grant.id == id)
            .ok_or(Reason::WrongState.into())
    }
}
