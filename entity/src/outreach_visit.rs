//! Where and how often people were told of assisted return.

use sea_orm::entity::prelude::*;

/// One visit of a mission's mobile team to a place where migrants gather.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outreach_visits")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The mission, in `organisations`.
    pub organisation_id: Uuid,
    /// The host territory.
    pub territory: String,
    /// The place, by the name that the outreach plan gives it.
    pub location: String,
    /// The day.
    pub visited_on: Date,
    /// Contacts made: not persons, who may be met again.
    pub contacts: i32,
    /// Populations served, by country of origin, a JSON list of codes.
    pub populations: String,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
