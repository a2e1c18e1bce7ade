//! Publishing more of the facts: held by whoever does, in one transaction, or not at all.
//!
//! The store keeps what it is given; which persons are published together, and in which cells, is decided by `indicators`.

use super::publication::{
    CountBy, PublishedCell, PublishedThrough, ReportedProject, Span, counted, counters, crossed, measure,
    paid_by, projects, span,
};
use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork};
use crate::domain::code::Code as _;
use crate::domain::statistics::Count;
use crate::error::Error;
use crate::ids::{ProjectId, new_id};
use entity::{person_fact, publication_batch, publication_cell, publication_cohort, publication_head};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

impl Store {
    /// Begins to publish: whoever else wants to, waits.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn begin_publishing(&self) -> Result<Publishing, Error> {
        let work = self.begin_by_time().await?;
        let head = publication_head::Entity::find_all().lock(LockType::Update);
        let head = head.one(&work.transaction).await?.ok_or(Error::NotFound)?;
        Ok(Publishing {
            work,
            through: head.into(),
        })
    }
}

/// A publication in the making, which holds the head.
pub struct Publishing {
    pub(super) work: UnitOfWork,
    /// How far publication had come.
    pub through: PublishedThrough,
}

impl Publishing {
    pub(super) fn tx(&self) -> &DatabaseTransaction {
        &self.work.transaction
    }

    /// The projects.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn projects(&self) -> Result<Vec<ReportedProject>, Error> {
        projects(self.tx()).await
    }

    /// What waits to be published of the months up to `last`, month by month.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn pending(&self, last: &str) -> Result<Vec<Span>, Error> {
        use person_fact::Column as C;
        let select = person_fact::Entity::find_all()
            .select_only()
            .column(C::Measure)
            .column(C::ProjectId)
            .column(C::OccurredMonth)
            .filter(C::BatchId.is_null())
            .filter(C::Withdrawn.eq(false))
            .filter(C::OccurredMonth.lte(last))
            .group_by(C::Measure)
            .group_by(C::ProjectId)
            .group_by(C::OccurredMonth);
        let rows = self.tx().query_all(&counters(select)).await?;
        let spans = rows.iter().map(|row| {
            let code: String = row.try_get_by_index(0)?;
            let project: Option<Uuid> = row.try_get_by_index(1)?;
            let month: String = row.try_get_by_index(2)?;
            Ok(Span {
                id: Uuid::nil(),
                measure: measure(&code, "person_facts", Uuid::nil())?,
                project: project.map(Into::into),
                from: month.clone(),
                to: month,
                count: counted(row, 3)?,
            })
        });
        let mut spans: Vec<Span> = spans.collect::<Result<_, Error>>()?;
        spans.sort_by(|one, other| {
            (one.measure, one.project.map(ProjectId::uuid), &one.to).cmp(&(
                other.measure,
                other.project.map(ProjectId::uuid),
                &other.to,
            ))
        });
        Ok(spans)
    }

    /// Publishes how many they are that wait up to `last`, and gives what is published a name; before its first month none wait.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_batch(&self, mut batch: Span, last: &str) -> Result<Span, Error> {
        use person_fact::Column as C;
        batch.id = new_id(self.work.now);
        let row = publication_batch::Model {
            id: batch.id,
            cohort_id: None,
            measure: batch.measure.to_string(),
            project_id: batch.project.map(ProjectId::uuid),
            from_month: batch.from.clone(),
            to_month: batch.to.clone(),
            persons: batch.count.persons,
            cases: batch.count.cases,
            met: batch.count.met,
            published_at: self.work.now,
        };
        publication_batch::Entity::insert(row.into_active_model())
            .exec_without_returning(self.tx())
            .await?;
        person_fact::Entity::update_many()
            .col_expr(C::BatchId, Expr::value(batch.id))
            .filter(C::Measure.eq(batch.measure.code()))
            .filter(paid_by(batch.project))
            // From its first month on, or else every batch would look at all that went before it.
            .filter(C::OccurredMonth.between(batch.from.as_str(), last))
            .filter(C::BatchId.is_null())
            .filter(C::Withdrawn.eq(false))
            .exec(self.tx())
            .await?;
        Ok(batch)
    }

    /// What is published of which no tables are.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn without_tables(&self) -> Result<Vec<Span>, Error> {
        let rows = publication_batch::Entity::find_all()
            .filter(publication_batch::Column::CohortId.is_null())
            .order_by_asc(publication_batch::Column::Id);
        self.work.all(rows).await?.into_iter().map(span).collect()
    }

    /// The persons of some batches, counted by [`CountBy::CROSSED`].
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn crossed(&self, batches: &[Uuid]) -> Result<Vec<(Vec<String>, Count)>, Error> {
        let holds = Condition::all().add(person_fact::Column::BatchId.is_in(batches.iter().copied()));
        crossed(self.tx(), holds, &CountBy::CROSSED).await
    }

    /// Publishes the tables of a reporting period: its cells, each with its audience.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_cohort(
        &self,
        cohort: &Span,
        batches: &[Uuid],
        cells: &[(String, PublishedCell)],
    ) -> Result<(), Error> {
        let id = new_id(self.work.now);
        let row = publication_cohort::Model {
            id,
            measure: cohort.measure.to_string(),
            project_id: cohort.project.map(ProjectId::uuid),
            from_month: cohort.from.clone(),
            to_month: cohort.to.clone(),
            persons: cohort.count.persons,
            cases: cohort.count.cases,
            met: cohort.count.met,
            published_at: self.work.now,
        };
        publication_cohort::Entity::insert(row.into_active_model())
            .exec_without_returning(self.tx())
            .await?;
        publication_batch::Entity::update_many()
            .col_expr(publication_batch::Column::CohortId, Expr::value(id))
            .filter(publication_batch::Column::Id.is_in(batches.iter().copied()))
            .exec(self.tx())
            .await?;
        let rows = (0..).zip(cells).map(|(position, (audience, cell))| {
            let key = |at: usize| cell.keys.get(at).cloned();
            publication_cell::Model {
                cohort_id: id,
                audience: audience.clone(),
                tree: cell.tree.clone(),
                position,
                key1: key(0),
                key2: key(1),
                key3: key(2),
                withheld: serde_json::to_string(&cell.withheld).unwrap_or_default(),
                persons: cell.count.persons,
                cases: cell.count.cases,
                met: cell.count.met,
            }
        });
        super::seed::insert::<publication_cell::Entity>(self.tx(), rows).await
    }

    /// Forgets everything that was published, so that it is published anew from the facts that hold.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn forget(&mut self) -> Result<(), Error> {
        let batches = publication_batch::Entity::find_all();
        for batch in self.work.all(batches).await? {
            // One after the other: all at once takes longer than a statement may.
            person_fact::Entity::update_many()
                .col_expr(person_fact::Column::BatchId, Expr::value(Option::<Uuid>::None))
                .filter(person_fact::Column::BatchId.eq(batch.id))
                .exec(self.tx())
                .await?;
        }
        publication_cell::Entity::delete_many().exec(self.tx()).await?;
        publication_batch::Entity::delete_many().exec(self.tx()).await?;
        publication_cohort::Entity::delete_many().exec(self.tx()).await?;
        self.forget_answers().await?;
        self.through.month = None;
        Ok(())
    }

    /// Ends the publication: everything up to this month is out, or nothing is.
    ///
    /// # Errors
    ///
    /// Faults of the database; then nothing was published.
    pub async fn close(self, month: &str) -> Result<(), Error> {
        publication_head::Entity::update_many()
            .col_expr(publication_head::Column::ClosedMonth, Expr::value(month))
            .col_expr(
                publication_head::Column::Version,
                Expr::value(self.through.version + 1),
            )
            .col_expr(publication_head::Column::PublishedAt, Expr::value(self.work.now))
            .exec(self.tx())
            .await?;
        let _ = self.work.commit().await?;
        Ok(())
    }
}
