//! Commands on travel document requests.

use super::{commands, id};
use crate::domain::steps::consular_post::{NewAppointment, NewDocument};
use crate::domain::travel_document::{InformationItem, InterviewMode, RefusalReason, TravelDocumentType};
use crate::graphql::scalars::{DateScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RequestTravelDocumentPayload "travelDocumentRequest": RequestNode;
    AcknowledgeTravelDocumentRequestPayload "travelDocumentRequest": RequestNode;
    RequestMoreInformationPayload "travelDocumentRequest": RequestNode;
    AnswerInformationRequestPayload "travelDocumentRequest": RequestNode;
    ScheduleConsularInterviewPayload "travelDocumentRequest": RequestNode;
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

/// Takes note of a request.
#[derive(InputObject)]
pub struct AcknowledgeTravelDocumentRequestInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
}

/// Confirms the nationality of the person of a request.
#[derive(InputObject)]
pub struct ConfirmNationalityInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
}

/// Takes a request back.
#[derive(InputObject)]
pub struct CancelTravelDocumentRequestInput {
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
    /// Whether it serves for one journey only; by default, as is usual for its kind.
    single_journey: Option<bool>,
    /// Whether it serves for the journey to the country of return only; by default, as is usual for its kind.
    destination_only: Option<bool>,
    /// The machine-readable zone, its lines one after the other, where the document has one; it has to fit the document and
    /// its holder.
    #[graphql(validator(chars_max_length = 100))]
    mrz: Option<String>,
}

/// Says what the post needs besides.
#[derive(InputObject)]
pub struct RequestMoreInformationInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// What is needed.
    #[graphql(validator(min_items = 1, max_items = 9))]
    items: Vec<Word<InformationItem>>,
    /// The same in words, which stay between the post and the sending mission.
    #[graphql(validator(chars_max_length = 500))]
    question: Option<String>,
}

/// Answers what the post wished to know.
#[derive(InputObject)]
pub struct AnswerInformationRequestInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// The answer, which the post reads: nothing of how the person lives in the host territory, or why.
    #[graphql(validator(chars_max_length = 500))]
    answer: Option<String>,
}

/// Settles when the person and the post speak.
#[derive(InputObject)]
pub struct ScheduleConsularInterviewInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The request.
    travel_document_request_id: ID,
    /// The version of the request that was decided on.
    expected_version: i32,
    /// When.
    at: DateTimeScalar,
    /// How.
    mode: Word<InterviewMode>,
    /// Where; needed of an interview in person.
    #[graphql(validator(chars_max_length = 200))]
    place: Option<String>,
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
        acknowledge_travel_document_request(AcknowledgeTravelDocumentRequestInput) -> AcknowledgeTravelDocumentRequestPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.acknowledge_request(&envelope, request, input.expected_version).await
        };
        /// The post says what it needs besides.
        request_more_information(RequestMoreInformationInput) -> RequestMoreInformationPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            let items = input.items.into_iter().map(|item| item.0).collect();
            desk.request_more_information(&envelope, request, input.expected_version, items, input.question).await
        };
        /// The sending mission answers what the post wished to know.
        answer_information_request(AnswerInformationRequestInput) -> AnswerInformationRequestPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.answer_information_request(&envelope, request, input.expected_version, input.answer).await
        };
        /// Settles when the person and the post speak: the post, or the sending mission in its name.
        schedule_consular_interview(ScheduleConsularInterviewInput) -> ScheduleConsularInterviewPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            let appointment = NewAppointment { at: input.at.0, mode: input.mode.0, place: input.place };
            desk.schedule_interview(&envelope, request, input.expected_version, appointment).await
        };
        /// The post confirms the nationality.
        confirm_nationality(ConfirmNationalityInput) -> ConfirmNationalityPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.confirm_nationality(&envelope, request, input.expected_version).await
        };
        /// The post issues the document.
        issue_travel_document(IssueTravelDocumentInput) -> IssueTravelDocumentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            let document = NewDocument {
                document_type: input.document_type.0,
                number: input.number.trim().to_owned(),
                issued_on: input.issued_on.0,
                expires_on: input.expires_on.0,
                single_journey: input.single_journey,
                destination_only: input.destination_only,
                mrz: input.mrz,
            };
            desk.issue_travel_document(&envelope, request, input.expected_version, document).await
        };
        /// The post refuses, or does not find the person to be a national.
        refuse_travel_document(RefuseTravelDocumentInput) -> RefuseTravelDocumentPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.refuse_travel_document(&envelope, request, input.expected_version, input.reason.0).await
        };
        /// The sending mission takes the request back; the post is not told why.
        cancel_travel_document_request(CancelTravelDocumentRequestInput) -> CancelTravelDocumentRequestPayload = |context, envelope, input, desk| {
            let request = id(context, NodeType::TravelDocumentRequest, &input.travel_document_request_id)?;
            desk.cancel_request(&envelope, request, input.expected_version).await
        };
    }
}
