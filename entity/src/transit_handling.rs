//! Assistance in transit that missions on the way are asked for.

use sea_orm::entity::prelude::*;

/// What one mission on the way was asked for, for one journey.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transit_handlings")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case that travels, in `cases`; the same as the itinerary's.
    pub case_id: Uuid,
    /// The journey, in `itineraries`.
    pub itinerary_id: Uuid,
    /// The mission, in `organisations`.
    pub mission_id: Uuid,
    /// Country of transit.
    pub country: String,
    /// Where it stands, a `TransitHandlingState`.
    pub state: String,
    /// When the mission was asked.
    pub requested_at: DateTimeUtc,
    /// When it confirmed.
    pub confirmed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
