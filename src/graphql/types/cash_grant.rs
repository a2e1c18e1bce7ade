//! `CashGrant` and `Tranche`.

use crate::domain::cash_grant::{CashGrantState, TrancheState};
use crate::domain::money::Money;
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, GrantNode, HistoryNode, PersonNode, TrancheNode};
use chrono::{DateTime, Utc};

governed! { GrantNode "CashGrant" node: "Money for a person's first days." {
    GrantId: (RowId) = |node| RowId(NodeType::CashGrant, node.grant.id.uuid()), "Names the grant to this viewer, and to nobody else.";
    GrantCase: {CaseNode} = |node| &node.case, "The case.";
    GrantPayee: {PersonNode} = |node| &node.payee, "The person that the grant is for.";
    GrantState: (CashGrantState) = |node| node.grant.state, "State of the grant.";
    GrantAmount: (Money) = |node| node.grant.amount, "The amount.";
    GrantProposedAt: (DateTime<Utc>) = |node| node.grant.proposed_at, "When it was put forward.";
    GrantApprovedAt: (Option<DateTime<Utc>>) = |node| node.grant.approved_at, "When it was approved.";
    GrantTranches: [TrancheNode] = |node| &node.tranches, "The payments, in order.";
    GrantVersion: (i32) = |node| node.grant.version, "Counts the changes of the grant; commands take it as expectedVersion.";
    GrantHistory: [HistoryNode] = |node| &node.history, "What happened to the grant and its payments, oldest first; at most 100 entries.";
} }

governed! { TrancheNode "Tranche": "One payment of a cash grant." {
    TrancheNumber: (i32) = |node| node.tranche.number, "Number of the payment, from 1.";
    TrancheAmount: (Money) = |node| Money { amount_minor: node.tranche.amount_minor, currency: node.currency }, "The amount.";
    TrancheState: (TrancheState) = |node| node.tranche.state, "State of the payment.";
    TranchePaidAt: (Option<DateTime<Utc>>) = |node| node.tranche.paid_at, "When it was paid.";
} }
