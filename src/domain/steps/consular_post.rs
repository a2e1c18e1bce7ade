//! What a consular post answers to a request (SOP I4a, N4c, DOMAIN 2.3).

use super::require;
use super::travel_document::{bounded, checked_document};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{
    ConsularInterview, DocumentLocation, InformationItem, InformationRequest, InterviewMode, RefusalReason,
    TravelDocument, TravelDocumentRequest, TravelDocumentRequestState as State, TravelDocumentType,
};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{TravelDocumentRequestId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

/// An interview that is to be held.
#[derive(Clone, Debug)]
pub struct NewAppointment {
    /// When the person and the post are to speak.
    pub at: DateTime<Utc>,
    /// How.
    pub mode: InterviewMode,
    /// Where, of an interview in person.
    pub place: Option<String>,
}

/// A document as it is put on record; what depends on its kind may be left open.
#[derive(Clone, Debug)]
pub struct NewDocument {
    /// Kind.
    pub document_type: TravelDocumentType,
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Last day of validity.
    pub expires_on: NaiveDate,
    /// Whether it serves for one journey only, where that is not as usual for its kind.
    pub single_journey: Option<bool>,
    /// Whether it serves for the journey to the country of return only, where that is not as usual for its kind.
    pub destination_only: Option<bool>,
    /// The machine-readable zone.
    pub mrz: Option<String>,
}

impl NewDocument {
    /// The document, issued by a state.
    #[must_use]
    pub fn by(self, issuing_state: CountryCode) -> TravelDocument {
        let usual = self.document_type.is_for_one_journey();
        TravelDocument {
            document_type: self.document_type,
            number: self.number,
            issuing_state,
            issued_on: self.issued_on,
            expires_on: self.expires_on,
            single_journey: self.single_journey.unwrap_or(usual),
            destination_only: self.destination_only.unwrap_or(usual),
            mrz: self.mrz,
        }
    }
}

impl VoluntaryReturn {
    /// The post takes note.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn acknowledge_request(
        self,
        id: TravelDocumentRequestId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let event = DomainEvent::TravelDocumentRequestAcknowledged(id);
        self.answer(id, event, |request| {
            request.go("acknowledgeTravelDocumentRequest", State::Acknowledged, c.now)?;
            request.acknowledged_at = Some(c.now);
            Ok(())
        })
    }

    /// The post wishes to know more.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID` where it says neither by code nor in words what it needs.
    pub fn request_more_information(
        self,
        id: TravelDocumentRequestId,
        mut items: Vec<InformationItem>,
        question: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let question = bounded(question, "question")?;
        items.sort_unstable();
        items.dedup();
        if items.is_empty() || (items == [InformationItem::Other] && question.is_none()) {
            return Err(Refusal::at(Reason::Invalid, "items"));
        }
        let event = DomainEvent::TravelDocumentInformationRequested(id);
        let changed = self.answer(id, event, |request| {
            request.go("requestMoreInformation", State::MoreInfoRequested, c.now)
        })?;
        Ok(changed.with(|file| {
            file.information_requests.push(InformationRequest {
                id: new_id(c.now),
                case_id: file.case.id,
                request: id,
                asked_at: c.now,
                items,
                question,
                answered_at: None,
                answer: None,
            });
        }))
    }

    /// An interview with the post is settled, by the post or by the sending mission in its name. Where the person is detained,
    /// the authorities that hold them are asked for their support by the same step (N4c); the post is told nothing of it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `DATE_OUT_OF_ORDER` for a moment that has passed, `INVALID` for an interview in person without a place.
    pub fn schedule_interview(
        self,
        id: TravelDocumentRequestId,
        appointment: NewAppointment,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        if appointment.at <= c.now {
            return Err(Refusal::at(Reason::DateOutOfOrder, "at"));
        }
        let place = bounded(appointment.place, "place")?;
        if appointment.mode == InterviewMode::InPerson && place.is_none() {
            return Err(Refusal::at(Reason::Invalid, "place"));
        }
        require(self.request(id).is_some(), Reason::WrongState)?;
        let mut next = self.0.clone();
        let request = next.request_mut(id)?;
        request.go("scheduleConsularInterview", State::InterviewScheduled, c.now)?;
        let applicant = request.person_id;
        let moved = next.appointment_at_post(id).map(|interview| interview.at);
        next.interviews.push(ConsularInterview {
            id: new_id(c.now),
            case_id: next.case.id,
            request: id,
            scheduled_at: c.now,
            at: appointment.at,
            mode: appointment.mode,
            place,
        });
        let mut events = vec![DomainEvent::ConsularInterviewScheduled(id)];
        if next.ask_to_support(applicant, (moved, appointment.at), c) {
            events.push(DomainEvent::AppointmentSupportRequested(applicant));
        }
        Ok(Changed::moved(self.0, next, events))
    }

    /// The post confirms the nationality.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn confirm_nationality(
        self,
        id: TravelDocumentRequestId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.answer(id, DomainEvent::NationalityConfirmed(id), |request| {
            request.go("confirmNationality", State::NationalityConfirmed, c.now)?;
            request.nationality_confirmed_at = Some(c.now);
            Ok(())
        })
    }

    /// The post issues the document; confirming the nationality comes before.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; `INVALID` for a number that is not of ICAO Doc 9303's characters, and for a kind of document that no
    /// post issues; `DATE_OUT_OF_ORDER`, `MRZ_MALFORMED`, `MRZ_CHECK_DIGIT`, `MRZ_MISMATCH`.
    pub fn issue_document(
        self,
        id: TravelDocumentRequestId,
        document: NewDocument,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        // A European return document is issued by the state that returns, not by that of the person.
        if document.document_type == TravelDocumentType::EuReturnDocument {
            return Err(Refusal::at(Reason::Invalid, "documentType"));
        }
        let request = self.request(id).ok_or(Reason::WrongState)?;
        let post = c.directory.organisation(request.consular_post);
        let issuer = post
            .and_then(|post| post.sending_state)
            .ok_or(Reason::NoAccreditation)?;
        let holder = self.person(request.person_id).ok_or(Reason::NotOnThisCase)?;
        let document = checked_document(document.by(issuer), holder, c)?;
        let (at_post, by) = (DocumentLocation::Embassy, request.consular_post);
        let changed = self.answer(id, DomainEvent::TravelDocumentIssued(id), |request| {
            request.end("issueTravelDocument", State::Issued, c.now)?;
            request.document = Some(document);
            Ok(())
        })?;
        Ok(changed.with(|file| {
            file.document_is(id, at_post, by, c.now);
            file.release_post_of(id, c.now);
        }))
    }

    /// The post refuses; the reason stays between the post and the sending mission.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn refuse_request(
        self,
        id: TravelDocumentRequestId,
        reason: RefusalReason,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let outcome = match reason {
            RefusalReason::NationalityNotConfirmed => State::NationalityNotConfirmed,
            _ => State::Refused,
        };
        let changed = self.answer(id, DomainEvent::TravelDocumentRefused(id), |request| {
            request.end("refuseTravelDocument", outcome, c.now)?;
            request.refusal_reason = Some(reason);
            Ok(())
        })?;
        Ok(changed
            .with(|file| file.release_post_of(id, c.now))
            .because(reason))
    }

    fn answer(
        self,
        id: TravelDocumentRequestId,
        event: DomainEvent,
        change: impl FnOnce(&mut TravelDocumentRequest) -> Result<(), Refusal>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.request(id).is_some(), Reason::WrongState)?;
        let mut next = self.0.clone();
        change(next.request_mut(id)?)?;
        Ok(Changed::moved(self.0, next, vec![event]))
    }
}
