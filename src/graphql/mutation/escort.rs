//! Commands on who travels along, and on what airlines agree to.

use super::{commands, id};
use crate::domain::safeguards::{ClearanceKind, EscortKind, EscortState};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use crate::policy::actions::Action;
use async_graphql::{ID, InputObject};

payloads! {
    RecommendEscortPayload "case": CaseNode;
    ApproveEscortPayload "case": CaseNode;
    DeclineEscortPayload "case": CaseNode;
    AssignEscortPayload "case": CaseNode;
    DocumentEscortPayload "case": CaseNode;
    RecordEscortHandoverPayload "case": CaseNode;
    RecordEscortReturnPayload "case": CaseNode;
    CancelEscortPayload "case": CaseNode;
    RecordAirlineClearancePayload "case": CaseNode;
}

/// Recommends that somebody travels along.
#[derive(InputObject)]
pub struct RecommendEscortInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// Why.
    kind: Word<EscortKind>,
    /// Reference of the recommendation by IOM's migration health staff, where they gave one.
    #[graphql(validator(chars_max_length = 100))]
    mhd_reference: Option<String>,
}

/// Agrees to an escort.
#[derive(InputObject)]
pub struct ApproveEscortInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
}

/// Does not agree to an escort.
#[derive(InputObject)]
pub struct DeclineEscortInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
}

/// Says who travels along.
#[derive(InputObject)]
pub struct AssignEscortInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
    /// The escort's full name.
    #[graphql(validator(chars_max_length = 200))]
    name: String,
}

/// Records that the escort has visa and ticket.
#[derive(InputObject)]
pub struct DocumentEscortInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
}

/// Records that the escort has handed the person over.
#[derive(InputObject)]
pub struct RecordEscortHandoverInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
}

/// Records that the escort is back.
#[derive(InputObject)]
pub struct RecordEscortReturnInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
}

/// Calls an escort off.
#[derive(InputObject)]
pub struct CancelEscortInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The number of the escort on its case.
    number: i32,
}

/// Records that the airline has agreed, for the journey that is booked.
#[derive(InputObject)]
pub struct RecordAirlineClearanceInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Why the airline had to agree.
    kind: Word<ClearanceKind>,
    /// The airline's reference.
    #[graphql(validator(chars_max_length = 40))]
    reference: Option<String>,
}

commands! {
    /// Commands on who travels along.
    EscortCommands {
        /// Recommends that somebody travels along; a medical escort only where health staff found that one is needed.
        recommend_escort(RecommendEscortInput) -> RecommendEscortPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            desk.recommend_escort(&envelope, on, person, (input.kind.0, input.mhd_reference)).await
        };
        /// Agrees to an escort that somebody else recommended.
        approve_escort(ApproveEscortInput) -> ApproveEscortPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            desk.decide_escort(&envelope, on, input.number, true).await
        };
        /// Does not agree to an escort.
        decline_escort(DeclineEscortInput) -> DeclineEscortPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            desk.decide_escort(&envelope, on, input.number, false).await
        };
        /// Says who travels along, or that it is somebody else.
        assign_escort(AssignEscortInput) -> AssignEscortPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            desk.assign_escort(&envelope, on, input.number, input.name).await
        };
        /// Records that the escort has visa and ticket.
        document_escort(DocumentEscortInput) -> DocumentEscortPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let step = (Action::DocumentEscort, EscortState::Documented);
            desk.move_escort(&envelope, on, input.number, step).await
        };
        /// Records that the escort has handed the person over.
        record_escort_handover(RecordEscortHandoverInput) -> RecordEscortHandoverPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let step = (Action::RecordEscortHandover, EscortState::HandedOver);
            desk.move_escort(&envelope, on, input.number, step).await
        };
        /// Records that the escort is back.
        record_escort_return(RecordEscortReturnInput) -> RecordEscortReturnPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let step = (Action::RecordEscortReturn, EscortState::Returned);
            desk.move_escort(&envelope, on, input.number, step).await
        };
        /// Calls an escort off.
        cancel_escort(CancelEscortInput) -> CancelEscortPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let step = (Action::CancelEscort, EscortState::Cancelled);
            desk.move_escort(&envelope, on, input.number, step).await
        };
        /// Records that the airline has agreed, for the journey that is booked; another journey has to be agreed to again.
        record_airline_clearance(RecordAirlineClearanceInput) -> RecordAirlineClearancePayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            desk.record_airline_clearance(&envelope, on, input.kind.0, input.reference).await
        };
    }
}
