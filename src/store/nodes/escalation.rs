//! Escalations and their rules, as they are read.

use super::{CaseNode, One, OrganisationNode};
use crate::domain::escalation::{EscalationOutcome, EscalationRule, EscalationStep};
use crate::domain::notice::NoticeType;
use chrono::{DateTime, Utc};

/// A step as it is shown: of a rule, or of an escalation that goes by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepShown {
    /// The step.
    pub step: EscalationStep,
    /// When it was done; never of a rule.
    pub done_at: Option<DateTime<Utc>>,
}

/// A rule as read.
#[derive(Debug)]
pub struct EscalationRuleNode {
    /// The rule; its version is its own.
    pub rule: EscalationRule,
    /// Its steps, none of them done.
    pub steps: Vec<StepShown>,
    /// Since when it holds.
    pub made_at: DateTime<Utc>,
    /// When another took its place.
    pub ended_at: Option<DateTime<Utc>>,
}

/// An escalation as read.
#[derive(Debug)]
pub struct EscalationNode {
    /// What the notice says.
    pub notice_type: NoticeType,
    /// Who was told.
    pub recipient: One<OrganisationNode>,
    /// The case.
    pub case: One<CaseNode>,
    /// When the notice was told.
    pub began_at: DateTime<Utc>,
    /// The version of the rule that it goes by.
    pub rule_version: i32,
    /// The steps of that rule, with those that were done.
    pub steps: Vec<StepShown>,
    /// When the next is due.
    pub next_step_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub outcome: Option<EscalationOutcome>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}
