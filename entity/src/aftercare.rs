//! What is known of a case from the return on.

use sea_orm::entity::prelude::*;

/// What followed the return of one case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "aftercare")]
pub struct Model {
    /// The case, in `cases`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// When the country of origin admitted persons who returned without assistance.
    pub admitted_on: Option<Date>,
    /// The state that returned them, or that they came from, ISO 3166-1 alpha-3.
    pub returning_state: Option<String>,
    /// When they were counselled after the arrival.
    pub counselled_at: Option<DateTimeUtc>,
    /// Whether the satisfaction survey was offered.
    pub satisfaction_survey_offered: bool,
    /// The day for which the sustainability survey is planned.
    pub sustainability_survey_on: Option<Date>,
    /// Why there will be none, a `SurveyWaiver`.
    pub sustainability_survey_waived: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
