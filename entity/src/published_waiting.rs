//! How many requests waited at consular posts when a month ended.

use sea_orm::entity::prelude::*;

/// Requests that had waited for an answer for so long when a month ended.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_waiting")]
pub struct Model {
    /// The post, in `organisations`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub consular_post_id: Uuid,
    /// The month, as `2026-11`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    /// How long, a `WaitingBand` such as `UP_TO_30_DAYS`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub band: String,
    /// No fewer than these: the number is rounded down to a multiple of the threshold.
    pub at_least: i64,
    /// No more than these.
    pub at_most: i64,
}

impl ActiveModelBehavior for ActiveModel {}
