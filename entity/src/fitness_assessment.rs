//! Whether a person is fit to travel, and under which conditions.

use sea_orm::entity::prelude::*;

/// Whether a person is fit to travel, and under which conditions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fitness_assessments")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// A `FitnessState`.
    pub state: String,
    /// A JSON array of `TravelCondition`.
    pub conditions: String,
    /// When it was asked for.
    pub requested_at: Option<DateTimeUtc>,
    /// When the person was examined.
    pub performed_at: Option<DateTimeUtc>,
    /// The last moment at which a journey may begin on it.
    pub valid_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
