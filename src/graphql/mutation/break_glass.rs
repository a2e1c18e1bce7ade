//! Commands on accesses of oversight to cases.

use super::{commands, id};
use crate::domain::break_glass::BreakGlassReason;
use crate::domain::steps::break_glass::BreakGlassStep;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use crate::policy::actions::Action;
use async_graphql::{ID, InputObject};

payloads! {
    RequestBreakGlassPayload "breakGlassAccess": BreakGlassNode;
    ApproveBreakGlassPayload "breakGlassAccess": BreakGlassNode;
    RejectBreakGlassPayload "breakGlassAccess": BreakGlassNode;
    CloseBreakGlassPayload "breakGlassAccess": BreakGlassNode;
}

/// Asks to see a case as its sending mission does.
#[derive(InputObject)]
pub struct RequestBreakGlassInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// Why, as a code; the sending mission reads it.
    reason: Word<BreakGlassReason>,
    /// Why, in words for whoever approves; nobody outside oversight reads it.
    #[graphql(validator(chars_max_length = 2000))]
    explanation: String,
    /// For how long, in minutes from the approval; the service sets the most.
    minutes: i32,
}

/// Approves an access that somebody else asked for.
#[derive(InputObject)]
pub struct ApproveBreakGlassInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The access.
    break_glass_access_id: ID,
    /// The version of the access that was decided on.
    expected_version: i32,
}

/// Rejects an access that somebody else asked for.
#[derive(InputObject)]
pub struct RejectBreakGlassInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The access.
    break_glass_access_id: ID,
    /// The version of the access that was decided on.
    expected_version: i32,
}

/// Closes an access before its time is over, or takes the request back.
#[derive(InputObject)]
pub struct CloseBreakGlassInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The access.
    break_glass_access_id: ID,
    /// The version of the access that was decided on.
    expected_version: i32,
}

commands! {
    /// Commands on accesses of oversight to cases.
    BreakGlassCommands {
        /// Asks to see a case as its sending mission does, but for what health staff alone see; nothing is opened until somebody else approves, and an unanswered request lapses after a day.
        request_break_glass(RequestBreakGlassInput) -> RequestBreakGlassPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.request_break_glass(&envelope, case, (input.reason.0, input.explanation), input.minutes).await
        };
        /// Approves an access that somebody else asked for: it is open to whoever asked, under the purpose OVERSIGHT, for the minutes that were asked for, and the sending mission is told.
        approve_break_glass(ApproveBreakGlassInput) -> ApproveBreakGlassPayload = |context, envelope, input, desk| {
            let access = id(context, NodeType::BreakGlassAccess, &input.break_glass_access_id)?;
            desk.step_break_glass(&envelope, Action::ApproveBreakGlass, (access, input.expected_version), BreakGlassStep::Approve).await
        };
        /// Rejects an access that somebody else asked for.
        reject_break_glass(RejectBreakGlassInput) -> RejectBreakGlassPayload = |context, envelope, input, desk| {
            let access = id(context, NodeType::BreakGlassAccess, &input.break_glass_access_id)?;
            desk.step_break_glass(&envelope, Action::RejectBreakGlass, (access, input.expected_version), BreakGlassStep::Reject).await
        };
        /// Closes an access before its time is over, or takes the request back.
        close_break_glass(CloseBreakGlassInput) -> CloseBreakGlassPayload = |context, envelope, input, desk| {
            let access = id(context, NodeType::BreakGlassAccess, &input.break_glass_access_id)?;
            desk.step_break_glass(&envelope, Action::CloseBreakGlass, (access, input.expected_version), BreakGlassStep::Close).await
        };
    }
}
