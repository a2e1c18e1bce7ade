//! Recording outreach, and counting it.

use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork, convert};
use crate::domain::outreach::OutreachVisit;
use crate::domain::registry::RegistryEvent;
use crate::error::Error;
use crate::policy::actions::Action;
use entity::outreach_visit;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QuerySelect};

impl UnitOfWork {
    /// Records a visit.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_outreach_visit(&self, visit: &OutreachVisit) -> Result<(), Error> {
        outreach_visit::Entity::insert(convert::outreach_visit_row(visit).into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        self.record(
            Action::RecordOutreachVisit,
            RegistryEvent::OutreachVisitRecorded,
            ("OutreachVisit", visit.id.uuid()),
        )
        .await
    }
}

impl Store {
    /// Contacts made by outreach, which are not unique persons (INV-18).
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn count_contacts(&self) -> Result<i64, Error> {
        let sum: Option<Option<i64>> = outreach_visit::Entity::find_all()
            .select_only()
            .column_as(outreach_visit::Column::Contacts.sum(), "contacts")
            .into_tuple()
            .one(&self.reading)
            .await?;
        Ok(sum.flatten().unwrap_or_default())
    }
}
