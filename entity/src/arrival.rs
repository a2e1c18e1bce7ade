//! Who has arrived in the country of return.

use sea_orm::entity::prelude::*;

/// The arrival of one person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "arrivals")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case that travelled, in `cases`; the same as the itinerary's.
    pub case_id: Uuid,
    /// The journey, in `itineraries`.
    pub itinerary_id: Uuid,
    /// Who arrived, in `persons`.
    pub person_id: Uuid,
    /// IATA code of the airport of arrival.
    pub airport: String,
    /// When the person arrived.
    pub arrived_at: DateTimeUtc,
    /// How the person travels on, an `OnwardTravel`.
    pub onward_travel: Option<String>,
    /// Where the person travels on to.
    pub onward_to: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
