//! The flights of group movements.

use sea_orm::entity::prelude::*;

/// One flight of a group movement, as it was planned.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "movement_flights")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The movement, in `movements`.
    pub movement_id: Uuid,
    /// Place in the movement, from 0.
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
}

impl ActiveModelBehavior for ActiveModel {}
