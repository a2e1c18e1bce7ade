//! The payments of a cash grant.

use sea_orm::entity::prelude::*;

/// One payment of a cash grant, in the currency of the grant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tranches")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The grant of which it is a part, in `cash_grants`.
    pub cash_grant_id: Uuid,
    /// The case of the grant, in `cases`.
    pub case_id: Uuid,
    /// Number of the payment within the grant, from 1.
    pub number: i32,
    /// The sum, in minor units of the grant's currency.
    pub amount_minor: i64,
    /// Where the payment stands, a `TrancheState` such as `PAID`.
    pub state: String,
    /// When it was paid.
    pub paid_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
