//! What a suspension of operations does to a case (INV-19): its missions are told once, and no journey is booked.

use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::Itinerary;
use crate::domain::suspension::{CaseSuspension, OperationsSuspension};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::new_id;

impl CaseFile {
    /// Tells the missions of a case that operations in its country of return, or on the way of its journey, are suspended.
    /// Nothing changes for a case that is not concerned, or whose missions have been told already.
    #[must_use]
    pub fn be_told_of(
        self,
        suspension: &OperationsSuspension,
        c: &Circumstances<'_>,
    ) -> Option<Changed<Self>> {
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
            return None;
        }
        let mut next = self.clone();
        next.suspensions.push(CaseSuspension {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            suspension: suspension.id,
            told_at: c.now,
        });
        let changed = Changed::moved(self, next, vec![DomainEvent::OperationsSuspended]);
        Some(changed.because(suspension.reason))
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
