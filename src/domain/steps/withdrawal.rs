//! Withdrawal: the person may step back at any moment before departure (S3:273, INV-03, INV-04). What it ends, ends in
//! the same way where IOM or the clock ends an application.

use super::require;
use crate::domain::case::{CASE, CaseState, WithdrawalReason};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::ITINERARY;
use crate::domain::objection::{OBJECTION_CHECK, ObjectionState};
use crate::domain::party::PartyRelation;
use crate::domain::territory::airport;
use crate::domain::transition::{Changed, Reason, Refusal};

impl CaseFile {
    /// Withdraws the application. Nothing is needed but the wish; a second time it changes nothing and tells nobody.
    ///
    /// Open travel document requests and live itineraries are cancelled, unpaid tranches voided, packages forfeited;
    /// everybody who had been told is told. A consular post learns only that its open request is taken back. Persons who
    /// are on the ground between two flights may still withdraw with the mission there.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after departure, and for a case that has ended otherwise; `NOT_THE_MISSION_THERE` on the way.
    pub fn withdraw(self, reason: WithdrawalReason, c: &Circumstances<'_>) -> Result<Changed<Self>, Refusal> {
        if self.case.state == CaseState::Withdrawn {
            return Ok(Changed::moved(self.clone(), self, Vec::new()));
        }
        CASE.step("withdrawCase", self.case.state, CaseState::Withdrawn)?;
        let in_transit = self.case.state == CaseState::Departed;
        if in_transit {
            self.may_turn_back(c)?;
        } else {
            let through_sending = self.relation_of(c.by.organisation) != Some(PartyRelation::Transit);
            require(through_sending, Reason::WrongState)?;
        }
        let mut next = self.clone();
        next.case.withdrawal_reason = Some(reason);
        let mut events = next.end_application("withdrawCase", CaseState::Withdrawn, c)?;
        events.push(if in_transit {
            DomainEvent::CaseWithdrawnInTransit
        } else {
            DomainEvent::CaseWithdrawn
        });
        Ok(Changed::moved(self, next, events).because(reason))
    }

    /// Ends an application before the departure, by whomever, and everything open on it: the case by the step named, each
    /// part by its own step `withdrawCase`.
    pub(super) fn end_application(
        &mut self,
        step: &str,
        end: CaseState,
        c: &Circumstances<'_>,
    ) -> Result<Vec<DomainEvent>, Refusal> {
        let next = self;
        let ended = CASE.step(step, next.case.state, end)?;
        let mut events = Vec::new();
        for check in next
            .objections
            .iter_mut()
            .filter(|check| check.state == ObjectionState::Requested)
        {
            check.state = OBJECTION_CHECK.step("withdrawCase", check.state, ObjectionState::Cancelled)?;
            check.decided_at = Some(c.now);
        }
        events.extend(next.cancel_open_requests("withdrawCase", c.now)?);
        let journeys = next.itineraries.iter();
        let live = journeys.filter(|journey| ITINERARY.starts("withdrawCase", journey.state));
        let live: Vec<_> = live.map(|journey| journey.id).collect();
        for journey in live {
            next.call_off("withdrawCase", journey, c.now)?;
            next.itinerary_mut(journey)?.ended_at = Some(c.now);
        }
        events.extend(next.void_grants("withdrawCase", c)?);
        for package in next
            .packages
            .iter_mut()
            .filter(|package| package.ended_at.is_none())
        {
            package.forfeit("withdrawCase", c.now)?;
            events.push(DomainEvent::ReintegrationPackageForfeited(package.id));
        }
        next.call_escorts_off()?;
        events.extend(next.take_referrals_back(c)?);
        next.case.state = ended;
        next.case.ended_at = Some(c.now);
        next.is_held_no_more(c);
        for relation in [
            PartyRelation::Transit,
            PartyRelation::Police,
            PartyRelation::Migration,
        ] {
            next.release(relation, c.now);
        }
        Ok(events)
    }

    /// Whether persons on their way may still turn back: they have not boarded the next flight, and the mission where they
    /// are records their wish. Nobody is made to fly on.
    fn may_turn_back(&self, c: &Circumstances<'_>) -> Result<(), Refusal> {
        let on_the_way = self.relation_of(c.by.organisation) == Some(PartyRelation::Transit);
        let place = self.place_of_the_persons().filter(|_| on_the_way);
        let country = place.and_then(airport).map(|stop| stop.country);
        let country = country.ok_or(Reason::WrongState)?;
        let mission = c.directory.mission_in(country);
        require(mission == Some(c.by.organisation), Reason::NotTheMissionThere)
    }
}

#[cfg(test)]
mod tests;
