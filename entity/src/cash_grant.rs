//! The money that persons receive.

use sea_orm::entity::prelude::*;

/// A sum granted to one person for the return or the first time after it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cash_grants")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case of that person, in `cases`.
    pub case_id: Uuid,
    /// The person who receives it, in `persons`.
    pub person_id: Uuid,
    /// Where the grant stands, a `CashGrantState` such as `APPROVED`.
    pub state: String,
    /// The whole sum, in minor units of the currency.
    pub amount_minor: i64,
    /// Currency, ISO 4217.
    pub currency: String,
    /// When it was proposed.
    pub proposed_at: DateTimeUtc,
    /// When somebody else than the proposer approved it.
    pub approved_at: Option<DateTimeUtc>,
    /// When it was paid in full, rejected or voided.
    pub ended_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
