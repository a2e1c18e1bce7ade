//! What a person was given before the departure.

use sea_orm::entity::prelude::*;

/// What a person was given before the departure.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assistance_provisions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// An `AssistanceKind`.
    pub kind: String,
    /// An `AssistanceProvider`.
    pub provider: String,
    /// Name of who gave it.
    pub provider_name: String,
    /// The day.
    pub provided_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
