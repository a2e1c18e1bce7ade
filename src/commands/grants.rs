//! Commands on cash grants and their payments.

use super::{Answer, Desk, Envelope, Sight, Target};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{GrantEndReason, Milestone, RecoveryDecision};
use crate::domain::steps::grants::GrantProposal;
use crate::domain::transition::{Changed, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, CashGrantId};
use crate::policy::actions::Action;
use uuid::Uuid;

/// A grant, with the version that was decided on.
pub type GrantAt = (CashGrantId, i32);

impl Desk {
    /// Puts a cash grant forward.
    pub async fn propose_cash_grant(
        &self,
        envelope: &Envelope,
        case: CaseId,
        proposal: GrantProposal,
    ) -> Result<Uuid, Error> {
        let target = (Target::Case(case, None), Sight::OfTheFamily);
        let action = Action::ProposeCashGrant;
        self.on_case_within(envelope, action, target, Answer::Subject, |file, means, c| {
            file.propose_grant(proposal.clone(), means, c)
        })
        .await
    }

    /// Approves a cash grant.
    pub async fn approve_cash_grant(
        &self,
        envelope: &Envelope,
        (id, expected): GrantAt,
    ) -> Result<Uuid, Error> {
        let target = (Target::CashGrant(id, expected), Sight::OfTheFamily);
        let action = Action::ApproveCashGrant;
        self.on_case_within(envelope, action, target, Answer::Subject, |file, means, c| {
            file.approve_grant(id, means, c)
        })
        .await
    }

    /// Rejects a cash grant.
    pub async fn reject_cash_grant(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        reason: GrantEndReason,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::RejectCashGrant, grant, |file, c| {
            file.reject_grant(grant.0, reason, c)
        })
        .await
    }

    /// Voids what is unpaid of a cash grant.
    pub async fn void_cash_grant(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        reason: GrantEndReason,
        recovery: Option<RecoveryDecision>,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::VoidCashGrant, grant, |file, c| {
            file.void_grant(grant.0, reason, recovery, c)
        })
        .await
    }

    /// Records the payment of a tranche.
    pub async fn pay_tranche(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        number: i32,
        milestone: Option<Milestone>,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::PayTranche, grant, |file, c| {
            file.pay_tranche(grant.0, number, milestone.clone(), c)
        })
        .await
    }

    /// Records a signed receipt.
    pub async fn record_receipt(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        number: i32,
        reference: String,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::RecordReceipt, grant, |file, c| {
            file.record_receipt(grant.0, number, reference.clone(), c)
        })
        .await
    }

    /// Verifies a receipt.
    pub async fn verify_receipt(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        number: i32,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::VerifyReceipt, grant, |file, c| {
            file.verify_tranche_receipt(grant.0, number, c)
        })
        .await
    }

    /// Holds a payment back.
    pub async fn withhold_tranche(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        number: i32,
        reason: GrantEndReason,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::WithholdTranche, grant, |file, _| {
            file.withhold_tranche(grant.0, number, reason)
        })
        .await
    }

    /// Lets a payment go that was held back.
    pub async fn release_tranche(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        number: i32,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::ReleaseTranche, grant, |file, _| {
            file.release_tranche(grant.0, number)
        })
        .await
    }

    /// Records that a payment did not reach the person.
    pub async fn report_failed_payment(
        &self,
        envelope: &Envelope,
        grant: GrantAt,
        number: i32,
    ) -> Result<Uuid, Error> {
        self.on_grant(envelope, Action::ReportFailedPayment, grant, |file, _| {
            file.report_failed_payment(grant.0, number)
        })
        .await
    }

    async fn on_grant(
        &self,
        envelope: &Envelope,
        action: Action,
        (id, expected): GrantAt,
        decide: impl Fn(CaseFile, &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> + Send + Sync,
    ) -> Result<Uuid, Error> {
        let target = Target::CashGrant(id, expected);
        self.on_case(envelope, action, target, Answer::Subject, decide)
            .await
    }
}
