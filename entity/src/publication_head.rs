//! How far publication has come.

use sea_orm::entity::prelude::*;

/// The single row that whoever publishes holds.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication_heads")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The last month that was published, as `2026-11`.
    pub closed_month: Option<String>,
    /// Counts the publications.
    pub version: i64,
    /// When the last one was.
    pub published_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
