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
    /// The project that pays for it, in `projects`.
    pub funding_project_id: Option<Uuid>,
    /// The rule under which it was computed, in `grant_rules`.
    pub rule_id: Option<Uuid>,
    /// The sum as it counts against the rule's limits, in minor units of the rule's currency.
    pub counted_minor: Option<i64>,
    /// Currency in which it counts, ISO 4217.
    pub counted_currency: Option<String>,
    /// The rate between the two currencies, in `exchange_rates`.
    pub exchange_rate_id: Option<Uuid>,
    /// Who put it forward, as a signature that tells authors apart.
    pub proposed_by: Option<String>,
    /// Who approved it, in the same way.
    pub approved_by: Option<String>,
    /// Reference of the donor's approval of a sum above the rule.
    pub donor_approval: Option<String>,
    /// Why it is paid at once, a `SingleTrancheReason`.
    pub single_tranche_reason: Option<String>,
    /// Why it was rejected or voided, a `GrantEndReason`.
    pub end_reason: Option<String>,
    /// What was decided of money already paid, a `RecoveryDecision`.
    pub recovery: Option<String>,
    /// How it is paid to the person, a `PayeeAccountKind`.
    pub payee_account_kind: Option<String>,
    /// The number that it is paid to.
    pub payee_account_number: Option<String>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
