//! What a case does on the manifest of a group movement: it is listed, and every step that changes whether its persons
//! travel moves their lines with it (SOP I4f).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::{Itinerary, ItineraryState, Start, check_journey};
use crate::domain::movement::{MANIFEST_LINE, ManifestLine, ManifestLineState, Movement, MovementState};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{ItineraryId, new_id};
use chrono::{DateTime, TimeDelta, Utc};

/// How long before the departure it can be known at the earliest that somebody did not come.
const NO_SHOW_FROM_HOURS: i64 = 24;

impl VoluntaryReturn {
    /// Books the journey of a group movement for a case, with every check of a booking, and lists its persons on the
    /// manifest; `taken` is how many seats are taken.
    ///
    /// # Errors
    ///
    /// `MANIFEST_NOT_OPEN`, `MOVEMENT_FULL`, and as for a booking.
    pub fn list_on_manifest(
        self,
        movement: &Movement,
        taken: usize,
        booking_reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        const STEP: &str = "listOnManifest";
        self.is_not_halted_there(c)?;
        require(self.case.state.accepts_bookings(), Reason::WrongState)?;
        require(self.live_itinerary().is_none(), Reason::ItineraryAlreadyLive)?;
        require(
            movement.state == MovementState::ManifestOpen,
            Reason::ManifestNotOpen,
        )?;
        let seats = usize::try_from(movement.seats).unwrap_or(0);
        require(taken + self.persons.len() <= seats, Reason::MovementFull)?;
        let (host, home) = (self.case.host_territory, self.case.country_of_return);
        let flights = movement.flights_between(host, home);
        check_journey(&flights, Start::In(host), home)?;
        self.check_exit(&flights, c)?;
        let (mut next, id) = self.next_attempt(flights, booking_reference, c)?;
        next.itinerary_mut(id)?.movement = Some(movement.id);
        let state = MANIFEST_LINE.begin(STEP, ManifestLineState::Listed)?;
        let lines = self.persons.iter().map(|person| ManifestLine {
            id: new_id(c.now).into(),
            case_id: self.case.id,
            movement: movement.id,
            itinerary: id,
            person: person.id,
            state,
            listed_at: c.now,
            confirmed_at: None,
            ended_at: None,
        });
        next.manifest_lines.extend(lines);
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ItineraryBooked(id)],
        ))
    }

    /// Records that the persons did not come to the departure: the journey is cancelled, and everybody who had been told of
    /// it is told that, and not why. The case can be booked anew.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `DATE_OUT_OF_ORDER` earlier than a day before the departure.
    pub fn record_no_show(
        self,
        id: ItineraryId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        const STEP: &str = "recordNoShow";
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        let mut next = self.0.clone();
        next.move_lines(STEP, id, ManifestLineState::NoShow, c.now)?;
        let itinerary = next.itinerary_mut(id)?;
        itinerary.step(STEP, ItineraryState::Cancelled)?;
        itinerary.cancel_what_is_ahead(STEP)?;
        itinerary.missed_at = Some(c.now);
        itinerary.ended_at = Some(c.now);
        let departs_at = itinerary.departs_at().unwrap_or(c.now);
        if c.now < departs_at - TimeDelta::hours(NO_SHOW_FROM_HOURS) {
            return Err(Reason::DateOutOfOrder.into());
        }
        next.end_handlings(STEP, id)?;
        self.stopped(STEP, next, DomainEvent::NoShowRecorded(id), c)
    }

    /// Refuses what is about a journey of a movement whose manifest the persons are not on any more.
    pub(super) fn is_on_the_manifest(&self, journey: &Itinerary) -> Result<(), Refusal> {
        let mut lines = self.manifest_lines.iter();
        let listed = journey.movement.is_none()
            || lines.any(|line| line.itinerary == journey.id && line.state.is_to_travel());
        require(listed, Reason::NotOnTheManifest)
    }

    /// Refuses to let persons board a movement that has not been cleared.
    pub(super) fn movement_is_cleared(&self, journey: &Itinerary) -> Result<(), Refusal> {
        self.is_on_the_manifest(journey)?;
        let mut movements = self.movements.iter();
        let cleared = journey.movement.is_none_or(|id| {
            movements.any(|movement| movement.id == id && movement.state == MovementState::Cleared)
        });
        require(cleared, Reason::MovementNotCleared)
    }
}

impl CaseFile {
    /// Moves the lines of a journey whose persons are still to travel.
    pub(super) fn move_lines(
        &mut self,
        step: &str,
        journey: ItineraryId,
        to: ManifestLineState,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let lines = self.manifest_lines.iter_mut();
        for line in lines.filter(|line| line.itinerary == journey && line.state.is_to_travel()) {
            line.step(step, to, now)?;
        }
        Ok(())
    }
}
