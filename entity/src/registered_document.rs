//! Which documents a client has registered.

use sea_orm::entity::prelude::*;

/// A GraphQL document that a client may send by its digest.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registered_documents")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The client, in `clients`.
    pub client_id: Uuid,
    /// SHA-256 of the text, 64 lower-case hexadecimal digits, unique for the client.
    pub sha256: String,
    /// Name of its only operation, if it has one and that is named.
    pub operation_name: Option<String>,
    /// The text, as it is executed.
    pub document: String,
    /// When it was registered.
    pub registered_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
