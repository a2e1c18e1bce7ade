//! What has been published of the facts, and the facts themselves for oversight.

use super::Store;
use super::facts::month_of;
use super::unit_of_work::FindAll;
use crate::domain::code::Code;
use crate::domain::statistics::{Count, Measure};
use crate::error::Error;
use crate::ids::ProjectId;
use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    person_fact, project, publication_batch, publication_cell, publication_cohort, publication_head,
};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

/// A project, as far as publishing goes by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedProject {
    /// The project.
    pub id: ProjectId,
    /// Its code.
    pub code: String,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Months of one reporting period; none where the whole project is one.
    pub reporting_months: Option<i32>,
}

/// Persons of one measure and project, of one month or of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Names what was published; nil for what waits.
    pub id: Uuid,
    /// The measure.
    pub measure: Measure,
    /// The project that pays.
    pub project: Option<ProjectId>,
    /// The first month, such as `2026-11`.
    pub from: String,
    /// The last month.
    pub to: String,
    /// How many.
    pub count: Count,
}

/// A cell of a published tree, its words as codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCell {
    /// The reporting period that it belongs to.
    pub cohort: Uuid,
    /// The tree.
    pub tree: String,
    /// Groups in the dimensions of the tree, as far as they are told.
    pub keys: Vec<String>,
    /// Groups that are withheld together in the next; none where its persons may be of any.
    pub withheld: Vec<String>,
    /// How many.
    pub count: Count,
}

impl PublishedCell {
    /// Whether its persons are known not to be of this group of the dimension that is withheld.
    #[must_use]
    pub fn names_others_than(&self, group: &String) -> bool {
        !self.withheld.is_empty() && !self.withheld.contains(group)
    }
}

/// How far publication has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedThrough {
    /// The last month that was published; none before the first publication.
    pub month: Option<String>,
    /// Counts the publications.
    pub version: i64,
    /// When the last one was.
    pub at: Option<DateTime<Utc>>,
}

/// What facts can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountBy {
    /// The host territory.
    HostTerritory,
    /// The country of return.
    CountryOfReturn,
    /// Nationality.
    Nationality,
    /// Sex.
    Sex,
    /// Band of age.
    AgeBand,
    /// Legal status.
    LegalStatus,
    /// Group of vulnerability.
    Vulnerability,
    /// How they returned.
    ReturnMode,
    /// The month.
    Month,
}

impl CountBy {
    /// What persons are crossed by before they are published, in the order in which [`super::Publishing::crossed`] answers.
    pub const CROSSED: [Self; 8] = [
        Self::HostTerritory,
        Self::CountryOfReturn,
        Self::Nationality,
        Self::Sex,
        Self::AgeBand,
        Self::LegalStatus,
        Self::Vulnerability,
        Self::ReturnMode,
    ];

    fn column(self) -> person_fact::Column {
        use person_fact::Column as C;
        match self {
            Self::HostTerritory => C::HostTerritory,
            Self::CountryOfReturn => C::CountryOfReturn,
            Self::Nationality => C::Nationality,
            Self::Sex => C::Sex,
            Self::AgeBand => C::AgeBand,
            Self::LegalStatus => C::LegalStatus,
            Self::Vulnerability => C::Vulnerability,
            Self::ReturnMode => C::ReturnMode,
            Self::Month => C::OccurredMonth,
        }
    }
}

impl From<publication_head::Model> for PublishedThrough {
    fn from(head: publication_head::Model) -> Self {
        Self {
            month: head.closed_month,
            version: head.version,
            at: head.published_at,
        }
    }
}

pub(super) fn measure(code: &str, table: &'static str, id: Uuid) -> Result<Measure, Error> {
    Measure::from_code(code).ok_or(Error::Inconsistent {
        table,
        column: "measure",
        id,
    })
}

pub(super) fn span(row: publication_batch::Model) -> Result<Span, Error> {
    Ok(Span {
        measure: measure(&row.measure, "publication_batches", row.id)?,
        id: row.id,
        project: row.project_id.map(Into::into),
        from: row.from_month,
        to: row.to_month,
        count: Count {
            persons: row.persons,
            cases: row.cases,
            met: row.met,
        },
    })
}

fn cohort(row: publication_cohort::Model) -> Result<Span, Error> {
    Ok(Span {
        measure: measure(&row.measure, "publication_cohorts", row.id)?,
        id: row.id,
        project: row.project_id.map(Into::into),
        from: row.from_month,
        to: row.to_month,
        count: Count {
            persons: row.persons,
            cases: row.cases,
            met: row.met,
        },
    })
}

/// Adds the three counters to a selection of facts.
pub(super) fn counters<E: EntityTrait>(select: sea_orm::Select<E>) -> SelectStatement {
    let ones = |column: person_fact::Column| {
        let one = Expr::case(Expr::col(column).eq(true), 1).finally(0);
        sea_orm::sea_query::Func::sum(one).cast_as("bigint")
    };
    select
        .expr(Expr::col(person_fact::Column::PersonId).count())
        .expr(ones(person_fact::Column::CountsCase))
        .expr(ones(person_fact::Column::Met))
        .into_query()
}

pub(super) fn counted(row: &QueryResult, first: usize) -> Result<Count, Error> {
    Ok(Count {
        persons: row.try_get_by_index(first)?,
        cases: row.try_get_by_index(first + 1)?,
        met: row.try_get_by_index(first + 2)?,
    })
}

impl Store {
    /// How far publication has come.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn published_through(&self) -> Result<PublishedThrough, Error> {
        let head = publication_head::Entity::find_all().one(&self.reading).await?;
        Ok(head.ok_or(Error::NotFound)?.into())
    }

    /// The projects, by code.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn reported_projects(&self) -> Result<Vec<ReportedProject>, Error> {
        projects(&self.reading).await
    }

    /// What was published, oldest first.
    pub(super) async fn published_batches(&self) -> Result<Vec<Span>, Error> {
        let rows = publication_batch::Entity::find_all().order_by_asc(publication_batch::Column::Id);
        rows.all(&self.reading).await?.into_iter().map(span).collect()
    }

    /// Reporting periods of which tables were published, oldest first.
    pub(super) async fn published_cohorts(&self) -> Result<Vec<Span>, Error> {
        let rows = publication_cohort::Entity::find_all().order_by_asc(publication_cohort::Column::Id);
        rows.all(&self.reading).await?.into_iter().map(cohort).collect()
    }

    /// The cells of some trees, for one audience.
    pub(super) async fn published_cells(
        &self,
        audience: &str,
        trees: &[&str],
    ) -> Result<Vec<PublishedCell>, Error> {
        use publication_cell::Column as C;
        let rows = publication_cell::Entity::find_all()
            .filter(C::Audience.eq(audience))
            .filter(C::Tree.is_in(trees.iter().copied()))
            .order_by_asc(C::CohortId)
            .order_by_asc(C::Tree)
            .order_by_asc(C::Position);
        let rows = rows.all(&self.reading).await?.into_iter();
        rows.map(|row| {
            let withheld = serde_json::from_str(&row.withheld).map_err(|_| Error::Inconsistent {
                table: "publication_cells",
                column: "withheld",
                id: row.cohort_id,
            })?;
            Ok(PublishedCell {
                cohort: row.cohort_id,
                tree: row.tree,
                keys: [row.key1, row.key2, row.key3].into_iter().flatten().collect(),
                withheld,
                count: Count {
                    persons: row.persons,
                    cases: row.cases,
                    met: row.met,
                },
            })
        })
        .collect()
    }

    /// The facts that hold now, counted by some columns: for oversight alone, nothing of it is fit to be published.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn count_facts(
        &self,
        (measure, project): (Measure, Option<ProjectId>),
        months: Option<(&str, &str)>,
        by: &[CountBy],
    ) -> Result<Vec<(Vec<String>, Count)>, Error> {
        use person_fact::Column as C;
        let mut holds = Condition::all()
            .add(C::Measure.eq(measure.code()))
            .add(C::Withdrawn.eq(false));
        holds = holds.add(paid_by(project));
        if let Some((from, to)) = months {
            holds = holds.add(C::OccurredMonth.between(from, to));
        }
        crossed(&self.reading, holds, by).await
    }
}

/// What a project pays for; without one, what none does.
pub(super) fn paid_by(project: Option<ProjectId>) -> Expr {
    let column = person_fact::Column::ProjectId;
    project.map_or_else(|| column.is_null(), |project| column.eq(project.uuid()))
}

pub(super) async fn projects(connection: &impl ConnectionTrait) -> Result<Vec<ReportedProject>, Error> {
    let rows = project::Entity::find_all()
        .order_by_asc(project::Column::Code)
        .all(connection)
        .await?;
    let projects = rows.into_iter().map(|row| ReportedProject {
        id: row.id.into(),
        code: row.code,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        reporting_months: row.reporting_months,
    });
    Ok(projects.collect())
}

pub(super) async fn crossed(
    connection: &impl ConnectionTrait,
    holds: Condition,
    by: &[CountBy],
) -> Result<Vec<(Vec<String>, Count)>, Error> {
    let mut select = person_fact::Entity::find_all().select_only().filter(holds);
    for by in by {
        select = select.column(by.column()).group_by(by.column());
    }
    let rows = connection.query_all(&counters(select)).await?;
    let rows = rows.iter().map(|row| {
        let keys = (0..by.len()).map(|at| row.try_get_by_index(at));
        Ok((keys.collect::<Result<_, _>>()?, counted(row, by.len())?))
    });
    let rows: Vec<(Vec<String>, Count)> = rows.collect::<Result<_, Error>>()?;
    Ok(rows.into_iter().filter(|(_, count)| count.persons > 0).collect())
}

/// The month of a day, such as `2026-11`.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    month_of(day)
}
