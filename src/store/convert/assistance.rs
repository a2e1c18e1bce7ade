//! Cash grants with their tranches, reintegration packages with their items.

use super::At;
use crate::domain::cash_grant::{CashGrant, Tranche};
use crate::domain::reintegration::{PackageItem, ReintegrationPackage};
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

pub(in crate::store) fn package(
    row: entity::reintegration_package::Model,
    items: Vec<PackageItem>,
) -> Result<ReintegrationPackage, Error> {
    let at = At("reintegration_packages", row.id);
    Ok(ReintegrationPackage {
        id: row.id.into(),
        case_id: row.case_id.into(),
        person_id: row.person_id.into(),
        state: at.word("state", &row.state)?,
        ceiling: at.money(row.ceiling_minor, &row.currency)?,
        plan: row.plan,
        proposed_at: row.proposed_at,
        ended_at: row.ended_at,
        items,
        version: row.version,
    })
}

pub(in crate::store) fn package_row(package: &ReintegrationPackage) -> entity::reintegration_package::Model {
    entity::reintegration_package::Model {
        id: package.id.uuid(),
        case_id: package.case_id.uuid(),
        person_id: package.person_id.uuid(),
        state: package.state.to_string(),
        ceiling_minor: package.ceiling.amount_minor,
        currency: package.ceiling.currency.as_str().to_owned(),
        plan: package.plan.clone(),
        proposed_at: package.proposed_at,
        ended_at: package.ended_at,
        version: package.version,
    }
}

pub(in crate::store) fn item(row: entity::package_item::Model) -> Result<PackageItem, Error> {
    let at = At("package_items", row.id);
    Ok(PackageItem {
        position: row.position,
        category: at.word("category", &row.category)?,
        modality: at.word("modality", &row.modality)?,
        state: at.word("state", &row.state)?,
        description: row.description,
        amount_minor: row.amount_minor,
    })
}

pub(in crate::store) fn item_row(
    package: &ReintegrationPackage,
    item: &PackageItem,
    id: Uuid,
) -> entity::package_item::Model {
    entity::package_item::Model {
        id,
        reintegration_package_id: package.id.uuid(),
        case_id: package.case_id.uuid(),
        position: item.position,
        category: item.category.to_string(),
        modality: item.modality.to_string(),
        description: item.description.clone(),
        amount_minor: item.amount_minor,
        state: item.state.to_string(),
    }
}
