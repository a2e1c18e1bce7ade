//! The flights of an itinerary.

use sea_orm::entity::prelude::*;

/// One flight of an itinerary.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segments")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The itinerary to which the flight belongs, in `itineraries`.
    pub itinerary_id: Uuid,
    /// The case that travels, in `cases`; the same as the itinerary's.
    pub case_id: Uuid,
    /// Place in the order of flights.
    pub position: i32,
    /// Flight designator, such as `TK1018`.
    pub flight: String,
    /// IATA code of the airport of departure.
    pub departure_airport: String,
    /// IATA code of the airport of arrival.
    pub arrival_airport: String,
    /// Scheduled departure.
    pub departs_at: DateTimeUtc,
    /// Scheduled arrival.
    pub arrives_at: DateTimeUtc,
    /// Where the flight stands, a `SegmentState` such as `BOARDED`.
    pub state: String,
}

impl ActiveModelBehavior for ActiveModel {}
