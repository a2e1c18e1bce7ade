//! Which tokens are worth nothing any more.

use sea_orm::entity::prelude::*;

/// A token of a client that was revoked; the row is forgotten once the token has expired in any case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revoked_tokens")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The client, in `clients`.
    pub client_id: Uuid,
    /// The token's own name, its claim `jti`, unique for the client.
    pub jti: String,
    /// Why, a `RevocationReason` code.
    pub reason: String,
    /// When it was revoked.
    pub revoked_at: DateTimeUtc,
    /// Until when the row is needed.
    pub until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
