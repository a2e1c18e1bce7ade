//! Commands on cash grants and reintegration packages.

use super::{commands, id};
use crate::domain::money::Money;
use crate::domain::reintegration::{Modality, PackageItem, PackageItemState, ReintegrationCategory};
use crate::graphql::scalars::CurrencyScalar;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    ProposeCashGrantPayload "cashGrant": GrantNode;
    ApproveCashGrantPayload "cashGrant": GrantNode;
    PayTranchePayload "cashGrant": GrantNode;
    ProposeReintegrationPackagePayload "reintegrationPackage": PackageNode;
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

/// One item of a package.
#[derive(InputObject)]
pub struct PackageItemInput {
    /// Category of the item.
    category: Word<ReintegrationCategory>,
    /// How the item is given.
    modality: Word<Modality>,
    /// What the item is.
    #[graphql(validator(chars_max_length = 500))]
    description: String,
    /// What the item costs, in the minor unit of the package's currency.
    amount_minor: i32,
}

/// Puts a reintegration package forward.
#[derive(InputObject)]
pub struct ProposeReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The person that the package is for.
    person_id: ID,
    /// What the items may cost together.
    ceiling: MoneyInput,
    /// The plan in words.
    #[graphql(validator(chars_max_length = 4000))]
    plan: Option<String>,
    /// The items.
    #[graphql(validator(max_items = 50))]
    items: Vec<PackageItemInput>,
}

fn items(inputs: Vec<PackageItemInput>) -> Vec<PackageItem> {
    let numbered = (0..).zip(inputs);
    numbered
        .map(|(position, input)| PackageItem {
            position,
            category: input.category.0,
            modality: input.modality.0,
            description: input.description,
            amount_minor: input.amount_minor.into(),
            state: PackageItemState::Planned,
        })
        .collect()
}

commands! {
    /// Commands on cash grants and reintegration packages.
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
        /// Puts a reintegration package forward.
        propose_reintegration_package(ProposeReintegrationPackageInput) -> ProposeReintegrationPackagePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            desk.propose_package(&envelope, case, person, input.ceiling.into(), input.plan, items(input.items)).await
        };
    }
}
