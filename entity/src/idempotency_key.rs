//! Which commands were already carried out.

use sea_orm::entity::prelude::*;

/// The mark that a client's command was carried out, so that a repetition gets the first result.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// The client that chose the key, in `clients`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: Uuid,
    /// The key, unique to that client.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What was asked, such as `suspend_itinerary`.
    pub command: String,
    /// Hash of the input, by which the same key with another body is refused.
    pub body_hash: String,
    /// Id of the row that the command made or changed.
    pub aggregate_id: Uuid,
    /// When the command was carried out.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
