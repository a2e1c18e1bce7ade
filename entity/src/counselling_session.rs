//! Counselling that a decision to return is informed by.

use sea_orm::entity::prelude::*;

/// A counselling session that was held.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "counselling_sessions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// What it was about, a `CounsellingKind`.
    pub kind: String,
    /// How it was held, a `CounsellingMode`.
    pub mode: String,
    /// Its language, BCP 47.
    pub language: String,
    /// Whether the persons understood that language.
    pub understood: bool,
    /// Whether an interpreter took part.
    pub interpreter: bool,
    /// Where authorities gave room for it, a `FacilityKind`; may give an asylum claim away.
    pub facility_kind: Option<String>,
    /// The day.
    pub held_on: Date,
    /// Whether a cultural mediator took part.
    pub cultural_mediator: bool,
}

impl ActiveModelBehavior for ActiveModel {}
