//! Suspensions of operations: kept as rows of their own, and told to the cases that they concern one by one.

use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork, convert};
use crate::domain::itinerary::SuspensionReason;
use crate::domain::registry::RegistryEvent;
use crate::domain::suspension::OperationsSuspension;
use crate::domain::territory::CountryCode;
use crate::domain::transition::{Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, new_id};
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use entity::{case, case_suspension, itinerary, operations_suspension};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

impl Store {
    /// Suspensions in force of which not everybody concerned has been told.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn unsettled_suspensions(&self) -> Result<Vec<OperationsSuspension>, Error> {
        let rows = operations_suspension::Entity::find_all()
            .filter(operations_suspension::Column::SettledAt.is_null())
            .filter(operations_suspension::Column::LiftedAt.is_null())
            .order_by_asc(operations_suspension::Column::Id)
            .all(&self.reading)
            .await?;
        rows.into_iter().map(convert::suspension).collect()
    }

    /// Cases that a suspension may concern and whose missions have not been told, after a place in their order.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn cases_to_tell(
        &self,
        suspension: &OperationsSuspension,
        after: Option<CaseId>,
        at_most: u64,
    ) -> Result<Vec<CaseId>, Error> {
        let told = Query::select()
            .expr(Expr::val(1))
            .from(case_suspension::Entity)
            .and_where(
                Expr::col((case_suspension::Entity, case_suspension::Column::CaseId))
                    .equals((case::Entity, case::Column::Id)),
            )
            .and_where(case_suspension::Column::SuspensionId.eq(suspension.id.uuid()))
            .to_owned();
        let booked = Query::select()
            .expr(Expr::val(1))
            .from(itinerary::Entity)
            .and_where(
                Expr::col((itinerary::Entity, itinerary::Column::CaseId))
                    .equals((case::Entity, case::Column::Id)),
            )
            .and_where(itinerary::Column::State.is_in(["BOOKED", "TICKETED"]))
            .to_owned();
        let returns_there = case::Column::CountryOfReturn.eq(suspension.country.as_str());
        let concerned = Condition::any().add(returns_there).add(Expr::exists(booked));
        let ids: Vec<Uuid> = case::Entity::find_all()
            .select_only()
            .column(case::Column::Id)
            .filter(case::Column::EndedAt.is_null())
            .filter(case::Column::DepartedAt.is_null())
            .filter(concerned)
            .filter(Expr::exists(told).not())
            .filter(Condition::all().add_option(after.map(|after| case::Column::Id.gt(after.uuid()))))
            .order_by_asc(case::Column::Id)
            .limit(at_most)
            .into_tuple()
            .all(&self.reading)
            .await?;
        Ok(ids.into_iter().map(Into::into).collect())
    }
}

impl UnitOfWork {
    /// Suspends operations for a country from now on.
    ///
    /// # Errors
    ///
    /// `ALREADY_EXISTS` where they are suspended already.
    pub async fn suspend_operations(
        &self,
        country: CountryCode,
        until: Option<DateTime<Utc>>,
        reason: SuspensionReason,
    ) -> Result<Uuid, Error> {
        if self.suspension_of(country).await?.is_some() {
            return Err(Refusal::at(Reason::AlreadyExists, "country").into());
        }
        if until.is_some_and(|until| until <= self.now) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "until").into());
        }
        let id = new_id(self.now);
        let row = operations_suspension::Model {
            id,
            country: country.to_string(),
            suspended_from: self.now,
            suspended_until: until,
            reason: reason.to_string(),
            settled_at: None,
            lifted_at: None,
            version: 1,
        };
        operations_suspension::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        self.record(
            Action::SuspendOperations,
            RegistryEvent::OperationsSuspended,
            ("OperationsSuspension", id),
        )
        .await?;
        Ok(id)
    }

    /// Lifts the suspension of a country. Nothing goes on by itself.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where operations are not suspended; `CONFLICT` for a stale version.
    pub async fn resume_operations(&self, country: CountryCode, expected: i32) -> Result<Uuid, Error> {
        let in_force = self.suspension_of(country).await?;
        let row = in_force.ok_or(Refusal::at(Reason::WrongState, "country"))?;
        Refusal::unless_current(row.version, expected)?;
        let id = row.id;
        let lifted = operations_suspension::Model {
            lifted_at: Some(self.now),
            version: row.version + 1,
            ..row
        };
        operations_suspension::Entity::update_many()
            .set(lifted.into_active_model().reset_all())
            .filter(operations_suspension::Column::Id.eq(id))
            .exec(&self.transaction)
            .await?;
        self.record(
            Action::ResumeOperations,
            RegistryEvent::OperationsResumed,
            ("OperationsSuspension", id),
        )
        .await?;
        Ok(id)
    }

    /// Notes that everybody whom a suspension concerns has been told.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn settle(&self, suspension: &OperationsSuspension) -> Result<(), Error> {
        operations_suspension::Entity::update_many()
            .col_expr(operations_suspension::Column::SettledAt, Expr::value(self.now))
            .filter(operations_suspension::Column::Id.eq(suspension.id.uuid()))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    async fn suspension_of(
        &self,
        country: CountryCode,
    ) -> Result<Option<operations_suspension::Model>, Error> {
        let in_force = operations_suspension::Entity::find_all()
            .filter(operations_suspension::Column::Country.eq(country.as_str()))
            .filter(operations_suspension::Column::LiftedAt.is_null())
            .lock(LockType::NoKeyUpdate);
        Ok(in_force.one(&self.transaction).await?)
    }
}
