//! How much a project grants to whom.

use sea_orm::entity::prelude::*;

/// A rule of a project for cash grants; never edited, only ended and replaced.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_rules")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short stable name, unique.
    pub code: String,
    /// The project, in `projects`.
    pub project_id: Uuid,
    /// Nationalities that it is for, a JSON list of country codes; an empty one is for all.
    pub nationalities: String,
    /// First day on which a grant may be put forward under it.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Currency of its amounts, ISO 4217.
    pub currency: String,
    /// Amount for a person, or for the principal where dependants get another, in minor units.
    pub person_minor: i64,
    /// Amount for each dependant, in minor units.
    pub dependant_minor: Option<i64>,
    /// What a family unit gets at most, in minor units.
    pub family_cap_minor: Option<i64>,
    /// The part paid at departure, in minor units.
    pub return_allowance_minor: Option<i64>,
    /// How many payments, a `TranchePolicy`.
    pub tranche_policy: String,
    /// How the cap is shared, a `SplitPolicy`.
    pub split_policy: String,
    /// Count of saved states, from 1.
    pub version: i32,
    /// When it was defined.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
