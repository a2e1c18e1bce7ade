//! Commands on cash grants and their payments.

use super::{commands, id};
use crate::domain::cash_grant::{
    GrantEndReason, Milestone, MilestoneKind, PayeeAccountKind, RecoveryDecision, SingleTrancheReason,
};
use crate::domain::money::Money;
use crate::domain::steps::grants::GrantProposal;
use crate::graphql::scalars::CurrencyScalar;
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    ProposeCashGrantPayload "cashGrant": GrantNode;
    ApproveCashGrantPayload "cashGrant": GrantNode;
    RejectCashGrantPayload "cashGrant": GrantNode;
    VoidCashGrantPayload "cashGrant": GrantNode;
    PayTranchePayload "cashGrant": GrantNode;
    RecordReceiptPayload "cashGrant": GrantNode;
    VerifyReceiptPayload "cashGrant": GrantNode;
    WithholdTranchePayload "cashGrant": GrantNode;
    ReleaseTranchePayload "cashGrant": GrantNode;
    ReportFailedPaymentPayload "cashGrant": GrantNode;
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
    /// The amount; what the project's rule leaves for the person where nothing is said.
    amount: Option<MoneyInput>,
    /// The one or two payments in minor units, which add up to the amount; the usual ones where nothing is said.
    #[graphql(validator(max_items = 2))]
    tranche_amounts_minor: Option<Vec<i32>>,
    /// The project that pays; that of the case where nothing is said.
    funding_project_id: Option<ID>,
    /// Reference of the donor's approval of an amount above the rule.
    #[graphql(validator(min_length = 1, chars_max_length = 100))]
    donor_approval_reference: Option<String>,
    /// Why the grant is to be paid at once; the receiving mission puts such a grant forward.
    single_tranche_reason: Option<Word<SingleTrancheReason>>,
    /// Where the grant is to be paid to.
    payee_account: Option<PayeeAccountInput>,
}

/// Where a cash grant is to be paid to.
#[derive(InputObject)]
pub struct PayeeAccountInput {
    /// How the money reaches the person.
    kind: Word<PayeeAccountKind>,
    /// The number; spaces do not matter.
    #[graphql(validator(chars_max_length = 50))]
    number: String,
}

/// What shows that a second tranche may be paid.
#[derive(InputObject)]
pub struct MilestoneInput {
    /// What it is.
    kind: Word<MilestoneKind>,
    /// Its reference in the mission's own file.
    #[graphql(validator(min_length = 1, chars_max_length = 100))]
    reference: String,
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

/// Rejects a cash grant.
#[derive(InputObject)]
pub struct RejectCashGrantInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<GrantEndReason>,
}

/// Voids what is unpaid of a cash grant.
#[derive(InputObject)]
pub struct VoidCashGrantInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<GrantEndReason>,
    /// Whether what was paid is claimed back; needed where something was.
    recovery: Option<Word<RecoveryDecision>>,
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
    /// What shows that a second tranche may be paid.
    milestone: Option<MilestoneInput>,
}

/// Records that the person has signed for a payment.
#[derive(InputObject)]
pub struct RecordReceiptInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Number of the tranche, from 1.
    number: i32,
    /// Reference of the signed receipt in the mission's own file.
    #[graphql(validator(chars_max_length = 100))]
    receipt_reference: String,
}

/// Verifies a receipt.
#[derive(InputObject)]
pub struct VerifyReceiptInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Number of the tranche, from 1.
    number: i32,
}

/// Holds a payment back.
#[derive(InputObject)]
pub struct WithholdTrancheInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Number of the tranche, from 1.
    number: i32,
    /// Why.
    reason: Word<GrantEndReason>,
}

/// Lets a payment go that was held back.
#[derive(InputObject)]
pub struct ReleaseTrancheInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The grant.
    cash_grant_id: ID,
    /// The version of the grant that was decided on.
    expected_version: i32,
    /// Number of the tranche, from 1.
    number: i32,
}

/// Records that a payment did not reach the person.
#[derive(InputObject)]
pub struct ReportFailedPaymentInput {
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
    /// Commands on cash grants and their payments.
    GrantCommands {
        /// Puts a cash grant forward; where the project has a rule for the person, the rule says how much there is at most.
        propose_cash_grant(ProposeCashGrantInput) -> ProposeCashGrantPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let project = input.funding_project_id.as_ref();
            let proposal = GrantProposal {
                person: id(context, NodeType::Person, &input.person_id)?,
                amount: input.amount.map(Into::into),
                parts: input.tranche_amounts_minor.map(|parts| parts.into_iter().map(i64::from).collect()),
                project: project.map(|project| id(context, NodeType::Project, project)).transpose()?,
                donor_approval: input.donor_approval_reference,
                single_tranche_reason: input.single_tranche_reason.map(|reason| reason.0),
                account: input.payee_account.map(|account| (account.kind.0, account.number)),
            };
            desk.propose_cash_grant(&envelope, case, proposal).await
        };
        /// Approves a cash grant that somebody else put forward; the other mission is told.
        approve_cash_grant(ApproveCashGrantInput) -> ApproveCashGrantPayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.approve_cash_grant(&envelope, grant).await
        };
        /// Rejects a cash grant.
        reject_cash_grant(RejectCashGrantInput) -> RejectCashGrantPayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.reject_cash_grant(&envelope, grant, input.reason.0).await
        };
        /// Voids what is unpaid of a cash grant, and says what becomes of what was paid; the other mission is told.
        void_cash_grant(VoidCashGrantInput) -> VoidCashGrantPayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.void_cash_grant(&envelope, grant, input.reason.0, input.recovery.map(|decision| decision.0)).await
        };
        /// Records the payment of a tranche; the other mission is told.
        pay_tranche(PayTrancheInput) -> PayTranchePayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            let milestone = input.milestone.map(|shown| Milestone { kind: shown.kind.0, reference: shown.reference });
            desk.pay_tranche(&envelope, grant, input.number, milestone).await
        };
        /// Records that the person has signed for a payment; the next one falls due.
        record_receipt(RecordReceiptInput) -> RecordReceiptPayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.record_receipt(&envelope, grant, input.number, input.receipt_reference).await
        };
        /// Verifies a receipt that somebody else recorded; with the last one the grant is reconciled.
        verify_receipt(VerifyReceiptInput) -> VerifyReceiptPayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.verify_receipt(&envelope, grant, input.number).await
        };
        /// Holds a payment back.
        withhold_tranche(WithholdTrancheInput) -> WithholdTranchePayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.withhold_tranche(&envelope, grant, input.number, input.reason.0).await
        };
        /// Lets a payment go that was held back.
        release_tranche(ReleaseTrancheInput) -> ReleaseTranchePayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.release_tranche(&envelope, grant, input.number).await
        };
        /// Records that a payment did not reach the person; it may be paid again.
        report_failed_payment(ReportFailedPaymentInput) -> ReportFailedPaymentPayload = |context, envelope, input, desk| {
            let grant = (id(context, NodeType::CashGrant, &input.cash_grant_id)?, input.expected_version);
            desk.report_failed_payment(&envelope, grant, input.number).await
        };
    }
}
