//! Reintegration packages with their items and contacts; what is known from the return on, and handovers.

use super::At;
use crate::domain::aftercare::{Aftercare, Handover};
use crate::domain::reintegration::{MonitoringContact, PackageItem, ReintegrationPackage};
use crate::error::Error;
use crate::ids::OrganisationId;
use crate::store::child::Child;
use sea_orm::EntityTrait;
use uuid::Uuid;

pub(in crate::store) fn package(
    row: entity::reintegration_package::Model,
    items: Vec<PackageItem>,
    contacts: Vec<MonitoringContact>,
) -> Result<ReintegrationPackage, Error> {
    let at = At("reintegration_packages", row.id);
    Ok(ReintegrationPackage {
        id: row.id.into(),
        case_id: row.case_id.into(),
        funding_project: row.funding_project_id.map(Into::into),
        person_id: row.person_id.into(),
        state: at.word("state", &row.state)?,
        ceiling: at.money(row.ceiling_minor, &row.currency)?,
        cash_allowed: row.cash_allowed,
        plan: row.plan,
        revision: row.revision,
        proposed_at: row.proposed_at,
        agreed_at: row.agreed_at,
        donor_approval: row.donor_approval,
        suspended_from: at.word_if("suspended_from", row.suspended_from.as_deref())?,
        suspension_reason: at.word_if("suspension_reason", row.suspension_reason.as_deref())?,
        transferred_to: row.transferred_to_id.map(Into::into),
        ended_at: row.ended_at,
        items,
        contacts,
        version: row.version,
    })
}

pub(in crate::store) fn package_row(package: &ReintegrationPackage) -> entity::reintegration_package::Model {
    entity::reintegration_package::Model {
        id: package.id.uuid(),
        case_id: package.case_id.uuid(),
        funding_project_id: package.funding_project.map(crate::ids::ProjectId::uuid),
        person_id: package.person_id.uuid(),
        state: package.state.to_string(),
        ceiling_minor: package.ceiling.amount_minor,
        currency: package.ceiling.currency.as_str().to_owned(),
        plan: package.plan.clone(),
        proposed_at: package.proposed_at,
        ended_at: package.ended_at,
        version: package.version,
        cash_allowed: package.cash_allowed,
        revision: package.revision,
        agreed_at: package.agreed_at,
        donor_approval: package.donor_approval.clone(),
        suspended_from: package.suspended_from.map(|state| state.to_string()),
        suspension_reason: package.suspension_reason.map(|reason| reason.to_string()),
        transferred_to_id: package.transferred_to.map(OrganisationId::uuid),
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
        exceptional: row.exceptional,
        quote_reference: row.quote_reference,
        quoted_at: row.quoted_at,
        ordered_at: row.ordered_at,
        delivered_at: row.delivered_at,
        delivered_by: row.delivered_by,
        receipt_reference: row.receipt_reference,
        receipt_verified_at: row.receipt_verified_at,
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
        exceptional: item.exceptional,
        quote_reference: item.quote_reference.clone(),
        quoted_at: item.quoted_at,
        ordered_at: item.ordered_at,
        delivered_at: item.delivered_at,
        delivered_by: item.delivered_by.clone(),
        receipt_reference: item.receipt_reference.clone(),
        receipt_verified_at: item.receipt_verified_at,
    }
}

pub(in crate::store) fn contact(row: entity::monitoring_contact::Model) -> Result<MonitoringContact, Error> {
    let at = At("monitoring_contacts", row.id);
    Ok(MonitoringContact {
        id: row.id.into(),
        mode: at.word("mode", &row.mode)?,
        result: at.word("result", &row.result)?,
        on: row.contacted_on,
        by: row.contacted_by,
    })
}

pub(in crate::store) fn contact_row(
    package: &ReintegrationPackage,
    contact: &MonitoringContact,
) -> entity::monitoring_contact::Model {
    entity::monitoring_contact::Model {
        id: contact.id.uuid(),
        reintegration_package_id: package.id.uuid(),
        case_id: package.case_id.uuid(),
        mode: contact.mode.to_string(),
        result: contact.result.to_string(),
        contacted_on: contact.on,
        contacted_by: contact.by.clone(),
    }
}

impl Child for Aftercare {
    type Entity = entity::aftercare::Entity;

    fn id(&self) -> Uuid {
        self.case_id.uuid()
    }

    fn case_column() -> <Self::Entity as EntityTrait>::Column {
        entity::aftercare::Column::CaseId
    }

    fn read(row: entity::aftercare::Model) -> Result<Self, Error> {
        let at = At("aftercare", row.case_id);
        Ok(Self {
            case_id: row.case_id.into(),
            admitted_on: row.admitted_on,
            returning_state: at.place_if("returning_state", row.returning_state.as_deref())?,
            counselled_at: row.counselled_at,
            satisfaction_survey_offered: row.satisfaction_survey_offered,
            sustainability_survey_on: row.sustainability_survey_on,
            sustainability_survey_waived: at.word_if(
                "sustainability_survey_waived",
                row.sustainability_survey_waived.as_deref(),
            )?,
        })
    }

    fn row(&self) -> entity::aftercare::Model {
        entity::aftercare::Model {
            case_id: self.case_id.uuid(),
            admitted_on: self.admitted_on,
            returning_state: self.returning_state.map(|state| state.to_string()),
            counselled_at: self.counselled_at,
            satisfaction_survey_offered: self.satisfaction_survey_offered,
            sustainability_survey_on: self.sustainability_survey_on,
            sustainability_survey_waived: self.sustainability_survey_waived.map(|why| why.to_string()),
        }
    }
}

impl Child for Handover {
    type Entity = entity::handover::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> <Self::Entity as EntityTrait>::Column {
        entity::handover::Column::CaseId
    }

    fn read(row: entity::handover::Model) -> Result<Self, Error> {
        let at = At("handovers", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            person_id: row.person_id.into(),
            to: row.handed_to,
            relation: at.word("relation", &row.relation)?,
            at: row.handed_at,
            accepted_by: row.accepted_by,
            refusal: at.word_if("refusal", row.refusal.as_deref())?,
        })
    }

    fn row(&self) -> entity::handover::Model {
        entity::handover::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            person_id: self.person_id.uuid(),
            handed_to: self.to.clone(),
            relation: self.relation.to_string(),
            handed_at: self.at,
            accepted_by: self.accepted_by.clone(),
            refusal: self.refusal.map(|why| why.to_string()),
        }
    }
}
