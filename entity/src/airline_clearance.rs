//! What an airline has agreed to for one journey.

use sea_orm::entity::prelude::*;

/// What an airline has agreed to for one journey.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "airline_clearances")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The journey, in `itineraries`.
    pub itinerary_id: Uuid,
    /// A `ClearanceKind`.
    pub kind: String,
    /// The airline’s reference.
    pub reference: Option<String>,
    /// When it agreed.
    pub cleared_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
