//! How far each inbox has grown.

use sea_orm::entity::prelude::*;

/// The counter of one inbox, locked by the transaction that appends to it so that no place is skipped.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inbox_heads")]
pub struct Model {
    /// The organisation whose inbox it is, in `organisations`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_id: Uuid,
    /// Place of the newest notice, 0 while there is none.
    pub last_sequence: i64,
    /// The hash chain up to that notice; none where it has not been computed yet.
    pub chain: Option<String>,
    /// Place of the oldest notice that is kept.
    pub oldest_sequence: i64,
    /// The hash chain up to the notice before that one; none where nothing was erased yet.
    pub oldest_chain: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
