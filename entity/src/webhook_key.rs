//! Keys that sign what is sent to a webhook.

use sea_orm::entity::prelude::*;

/// A key of one webhook. It is read by whoever signs and by nobody else, which is why it has a table of its own.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_keys")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The webhook, in `webhooks`.
    pub webhook_id: Uuid,
    /// `whpk_` and the public key in base64, for ed25519.
    pub public_key: Option<String>,
    /// `whsk_` or `whsec_` and the secret in base64.
    pub secret: String,
    /// When it was made.
    pub made_at: DateTimeUtc,
    /// Until when it still signs beside its successor; none for the newest.
    pub valid_until: Option<DateTimeUtc>,
}

/// None: rows name each other by id alone.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

// Not derived: a secret is not for a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl ActiveModelBehavior for ActiveModel {}
