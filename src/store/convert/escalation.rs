//! Rules of escalation, whose steps are kept as JSON.

use super::At;
use crate::domain::code::Code as _;
use crate::domain::escalation::{EscalationRule, read_steps, steps_as_text};
use crate::error::Error;
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub(in crate::store) fn escalation_rule(
    row: entity::escalation_rule::Model,
) -> Result<EscalationRule, Error> {
    let at = At("escalation_rules", row.id);
    Ok(EscalationRule {
        notice_type: at.word("notice_type", &row.notice_type)?,
        recipient: at.word("recipient", &row.recipient)?,
        version: row.version,
        steps: read_steps(&row.steps).map_err(|_| at.wrong("steps"))?,
    })
}

/// The row of a rule that takes the place of the version that it was decided on.
pub(in crate::store) fn escalation_rule_row(
    id: Uuid,
    rule: &EscalationRule,
    now: DateTime<Utc>,
) -> entity::escalation_rule::Model {
    entity::escalation_rule::Model {
        id,
        notice_type: rule.notice_type.code().to_owned(),
        recipient: rule.recipient.code().to_owned(),
        version: rule.version + 1,
        steps: steps_as_text(&rule.steps),
        made_at: now,
        ended_at: None,
    }
}
