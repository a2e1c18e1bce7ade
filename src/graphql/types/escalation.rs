//! `Escalation` and `EscalationRule`.

use crate::domain::escalation::EscalationOutcome;
use crate::domain::notice::NoticeType;
use crate::domain::party::PartyRelation;
use crate::governed;
use crate::graphql::leaf::List;
use crate::store::nodes::{CaseNode, EscalationNode, EscalationRuleNode, OrganisationNode, StepShown};
use chrono::{DateTime, Utc};

governed! { EscalationRuleNode "EscalationRule": "What is done, step by step, about a notice of one type that nobody acknowledges; never edited, only ended and replaced." {
    EscalationRuleType: (NoticeType) = |node| node.rule.notice_type, "Of which notices.";
    EscalationRuleRecipient: (PartyRelation) = |node| node.rule.recipient, "To whom, by what the recipient is to the case.";
    EscalationRuleVersion: (i32) = |node| node.rule.version, "Counts the rules for these notices, from 1; configureEscalation takes it as expectedVersion, and 0 where there is none.";
    EscalationRuleSteps: (List<StepShown>) = |node| List(node.steps.clone()), "The steps, in order; none where nothing is done.";
    EscalationRuleMadeAt: (DateTime<Utc>) = |node| node.made_at, "Since when it holds, for what is told from then on.";
    EscalationRuleEndedAt: (Option<DateTime<Utc>>) = |node| node.ended_at, "When another took its place; what was told before goes on by this one.";
} }

governed! { EscalationNode "Escalation": "A notice that its recipient has to acknowledge, and what was done because it did not." {
    EscalationType: (NoticeType) = |node| node.notice_type, "What the notice says.";
    EscalationRecipient: {OrganisationNode} = |node| &node.recipient, "Who was told.";
    EscalationCase: {CaseNode} = |node| &node.case, "The case.";
    EscalationBeganAt: (DateTime<Utc>) = |node| node.began_at, "When the notice was told.";
    EscalationRuleOf: (i32) = |node| node.rule_version, "The version of the rule that it goes by to its end.";
    EscalationSteps: (List<StepShown>) = |node| List(node.steps.clone()), "The steps of that rule, in order, with those that were done.";
    EscalationNextStepAt: (Option<DateTime<Utc>>) = |node| node.next_step_at, "When the next step is due, as the journey stood when it was last looked at; null once no step is left, or it has ended.";
    EscalationOutcome: (Option<EscalationOutcome>) = |node| node.outcome, "How it ended; null while the notice waits for an acknowledgement, even if no step is left.";
    EscalationEndedAt: (Option<DateTime<Utc>>) = |node| node.ended_at, "When it ended.";
} }
