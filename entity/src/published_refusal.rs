//! Shares of refusals that were told of.

use sea_orm::entity::prelude::*;

/// How many requests a consular post refused, over as many of its published answers as it took until that names nobody.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_refusals")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The post, in `organisations`.
    pub consular_post_id: Uuid,
    /// The first month, as `2026-11`.
    pub from_month: String,
    /// The last month.
    pub to_month: String,
    /// Requests that were answered.
    pub answered: i64,
    /// Requests that were refused.
    pub refused: i64,
    /// When it was published.
    pub published_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
