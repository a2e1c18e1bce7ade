//! Accesses of oversight to cases.

use super::At;
use crate::domain::break_glass::BreakGlassAccess;
use crate::error::Error;
use crate::store::child::Child;
use sea_orm::EntityTrait;
use uuid::Uuid;

impl Child for BreakGlassAccess {
    type Entity = entity::break_glass_access::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> <Self::Entity as EntityTrait>::Column {
        entity::break_glass_access::Column::CaseId
    }

    fn read(row: entity::break_glass_access::Model) -> Result<Self, Error> {
        let at = At("break_glass_accesses", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            organisation: row.organisation_id.into(),
            reason: at.word("reason", &row.reason)?,
            explanation: row.explanation,
            minutes: row.minutes,
            state: at.word("state", &row.state)?,
            requested_at: row.requested_at,
            requested_by: row.requested_by,
            decided_at: row.decided_at,
            decided_by: row.decided_by,
            open_until: row.open_until,
            ended_at: row.ended_at,
            version: row.version,
        })
    }

    fn row(&self) -> entity::break_glass_access::Model {
        entity::break_glass_access::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            organisation_id: self.organisation.uuid(),
            reason: self.reason.to_string(),
            explanation: self.explanation.clone(),
            minutes: self.minutes,
            state: self.state.to_string(),
            requested_at: self.requested_at,
            requested_by: self.requested_by.clone(),
            decided_at: self.decided_at,
            decided_by: self.decided_by.clone(),
            open_until: self.open_until,
            ended_at: self.ended_at,
            version: self.version,
        }
    }
}
