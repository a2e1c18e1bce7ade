//! What is wrong with a person, for those who treat them.

use sea_orm::entity::prelude::*;

/// What is wrong with a person, for those who treat them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "medical_notes")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// Diagnosis.
    pub diagnosis: Option<String>,
    /// Medication.
    pub medication: Option<String>,
    /// When it was noted.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
