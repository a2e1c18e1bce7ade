//! Commands by which the items of reintegration packages are bought.

use super::{commands, id};
use crate::ids::NodeType;
use crate::payloads;
use crate::policy::actions::Action;
use async_graphql::{ID, InputObject};

payloads! {
    QuotePackageItemPayload "reintegrationPackage": PackageNode;
    OrderPackageItemPayload "reintegrationPackage": PackageNode;
}

/// Records what a supplier asks for an item.
#[derive(InputObject)]
pub struct QuotePackageItemInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// Position of the item, from 0.
    item: i32,
    /// What the supplier asks, in the minor unit of the package's currency.
    amount_minor: i32,
    /// The supplier's offer, as the mission files it.
    #[graphql(validator(chars_max_length = 100))]
    quote_reference: String,
}

/// Records that an item was ordered.
#[derive(InputObject)]
pub struct OrderPackageItemInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// Position of the item, from 0.
    item: i32,
}

commands! {
    /// Commands by which the items of reintegration packages are bought.
    ProcurementCommands {
        /// Records what a supplier asks for an item that is not approved yet; the price takes the place of the one planned, under the same ceiling.
        quote_package_item(QuotePackageItemInput) -> QuotePackageItemPayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let (item, quote) = (input.item, (input.amount_minor.into(), input.quote_reference));
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::QuotePackageItem, target, |file, c| file.quote_item(package, item, quote.clone(), c)).await
        };
        /// Records that an item was ordered; what is bought over the counter is delivered without.
        order_package_item(OrderPackageItemInput) -> OrderPackageItemPayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let item = input.item;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::OrderPackageItem, target, |file, c| file.order_item(package, item, c)).await
        };
    }
}
