//! Commands on cash grants.

use super::{commands, id};
use crate::domain::money::Money;
use crate::graphql::scalars::CurrencyScalar;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    ProposeCashGrantPayload "cashGrant": GrantNode;
    ApproveCashGrantPayload "cashGrant": GrantNode;
    PayTranchePayload "cashGrant": GrantNode;
}

/// An amount of money.
#[derive(InputObject)]
pub struct MoneyInput {
    /// The amount in the currency's minor unit: 1,050.00 EUR is 105000.
    amount_minor: i32,
    /// The currency.
    currency: CurrencyScalar,
}

impl From<MoneyInput> for Money {
    fn from(input: MoneyInput) -> Self {
        Self {
            amount_minor: input.amount_minor.into(),
            currency: input.currency.0,
        }
    }
}

/// Puts a cash grant forward.
#[derive(InputObject)]
pub struct ProposeCashGrantInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The person that the grant is for.
    person_id: ID,
    /// The amount.
    amount: MoneyInput,
    /// The one or two payments in minor units, which add up to the amount.
    #[graphql(validator(max_items = 2))]
    tranche_amounts_minor: Vec<i32>,
}

/// Approves a cash grant.
#[derive(InputObject)]
pub struct ApproveCashGrantInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
}

/// Records the payment of a tranche.
#[derive(InputObject)]
pub struct PayTrancheInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Number of the tranche, from 1.
    number: i32,
}

commands! {
    /// Commands on cash grants.
    AssistanceCommands {
        /// Puts a cash grant forward.
        propose_cash_grant(ProposeCashGrantInput) -> ProposeCashGrantPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            {
                let tranches = input.tranche_amounts_minor.into_iter().map(i64::from).collect();
                desk.propose_cash_grant(&envelope, case, person, input.amount.into(), tranches).await
            }
        };
        /// Approves a cash grant.
        approve_cash_grant(ApproveCashGrantInput) -> ApproveCashGrantPayload = |context, envelope, input, desk| {
            let grant = id(context, NodeType::CashGrant, &input.cash_grant_id)?;
            desk.approve_cash_grant(&envelope, grant, input.expected_version).await
        };
        /// Records the payment of a tranche; the receiving mission is told.
        pay_tranche(PayTrancheInput) -> PayTranchePayload = |context, envelope, input, desk| {
            let grant = id(context, NodeType::CashGrant, &input.cash_grant_id)?;
            desk.pay_tranche(&envelope, grant, input.expected_version, input.number).await
        };
    }
}
