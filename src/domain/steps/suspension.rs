//! What a suspension of operations does to a case (INV-19): it is halted, its missions are told once, and no journey is
//! booked.

use super::require;
use crate::domain::application::HoldReason;
use crate::domain::case::CASE;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::Itinerary;
use crate::domain::suspension::{CaseSuspension, OperationsSuspension};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::new_id;

impl CaseFile {
    /// Halts a case whose country of return, or a stop on the way of its journey, is closed, and tells its missions, once for
    /// both. A case whose journey lies beyond the known end of the suspension goes on; one that is on hold for another
    /// reason stays so. Nothing changes for a case that is not concerned, or whose missions have been told already.
    ///
    /// # Errors
    ///
    /// None of its own: a case that the step does not halt is told alone.
    pub fn be_told_of(
        self,
        suspension: &OperationsSuspension,
        c: &Circumstances<'_>,
    ) -> Result<Option<Changed<Self>>, Refusal> {
        const STEP: &str = "suspendOperations";
        let told = self
            .suspensions
            .iter()
            .any(|told| told.suspension == suspension.id);
        let before = self.case.state.is_before_departure();
        let returns_there = self.case.country_of_return == suspension.country;
        let flies_there = self
            .live_itinerary()
            .is_some_and(|journey| suspension.stops(journey));
        if told || !before || !(returns_there || flies_there) || suspension.lifted_at.is_some() {
            return Ok(None);
        }
        let mut next = self.clone();
        let halts = suspension.lasts(c.now) && suspension.halts(&self);
        if halts && CASE.starts(STEP, self.case.state) {
            next.halt(STEP, HoldReason::OperationsSuspended)?;
        }
        let held = halts && next.case.application.hold_reason == Some(HoldReason::OperationsSuspended);
        next.suspensions.push(CaseSuspension {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            suspension: suspension.id,
            told_at: c.now,
            held_at: held.then_some(c.now),
            released_at: None,
        });
        let changed = Changed::moved(self, next, vec![DomainEvent::OperationsSuspended]);
        Ok(Some(changed.because(suspension.reason)))
    }
}

impl CaseFile {
    /// Goes on only if the persons can return: no suspension of their country is in force that a journey already booked
    /// does not lie beyond. A country on the way can be gone around.
    ///
    /// # Errors
    ///
    /// `OPERATIONS_SUSPENDED`.
    pub(super) fn may_return(&self, c: &Circumstances<'_>) -> Result<(), Refusal> {
        let mut closed = c.directory.suspensions.iter();
        let closed = closed.any(|suspension| {
            suspension.country == self.case.country_of_return
                && suspension.lasts(c.now)
                && suspension.halts(self)
        });
        require(!closed, Reason::OperationsSuspended)
    }

    /// Says to a halted case why nothing is booked, as long as that is why.
    ///
    /// # Errors
    ///
    /// `OPERATIONS_SUSPENDED`.
    pub(super) fn is_not_halted_there(&self, c: &Circumstances<'_>) -> Result<(), Refusal> {
        if self.suspensions.iter().any(CaseSuspension::holds) {
            self.may_return(c)
        } else {
            Ok(())
        }
    }

    /// Notes that the case is not on hold because of any suspension any more.
    pub(super) fn is_held_no_more(&mut self, c: &Circumstances<'_>) {
        self.case.application.held_from = None;
        self.case.application.hold_reason = None;
        for held in self.suspensions.iter_mut().filter(|told| told.holds()) {
            held.released_at = Some(c.now);
        }
    }
}

/// Refuses a journey that a suspension in force stops.
///
/// # Errors
///
/// `OPERATIONS_SUSPENDED`.
pub(super) fn may_take_place(journey: &Itinerary, c: &Circumstances<'_>) -> Result<(), Refusal> {
    let mut suspensions = c.directory.suspensions.iter();
    if suspensions.any(|suspension| suspension.stops(journey)) {
        Err(Refusal::at(Reason::OperationsSuspended, "segments"))
    } else {
        Ok(())
    }
}
