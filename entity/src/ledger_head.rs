//! Where the disclosure ledger ends.

use sea_orm::entity::prelude::*;

/// The one row that whoever appends to the ledger holds.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_heads")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Place of the last entry; 0 where there is none.
    pub sequence: i64,
    /// The last entry, in `disclosures`.
    pub entry_id: Option<Uuid>,
    /// Its hash; empty where there is none.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
