//! The return of a person or a family, from inquiry to reintegration.

use sea_orm::entity::prelude::*;

/// The assisted voluntary return of one person or one family.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Reference by which missions speak of the case, unique.
    pub reference: String,
    /// IOM mission in the host territory that runs the case until departure, in `organisations`.
    pub sending_mission_id: Uuid,
    /// IOM mission in the country of return that takes the case over, in `organisations`.
    pub receiving_mission_id: Option<Uuid>,
    /// Territory from which the persons return.
    pub host_territory: String,
    /// Country to which they return.
    pub country_of_return: String,
    /// Place in that country where they mean to live.
    pub destination_city: Option<String>,
    /// Where the case stands, a `CaseState` such as `PRE_DEPARTURE`.
    pub state: String,
    /// How the persons return, a `ReturnMode`.
    pub return_mode: String,
    /// Status at application; no embassy learns of an asylum claim by it (Reg. (EU) 2024/1348, art. 7).
    pub legal_status: String,
    /// Number of the case in MiMOSA, IOM's own case register.
    pub mimosa_reference: Option<String>,
    /// When the AVRR application form was signed.
    pub application_signed_at: Option<DateTimeUtc>,
    /// When the wish to return was recorded as free and informed.
    pub voluntariness_recorded_at: Option<DateTimeUtc>,
    /// When the departure declaration was signed, without which nobody departs.
    pub declaration_signed_at: Option<DateTimeUtc>,
    /// Why the applicant withdrew or IOM ended the application.
    pub withdrawal_reason: Option<String>,
    /// When the case was opened.
    pub opened_at: DateTimeUtc,
    /// When the application was registered.
    pub registered_at: Option<DateTimeUtc>,
    /// When the persons left the host territory.
    pub departed_at: Option<DateTimeUtc>,
    /// When the receiving mission recorded their arrival.
    pub arrived_at: Option<DateTimeUtc>,
    /// When the case was closed, withdrawn or ended otherwise.
    pub ended_at: Option<DateTimeUtc>,
    /// When time alone next changes something, such as a warning or the end of a period.
    pub due_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
