//! Complaints: rows of their own, which no case, no history of one and no inbox knows of.

use super::seed::insert;
use super::{UnitOfWork, convert, diff, scope};
use crate::domain::complaint::Complaint;
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::Refusal;
use crate::error::Error;
use crate::ids::{ComplaintId, OrganisationId};
use crate::policy::actions::Action;
use crate::policy::rows::{Resource, reach};
use entity::{complaint, organisation};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter, QuerySelect};

/// Loads the complaints of a programme.
pub(super) async fn load(tx: &DatabaseTransaction, complaints: &[Complaint]) -> Result<(), Error> {
    insert::<complaint::Entity>(tx, complaints.iter().map(convert::complaint_row)).await
}

impl UnitOfWork {
    /// Whether the actor knows an organisation, so that it can say something of it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for one that does not exist or is out of reach; faults of the database.
    pub async fn knows_organisation(&self, id: OrganisationId) -> Result<(), Error> {
        let within = reach(self.viewer()?, Resource::Organisation, self.now, self.windows);
        let select = scope::select::<organisation::Entity>(&within);
        let found = select.filter(organisation::Column::Id.eq(id.uuid()));
        let found = found.one(&self.transaction).await?;
        found.map(|_| ()).ok_or(Error::NotFound)
    }

    /// Keeps a complaint that was lodged.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_complaint(&self, new: &Complaint) -> Result<(), Error> {
        diff::insert::<complaint::Entity>(&self.transaction, convert::complaint_row(new)).await?;
        self.tell_of_complaint(
            (None, new),
            Action::LodgeComplaint,
            RegistryEvent::ComplaintLodged,
        )
        .await
    }

    /// Reads a complaint under lock, if the actor reaches it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for one that does not exist or is out of reach; `CONFLICT` for a stale version; faults of the
    /// database.
    pub async fn complaint_for_update(&self, id: ComplaintId, expected: i32) -> Result<Complaint, Error> {
        let within = reach(self.viewer()?, Resource::Complaint, self.now, self.windows);
        let select = scope::select::<complaint::Entity>(&within)
            .filter(complaint::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        Refusal::unless_current(row.version, expected)?;
        convert::complaint(row)
    }

    /// Saves a complaint that was moved on.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn save_complaint(
        &self,
        (before, next): (&Complaint, &Complaint),
        action: Action,
        event: RegistryEvent,
    ) -> Result<(), Error> {
        let row = convert::complaint_row(next);
        let unchanged = complaint::Column::Version.eq(before.version);
        diff::update::<complaint::Entity>(&self.transaction, row.id, unchanged, row).await?;
        self.tell_of_complaint((Some(before), next), action, event).await
    }

    async fn tell_of_complaint(
        &self,
        (before, next): (Option<&Complaint>, &Complaint),
        action: Action,
        event: RegistryEvent,
    ) -> Result<(), Error> {
        let states = (
            before.map(|before| before.state.to_string()),
            next.state.to_string(),
        );
        let row = ("Complaint", next.id.uuid());
        self.record_step((action.into(), event), row, states, None).await
    }
}
