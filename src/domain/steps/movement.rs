//! The life of a group movement, from the plan to the day when everybody who boarded is accounted for (SOP I4f, I5d).

use super::require;
use crate::domain::case_file::Circumstances;
use crate::domain::itinerary::{Start, check_journey};
use crate::domain::movement::{
    MOVEMENT, Manifest, ManifestLineState, Movement, MovementEvent, MovementState, NewMovement,
};
use crate::domain::territory::{CountryCode, airport};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::ids::new_id;
use chrono::{DateTime, Utc};

/// The most persons that one movement takes.
const MOST_SEATS: i32 = 500;

impl Movement {
    /// Plans a movement from the territory of the mission that acts.
    ///
    /// # Errors
    ///
    /// `INVALID` for a reference or a number of seats that makes no sense, `SEGMENTS_DO_NOT_CONNECT`, `UNKNOWN_AIRPORT`,
    /// `DATE_OUT_OF_ORDER`.
    pub fn draft(
        new: NewMovement,
        from: Option<CountryCode>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<Self, MovementEvent>, Refusal> {
        let reference = new.reference.trim().to_owned();
        if reference.is_empty() {
            return Err(Refusal::at(Reason::Invalid, "reference"));
        }
        if !(1..=MOST_SEATS).contains(&new.seats) {
            return Err(Refusal::at(Reason::Invalid, "seats"));
        }
        let movement = Self {
            id: new_id(c.now).into(),
            reference,
            kind: new.kind,
            organiser: c.by.organisation,
            seats: new.seats,
            state: MOVEMENT.begin("draftMovement", MovementState::Draft)?,
            drafted_at: c.now,
            locked_at: None,
            cleared_at: None,
            departed_at: None,
            landed_at: None,
            ended_at: None,
            flights: new.flights,
            version: 1,
        };
        let from = from.ok_or(Refusal::at(Reason::SegmentsDoNotConnect, "segments"))?;
        let end = movement
            .ends_in()
            .ok_or(Refusal::at(Reason::UnknownAirport, "segments"))?;
        check_journey(&movement.flights, Start::In(from), end)?;
        let leaves = movement.flights.first().map(|flight| flight.departs_at);
        if leaves.is_none_or(|leaves| leaves <= c.now) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "segments.departsAt"));
        }
        Ok(Changed::opened(movement, vec![MovementEvent::MovementDrafted]))
    }

    /// Opens the manifest: persons may be listed.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn open_manifest(self) -> Result<Changed<Self, MovementEvent>, Refusal> {
        self.moved(
            "openManifest",
            MovementState::ManifestOpen,
            MovementEvent::ManifestOpened,
            |_| {},
        )
    }

    /// Locks the manifest: nobody is listed any more.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn lock_manifest(self, now: DateTime<Utc>) -> Result<Changed<Self, MovementEvent>, Refusal> {
        let locked = |next: &mut Self| next.locked_at = Some(now);
        self.moved(
            "lockManifest",
            MovementState::ManifestLocked,
            MovementEvent::ManifestLocked,
            locked,
        )
    }

    /// Clears the movement for departure: the airline has agreed to the group.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `AIRLINE_CLEARANCE_MISSING`.
    pub fn clear(
        self,
        manifest: &Manifest,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self, MovementEvent>, Refusal> {
        MOVEMENT.step("clearMovement", self.state, MovementState::Cleared)?;
        require(manifest.airline_agrees, Reason::AirlineClearanceMissing)?;
        let cleared = |next: &mut Self| next.cleared_at = Some(now);
        self.moved(
            "clearMovement",
            MovementState::Cleared,
            MovementEvent::MovementCleared,
            cleared,
        )
    }

    /// Records that the movement left with everybody who travels on board.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `PASSENGERS_UNACCOUNTED`.
    pub fn depart(
        self,
        manifest: &Manifest,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self, MovementEvent>, Refusal> {
        MOVEMENT.step("departMovement", self.state, MovementState::Airborne)?;
        let waits = manifest.lines.iter().any(|line| line.state.is_to_travel());
        let boarded = manifest
            .lines
            .iter()
            .any(|line| line.state == ManifestLineState::Boarded);
        require(boarded && !waits, Reason::PassengersUnaccounted)?;
        let departed = |next: &mut Self| next.departed_at = Some(now);
        self.moved(
            "departMovement",
            MovementState::Airborne,
            MovementEvent::MovementDeparted,
            departed,
        )
    }

    /// Records that the movement landed where it ends, by the mission there, or by the organiser where none is.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_THE_MISSION_THERE`.
    pub fn land(self, c: &Circumstances<'_>) -> Result<Changed<Self, MovementEvent>, Refusal> {
        MOVEMENT.step("landMovement", self.state, MovementState::Landed)?;
        let last = self.flights.last();
        let place = last.and_then(|flight| airport(&flight.arrival_airport));
        let there = place.and_then(|stop| c.directory.mission_in(stop.country));
        let responsible = there.unwrap_or(self.organiser);
        require(c.by.organisation == responsible, Reason::NotTheMissionThere)?;
        let landed = |next: &mut Self| next.landed_at = Some(c.now);
        self.moved(
            "landMovement",
            MovementState::Landed,
            MovementEvent::MovementLanded,
            landed,
        )
    }

    /// Closes the movement once everybody who boarded has arrived, or has turned back on the way.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `ARRIVALS_DO_NOT_RECONCILE`.
    pub fn reconcile(
        self,
        manifest: &Manifest,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self, MovementEvent>, Refusal> {
        MOVEMENT.step("reconcileMovement", self.state, MovementState::Reconciled)?;
        let boarded = manifest
            .lines
            .iter()
            .filter(|line| line.state == ManifestLineState::Boarded);
        let missing = boarded
            .into_iter()
            .any(|line| !manifest.accounted_for.contains(&line.person));
        require(!missing, Reason::ArrivalsDoNotReconcile)?;
        let ended = |next: &mut Self| next.ended_at = Some(now);
        self.moved(
            "reconcileMovement",
            MovementState::Reconciled,
            MovementEvent::MovementReconciled,
            ended,
        )
    }

    /// Cancels a movement on whose manifest nobody is any more.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `MANIFEST_NOT_EMPTY`.
    pub fn cancel(
        self,
        manifest: &Manifest,
        now: DateTime<Utc>,
    ) -> Result<Changed<Self, MovementEvent>, Refusal> {
        MOVEMENT.step("cancelMovement", self.state, MovementState::Cancelled)?;
        let somebody = manifest.lines.iter().any(|line| line.state.travels());
        require(!somebody, Reason::ManifestNotEmpty)?;
        let ended = |next: &mut Self| next.ended_at = Some(now);
        self.moved(
            "cancelMovement",
            MovementState::Cancelled,
            MovementEvent::MovementCancelled,
            ended,
        )
    }

    fn moved(
        self,
        step: &str,
        to: MovementState,
        event: MovementEvent,
        adjust: impl FnOnce(&mut Self),
    ) -> Result<Changed<Self, MovementEvent>, Refusal> {
        let mut next = self.clone();
        next.state = MOVEMENT.step(step, self.state, to)?;
        adjust(&mut next);
        Ok(Changed::moved(self, next, vec![event]))
    }
}
