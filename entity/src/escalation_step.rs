//! Steps of escalations that were done.

use sea_orm::entity::prelude::*;

/// One step, which is done once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "escalation_steps")]
pub struct Model {
    /// The escalation, in `escalations`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub escalation_id: Uuid,
    /// Its place in the rule, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// What was done, an `EscalationAction`.
    pub action: String,
    /// When.
    pub done_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
