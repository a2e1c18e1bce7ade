//! Procedures for international protection.

use super::super::child::Child;
use super::At;
use crate::domain::asylum::AsylumClaim;
use crate::error::Error;
use uuid::Uuid;

impl Child for AsylumClaim {
    type Entity = entity::asylum_claim::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::asylum_claim::Column {
        entity::asylum_claim::Column::CaseId
    }

    fn read(row: entity::asylum_claim::Model) -> Result<Self, Error> {
        Ok(Self {
            stage: At("asylum_claims", row.id).word("stage", &row.stage)?,
            id: row.id.into(),
            case_id: row.case_id.into(),
            authority: row.authority_id.into(),
            number: row.number,
            lodged_on: row.lodged_on,
            decided_on: row.decided_on,
            version: row.version,
        })
    }

    fn row(&self) -> entity::asylum_claim::Model {
        entity::asylum_claim::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            authority_id: self.authority.uuid(),
            stage: self.stage.to_string(),
            number: self.number.clone(),
            lodged_on: self.lodged_on,
            decided_on: self.decided_on,
            version: self.version,
        }
    }
}
