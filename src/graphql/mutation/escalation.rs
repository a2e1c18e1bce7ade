//! Commands on what is done about notices that nobody acknowledges.

use super::commands;
use crate::domain::escalation::{EscalationAction, EscalationRule, EscalationStep};
use crate::domain::notice::NoticeType;
use crate::domain::party::PartyRelation;
use crate::graphql::word::Word;
use crate::payloads;
use async_graphql::InputObject;

payloads! {
    ConfigureEscalationPayload "escalationRule": EscalationRuleNode;
}

/// One step of a rule.
#[derive(InputObject)]
pub struct EscalationStepInput {
    /// What it does.
    action: Word<EscalationAction>,
    /// How many minutes after the step before it, or after the notice for the first.
    minutes: i32,
    /// Whether the minutes are before the landing instead; then earlier steps that would be later hurry.
    #[graphql(default = false)]
    before_landing: bool,
}

/// Says what is done about notices of one type to one kind of recipient.
#[derive(InputObject)]
pub struct ConfigureEscalationInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// Of which notices.
    notice_type: Word<NoticeType>,
    /// To whom, by what the recipient is to the case.
    recipient: Word<PartyRelation>,
    /// The version of the rule that was decided on; 0 where there is none.
    expected_version: i32,
    /// The steps, in order; none where nothing is to be done any more.
    #[graphql(validator(max_items = 10))]
    steps: Vec<EscalationStepInput>,
}

commands! {
    /// Commands on what is done about notices that nobody acknowledges.
    EscalationCommands {
        /// Says what is done about notices of one type that a recipient does not acknowledge, from now on; what was told before goes on by the rule that held then.
        configure_escalation(ConfigureEscalationInput) -> ConfigureEscalationPayload = |_context, envelope, input, desk| {
            let step = |step: EscalationStepInput| EscalationStep {
                action: step.action.0,
                minutes: step.minutes,
                before_landing: step.before_landing,
            };
            let rule = EscalationRule {
                notice_type: input.notice_type.0,
                recipient: input.recipient.0,
                version: input.expected_version,
                steps: input.steps.into_iter().map(step).collect(),
            };
            desk.configure_escalation(&envelope, rule).await
        };
    }
}
