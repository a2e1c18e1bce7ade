//! Cash grants with their tranches.

use super::At;
use crate::domain::cash_grant::{CashGrant, Tranche};
use crate::error::Error;
use uuid::Uuid;

pub(in crate::store) fn grant(
    row: entity::cash_grant::Model,
    tranches: Vec<Tranche>,
) -> Result<CashGrant, Error> {
    let at = At("cash_grants", row.id);
    Ok(CashGrant {
        id: row.id.into(),
        case_id: row.case_id.into(),
        person_id: row.person_id.into(),
        state: at.word("state", &row.state)?,
        amount: at.money(row.amount_minor, &row.currency)?,
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
        version: grant.version,
    }
}

pub(in crate::store) fn tranche(row: &entity::tranche::Model) -> Result<Tranche, Error> {
    let state = At("tranches", row.id).word("state", &row.state)?;
    Ok(Tranche {
        number: row.number,
        amount_minor: row.amount_minor,
        state,
        paid_at: row.paid_at,
    })
}

pub(in crate::store) fn tranche_row(
    grant: &CashGrant,
    tranche: &Tranche,
    id: Uuid,
) -> entity::tranche::Model {
    entity::tranche::Model {
        id,
        cash_grant_id: grant.id.uuid(),
        case_id: grant.case_id.uuid(),
        number: tranche.number,
        amount_minor: tranche.amount_minor,
        state: tranche.state.to_string(),
        paid_at: tranche.paid_at,
    }
}
