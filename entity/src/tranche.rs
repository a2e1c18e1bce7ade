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
    /// The mission that paid it, in `organisations`.
    pub paid_by_id: Option<Uuid>,
    /// What showed that it could be paid, a `MilestoneKind`.
    pub evidence_kind: Option<String>,
    /// Reference of that evidence.
    pub evidence_reference: Option<String>,
    /// Reference of the signed receipt.
    pub receipt_reference: Option<String>,
    /// When the receipt was recorded.
    pub receipted_at: Option<DateTimeUtc>,
    /// Who recorded it, as a signature that tells authors apart.
    pub receipted_by: Option<String>,
    /// When somebody else verified it.
    pub verified_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
