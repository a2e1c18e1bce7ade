//! Withdrawal: the person may step back at any moment before departure (S3:273, INV-03, INV-04).

use super::require;
use crate::domain::case::{CaseState, WithdrawalReason};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::cash_grant::{CashGrantState, TrancheState};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::ItineraryState;
use crate::domain::party::PartyRelation;
use crate::domain::reintegration::ReintegrationPackageState;
use crate::domain::transition::{Changed, Reason, Refusal};

impl CaseFile {
    /// Withdraws the application. Nothing is needed but the wish.
    ///
    /// Open travel document requests and live itineraries are cancelled, unpaid tranches voided, packages forfeited;
    /// everybody who had been told is told. A consular post learns only that its open request is taken back.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after departure, and for a case that has ended.
    pub fn withdraw(self, reason: WithdrawalReason, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        let mut next = self.clone();
        let mut events = Vec::new();
        let mut posts = Vec::new();
        for request in next.requests.iter_mut().filter(|request| request.state.is_open()) {
            request.cancel(c.now);
            posts.push(request.consular_post);
            events.push(DomainEvent::TravelDocumentRequestCancelled(request.id));
        }
        for post in posts {
            next.release_post(post, c.now);
        }
        for itinerary in next
            .itineraries
            .iter_mut()
            .filter(|itinerary| itinerary.state.is_live())
        {
            itinerary.state = ItineraryState::Cancelled;
            itinerary.ended_at = Some(c.now);
        }
        for grant in &mut next.grants {
            let mut voided = false;
            for tranche in grant
                .tranches
                .iter_mut()
                .filter(|tranche| tranche.state == TrancheState::Scheduled)
            {
                tranche.state = TrancheState::Voided;
                voided = true;
            }
            if voided {
                grant.state = CashGrantState::Voided;
                grant.ended_at = Some(c.now);
                events.push(DomainEvent::CashGrantVoided(grant.id));
            }
        }
        for package in next
            .packages
            .iter_mut()
            .filter(|package| package.ended_at.is_none())
        {
            package.state = ReintegrationPackageState::Forfeited;
            package.ended_at = Some(c.now);
            events.push(DomainEvent::ReintegrationPackageForfeited(package.id));
        }
        next.case.state = CaseState::Withdrawn;
        next.case.withdrawal_reason = Some(reason);
        next.case.ended_at = Some(c.now);
        for relation in [
            PartyRelation::Transit,
            PartyRelation::Police,
            PartyRelation::Migration,
        ] {
            next.release(relation, c.now);
        }
        events.push(DomainEvent::CaseWithdrawn);
        Ok(Changed::moved(self, next, events).because(reason))
    }
}
