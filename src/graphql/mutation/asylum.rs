//! Commands on procedures for international protection.

use super::{commands, id};
use crate::domain::asylum::AsylumStage;
use crate::domain::steps::asylum::NewAsylumClaim;
use crate::graphql::scalars::DateScalar;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordAsylumClaimPayload "case": CaseNode;
}

/// Records a claim for international protection, or how far it has come.
#[derive(InputObject)]
pub struct RecordAsylumClaimInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the claim that was decided on; none for a claim that is recorded for the first time.
    expected_version: Option<i32>,
    /// The authority whose procedure it is; an authority records its own, and need not say so.
    authority_id: Option<ID>,
    /// How far the procedure has come.
    stage: Word<AsylumStage>,
    /// The claim's number with the authority.
    #[graphql(validator(chars_max_length = 64))]
    number: String,
    /// The day on which the claim was lodged.
    lodged_on: DateScalar,
    /// The day of the authority's last decision; none while the claim is examined for the first time.
    decided_on: Option<DateScalar>,
}

commands! {
    /// Commands on procedures for international protection.
    AsylumCommands {
        /// Records a claim for international protection, or how far it has come; nobody is told, and nothing else of the case changes.
        record_asylum_claim(RecordAsylumClaimInput) -> RecordAsylumClaimPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let authority = input.authority_id.as_ref();
            let claim = NewAsylumClaim {
                authority: authority.map(|named| id(context, NodeType::Organisation, named)).transpose()?,
                expected: input.expected_version,
                stage: input.stage.0,
                number: input.number.trim().to_owned(),
                lodged_on: input.lodged_on.0,
                decided_on: input.decided_on.map(|day| day.0),
            };
            desk.record_asylum_claim(&envelope, case, claim).await
        };
    }
}
