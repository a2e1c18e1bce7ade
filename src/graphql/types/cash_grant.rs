//! `CashGrant`, `PayeeAccount`, `Tranche` and `GrantComputation`.

use crate::domain::cash_grant::{
    CashGrantState, GrantEndReason, MilestoneKind, PayeeAccount, PayeeAccountKind, RecoveryDecision,
    SingleTrancheReason, TrancheState,
};
use crate::domain::entitlement::Computation;
use crate::domain::money::Money;
use crate::governed;
use crate::graphql::leaf::RowId;
use crate::ids::NodeType;
use crate::store::nodes::{
    CaseNode, ExchangeRateNode, GrantNode, GrantRuleNode, HistoryNode, PersonNode, ProjectNode, TrancheNode,
};
use chrono::{DateTime, Utc};

governed! { GrantNode "CashGrant" node: "Money for a person's first days." {
    GrantId: (RowId) = |node| RowId(NodeType::CashGrant, node.grant.id.uuid()), "Names the grant to this viewer, and to nobody else.";
    GrantCase: {CaseNode} = |node| &node.case, "The case.";
    GrantPayee: {PersonNode} = |node| &node.payee, "The person that the grant is for.";
    GrantAccount: {PayeeAccount} = |node| &node.payee_account, "Where it is paid to, as far as that is known.";
    GrantState: (CashGrantState) = |node| node.grant.state, "State of the grant.";
    GrantAmount: (Money) = |node| node.grant.amount, "The amount.";
    GrantProposedAt: (DateTime<Utc>) = |node| node.grant.proposed_at, "When it was put forward.";
    GrantApprovedAt: (Option<DateTime<Utc>>) = |node| node.grant.approved_at, "When it was approved.";
    GrantTranches: [TrancheNode] = |node| &node.tranches, "The payments, in order.";
    GrantProject: {ProjectNode} = |node| &node.funding_project, "The project that pays.";
    GrantRule: {GrantRuleNode} = |node| &node.rule, "The rule that applied; none where the project has no rule for the person.";
    GrantComputation: {Computation} = |node| &node.computation, "How the amount came about, as last computed.";
    GrantExchangeRate: {ExchangeRateNode} = |node| &node.exchange_rate, "The rate between the currencies of the payment and of the rule, where they differ.";
    GrantDonorApproval: (Option<String>) = |node| node.grant.donor_approval.clone(), "Reference of the donor's approval of an amount above the rule.";
    GrantSingleTranche: (Option<SingleTrancheReason>) = |node| node.grant.single_tranche_reason, "Why it is paid at once.";
    GrantEndReason: (Option<GrantEndReason>) = |node| node.grant.end_reason, "Why it was rejected or voided.";
    GrantRecovery: (Option<RecoveryDecision>) = |node| node.grant.recovery, "What was decided of money already paid.";
    GrantVersion: (i32) = |node| node.grant.version, "Counts the changes of the grant; commands take it as expectedVersion.";
    GrantHistory: [HistoryNode] = |node| &node.history, "What happened to the grant and its payments, oldest first; at most 100 entries.";
} }

governed! { PayeeAccount "PayeeAccount": "Where a cash grant is paid to." {
    AccountKind: (PayeeAccountKind) = |node| node.kind, "How the money reaches the person.";
    AccountNumber: (String) = |node| node.number.clone(), "The number; its end alone where it is masked.";
} }

governed! { TrancheNode "Tranche": "One payment of a cash grant." {
    TrancheNumber: (i32) = |node| node.tranche.number, "Number of the payment, from 1.";
    TrancheAmount: (Money) = |node| Money { amount_minor: node.tranche.amount_minor, currency: node.currency }, "The amount.";
    TrancheState: (TrancheState) = |node| node.tranche.state, "State of the payment.";
    TranchePaidAt: (Option<DateTime<Utc>>) = |node| node.tranche.paid_at, "When it was paid.";
    TrancheMilestoneKind: (Option<MilestoneKind>) = |node| node.tranche.milestone.as_ref().map(|shown| shown.kind), "What showed that it could be paid.";
    TrancheMilestoneRef: (Option<String>) = |node| node.tranche.milestone.as_ref().map(|shown| shown.reference.clone()), "Reference of that evidence.";
    TrancheReceipt: (Option<String>) = |node| node.tranche.receipt_reference.clone(), "Reference of the signed receipt.";
    TrancheReceiptedAt: (Option<DateTime<Utc>>) = |node| node.tranche.receipted_at, "When the receipt was recorded.";
    TrancheVerifiedAt: (Option<DateTime<Utc>>) = |node| node.tranche.verified_at, "When somebody else verified it.";
} }

fn money(line: &Computation, amount_minor: i64) -> Money {
    Money {
        amount_minor,
        currency: line.currency,
    }
}

governed! { Computation "GrantComputation": "How an entitlement came about, line by line, in the currency of the rule." {
    ComputationComputedAt: (DateTime<Utc>) = |line| line.computed_at, "When it was computed.";
    ComputationPersons: (i32) = |line| line.persons, "How many persons the family unit has across its cases.";
    ComputationPerson: (Money) = |line| money(line, line.person_minor), "What the rule gives to the person.";
    ComputationHousehold: (Money) = |line| money(line, line.household_minor), "What the rule would give to all persons of the unit together.";
    ComputationCap: (Option<Money>) = |line| line.family_cap_minor.map(|minor| money(line, minor)), "What the unit gets at most.";
    ComputationShare: (Money) = |line| money(line, line.share_minor), "The person's share after the split.";
    ComputationToFamily: (Money) = |line| money(line, line.to_family_minor), "What the unit had been granted before.";
    ComputationToPerson: (Money) = |line| money(line, line.to_person_minor), "What the person had been granted before.";
    ComputationEntitlement: (Money) = |line| money(line, line.entitlement_minor), "What was left for the person.";
} }
