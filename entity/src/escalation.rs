//! Notices under escalation.

use sea_orm::entity::prelude::*;

/// A notice that was to be acknowledged, with the rule that held when it was told.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "escalations")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The notice, in `notices`.
    pub notice_id: Uuid,
    /// Who was told, in `organisations`.
    pub recipient_id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The rule that it goes by to its end, in `escalation_rules`.
    pub rule_id: Uuid,
    /// What the notice says, a `NoticeType`.
    pub notice_type: String,
    /// When the notice was told.
    pub began_at: DateTimeUtc,
    /// How many steps of the rule are done.
    pub steps_done: i32,
    /// When the last of them was done, or the notice was told.
    pub last_step_at: DateTimeUtc,
    /// When the next is due; none once all are done, or it has ended.
    pub due_at: Option<DateTimeUtc>,
    /// The worker that has taken on the next step.
    pub leased_by: Option<Uuid>,
    /// Until when nobody else takes it on.
    pub leased_until: Option<DateTimeUtc>,
    /// How it ended, an `EscalationOutcome`.
    pub outcome: Option<String>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
