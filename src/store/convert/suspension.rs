//! Suspensions of operations, and the cases that they concern.

use super::{At, Child};
use crate::domain::suspension::{CaseSuspension, OperationsSuspension};
use crate::error::Error;
use uuid::Uuid;

pub(in crate::store) fn suspension(
    row: entity::operations_suspension::Model,
) -> Result<OperationsSuspension, Error> {
    let at = At("operations_suspensions", row.id);
    Ok(OperationsSuspension {
        id: row.id.into(),
        country: at.place("country", &row.country)?,
        from: row.suspended_from,
        until: row.suspended_until,
        reason: at.word("reason", &row.reason)?,
        lifted_at: row.lifted_at,
        version: row.version,
    })
}

/// The row of a suspension of which everybody concerned has been told.
pub(in crate::store) fn settled_suspension_row(
    suspension: &OperationsSuspension,
) -> entity::operations_suspension::Model {
    entity::operations_suspension::Model {
        id: suspension.id.uuid(),
        country: suspension.country.to_string(),
        suspended_from: suspension.from,
        suspended_until: suspension.until,
        reason: suspension.reason.to_string(),
        settled_at: Some(suspension.from),
        lifted_at: suspension.lifted_at,
        version: suspension.version,
    }
}

impl Child for CaseSuspension {
    type Entity = entity::case_suspension::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::case_suspension::Column {
        entity::case_suspension::Column::CaseId
    }

    fn read(row: entity::case_suspension::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            suspension: row.suspension_id.into(),
            told_at: row.told_at,
            held_at: row.held_at,
            released_at: row.released_at,
        })
    }

    fn row(&self) -> entity::case_suspension::Model {
        entity::case_suspension::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            suspension_id: self.suspension.uuid(),
            told_at: self.told_at,
            held_at: self.held_at,
            released_at: self.released_at,
        }
    }
}
