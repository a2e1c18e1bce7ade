//! Where a document is, from the post to the journey: received, handed over, lost, used, run out (DOMAIN 2.3).

use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{
    CustodyEntry, DocumentLocation, TravelDocumentRequest, TravelDocumentRequestState as State,
};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{OrganisationId, TravelDocumentRequestId, new_id};
use chrono::{DateTime, NaiveTime, Utc};

impl VoluntaryReturn {
    /// The sending mission has received the document from the post.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn receive_document(
        self,
        id: TravelDocumentRequestId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.request_mut(id)?
            .go("receiveTravelDocument", State::ReceivedByIom, c.now)?;
        next.document_is(id, DocumentLocation::Iom, c.by.organisation, c.now);
        let event = DomainEvent::TravelDocumentReceived(id);
        Ok(Changed::moved(self.0, next, vec![event]))
    }

    /// The sending mission hands the document to the person, or to the authority that accompanies the person.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID` for any other recipient.
    pub fn hand_over_document(
        self,
        id: TravelDocumentRequestId,
        to: DocumentLocation,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let state = match to {
            DocumentLocation::Person => State::HandedToPerson,
            DocumentLocation::Authority => State::ReceivedByIom,
            DocumentLocation::Embassy | DocumentLocation::Iom => {
                return Err(Refusal::at(Reason::Invalid, "to"));
            }
        };
        let mut next = self.0.clone();
        next.request_mut(id)?.go("handOverTravelDocument", state, c.now)?;
        next.document_is(id, to, c.by.organisation, c.now);
        let event = DomainEvent::TravelDocumentHandedOver(id);
        Ok(Changed::moved(self.0, next, vec![event]).because(to))
    }

    /// The document is lost; another may be asked for.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn report_document_lost(
        self,
        id: TravelDocumentRequestId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.request_mut(id)?
            .go("reportTravelDocumentLost", State::Lost, c.now)?;
        let event = DomainEvent::TravelDocumentLost(id);
        Ok(Changed::moved(self.0, next, vec![event]))
    }
}

impl CaseFile {
    /// When the first document that has not been used runs out: at the end of its last day, in UTC.
    pub(super) fn document_runs_out(&self) -> Option<DateTime<Utc>> {
        let unused = self
            .requests
            .iter()
            .filter(|request| request.state.has_document());
        let last = unused.filter_map(|request| request.document.as_ref().map(|document| document.expires_on));
        let after = last.min()?.succ_opt()?;
        Some(after.and_time(NaiveTime::MIN).and_utc())
    }

    /// Notes which documents have run out before they were used; nothing changes where none has.
    ///
    /// # Errors
    ///
    /// None that a stored case can give: every document that can run out may do so.
    pub(super) fn expire_documents(self, c: &Circumstances<'_>) -> Result<Option<Changed<Self>>, Refusal> {
        let mut next = self.clone();
        let events = next.note_expired("time", |_| true, c.now)?;
        Ok((!events.is_empty()).then(|| Changed::moved(self, next, events)))
    }

    /// Documents whose last day has passed are noted as such by a step.
    pub(super) fn note_expired(
        &mut self,
        step: &str,
        of: impl Fn(&TravelDocumentRequest) -> bool,
        now: DateTime<Utc>,
    ) -> Result<Vec<DomainEvent>, Refusal> {
        let today = now.date_naive();
        let mut events = Vec::new();
        for request in self.requests.iter_mut().filter(|request| of(request)) {
            if request.state.has_document() && request.document_for(today).is_none() {
                request.go(step, State::ExpiredBeforeUse, now)?;
                events.push(DomainEvent::TravelDocumentExpired(request.id));
            }
        }
        Ok(events)
    }

    /// The persons depart: each on the document that is valid longest, which is in the person's hands from here on.
    pub(super) fn use_documents(&mut self, c: &Circumstances<'_>) -> Result<Vec<DomainEvent>, Refusal> {
        let mut events = Vec::new();
        for person in self.persons.iter().map(|person| person.id).collect::<Vec<_>>() {
            let until = |request: &&TravelDocumentRequest| {
                request.document.as_ref().map(|document| document.expires_on)
            };
            let own = self
                .personal_documents
                .iter()
                .filter(|own| own.person_id == person);
            let own = own.map(|own| own.document.expires_on).max();
            let mine = self
                .requests
                .iter()
                .filter(|request| request.person_id == person && request.state.has_document());
            let best = mine.max_by_key(until).filter(|best| until(best) >= own);
            let Some(id) = best.map(|best| best.id) else {
                continue;
            };
            self.request_mut(id)?.go("confirmDeparture", State::Used, c.now)?;
            let mut custody = self.custody.iter().rev();
            let last = custody.find(|entry| entry.request == id);
            if last.is_none_or(|last| last.location != DocumentLocation::Person) {
                self.document_is(id, DocumentLocation::Person, c.by.organisation, c.now);
            }
            events.push(DomainEvent::TravelDocumentUsed(id));
        }
        Ok(events)
    }

    /// Adds a link to the chain of custody of a document.
    pub(super) fn document_is(
        &mut self,
        id: TravelDocumentRequestId,
        location: DocumentLocation,
        by: OrganisationId,
        now: DateTime<Utc>,
    ) {
        self.custody.push(CustodyEntry {
            id: new_id(now),
            case_id: self.case.id,
            request: id,
            location,
            since: now,
            recorded_by: by,
        });
    }
}
