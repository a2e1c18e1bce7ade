//! Commands on documents themselves: received, handed over, lost, and those that persons hold of their own.

use super::{commands, id};
use crate::domain::steps::consular_post::NewDocument;
use crate::domain::travel_document::{DocumentLocation, TravelDocumentType};
use crate::graphql::scalars::{CountryScalar, DateScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    ReceiveTravelDocumentPayload "travelDocumentRequest": RequestNode;
    HandOverTravelDocumentPayload "travelDocumentRequest": RequestNode;
    ReportTravelDocumentLostPayload "travelDocumentRequest": RequestNode;
    RecordPersonalDocumentPayload "case": CaseNode;
}

/// Says that a document has come.
#[derive(InputObject)]
pub struct ReceiveTravelDocumentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request that led to the document.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
}

/// Hands a document over.
#[derive(InputObject)]
pub struct HandOverTravelDocumentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request that led to the document.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// To whom: the person, or the authority that accompanies the person to the airport.
    #[graphql(name = "to")]
    recipient: Word<DocumentLocation>,
}

/// Says that a document is lost.
#[derive(InputObject)]
pub struct ReportTravelDocumentLostInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request that led to the document.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
}

/// Records a document that a person holds.
#[derive(InputObject)]
pub struct RecordPersonalDocumentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// Who holds the document.
    person_id: ID,
    /// Kind of document.
    document_type: Word<TravelDocumentType>,
    /// Number of the document: capital letters and digits.
    #[graphql(validator(chars_max_length = 20))]
    number: String,
    /// The state that issued it.
    issuing_state: CountryScalar,
    /// Day of issue.
    issued_on: DateScalar,
    /// Last day of validity.
    expires_on: DateScalar,
    /// Whether it serves for one journey only; by default, as is usual for its kind.
    single_journey: Option<bool>,
    /// Whether it serves for the journey to the country of return only; by default, as is usual for its kind.
    destination_only: Option<bool>,
    /// The machine-readable zone, its lines one after the other, where the document has one; it has to fit the document and
    /// its holder.
    #[graphql(validator(chars_max_length = 100))]
    mrz: Option<String>,
}

commands! {
    /// Commands on documents.
    CustodyCommands {
        /// The sending mission has received the document.
        receive_travel_document(ReceiveTravelDocumentInput) -> ReceiveTravelDocumentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.receive_travel_document(&envelope, request, input.expected_version).await
        };
        /// The sending mission hands the document to the person, or to the authority that accompanies the person.
        hand_over_travel_document(HandOverTravelDocumentInput) -> HandOverTravelDocumentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.hand_over_travel_document(&envelope, request, input.expected_version, input.recipient.0).await
        };
        /// The document is lost; another may be asked for.
        report_travel_document_lost(ReportTravelDocumentLostInput) -> ReportTravelDocumentLostPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.report_document_lost(&envelope, request, input.expected_version).await
        };
        /// Records a valid document that a person holds, so that no post has to be asked.
        record_personal_document(RecordPersonalDocumentInput) -> RecordPersonalDocumentPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            let document = NewDocument {
                document_type: input.document_type.0,
                number: input.number.trim().to_owned(),
                issued_on: input.issued_on.0,
                expires_on: input.expires_on.0,
                single_journey: input.single_journey,
                destination_only: input.destination_only,
                mrz: input.mrz,
            };
            desk.record_personal_document(&envelope, case, person, input.issuing_state.0, document).await
        };
    }
}
