//! Commands on travel document requests.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::steps::consular_post::{NewAppointment, NewDocument};
use crate::domain::territory::CountryCode;
use crate::domain::travel_document::{DocumentLocation, InformationItem, RefusalReason};
use crate::error::Error;
use crate::ids::{CaseId, OrganisationId, PersonId, TravelDocumentRequestId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Asks a consular post for a person's travel document.
    pub async fn request_travel_document(
        &self,
        envelope: &Envelope,
        case: CaseId,
        person: PersonId,
        post: Option<OrganisationId>,
        expedited: bool,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, None);
        self.on_case(
            envelope,
            Action::RequestTravelDocument,
            target,
            Answer::Subject,
            |file, c| {
                file.voluntary()?
                    .request_travel_document(person, post, expedited, c)
            },
        )
        .await
    }

    /// The post takes note.
    pub async fn acknowledge_request(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        self.on_case(
            envelope,
            Action::AcknowledgeRequest,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.acknowledge_request(id, c),
        )
        .await
    }

    /// The post confirms the nationality.
    pub async fn confirm_nationality(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        self.on_case(
            envelope,
            Action::ConfirmNationality,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.confirm_nationality(id, c),
        )
        .await
    }

    /// The post issues the document.
    pub async fn issue_travel_document(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        document: NewDocument,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        self.on_case(
            envelope,
            Action::IssueTravelDocument,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.issue_document(id, document.clone(), c),
        )
        .await
    }

    /// The post refuses.
    pub async fn refuse_travel_document(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        reason: RefusalReason,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        self.on_case(
            envelope,
            Action::RefuseTravelDocument,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.refuse_request(id, reason, c),
        )
        .await
    }

    /// The sending mission takes the request back.
    pub async fn cancel_request(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        self.on_case(
            envelope,
            Action::CancelRequest,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.cancel_request(id, c),
        )
        .await
    }

    /// The post wishes to know more.
    pub async fn request_more_information(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        items: Vec<InformationItem>,
        question: Option<String>,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        let action = Action::RequestInformation;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.voluntary()?
                .request_more_information(id, items.clone(), question.clone(), c)
        })
        .await
    }

    /// The sending mission answers the post.
    pub async fn answer_information_request(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        answer: Option<String>,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        let action = Action::AnswerInformation;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.voluntary()?
                .answer_information_request(id, answer.clone(), c)
        })
        .await
    }

    /// An appointment with the post is settled.
    pub async fn schedule_interview(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        appointment: NewAppointment,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        let action = Action::ScheduleInterview;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.voluntary()?.schedule_interview(id, appointment.clone(), c)
        })
        .await
    }

    /// The sending mission receives the document.
    pub async fn receive_travel_document(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        let action = Action::ReceiveTravelDocument;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.voluntary()?.receive_document(id, c)
        })
        .await
    }

    /// The sending mission hands the document over.
    pub async fn hand_over_travel_document(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
        to: DocumentLocation,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        let action = Action::HandOverTravelDocument;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.voluntary()?.hand_over_document(id, to, c)
        })
        .await
    }

    /// The document is lost.
    pub async fn report_document_lost(
        &self,
        envelope: &Envelope,
        id: TravelDocumentRequestId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Request(id, expected);
        let action = Action::ReportDocumentLost;
        self.on_case(envelope, action, target, Answer::Subject, |file, c| {
            file.voluntary()?.report_document_lost(id, c)
        })
        .await
    }

    /// Records a document that a person holds.
    pub async fn record_personal_document(
        &self,
        envelope: &Envelope,
        case: CaseId,
        person: PersonId,
        issuing_state: CountryCode,
        document: NewDocument,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(case, None);
        let action = Action::RecordPersonalDocument;
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            let document = document.clone().by(issuing_state);
            file.voluntary()?.record_personal_document(person, document, c)
        })
        .await
    }
}
