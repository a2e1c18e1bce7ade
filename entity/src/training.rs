//! Trainings of officials, service providers and staff.

use sea_orm::entity::prelude::*;

/// One training that a mission held, or is to hold.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trainings")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The mission, in `organisations`.
    pub organisation_id: Uuid,
    /// What it is about, a `TrainingTopic`.
    pub topic: String,
    /// The host territory.
    pub territory: String,
    /// The place.
    pub venue: Option<String>,
    /// The day on which it was held, or is to be.
    pub held_on: Date,
    /// State, a `TrainingState`.
    pub state: String,
    /// How many of the staff of the programme took part.
    pub staff_participants: i32,
    /// How many officials and service providers took part.
    pub partner_participants: i32,
    /// Where the signed list of participants is.
    pub list_reference: Option<String>,
    /// Evaluation sheets that came back.
    pub sheets_returned: Option<i32>,
    /// Those of them that say that the participant understands more now.
    pub sheets_better: Option<i32>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// Counts the changes of the row.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
