//! `ReintegrationPackage` and `PackageItem`.

use crate::domain::money::Money;
use crate::domain::reintegration::{
    Modality, PackageItemState, ReintegrationCategory, ReintegrationPackageState,
};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, HistoryNode, ItemNode, PackageNode, PersonNode};
use chrono::{DateTime, Utc};

governed! { PackageNode "ReintegrationPackage" node: "Help for a person to start anew after return." {
    PackageId: (RowId) = |node| RowId(NodeType::ReintegrationPackage, node.package.id.uuid()), "Names the package to this viewer, and to nobody else.";
    PackageCase: {CaseNode} = |node| &node.case, "The case.";
    PackageBeneficiary: {PersonNode} = |node| &node.beneficiary, "The person that the package is for.";
    PackageState: (ReintegrationPackageState) = |node| node.package.state, "State of the package.";
    PackageCeiling: (Money) = |node| node.package.ceiling, "What the items may cost together.";
    PackagePlan: (Option<String>) = |node| node.package.plan.clone(), "The plan in words.";
    PackageProposedAt: (DateTime<Utc>) = |node| node.package.proposed_at, "When it was put forward.";
    PackageItems: [ItemNode] = |node| &node.items, "The items, in order.";
    PackageVersion: (i32) = |node| node.package.version, "Counts the changes of the package; commands take it as expectedVersion.";
    PackageHistory: [HistoryNode] = |node| &node.history, "What happened to the package and its items, oldest first; at most 100 entries.";
} }

governed! { ItemNode "PackageItem": "One item of a reintegration package." {
    ItemCategory: (ReintegrationCategory) = |node| node.item.category, "Category of the item.";
    ItemModality: (Modality) = |node| node.item.modality, "How the item is given.";
    ItemDescription: (String) = |node| node.item.description.clone(), "What the item is.";
    ItemAmount: (Money) = |node| Money { amount_minor: node.item.amount_minor, currency: node.currency }, "What the item costs.";
    ItemState: (PackageItemState) = |node| node.item.state, "State of the item.";
} }
