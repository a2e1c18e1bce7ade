//! What a reintegration package is made of.

use sea_orm::entity::prelude::*;

/// One thing or service of a reintegration package.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "package_items")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The package of which it is a part, in `reintegration_packages`.
    pub reintegration_package_id: Uuid,
    /// The case of the package, in `cases`.
    pub case_id: Uuid,
    /// Place in the package's order.
    pub position: i32,
    /// What it is for, an `ItemCategory`.
    pub category: String,
    /// How it is given, an `ItemModality`.
    pub modality: String,
    /// What it is, in words.
    pub description: String,
    /// What it costs, in minor units of the package's currency.
    pub amount_minor: i64,
    /// Where the item stands, an `ItemState` such as `DELIVERED`.
    pub state: String,
    /// Whether the donor has to approve it.
    pub exceptional: bool,
    /// The supplier's offer, as the mission files it.
    pub quote_reference: Option<String>,
    /// When its price was quoted, the last time.
    pub quoted_at: Option<DateTimeUtc>,
    /// When it was ordered.
    pub ordered_at: Option<DateTimeUtc>,
    /// When it was given.
    pub delivered_at: Option<DateTimeUtc>,
    /// The signature of who gave it.
    pub delivered_by: Option<String>,
    /// The receipt that was checked.
    pub receipt_reference: Option<String>,
    /// When the receipt was checked.
    pub receipt_verified_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
