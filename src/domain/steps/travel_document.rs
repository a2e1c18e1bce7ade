//! The sending mission's part in a travel document: asking a post, answering it, taking a request back (SOP I4a, DOMAIN 2.3).

use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::consent::RecipientClass;
use crate::domain::event::DomainEvent;
use crate::domain::mrz::Mrz;
use crate::domain::party::PartyRelation;
use crate::domain::person::Person;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{
    PersonalDocument, TravelDocument, TravelDocumentRequest, TravelDocumentRequestState as State,
};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{OrganisationId, PersonId, TravelDocumentRequestId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

/// How long before a document expires another one may be asked for; our choice, the sources name none.
const RENEWAL: chrono::Days = chrono::Days::new(30);

/// Longest text between a post and the sending mission, in characters.
pub(super) const LONGEST_TEXT: usize = 500;

impl VoluntaryReturn {
    /// Asks a consular post that is accredited for the person's nationality and the host territory today (INV-10).
    ///
    /// Where a state has two posts, `preferred` chooses; otherwise the first by code is asked. A document that has run out
    /// is noted as such, as it is the reason to ask again.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_ON_THIS_CASE`, `CONSENT_MISSING`, `REQUEST_ALREADY_OPEN`, `NO_ACCREDITATION`.
    pub fn request_travel_document(
        self,
        person: PersonId,
        preferred: Option<OrganisationId>,
        expedited: bool,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.accepts_document_requests(), Reason::WrongState)?;
        let applicant = self
            .person(person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        require(self.consents_to(RecipientClass::Embassy), Reason::ConsentMissing)?;
        // A document that expires soon may not serve the journey any more: another may be asked for.
        let renewal = c.today() + RENEWAL + chrono::Days::new(1);
        let taken = |request: &TravelDocumentRequest| {
            request.person_id == person
                && (request.state.is_open() || request.document_for(renewal).is_some())
        };
        require(!self.requests.iter().any(taken), Reason::RequestAlreadyOpen)?;
        let posts = c
            .directory
            .accredited_posts(applicant.nationality, self.case.host_territory, c.today());
        let chosen = match preferred {
            Some(post) => posts.iter().find(|accredited| **accredited == post),
            None => posts.first(),
        };
        let post = *chosen.ok_or(Refusal::at(Reason::NoAccreditation, "consularPostId"))?;
        let id = new_id(c.now).into();
        let mut next = self.0.clone();
        let mut events = vec![DomainEvent::TravelDocumentRequested(id)];
        let of_person = |request: &TravelDocumentRequest| request.person_id == person;
        events.extend(next.note_expired("requestTravelDocument", of_person, c.now)?);
        next.requests.push(TravelDocumentRequest {
            id,
            case_id: next.case.id,
            person_id: person,
            consular_post: post,
            state: State::Submitted,
            state_since: c.now,
            expedited,
            submitted_at: c.now,
            acknowledged_at: None,
            nationality_confirmed_at: None,
            ended_at: None,
            refusal_reason: None,
            document: None,
            version: 1,
        });
        next.involve(post, PartyRelation::Consular, c.now);
        Ok(Changed::moved(self.0, next, events))
    }

    /// The sending mission answers what the post wished to know.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID` for an answer that is too long.
    pub fn answer_information_request(
        self,
        id: TravelDocumentRequestId,
        answer: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let answer = bounded(answer, "answer")?;
        let mut next = self.0.clone();
        next.request_mut(id)?
            .go("answerInformationRequest", State::Resubmitted, c.now)?;
        let mut asked = next.information_requests.iter_mut().rev();
        let asked = asked.find(|asked| asked.request == id && asked.answered_at.is_none());
        let asked = asked.ok_or(Reason::WrongState)?;
        asked.answered_at = Some(c.now);
        asked.answer = answer;
        let event = DomainEvent::TravelDocumentInformationAnswered(id);
        Ok(Changed::moved(self.0, next, vec![event]))
    }

    /// The sending mission takes the request back; the post is not told why.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn cancel_request(
        self,
        id: TravelDocumentRequestId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.request_mut(id)?
            .end("cancelTravelDocumentRequest", State::Cancelled, c.now)?;
        next.release_post_of(id, c.now);
        let event = DomainEvent::TravelDocumentRequestCancelled(id);
        Ok(Changed::moved(self.0, next, vec![event]))
    }

    /// Records a valid document that a person holds; no post has to be asked for another then (I3b).
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after departure, `NOT_ON_THIS_CASE`, `INVALID`, `DATE_OUT_OF_ORDER`, `MRZ_MALFORMED`,
    /// `MRZ_CHECK_DIGIT`, `MRZ_MISMATCH`.
    pub fn record_personal_document(
        self,
        person: PersonId,
        document: TravelDocument,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        let holder = self
            .person(person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        let document = checked_document(document, holder, c)?;
        if document.expires_on < c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "expiresOn"));
        }
        let mut next = self.0.clone();
        next.personal_documents.push(PersonalDocument {
            id: new_id(c.now),
            case_id: next.case.id,
            person_id: person,
            document,
            recorded_at: c.now,
        });
        let event = DomainEvent::PersonalDocumentRecorded;
        Ok(Changed::moved(self.0, next, vec![event]))
    }
}

impl CaseFile {
    /// Whether every person has a document that is valid until the given day, issued by a post or their own; `booking` also
    /// accepts a nationality that has been confirmed, as long as no issued document expires too early.
    ///
    /// # Errors
    ///
    /// `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`.
    pub(in crate::domain) fn check_documents(&self, until: NaiveDate, booking: bool) -> Result<(), Refusal> {
        for person in &self.persons {
            let expiries: Vec<NaiveDate> = self.documents_of(person.id).map(|one| one.expires_on).collect();
            let confirmed = |request: &TravelDocumentRequest| {
                request.person_id == person.id && request.state == State::NationalityConfirmed
            };
            match expiries.iter().max() {
                Some(last) => require(*last >= until, Reason::TravelDocumentExpires)?,
                None if booking && self.requests.iter().any(confirmed) => {}
                None => return Err(Reason::TravelDocumentMissing.into()),
            }
        }
        Ok(())
    }

    /// The documents that a person can depart on, as far as their dates let them.
    fn documents_of(&self, person: PersonId) -> impl Iterator<Item = &TravelDocument> {
        // Whoever has to be rebooked on the way goes on with the document that the departure was made on.
        let under_way = self.case.state == CaseState::Departed;
        let issued = self
            .requests
            .iter()
            .filter(move |request| request.person_id == person)
            .filter(move |request| {
                request.state.has_document() || (under_way && request.state == State::Used)
            })
            .filter_map(|request| request.document.as_ref());
        let own = self.personal_documents.iter();
        issued.chain(
            own.filter(move |own| own.person_id == person)
                .map(|own| &own.document),
        )
    }

    /// Takes back every request that is open, as part of a step that ends the case; posts are not told why.
    pub(super) fn cancel_open_requests(
        &mut self,
        step: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<DomainEvent>, Refusal> {
        let open = self.requests.iter().filter(|request| request.state.is_open());
        let open: Vec<_> = open.map(|request| request.id).collect();
        let mut events = Vec::new();
        for id in open {
            self.request_mut(id)?.end(step, State::Cancelled, now)?;
            self.release_post_of(id, now);
            events.push(DomainEvent::TravelDocumentRequestCancelled(id));
        }
        Ok(events)
    }

    /// Ends the part of the post that was asked, if it has no open request left.
    pub(super) fn release_post_of(&mut self, id: TravelDocumentRequestId, now: DateTime<Utc>) {
        let Some(post) = self.request(id).map(|request| request.consular_post) else {
            return;
        };
        let mut requests = self.requests.iter();
        if requests.any(|request| request.consular_post == post && request.state.is_open()) {
            return;
        }
        let part = self.parties.iter_mut().find(|party| {
            party.organisation == post
                && party.relation == PartyRelation::Consular
                && party.ended_at.is_none()
        });
        if let Some(part) = part {
            part.ended_at = Some(now);
        }
    }
}

impl TravelDocumentRequest {
    /// The post's part comes to its end by a step.
    pub(super) fn end(&mut self, step: &str, to: State, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.go(step, to, now)?;
        self.ended_at = Some(now);
        Ok(())
    }
}

/// Text between a post and the sending mission: trimmed, not too long, nothing where it is empty.
pub(super) fn bounded(text: Option<String>, field: &'static str) -> Result<Option<String>, Refusal> {
    let text = text
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    match &text {
        Some(long) if long.chars().count() > LONGEST_TEXT => Err(Refusal::at(Reason::Invalid, field)),
        _ => Ok(text),
    }
}

/// A document whose number, dates and machine-readable zone are in order, its zone in one line.
///
/// # Errors
///
/// `INVALID` for a number that is not of ICAO Doc 9303's characters, `DATE_OUT_OF_ORDER`, `MRZ_MALFORMED`,
/// `MRZ_CHECK_DIGIT`, `MRZ_MISMATCH`.
pub(super) fn checked_document(
    mut document: TravelDocument,
    holder: &Person,
    c: &Circumstances<'_>,
) -> Result<TravelDocument, Refusal> {
    let in_number = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let readable = (1..=20).contains(&document.number.len()) && document.number.bytes().all(in_number);
    if !readable {
        return Err(Refusal::at(Reason::Invalid, "number"));
    }
    if document.issued_on > c.today() {
        return Err(Refusal::at(Reason::DateOutOfOrder, "issuedOn"));
    }
    if document.expires_on <= document.issued_on {
        return Err(Refusal::at(Reason::DateOutOfOrder, "expiresOn"));
    }
    if let Some(zone) = document.mrz.take() {
        let mrz = Mrz::read(&zone)?;
        mrz.matches(&document, holder)?;
        document.mrz = Some(mrz.into_lines());
    }
    Ok(document)
}
