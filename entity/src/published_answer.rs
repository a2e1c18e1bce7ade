//! Answers of consular posts that were told of together.

use sea_orm::entity::prelude::*;

/// The documents that a consular post issued in a month, or in as many months as it took until enough persons had one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_answers")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The post, in `organisations`.
    pub consular_post_id: Uuid,
    /// The share of refusals that counts them, in `published_refusals`; none while there is none.
    pub refusal_id: Option<Uuid>,
    /// The first month, as `2026-11`.
    pub from_month: String,
    /// The last month.
    pub to_month: String,
    /// Documents that were issued.
    pub documents: i64,
    /// Mean of the days from the request to the document.
    pub average_days: i64,
    /// Median of these days.
    pub median_days: i64,
    /// When it was published.
    pub published_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
