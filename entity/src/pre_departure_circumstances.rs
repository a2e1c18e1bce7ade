//! In which circumstances a person lives before the departure.

use sea_orm::entity::prelude::*;

/// In which circumstances a person lives before the departure.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pre_departure_circumstances")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// A `HostAccommodation`.
    pub accommodation: String,
    /// Whether the person is in medical treatment.
    pub medical_treatment: bool,
    /// `NeedCode`s, as a JSON list.
    pub travel_needs: String,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
