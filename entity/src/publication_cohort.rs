//! Reporting periods of which tables were published.

use sea_orm::entity::prelude::*;

/// Persons of one measure of whom the tables of a reporting period tell.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_cohorts")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The measure, a `Measure` code.
    pub measure: String,
    /// The project that pays, in `projects`.
    pub project_id: Option<Uuid>,
    /// The first month, as `2026-11`.
    pub from_month: String,
    /// The last month.
    pub to_month: String,
    /// Persons.
    pub persons: i64,
    /// Cases.
    pub cases: i64,
    /// Persons whom the numerator counts.
    pub met: i64,
    /// When it was published.
    pub published_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
