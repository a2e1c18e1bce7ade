//! Commands on the objection check and the statutory period of a case.

use super::{commands, id};
use crate::domain::objection::{ObjectionGround, ObjectionOutcome, ObjectionWaiver};
use crate::domain::statutory::{ExtensionReason, PeriodOverride};
use crate::graphql::scalars::DateScalar;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RequestObjectionCheckPayload "case": CaseNode;
    DecideObjectionPayload "case": CaseNode;
    StartPreDeparturePayload "case": CaseNode;
    ExtendStatutoryPeriodPayload "case": CaseNode;
    OverrideStatutoryPeriodPayload "case": CaseNode;
}

/// Asks the authority of the host territory whether it objects.
#[derive(InputObject)]
pub struct RequestObjectionCheckInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Which authority, where the territory has two; otherwise the first by code.
    authority_id: Option<ID>,
}

/// Answers whether the authority objects.
#[derive(InputObject)]
pub struct DecideObjectionInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The answer.
    outcome: Word<ObjectionOutcome>,
    /// Why the authority objects; needed if it does, and only then.
    ground: Option<Word<ObjectionGround>>,
}

/// Lets the preparation of the departure begin.
#[derive(InputObject)]
pub struct StartPreDepartureInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Why a supervisor does not wait for the authority.
    waiver: Option<Word<ObjectionWaiver>>,
}

/// Extends the statutory period.
#[derive(InputObject)]
pub struct ExtendStatutoryPeriodInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on; authorities see none.
    expected_version: Option<i32>,
    /// By how many days.
    days: i32,
    /// Why.
    reason: Word<ExtensionReason>,
    /// The day of the authority's written confirmation.
    confirmed_on: DateScalar,
}

/// Lets a departure lie beyond the statutory period.
#[derive(InputObject)]
pub struct OverrideStatutoryPeriodInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<PeriodOverride>,
}

commands! {
    /// Commands on the objection check and the statutory period.
    PreDepartureCommands {
        /// Asks the authority that the host territory's procedure names whether it objects, as far as the persons consent.
        request_objection_check(RequestObjectionCheckInput) -> RequestObjectionCheckPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let authority = input.authority_id.map(|authority| id(context, NodeType::Organisation, &authority)).transpose()?;
            desk.request_objection_check(&envelope, (case, input.expected_version), authority).await
        };
        /// Answers whether the authority objects; the sending mission is told.
        decide_objection(DecideObjectionInput) -> DecideObjectionPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let ground = input.ground.map(|ground| ground.0);
            desk.decide_objection(&envelope, case, input.outcome.0, ground).await
        };
        /// Lets the preparation of the departure, and the statutory period, begin: nobody objects, the authority was silent for long enough, nobody is asked, or a supervisor does not wait.
        start_pre_departure(StartPreDepartureInput) -> StartPreDeparturePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let waiver = input.waiver.map(|waiver| waiver.0);
            desk.start_pre_departure(&envelope, (case, input.expected_version), waiver).await
        };
        /// Extends the statutory period, as the authority has confirmed in writing.
        extend_statutory_period(ExtendStatutoryPeriodInput) -> ExtendStatutoryPeriodPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let extension = (input.days, input.reason.0);
            desk.extend_statutory_period(&envelope, (case, input.expected_version), extension, input.confirmed_on.0).await
        };
        /// Lets a departure lie beyond the statutory period, which does not lapse from then on.
        override_statutory_period(OverrideStatutoryPeriodInput) -> OverrideStatutoryPeriodPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.override_statutory_period(&envelope, (case, input.expected_version), input.reason.0).await
        };
    }
}
