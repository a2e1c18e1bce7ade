//! Cash grants with their tranches.

use super::At;
use crate::domain::cash_grant::{CashGrant, Milestone, PayeeAccount, Tranche};
use crate::error::Error;
use crate::ids::{ExchangeRateId, GrantRuleId, OrganisationId, ProjectId};
use uuid::Uuid;

pub(in crate::store) fn grant(
    row: entity::cash_grant::Model,
    tranches: Vec<Tranche>,
) -> Result<CashGrant, Error> {
    let at = At("cash_grants", row.id);
    let counted = match (row.counted_minor, row.counted_currency.as_deref()) {
        (Some(amount), Some(currency)) => Some(at.money(amount, currency)?),
        (None, None) => None,
        _ => return Err(at.wrong("counted_minor")),
    };
    let account = match (row.payee_account_kind.as_deref(), row.payee_account_number) {
        (Some(kind), Some(number)) => Some(PayeeAccount {
            kind: at.word("payee_account_kind", kind)?,
            number,
        }),
        (None, None) => None,
        _ => return Err(at.wrong("payee_account_kind")),
    };
    let single = row.single_tranche_reason.as_deref();
    Ok(CashGrant {
        id: row.id.into(),
        case_id: row.case_id.into(),
        person_id: row.person_id.into(),
        state: at.word("state", &row.state)?,
        amount: at.money(row.amount_minor, &row.currency)?,
        funding_project: row.funding_project_id.map(Into::into),
        rule: row.rule_id.map(Into::into),
        counted,
        exchange_rate: row.exchange_rate_id.map(Into::into),
        single_tranche_reason: at.word_if("single_tranche_reason", single)?,
        end_reason: at.word_if("end_reason", row.end_reason.as_deref())?,
        recovery: at.word_if("recovery", row.recovery.as_deref())?,
        account,
        proposed_by: row.proposed_by,
        approved_by: row.approved_by,
        donor_approval: row.donor_approval,
        proposed_at: row.proposed_at,
        approved_at: row.approved_at,
        ended_at: row.ended_at,
        tranches,
        version: row.version,
    })
}

pub(in crate::store) fn grant_row(grant: &CashGrant) -> entity::cash_grant::Model {
    entity::cash_grant::Model {
        id: grant.id.uuid(),
        case_id: grant.case_id.uuid(),
        person_id: grant.person_id.uuid(),
        state: grant.state.to_string(),
        amount_minor: grant.amount.amount_minor,
        currency: grant.currency().as_str().to_owned(),
        proposed_at: grant.proposed_at,
        approved_at: grant.approved_at,
        ended_at: grant.ended_at,
        funding_project_id: grant.funding_project.map(ProjectId::uuid),
        rule_id: grant.rule.map(GrantRuleId::uuid),
        counted_minor: grant.counted.map(|counted| counted.amount_minor),
        counted_currency: grant.counted.map(|counted| counted.currency.as_str().to_owned()),
        exchange_rate_id: grant.exchange_rate.map(ExchangeRateId::uuid),
        proposed_by: grant.proposed_by.clone(),
        approved_by: grant.approved_by.clone(),
        donor_approval: grant.donor_approval.clone(),
        single_tranche_reason: grant.single_tranche_reason.map(|reason| reason.to_string()),
        end_reason: grant.end_reason.map(|reason| reason.to_string()),
        recovery: grant.recovery.map(|decision| decision.to_string()),
        payee_account_kind: grant.account.as_ref().map(|account| account.kind.to_string()),
        payee_account_number: grant.account.as_ref().map(|account| account.number.clone()),
        version: grant.version,
    }
}

pub(in crate::store) fn tranche(row: entity::tranche::Model) -> Result<Tranche, Error> {
    let at = At("tranches", row.id);
    let milestone = match (row.evidence_kind, row.evidence_reference) {
        (Some(kind), Some(reference)) => Some(Milestone {
            kind: at.word("evidence_kind", &kind)?,
            reference,
        }),
        (None, None) => None,
        _ => return Err(at.wrong("evidence_kind")),
    };
    Ok(Tranche {
        number: row.number,
        amount_minor: row.amount_minor,
        state: at.word("state", &row.state)?,
        paid_at: row.paid_at,
        paid_by: row.paid_by_id.map(Into::into),
        milestone,
        receipt_reference: row.receipt_reference,
        receipted_at: row.receipted_at,
        receipted_by: row.receipted_by,
        verified_at: row.verified_at,
    })
}

pub(in crate::store) fn tranche_row(
    grant: &CashGrant,
    tranche: &Tranche,
    id: Uuid,
) -> entity::tranche::Model {
    let milestone = tranche.milestone.as_ref();
    entity::tranche::Model {
        id,
        cash_grant_id: grant.id.uuid(),
        case_id: grant.case_id.uuid(),
        number: tranche.number,
        amount_minor: tranche.amount_minor,
        state: tranche.state.to_string(),
        paid_at: tranche.paid_at,
        paid_by_id: tranche.paid_by.map(OrganisationId::uuid),
        evidence_kind: milestone.map(|milestone| milestone.kind.to_string()),
        evidence_reference: milestone.map(|milestone| milestone.reference.clone()),
        receipt_reference: tranche.receipt_reference.clone(),
        receipted_at: tranche.receipted_at,
        receipted_by: tranche.receipted_by.clone(),
        verified_at: tranche.verified_at,
    }
}
