//! What is done about notices that nobody acknowledges.

use sea_orm::entity::prelude::*;

/// What is done, step by step, about a notice of one type to one kind of recipient; never edited, only ended and replaced.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "escalation_rules")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which notices, a `NoticeType`.
    pub notice_type: String,
    /// To whom, a `PartyRelation`.
    pub recipient: String,
    /// Count of the rules for these notices, from 1.
    pub version: i32,
    /// The steps in order, a JSON array.
    pub steps: String,
    /// Since when it holds.
    pub made_at: DateTimeUtc,
    /// When another took its place.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
