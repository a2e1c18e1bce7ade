//! `ReintegrationPackage`, `PackageItem` and `MonitoringContact`.

use crate::domain::money::Money;
use crate::domain::reintegration::{
    Modality, MonitoringContact, MonitoringMode, MonitoringResult, PackageItemState, PackageSuspensionReason,
    ReintegrationCategory, ReintegrationPackageState,
};
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{
    CaseNode, HistoryNode, ItemNode, OrganisationNode, PackageNode, PersonNode, ProjectNode,
};
use chrono::{DateTime, NaiveDate, Utc};

governed! { PackageNode "ReintegrationPackage" node: "Help for a person to start anew after return." {
    PackageId: (RowId) = |node| RowId(NodeType::ReintegrationPackage, node.package.id.uuid()), "Names the package to this viewer, and to nobody else.";
    PackageCase: {CaseNode} = |node| &node.case, "The case.";
    PackageBeneficiary: {PersonNode} = |node| &node.beneficiary, "The person that the package is for.";
    PackageState: (ReintegrationPackageState) = |node| node.package.state, "State of the package.";
    PackageCeiling: (Money) = |node| node.package.ceiling, "What the items may cost together.";
    PackagePlan: (Option<String>) = |node| node.package.plan.clone(), "The plan in words.";
    PackageProposedAt: (DateTime<Utc>) = |node| node.package.proposed_at, "When it was put forward.";
    PackageItems: [ItemNode] = |node| &node.items, "The items, in order.";
    PackageCashAllowed: (bool) = |node| node.package.cash_allowed, "Whether its donor project allows items in cash.";
    PackageRevision: (i32) = |node| node.package.revision, "Counts the plans, from 1.";
    PackageAgreedAt: (Option<DateTime<Utc>>) = |node| node.package.agreed_at, "When the plan was signed by the returnee and the receiving mission.";
    PackageDonorApproval: (Option<String>) = |node| node.package.donor_approval.clone(), "The donor's reference for its decision on exceptional items.";
    PackageSuspension: (Option<PackageSuspensionReason>) = |node| node.package.suspension_reason, "Why the package is suspended.";
    PackageTransferredTo: {OrganisationNode} = |node| &node.transferred_to, "The mission that the package was given to; otherwise the receiving mission of the case keeps it.";
    PackageEndedAt: (Option<DateTime<Utc>>) = |node| node.package.ended_at, "When the package was closed or forfeited.";
    PackageContacts: [MonitoringContact] = |node| &node.contacts, "Contacts with the returnee to see how the package serves, oldest first.";
    PackageProject: {ProjectNode} = |node| &node.funding_project, "The project that pays.";
    PackageVersion: (i32) = |node| node.package.version, "Counts the changes of the package; commands take it as expectedVersion.";
    PackageHistory: [HistoryNode] = |node| &node.history, "What happened to the package and its items, oldest first; at most 100 entries.";
} }

governed! { ItemNode "PackageItem": "One item of a reintegration package." {
    ItemPosition: (i32) = |node| node.item.position, "Place of the item in the plan, from 0; commands name it by this.";
    ItemExceptional: (bool) = |node| node.item.exceptional, "Whether the donor has to approve the item.";
    ItemQuote: (Option<String>) = |node| node.item.quote_reference.clone(), "The supplier's offer, as the mission files it.";
    ItemQuotedAt: (Option<DateTime<Utc>>) = |node| node.item.quoted_at, "When a supplier's price was recorded, the last time.";
    ItemOrderedAt: (Option<DateTime<Utc>>) = |node| node.item.ordered_at, "When the item was ordered.";
    ItemDeliveredAt: (Option<DateTime<Utc>>) = |node| node.item.delivered_at, "When the item was given, or bought by the person.";
    ItemReceipt: (Option<String>) = |node| node.item.receipt_reference.clone(), "The receipt that was checked.";
    ItemReceiptVerifiedAt: (Option<DateTime<Utc>>) = |node| node.item.receipt_verified_at, "When the receipt was checked.";
    ItemCategory: (ReintegrationCategory) = |node| node.item.category, "Category of the item.";
    ItemModality: (Modality) = |node| node.item.modality, "How the item is given.";
    ItemDescription: (String) = |node| node.item.description.clone(), "What the item is.";
    ItemAmount: (Money) = |node| Money { amount_minor: node.item.amount_minor, currency: node.currency }, "What the item costs.";
    ItemState: (PackageItemState) = |node| node.item.state, "State of the item.";
} }

governed! { MonitoringContact "MonitoringContact": "A contact with a returnee to see how a reintegration package serves." {
    ContactMode: (MonitoringMode) = |node| node.mode, "How the returnee was contacted.";
    ContactResult: (MonitoringResult) = |node| node.result, "What the contact found.";
    ContactOn: (NaiveDate) = |node| node.on, "The day.";
    ContactBy: (String) = |node| node.by.clone(), "The member of staff, as the mission's own system names them.";
} }
