//! Attempts to send a notice to a webhook.

use sea_orm::entity::prelude::*;

/// One attempt: when, and how it went, and nothing of what was sent or answered.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempts")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The webhook, in `webhooks`.
    pub webhook_id: Uuid,
    /// The notice, in `notices`.
    pub notice_id: Uuid,
    /// The notice's place in the inbox.
    pub sequence: i64,
    /// The number of the attempt for this notice and webhook, from 1.
    pub number: i32,
    /// When it was made.
    pub attempted_at: DateTimeUtc,
    /// The status of the answer, where there was one.
    pub status: Option<i32>,
    /// How long it took, in milliseconds.
    pub latency_ms: i32,
    /// How it went, an `AttemptOutcome`.
    pub outcome: String,
}

impl ActiveModelBehavior for ActiveModel {}
