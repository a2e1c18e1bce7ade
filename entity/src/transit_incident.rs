//! What went wrong on the way.

use sea_orm::entity::prelude::*;

/// Something that broke a journey off on the way.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transit_incidents")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case that travels, in `cases`; the same as the itinerary's.
    pub case_id: Uuid,
    /// The journey, in `itineraries`.
    pub itinerary_id: Uuid,
    /// Place of the flight concerned.
    pub segment: i32,
    /// What went wrong, a `TransitIncidentKind`.
    pub kind: String,
    /// IATA code of the airport where the persons are since.
    pub airport: String,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
