//! The persons on the manifests of group movements.

use sea_orm::entity::prelude::*;

/// A person's place on the manifest of a group movement.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "manifest_lines")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case that travels, in `cases`; the same as the itinerary's.
    pub case_id: Uuid,
    /// The movement, in `movements`.
    pub movement_id: Uuid,
    /// The journey that is part of the movement, in `itineraries`.
    pub itinerary_id: Uuid,
    /// Who travels, in `persons`.
    pub person_id: Uuid,
    /// Where it stands, a `ManifestLineState`.
    pub state: String,
    /// When the person was listed.
    pub listed_at: DateTimeUtc,
    /// When everything was found in place.
    pub confirmed_at: Option<DateTimeUtc>,
    /// When the person boarded, or was taken off.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
