//! Payments of a cash grant: at departure or after arrival, each with a receipt that somebody else verifies (DOMAIN 2.6).

use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{
    CashGrant, CashGrantState, GRANT_LIFECYCLE, GrantEndReason, Milestone, TRANCHE_LIFECYCLE, Tranche,
    TrancheState,
};
use crate::domain::event::DomainEvent;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::CashGrantId;

impl CaseFile {
    /// Records the payment of a tranche: the first at the airport once the departure is due, or after arrival; the
    /// second by the receiving mission, once something shows that the first served its purpose.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_YET_ADMITTED`, `TRANCHE_OUT_OF_ORDER`, `NOT_THE_RECEIVING_MISSION`, `MILESTONE_EVIDENCE_MISSING`.
    pub fn pay_tranche(
        self,
        id: CashGrantId,
        number: i32,
        milestone: Option<Milestone>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        require(self.accepts_first_payment(), Reason::WrongState)?;
        self.is_effective()?;
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        require(
            GRANT_LIFECYCLE.starts("payTranche", grant.state),
            Reason::WrongState,
        )?;
        let first_unpaid = grant
            .tranches
            .iter_mut()
            .find(|tranche| tranche.state.is_unpaid());
        let tranche = first_unpaid.filter(|tranche| tranche.number == number);
        let tranche = tranche.ok_or(Refusal::at(Reason::TrancheOutOfOrder, "number"))?;
        if number > 1 {
            self.is_receiving(c, "number")?;
            require(self.has_arrived(), Reason::WrongState)?;
            if milestone.is_none() {
                return Err(Refusal::at(Reason::MilestoneEvidenceMissing, "milestone"));
            }
        }
        tranche.state = TRANCHE_LIFECYCLE.step("payTranche", tranche.state, TrancheState::Paid)?;
        tranche.paid_at = Some(c.now);
        tranche.paid_by = Some(c.by.organisation);
        tranche.milestone = milestone;
        let to = grant.state_by_payments();
        grant.state = GRANT_LIFECYCLE.step("payTranche", grant.state, to)?;
        grant.ended_at = (to == CashGrantState::Paid).then_some(c.now);
        let paid = DomainEvent::TranchePaid(id, number, c.by.organisation);
        Ok(Changed::moved(self, next, vec![paid]))
    }

    /// Records that the person has signed for a payment; the next one falls due.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NO_SUCH_TRANCHE`, `INVALID` for an empty reference.
    pub fn record_receipt(
        self,
        id: CashGrantId,
        number: i32,
        reference: String,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        if reference.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "receiptReference"));
        }
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        let tranche = tranche_of(grant, number)?;
        tranche.state = TRANCHE_LIFECYCLE.step("recordReceipt", tranche.state, TrancheState::Receipted)?;
        tranche.receipt_reference = Some(reference);
        tranche.receipted_at = Some(c.now);
        tranche.receipted_by = Some(c.by.signature());
        let following = grant
            .tranches
            .iter_mut()
            .find(|tranche| tranche.number == number + 1);
        if let Some(next) = following.filter(|next| next.state == TrancheState::Scheduled) {
            next.state = TRANCHE_LIFECYCLE.step("recordReceipt", next.state, TrancheState::Due)?;
        }
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::ReceiptRecorded(id, number)],
        ))
    }

    /// Verifies a receipt that somebody else recorded; with the last one the grant is reconciled.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NO_SUCH_TRANCHE`, `FOUR_EYES`.
    pub fn verify_tranche_receipt(
        self,
        id: CashGrantId,
        number: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        let tranche = tranche_of(grant, number)?;
        tranche.state = TRANCHE_LIFECYCLE.step("verifyReceipt", tranche.state, TrancheState::Verified)?;
        require(
            tranche.receipted_by.as_deref() != Some(&c.by.signature()),
            Reason::FourEyes,
        )?;
        tranche.verified_at = Some(c.now);
        let all = grant
            .standing_tranches()
            .all(|tranche| tranche.state == TrancheState::Verified);
        if all && grant.state == CashGrantState::Paid {
            grant.state = GRANT_LIFECYCLE.step("verifyReceipt", grant.state, CashGrantState::Reconciled)?;
        }
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::ReceiptVerified(id, number)],
        ))
    }

    /// Holds a payment back for a reason.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NO_SUCH_TRANCHE`.
    pub fn withhold_tranche(
        self,
        id: CashGrantId,
        number: i32,
        reason: GrantEndReason,
    ) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        require(
            GRANT_LIFECYCLE.starts("payTranche", grant.state),
            Reason::WrongState,
        )?;
        let tranche = tranche_of(grant, number)?;
        tranche.state = TRANCHE_LIFECYCLE.step("withholdTranche", tranche.state, TrancheState::Withheld)?;
        let withheld = vec![DomainEvent::TrancheWithheld(id, number)];
        Ok(Changed::moved(self, next, withheld).because(reason))
    }

    /// Lets a payment that was held back be paid.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NO_SUCH_TRANCHE`.
    pub fn release_tranche(self, id: CashGrantId, number: i32) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let tranche = tranche_of(next.grant_mut(id)?, number)?;
        tranche.state = TRANCHE_LIFECYCLE.step("releaseTranche", tranche.state, TrancheState::Due)?;
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::TrancheReleased(id, number)],
        ))
    }

    /// Records that a payment did not reach the person; it may be paid again.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NO_SUCH_TRANCHE`.
    pub fn report_failed_payment(self, id: CashGrantId, number: i32) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        let step = "reportFailedPayment";
        let tranche = tranche_of(grant, number)?;
        tranche.state = TRANCHE_LIFECYCLE.step(step, tranche.state, TrancheState::Failed)?;
        tranche.paid_at = None;
        let to = grant.state_by_payments();
        grant.state = GRANT_LIFECYCLE.step(step, grant.state, to)?;
        grant.ended_at = None;
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::PaymentFailed(id, number)],
        ))
    }

    /// First payments of approved grants fall due, as part of another step.
    pub(super) fn first_payments_fall_due(&mut self, step: &'static str) -> Result<(), Refusal> {
        let approved = self
            .grants
            .iter_mut()
            .filter(|grant| grant.state == CashGrantState::Approved);
        for first in approved.filter_map(|grant| grant.tranches.first_mut()) {
            if first.state == TrancheState::Scheduled {
                first.state = TRANCHE_LIFECYCLE.step(step, first.state, TrancheState::Due)?;
            }
        }
        Ok(())
    }

    /// Whether the case stands where a first payment is due: once everything is in place for the departure.
    pub(super) fn accepts_first_payment(&self) -> bool {
        self.has_arrived() || matches!(self.case.state, CaseState::ReadyToDepart | CaseState::Departed)
    }

    fn has_arrived(&self) -> bool {
        use CaseState::{Arrived, PostArrivalIntake, Reintegration};
        matches!(self.case.state, Arrived | PostArrivalIntake | Reintegration)
    }
}

impl CashGrant {
    /// Where the grant stands by what is paid of it.
    fn state_by_payments(&self) -> CashGrantState {
        let unpaid = self
            .tranches
            .iter()
            .filter(|tranche| tranche.state.is_unpaid())
            .count();
        match (unpaid, self.is_paid_in_part()) {
            (0, _) => CashGrantState::Paid,
            (_, true) => CashGrantState::PartiallyPaid,
            (_, false) => CashGrantState::Approved,
        }
    }
}

fn tranche_of(grant: &mut CashGrant, number: i32) -> Result<&mut Tranche, Refusal> {
    let found = grant.tranches.iter_mut().find(|tranche| tranche.number == number);
    found.ok_or(Refusal::at(Reason::NoSuchTranche, "number"))
}
