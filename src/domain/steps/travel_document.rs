//! Asking a consular post for a travel document, and what the post answers (SOP I4a, DOMAIN 2.3).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::consent::RecipientClass;
use crate::domain::event::DomainEvent;
use crate::domain::party::PartyRelation;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{
    RefusalReason, TravelDocument, TravelDocumentRequest, TravelDocumentRequestState as State,
};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{OrganisationId, PersonId, TravelDocumentRequestId, new_id};

/// How long before a document expires another one may be asked for; our choice, the sources name none.
const RENEWAL: chrono::Days = chrono::Days::new(30);

impl VoluntaryReturn {
    /// Asks a consular post that is accredited for the person's nationality and the host territory today (INV-10).
    ///
    /// Where a state has two posts, `preferred` chooses; otherwise the first by code is asked.
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
        require(self.case.state.is_in_preparation(), Reason::WrongState)?;
        let applicant = self
            .person(person)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))?;
        require(self.consents_to(RecipientClass::Embassy), Reason::ConsentMissing)?;
        // A document that expires soon may not serve the journey any more: another may be asked for.
        let serves = |request: &TravelDocumentRequest| {
            request
                .document
                .as_ref()
                .is_some_and(|document| document.expires_on > c.today() + RENEWAL)
        };
        let taken = |request: &TravelDocumentRequest| {
            request.person_id == person && (request.state.is_open() || serves(request))
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
        next.requests.push(TravelDocumentRequest {
            id,
            case_id: next.case.id,
            person_id: person,
            consular_post: post,
            state: State::Submitted,
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
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::TravelDocumentRequested(id)],
        ))
    }

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
        self.answer(
            id,
            DomainEvent::TravelDocumentRequestAcknowledged(id),
            |request| {
                require(request.state == State::Submitted, Reason::WrongState)?;
                request.state = State::Acknowledged;
                request.acknowledged_at = Some(c.now);
                Ok(())
            },
        )
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
            require(
                matches!(request.state, State::Submitted | State::Acknowledged),
                Reason::WrongState,
            )?;
            request.state = State::NationalityConfirmed;
            request.nationality_confirmed_at = Some(c.now);
            Ok(())
        })
    }

    /// The post issues the document; confirming the nationality comes before.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `INVALID` for a number that is not of ICAO Doc 9303's characters, `DATE_OUT_OF_ORDER`.
    pub fn issue_document(
        self,
        id: TravelDocumentRequestId,
        document: TravelDocument,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let readable = (1..=20).contains(&document.number.len())
            && document
                .number
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !readable {
            return Err(Refusal::at(Reason::Invalid, "number"));
        }
        if document.issued_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "issuedOn"));
        }
        if document.expires_on <= document.issued_on {
            return Err(Refusal::at(Reason::DateOutOfOrder, "expiresOn"));
        }
        let now = c.now;
        let changed = self.answer(id, DomainEvent::TravelDocumentIssued(id), |request| {
            require(request.state == State::NationalityConfirmed, Reason::WrongState)?;
            request.state = State::Issued;
            request.document = Some(document);
            request.ended_at = Some(now);
            Ok(())
        })?;
        Ok(changed.ending_consular_part(id, now))
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
        let now = c.now;
        let changed = self.answer(id, DomainEvent::TravelDocumentRefused(id), |request| {
            require(request.state.is_open(), Reason::WrongState)?;
            request.state = State::Refused;
            request.refusal_reason = Some(reason);
            request.ended_at = Some(now);
            Ok(())
        })?;
        Ok(changed.ending_consular_part(id, now))
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
        let now = c.now;
        let changed = self.answer(id, DomainEvent::TravelDocumentRequestCancelled(id), |request| {
            require(request.state.is_open(), Reason::WrongState)?;
            request.cancel(now);
            Ok(())
        })?;
        Ok(changed.ending_consular_part(id, now))
    }

    fn answer(
        self,
        id: TravelDocumentRequestId,
        event: DomainEvent,
        change: impl FnOnce(&mut TravelDocumentRequest) -> Result<(), Refusal>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        change(next.request_mut(id)?)?;
        Ok(Changed::moved(self.0, next, vec![event]))
    }
}

impl CaseFile {
    /// Whether every person has a document that is issued and valid until the given day; `booking` also accepts a
    /// nationality that has been confirmed, as long as no issued document expires too early.
    ///
    /// # Errors
    ///
    /// `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`.
    pub(in crate::domain) fn check_documents(
        &self,
        until: chrono::NaiveDate,
        booking: bool,
    ) -> Result<(), Refusal> {
        for person in &self.persons {
            let of_person = self
                .requests
                .iter()
                .filter(|request| request.person_id == person.id);
            let best = of_person.max_by_key(|request| match request.state {
                State::Issued => (2, request.document.as_ref().map(|document| document.expires_on)),
                State::NationalityConfirmed => (1, None),
                _ => (0, None),
            });
            match best.map(|request| (request.state, request.document.as_ref())) {
                Some((State::Issued, Some(document))) => {
                    require(document.expires_on >= until, Reason::TravelDocumentExpires)?;
                }
                Some((State::NationalityConfirmed, _)) if booking => {}
                _ => return Err(Reason::TravelDocumentMissing.into()),
            }
        }
        Ok(())
    }

    /// Ends the part of a consular post that has no open request left.
    pub(super) fn release_post(&mut self, post: OrganisationId, now: chrono::DateTime<chrono::Utc>) {
        let busy = self
            .requests
            .iter()
            .any(|request| request.consular_post == post && request.state.is_open());
        if !busy {
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
}

impl Changed<CaseFile> {
    fn ending_consular_part(self, id: TravelDocumentRequestId, now: chrono::DateTime<chrono::Utc>) -> Self {
        let post = self.next().request(id).map(|request| request.consular_post);
        self.with(|file| {
            if let Some(post) = post {
                file.release_post(post, now);
            }
        })
    }
}

impl TravelDocumentRequest {
    pub(super) fn cancel(&mut self, now: chrono::DateTime<chrono::Utc>) {
        self.state = State::Cancelled;
        self.ended_at = Some(now);
    }
}
