//! Commands on travel document requests.

use super::{commands, id};
use crate::domain::travel_document::{RefusalReason, TravelDocument, TravelDocumentType};
use crate::graphql::scalars::DateScalar;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RequestTravelDocumentPayload "travelDocumentRequest": RequestNode;
    AcknowledgeTravelDocumentRequestPayload "travelDocumentRequest": RequestNode;
    ConfirmNationalityPayload "travelDocumentRequest": RequestNode;
    IssueTravelDocumentPayload "travelDocumentRequest": RequestNode;
    RefuseTravelDocumentPayload "travelDocumentRequest": RequestNode;
    CancelTravelDocumentRequestPayload "travelDocumentRequest": RequestNode;
}

/// Asks a consular post for a person's travel document.
#[derive(InputObject)]
pub struct RequestTravelDocumentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The person who needs the document.
    person_id: ID,
    /// The consular post, where a state has several; otherwise the accredited one is asked.
    consular_post_id: Option<ID>,
    /// Whether the post is asked to hurry.
    #[graphql(default = false)]
    expedited: bool,
}

/// Names a travel document request.
#[derive(InputObject)]
pub struct TravelDocumentRequestInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
}

/// Issues the document.
#[derive(InputObject)]
pub struct IssueTravelDocumentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// Kind of document.
    document_type: Word<TravelDocumentType>,
    /// Number of the document: capital letters and digits.
    #[graphql(validator(chars_max_length = 20))]
    number: String,
    /// Day of issue.
    issued_on: DateScalar,
    /// Last day of validity.
    expires_on: DateScalar,
}

/// Refuses the request.
#[derive(InputObject)]
pub struct RefuseTravelDocumentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<RefusalReason>,
}

commands! {
    /// Commands on travel document requests.
    TravelDocumentCommands {
        /// Asks the consular post that is accredited for the person's nationality and the host territory.
        request_travel_document(RequestTravelDocumentInput) -> RequestTravelDocumentPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            let post = input.consular_post_id.map(|post| id(context, NodeType::Organisation, &post)).transpose()?;
            desk.request_travel_document(&envelope, case, person, post, input.expedited).await
        };
        /// The post takes note of the request.
        acknowledge_travel_document_request(TravelDocumentRequestInput) -> AcknowledgeTravelDocumentRequestPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.acknowledge_request(&envelope, request, input.expected_version).await
        };
        /// The post confirms the nationality.
        confirm_nationality(TravelDocumentRequestInput) -> ConfirmNationalityPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.confirm_nationality(&envelope, request, input.expected_version).await
        };
        /// The post issues the document.
        issue_travel_document(IssueTravelDocumentInput) -> IssueTravelDocumentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            let document = TravelDocument {
                document_type: input.document_type.0,
                number: input.number.trim().to_owned(),
                issued_on: input.issued_on.0,
                expires_on: input.expires_on.0,
            };
            desk.issue_travel_document(&envelope, request, input.expected_version, document).await
        };
        /// The post refuses.
        refuse_travel_document(RefuseTravelDocumentInput) -> RefuseTravelDocumentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.refuse_travel_document(&envelope, request, input.expected_version, input.reason.0).await
        };
        /// The sending mission takes the request back; the post is not told why.
        cancel_travel_document_request(TravelDocumentRequestInput) -> CancelTravelDocumentRequestPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.cancel_request(&envelope, request, input.expected_version).await
        };
    }
}
