//! Cases on which time alone has something to do.

use super::Store;
use super::unit_of_work::FindAll;
use crate::error::Error;
use crate::ids::CaseId;
use chrono::{DateTime, Utc};
use entity::case;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

impl Store {
    /// Cases with something due by a moment, the longest due first, at most so many.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn cases_due(&self, by: DateTime<Utc>, at_most: u64) -> Result<Vec<CaseId>, Error> {
        let due: Vec<Uuid> = case::Entity::find_all()
            .select_only()
            .column(case::Column::Id)
            .filter(case::Column::DueAt.lte(by))
            .order_by_asc(case::Column::DueAt)
            .limit(at_most)
            .into_tuple()
            .all(&self.reading)
            .await?;
        Ok(due.into_iter().map(Into::into).collect())
    }

    /// When something is next due on any case.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, Error> {
        let next: Option<Option<DateTime<Utc>>> = case::Entity::find_all()
            .select_only()
            .column(case::Column::DueAt)
            .filter(case::Column::DueAt.is_not_null())
            .order_by_asc(case::Column::DueAt)
            .limit(1)
            .into_tuple()
            .one(&self.reading)
            .await?;
        Ok(next.flatten())
    }
}
