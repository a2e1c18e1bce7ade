//! Commands on travel document requests.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::travel_document::{RefusalReason, TravelDocument};
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
        document: TravelDocument,
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
}
