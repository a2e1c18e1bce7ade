//! The worker's side of escalations: what is due, who has taken it on, and what operators watch.

use super::super::unit_of_work::FindAll as _;
use super::super::{Store, convert};
use crate::domain::code::Code as _;
use crate::domain::escalation::EscalationRule;
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::ids::{CaseId, new_id};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{escalation, escalation_rule, notice};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::sync::atomic::Ordering;
use uuid::Uuid;

/// An escalation of which a step is due.
#[derive(Clone, Copy, Debug)]
pub struct DueEscalation {
    /// Names it.
    pub id: Uuid,
    /// Its case.
    pub case: CaseId,
    /// Whether a worker had taken it on, and not finished in time.
    abandoned: bool,
}

impl Store {
    /// Escalations with a step due by a moment that nobody has taken on, the longest due first, at most so many.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn escalations_due(
        &self,
        by: DateTime<Utc>,
        at_most: u64,
    ) -> Result<Vec<DueEscalation>, Error> {
        use escalation::Column as E;
        let rows = escalation::Entity::find_all()
            .filter(E::DueAt.lte(by))
            .filter(unleased(by))
            .order_by_asc(E::DueAt)
            .order_by_asc(E::Id)
            .limit(at_most)
            .all(&self.reading)
            .await?;
        let due = rows.into_iter().map(|row| DueEscalation {
            id: row.id,
            case: row.case_id.into(),
            abandoned: row.leased_by.is_some(),
        });
        Ok(due.collect())
    }

    /// When a step of any escalation is next due.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn next_escalation(&self) -> Result<Option<DateTime<Utc>>, Error> {
        use escalation::Column as E;
        let next: Option<Option<DateTime<Utc>>> = escalation::Entity::find_all()
            .select_only()
            .column(E::DueAt)
            .filter(E::DueAt.is_not_null())
            .order_by_asc(E::DueAt)
            .limit(1)
            .into_tuple()
            .one(&self.reading)
            .await?;
        Ok(next.flatten())
    }

    /// Takes an escalation on until a moment; says whether nobody was faster.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn take_on(
        &self,
        due: &DueEscalation,
        worker: Uuid,
        until: DateTime<Utc>,
    ) -> Result<bool, Error> {
        use escalation::Column as E;
        let now = self.clock.now();
        let taken = escalation::Entity::update_many()
            .col_expr(E::LeasedBy, Expr::value(worker))
            .col_expr(E::LeasedUntil, Expr::value(until))
            .filter(E::Id.eq(due.id))
            .filter(E::DueAt.lte(now))
            .filter(unleased(now))
            .exec(&self.writing)
            .await?;
        let ours = taken.rows_affected == 1;
        if ours && due.abandoned {
            self.takeovers.fetch_add(1, Ordering::Relaxed);
        }
        Ok(ours)
    }

    /// Gives back whatever a worker has taken on.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn give_back(&self, worker: Uuid) -> Result<(), Error> {
        use escalation::Column as E;
        escalation::Entity::update_many()
            .col_expr(E::LeasedBy, Expr::value(Option::<Uuid>::None))
            .col_expr(E::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None))
            .filter(E::LeasedBy.eq(worker))
            .exec(&self.writing)
            .await?;
        Ok(())
    }

    /// An installation that has no rules for some notices gets the default ones.
    pub(in crate::store) async fn ensure_escalation_rules(&self) -> Result<(), Error> {
        use escalation_rule::Column as R;
        let now = self.clock.now();
        let moments = (0..).map(|later| now + TimeDelta::milliseconds(later));
        let rows = EscalationRule::defaults()
            .into_iter()
            .zip(moments)
            .map(|(rule, moment)| {
                convert::escalation_rule_row(new_id(moment), &rule, now).into_active_model()
            });
        escalation_rule::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([R::NoticeType, R::Recipient, R::Version])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.writing)
            .await?;
        Ok(())
    }

    /// When the oldest notice of each type was told that waits for an acknowledgement and still holds.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn oldest_unacknowledged(&self) -> Result<Vec<(NoticeType, DateTime<Utc>)>, Error> {
        use notice::Column as N;
        let oldest: Vec<(String, DateTime<Utc>)> = notice::Entity::find_all()
            .select_only()
            .column(N::Kind)
            .column_as(N::OccurredAt.min(), "oldest")
            .filter(N::AcknowledgedAt.is_null())
            .filter(N::RetractedAt.is_null())
            .group_by(N::Kind)
            .order_by_asc(N::Kind)
            .into_tuple()
            .all(&self.reading)
            .await?;
        let known = |(kind, at): (String, DateTime<Utc>)| Some((NoticeType::from_code(&kind)?, at));
        Ok(oldest.into_iter().filter_map(known).collect())
    }

    /// How many escalations wait for an acknowledgement: with steps ahead, and with none left.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn open_escalations(&self) -> Result<(i64, i64), Error> {
        use escalation::Column as E;
        let (all, ahead): (i64, i64) = escalation::Entity::find_all()
            .select_only()
            .column_as(E::Id.count(), "open")
            .column_as(E::DueAt.count(), "ahead")
            .filter(E::EndedAt.is_null())
            .into_tuple()
            .one(&self.reading)
            .await?
            .unwrap_or_default();
        Ok((ahead, all - ahead))
    }

    /// How often work was taken over whose worker had not finished it in time, since the program started.
    #[must_use]
    pub fn lease_takeovers(&self) -> u64 {
        self.takeovers.load(Ordering::Relaxed)
    }
}

/// That nobody has taken an escalation on, or not finished in time.
fn unleased(now: DateTime<Utc>) -> Condition {
    use escalation::Column as E;
    Condition::any()
        .add(E::LeasedUntil.is_null())
        .add(E::LeasedUntil.lte(now))
}
