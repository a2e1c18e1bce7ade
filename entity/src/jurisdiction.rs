//! What differs from territory to territory.

use sea_orm::entity::prelude::*;

/// What holds in one host territory.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jurisdictions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The host territory, unique.
    pub territory: String,
    /// Which authority is asked whether it objects, a `PartyRelation` code.
    pub objection_authority: Option<String>,
    /// The authority of that kind that is asked, in `organisations`.
    pub authority_to_ask_id: Option<Uuid>,
    /// After how many days its silence counts as no objection.
    pub silent_approval_days: Option<i32>,
    /// Days for which a signed application holds.
    pub application_valid_days: Option<i32>,
    /// Days of the statutory period.
    pub statutory_days: i32,
    /// Most days of one extension.
    pub longest_extension_days: i32,
    /// How many days before the end the mission is warned, a JSON array of numbers.
    pub warning_days: String,
    /// Whether days on hold because of a suspension of operations prolong the period.
    pub suspension_stops_period: bool,
    /// For how many hours an assessment of fitness to travel holds.
    pub fitness_window_hours: i32,
    /// Authorities told of registrations, a JSON array of `PartyRelation` codes.
    pub told_of_registration: String,
    /// Authorities told of departures, a JSON array of `PartyRelation` codes.
    pub told_of_departure: String,
    /// The authorities of these kinds that are told, a JSON array of ids in `organisations`.
    pub authorities_to_tell: String,
    /// Currencies of grants, a JSON array of ISO 4217 codes.
    pub currencies: String,
    /// Airports of exit, a JSON array of IATA codes.
    pub points_of_exit: String,
    /// Those of them where the authorities give IOM room, a JSON array of IATA codes.
    pub offices_at_exits: String,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
