//! What is counted of persons.

use sea_orm::entity::prelude::*;

/// That a person has reached a measure, and in which groups they count; words stand in none of its columns.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_facts")]
pub struct Model {
    /// The person, in `persons`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// The measure, a `Measure` code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub measure: String,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The day.
    pub occurred_on: Date,
    /// Its month, as `2026-11`.
    pub occurred_month: String,
    /// Whether the numerator counts the person.
    pub met: bool,
    /// Whether the case is counted with this person.
    pub counts_case: bool,
    /// The project that pays, in `projects`.
    pub project_id: Option<Uuid>,
    /// The territory that hosted the person.
    pub host_territory: String,
    /// The country that the person returns to.
    pub country_of_return: String,
    /// Nationality.
    pub nationality: String,
    /// A `Sex` code.
    pub sex: String,
    /// An `AgeBand` code.
    pub age_band: String,
    /// A `LegalStatus` code.
    pub legal_status: String,
    /// A `VulnerabilityGroup` code.
    pub vulnerability: String,
    /// A `ReturnMode` code.
    pub return_mode: String,
    /// Whether it no longer holds; it stays where it was published, so that it is never published twice.
    pub withdrawn: bool,
    /// With which others it was published, in `publication_batches`; none while it waits.
    pub batch_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
