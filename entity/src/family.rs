//! Family units across cases.

use sea_orm::entity::prelude::*;

/// A family unit: whoever approves a grant to one of it holds its row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "families")]
pub struct Model {
    /// Identity: the id of the first case of the family.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When that case was opened.
    pub opened_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
