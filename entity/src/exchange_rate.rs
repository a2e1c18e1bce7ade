//! Rates between currencies, each with its day and source.

use sea_orm::entity::prelude::*;

/// What one unit of a currency was worth in another on a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exchange_rates")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The currency of which one unit is meant, ISO 4217.
    pub base: String,
    /// The currency that it is expressed in, ISO 4217.
    pub quote: String,
    /// The rate in millionths.
    pub rate_micros: i64,
    /// The day of the rate.
    pub valid_on: Date,
    /// Who published it.
    pub source: String,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
