//! Commands on photos of persons and on copies of papers.

use super::{commands, id};
use crate::config::Limits;
use crate::domain::paper::AttachmentKind;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordPhotoPayload "case": CaseNode;
    RemovePhotoPayload "case": CaseNode;
    AttachToTravelDocumentRequestPayload "travelDocumentRequest": RequestNode;
    RemoveAttachmentPayload "travelDocumentRequest": RequestNode;
}

/// Records a photo of a person.
#[derive(InputObject)]
pub struct RecordPhotoInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The person.
    person_id: ID,
    /// The picture, JPEG or PNG, in base64 (RFC 4648), within serviceInfo.limits; only its pixels are kept. Whoever takes it
    /// sees to it that nothing behind the person says where the person lives.
    content: String,
}

/// Takes a photo of a person away.
#[derive(InputObject)]
pub struct RemovePhotoInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The person.
    person_id: ID,
}

/// Attaches a copy of a paper to a travel document request.
#[derive(InputObject)]
pub struct AttachToTravelDocumentRequestInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// What it is a copy of.
    kind: Word<AttachmentKind>,
    /// The picture, JPEG or PNG, in base64 (RFC 4648), within serviceInfo.limits; only its pixels are kept.
    content: String,
}

/// Takes a copy of a paper away from a travel document request.
#[derive(InputObject)]
pub struct RemoveAttachmentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// The number of the attachment.
    number: i32,
}

commands! {
    /// Commands on photos of persons and on copies of papers.
    PaperCommands {
        /// Records a photo of a person in place of the one that there was; a consular post sees it by consent alone.
        record_photo(RecordPhotoInput) -> RecordPhotoPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            let picture = (input.content, context.data_unchecked::<Limits>());
            desk.record_photo(&envelope, case, person, picture).await
        };
        /// Takes the photo of a person away, for everybody and at once.
        remove_photo(RemovePhotoInput) -> RemovePhotoPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            desk.remove_photo(&envelope, case, person).await
        };
        /// Attaches a copy of a paper to a request that the post has not decided; the post sees it by consent alone, and is sent no notice of it.
        attach_to_travel_document_request(AttachToTravelDocumentRequestInput) -> AttachToTravelDocumentRequestPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            let picture = (input.content, context.data_unchecked::<Limits>());
            desk.attach(&envelope, request, input.expected_version, input.kind.0, picture).await
        };
        /// Takes a copy of a paper away from a request, for everybody and at once.
        remove_attachment(RemoveAttachmentInput) -> RemoveAttachmentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.remove_attachment(&envelope, request, input.expected_version, input.number).await
        };
    }
}
