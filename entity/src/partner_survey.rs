//! What partners and staff said when they were asked without their names.

use sea_orm::entity::prelude::*;

/// The tallies of one survey among partners or staff.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_surveys")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The mission, in `organisations`.
    pub organisation_id: Uuid,
    /// The day.
    pub held_on: Date,
    /// Who was asked, `SurveyRespondents`.
    pub respondents: String,
    /// How many were asked.
    pub invited: i32,
    /// How many answered.
    pub answered: i32,
    /// How many perceive the project as one that enables access by rights.
    pub enabling: Option<i32>,
    /// How many confirm that they apply what they learned.
    pub applying: i32,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
