//! Escalations, each with the steps of the rule that it goes by; and the rules.

use super::super::convert;
use super::super::nodes::{CaseNode, EscalationNode, EscalationRuleNode, OrganisationNode, StepShown};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::domain::code::Code as _;
use crate::domain::escalation::EscalationOutcome;
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::policy::fields::Field;
use entity::{escalation, escalation_rule, escalation_step};
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for EscalationRuleNode {
    type Entity = escalation_rule::Entity;

    fn id(row: &escalation_rule::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &escalation_rule::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<escalation_rule::Model>,
        _want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, made_at, ended_at) = (row.id, row.made_at, row.ended_at);
                let rule = convert::escalation_rule(row)?;
                let shown = |step: &_| StepShown {
                    step: *step,
                    done_at: None,
                };
                let node = Self {
                    steps: rule.steps.iter().map(shown).collect(),
                    rule,
                    made_at,
                    ended_at,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for EscalationNode {
    type Entity = escalation::Entity;

    fn id(row: &escalation::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &escalation::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<escalation::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = rows.iter().map(|row| row.case_id);
            let cases = reader
                .named::<CaseNode>(cases, want.of(Field::EscalationCase))
                .await?;
            let recipients = rows.iter().map(|row| row.recipient_id);
            let recipients = reader
                .named::<OrganisationNode>(recipients, want.of(Field::EscalationRecipient))
                .await?;
            let rules = reader
                .children::<escalation_rule::Entity>(
                    escalation_rule::Column::Id,
                    escalation_rule::Column::Id,
                    rows.iter().map(|row| row.rule_id).collect(),
                    true,
                    |rule| rule.id,
                )
                .await?;
            let mut by_rule: ById<_> = HashMap::new();
            for rule in rules.into_values().flatten() {
                by_rule.insert(rule.id, convert::escalation_rule(rule)?);
            }
            let done = reader
                .children::<escalation_step::Entity>(
                    escalation_step::Column::EscalationId,
                    escalation_step::Column::Position,
                    rows.iter().map(|row| row.id).collect(),
                    true,
                    |step| step.escalation_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let Some(lens) = lenses.get(&row.case_id).copied() else {
                    continue;
                };
                let wrong = |column| Error::Inconsistent {
                    table: "escalations",
                    column,
                    id: row.id,
                };
                let rule = by_rule.get(&row.rule_id).ok_or_else(|| wrong("rule_id"))?;
                let moments = done.get(&row.id).map(Vec::as_slice).unwrap_or_default();
                let steps = (0..).zip(&rule.steps).map(|(position, step)| {
                    let mut done = moments.iter();
                    let done = done.find(|done| done.position == position);
                    StepShown {
                        step: *step,
                        done_at: done.map(|done| done.done_at),
                    }
                });
                let outcome = row
                    .outcome
                    .as_deref()
                    .map(|outcome| EscalationOutcome::from_code(outcome).ok_or_else(|| wrong("outcome")));
                let kind = NoticeType::from_code(&row.notice_type);
                let node = Self {
                    notice_type: kind.ok_or_else(|| wrong("notice_type"))?,
                    recipient: recipients.get(&row.recipient_id).cloned(),
                    case: cases.get(&row.case_id).cloned(),
                    began_at: row.began_at,
                    rule_version: rule.version,
                    steps: steps.collect(),
                    next_step_at: row.due_at,
                    outcome: outcome.transpose()?,
                    ended_at: row.ended_at,
                };
                assembled.push((row.id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}
