//! What a country or a carrier demands of a traveller, and how far it is met.

use sea_orm::entity::prelude::*;

/// What a country or a carrier demands of a traveller, and how far it is met.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "health_requirements")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// A `Requirement`.
    pub requirement: String,
    /// A `TestResult`, once there is one.
    pub result: Option<String>,
    /// The last moment at which a journey may begin on it.
    pub valid_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
