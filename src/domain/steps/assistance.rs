//! Cash grants (SOP I5b; DOMAIN 2.6).

use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{CashGrant, CashGrantState, TrancheState, tranches};
use crate::domain::event::DomainEvent;
use crate::domain::money::Money;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::{CashGrantId, PersonId, new_id};

impl CaseFile {
    /// Puts a cash grant forward, in one or two tranches.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_ON_THIS_CASE`, `INVALID`, `TRANCHES_DO_NOT_ADD_UP`.
    pub fn propose_grant(
        self,
        person: PersonId,
        amount: Money,
        parts: &[i64],
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        self.accepts_assistance_for(person)?;
        if amount.amount_minor <= 0 {
            return Err(Refusal::at(Reason::Invalid, "amount"));
        }
        let id = new_id(c.now).into();
        let mut next = self.clone();
        next.grants.push(CashGrant {
            id,
            case_id: next.case.id,
            person_id: person,
            state: CashGrantState::Proposed,
            amount,
            proposed_at: c.now,
            approved_at: None,
            ended_at: None,
            tranches: tranches(amount, parts)?,
            version: 1,
        });
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::CashGrantProposed(id)],
        ))
    }

    /// Approves a grant.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn approve_grant(self, id: CashGrantId, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        require(grant.state == CashGrantState::Proposed, Reason::WrongState)?;
        grant.state = CashGrantState::Approved;
        grant.approved_at = Some(c.now);
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::CashGrantApproved(id)],
        ))
    }

    /// Records the payment of a tranche: at the airport once the departure is due, or after arrival.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `TRANCHE_OUT_OF_ORDER`.
    pub fn pay_tranche(
        self,
        id: CashGrantId,
        number: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self>, Refusal> {
        let due = matches!(
            self.case.state,
            CaseState::ReadyToDepart
                | CaseState::Departed
                | CaseState::Arrived
                | CaseState::Reintegration
                | CaseState::PostArrivalIntake
        );
        require(due, Reason::WrongState)?;
        let mut next = self.clone();
        let grant = next.grant_mut(id)?;
        require(
            matches!(
                grant.state,
                CashGrantState::Approved | CashGrantState::PartiallyPaid
            ),
            Reason::WrongState,
        )?;
        let first_unpaid = grant
            .tranches
            .iter_mut()
            .find(|tranche| tranche.state == TrancheState::Scheduled);
        let tranche = first_unpaid.filter(|tranche| tranche.number == number);
        let tranche = tranche.ok_or(Refusal::at(Reason::TrancheOutOfOrder, "number"))?;
        tranche.state = TrancheState::Paid;
        tranche.paid_at = Some(c.now);
        let paid_in_full = grant
            .tranches
            .iter()
            .all(|tranche| tranche.state == TrancheState::Paid);
        grant.state = if paid_in_full {
            CashGrantState::Paid
        } else {
            CashGrantState::PartiallyPaid
        };
        grant.ended_at = paid_in_full.then_some(c.now);
        Ok(Changed::moved(
            self,
            next,
            vec![DomainEvent::TranchePaid(id, number)],
        ))
    }

    pub(super) fn accepts_assistance_for(&self, person: PersonId) -> Result<(), Refusal> {
        let open = self.case.registered_at.is_some() && self.case.ended_at.is_none();
        require(open, Reason::WrongState)?;
        self.is_effective()?;
        self.person(person)
            .map(|_| ())
            .ok_or(Refusal::at(Reason::NotOnThisCase, "personId"))
    }
}
