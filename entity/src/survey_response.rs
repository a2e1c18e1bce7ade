//! What returnees were asked afterwards.

use sea_orm::entity::prelude::*;

/// One round of asking one person with one instrument.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_responses")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// Who was asked, in `persons`.
    pub person_id: Uuid,
    /// The instrument, an `Instrument` code.
    pub instrument: String,
    /// Its version, whose questions never change.
    pub instrument_version: String,
    /// Number of the round of this instrument with this person, from 1.
    pub round: i32,
    /// What became of it, a `SurveyOutcome` code.
    pub outcome: String,
    /// The day on which the person was asked.
    pub held_on: Date,
    /// How, a `SurveyMode` code.
    pub mode: String,
    /// In which language, BCP 47.
    pub language: Option<String>,
    /// Why outside the window, a `WindowOverride` code.
    pub outside_window: Option<String>,
    /// Answers by question, a JSON object of codes.
    pub answers: String,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// State, a `SurveyState` code.
    pub state: String,
    /// Who recorded it, by client and subject.
    pub recorded_by: String,
    /// When somebody else found the answers complete.
    pub validated_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
