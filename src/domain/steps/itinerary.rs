//! Booking, ticketing, retiming, suspending, replacing and cancelling a journey (SOP I4b, DOMAIN 2.4).

use super::require;
use super::suspension::may_take_place;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::handling::{TransitHandling, TransitHandlingState};
use crate::domain::itinerary::{
    Itinerary, ItineraryState, Segment, SegmentState, Start, SuspensionReason, Ticket, check_journey, connect,
};
use crate::domain::movement::ManifestLineState;
use crate::domain::party::{ClientRight, PartyRelation};
use crate::domain::territory::airport;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{ItineraryId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

impl VoluntaryReturn {
    /// Books a journey: the next attempt on this case, which replaces the one before (INV-14).
    ///
    /// Every person's nationality has to be confirmed, and no issued document may expire before the arrival.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `ITINERARY_ALREADY_LIVE`, `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`,
    /// `SEGMENTS_DO_NOT_CONNECT`, `UNKNOWN_AIRPORT`, `NOT_A_POINT_OF_EXIT`, `INVALID`, `DATE_OUT_OF_ORDER`,
    /// `STATUTORY_PERIOD_EXCEEDED`, `OPERATIONS_SUSPENDED`.
    pub fn book_itinerary(
        self,
        segments: Vec<Segment>,
        booking_reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.is_not_halted_there(c)?;
        require(self.case.state.accepts_bookings(), Reason::WrongState)?;
        require(self.live_itinerary().is_none(), Reason::ItineraryAlreadyLive)?;
        let start = Start::In(self.case.host_territory);
        check_journey(&segments, start, self.case.country_of_return)?;
        self.check_exit(&segments, c)?;
        let (next, id) = self.next_attempt(segments, booking_reference, c)?;
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ItineraryBooked(id)],
        ))
    }

    /// Books the next attempt in the place of the one before, live, suspended or broken off on the way, in one step
    /// (INV-14); documents are looked at again. Persons who are on their way go on from where they are.
    ///
    /// # Errors
    ///
    /// As for a booking; `WRONG_STATE` where there is nothing to replace.
    pub fn rebook_itinerary(
        self,
        id: ItineraryId,
        segments: Vec<Segment>,
        booking_reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        const STEP: &str = "rebookItinerary";
        let last = self.itineraries.last().filter(|last| last.id == id);
        let last = last.ok_or(Reason::WrongState)?;
        let under_way = self.case.state == CaseState::Departed;
        let before = self.case.state.accepts_bookings() || self.case.state == CaseState::ReadyToDepart;
        let place = self.place_of_the_persons().filter(|_| under_way);
        let (replaceable, start) = match place {
            Some(place) => (
                last.state == ItineraryState::Disrupted || last.state.is_live(),
                Start::At(place),
            ),
            None => (
                before && (last.state.is_live() || last.state == ItineraryState::Suspended),
                Start::In(self.case.host_territory),
            ),
        };
        self.is_not_halted_there(c)?;
        require(replaceable, Reason::WrongState)?;
        check_journey(&segments, start, self.case.country_of_return)?;
        if !under_way {
            self.check_exit(&segments, c)?;
        }
        let was_live = last.state.is_live();
        let mut released = self.clone();
        if was_live {
            released.0.call_off(STEP, id, c.now)?;
            released.0.prepare_again(STEP)?;
        }
        let (mut next, booked) = released.next_attempt(segments, booking_reference, c)?;
        // The mission where the persons are waits with them, however long ago they should have left.
        let waiting = place.and_then(airport);
        if let Some(mission) = waiting.and_then(|stop| c.directory.mission_in(stop.country)) {
            next.involve(mission, PartyRelation::Transit, c.now);
        }
        let mut events = vec![DomainEvent::ItineraryBooked(booked)];
        if was_live {
            events.push(DomainEvent::ItineraryReplaced(id));
        }
        Ok(Changed::moved(self.0, next, events))
    }

    /// The file with one attempt more, and the missions on its way asked for assistance.
    pub(super) fn next_attempt(
        &self,
        segments: Vec<Segment>,
        booking_reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<(CaseFile, ItineraryId), Refusal> {
        let id: ItineraryId = new_id(c.now).into();
        let last = self.itineraries.last();
        let itinerary = Itinerary {
            id,
            case_id: self.case.id,
            attempt_no: last.map_or(1, |last| last.attempt_no + 1),
            state: ItineraryState::Booked,
            replaces: last.map(|last| last.id),
            booked_at: c.now,
            ticketed_at: None,
            ticket_number: None,
            booking_reference,
            fare_basis: None,
            ticket_cost: None,
            ticket_override: None,
            reception_confirmed_at: None,
            exit_formalities: None,
            suspended_at: None,
            suspension_reason: None,
            missed_at: None,
            ended_at: None,
            movement: None,
            funding_project: self.case.funding_project,
            segments,
            version: 1,
        };
        if itinerary.departs_at().is_none_or(|departure| departure <= c.now) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "segments.departsAt"));
        }
        may_take_place(&itinerary, c)?;
        self.check_documents(arrival_day(&itinerary, c), true)?;
        self.check_statutory_period(departure_day(&itinerary, c))?;
        let mut next = self.0.clone();
        let route = itinerary.transit_countries();
        next.release_transit_outside(&route, c);
        for country in route {
            let Some(mission) = c.directory.mission_in(country) else {
                continue;
            };
            next.involve(mission, PartyRelation::Transit, c.now);
            next.handlings.push(TransitHandling {
                id: new_id(c.now).into(),
                case_id: next.case.id,
                itinerary: id,
                mission,
                country,
                state: TransitHandlingState::Requested,
                requested_at: c.now,
                confirmed_at: None,
            });
        }
        next.itineraries.push(itinerary);
        Ok((next, id))
    }

    /// Records that tickets are issued. Every person's document has to be issued and valid until the arrival, unless a
    /// supervisor answers for a ticket that comes first: its cost is at risk.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`, `SUPERVISOR_NEEDED`, `INVALID`.
    pub fn ticket_itinerary(
        self,
        id: ItineraryId,
        ticket: Ticket,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        if ticket.number.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "ticketNumber"));
        }
        if ticket.cost.is_some_and(|cost| cost.amount_minor < 0) {
            return Err(Refusal::at(Reason::Invalid, "cost"));
        }
        if ticket.before_document.is_some() && !c.by.may(ClientRight::Supervise) {
            return Err(Refusal::at(Reason::SupervisorNeeded, "beforeDocument"));
        }
        let early = ticket.before_document;
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        itinerary.step("ticketItinerary", ItineraryState::Ticketed)?;
        itinerary.ticketed_at = Some(c.now);
        itinerary.ticket_number = Some(ticket.number);
        itinerary.fare_basis = ticket.fare_basis;
        itinerary.ticket_cost = ticket.cost;
        itinerary.ticket_override = early;
        if ticket.booking_reference.is_some() {
            itinerary.booking_reference = ticket.booking_reference;
        }
        let arrival = arrival_day(itinerary, c);
        next.check_documents(arrival, early.is_some())?;
        let changed = Changed::moved(self.0, next, vec![DomainEvent::ItineraryTicketed(id)]);
        Ok(match early {
            Some(reason) => changed.because(reason),
            None => changed,
        })
    }

    /// Moves a flight that has not been boarded to other times; everybody who had been told of the journey is told.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `SEGMENTS_DO_NOT_CONNECT`, `DATE_OUT_OF_ORDER`, `TRAVEL_DOCUMENT_MISSING`,
    /// `TRAVEL_DOCUMENT_EXPIRES`.
    pub fn retime_segment(
        self,
        id: ItineraryId,
        position: i32,
        (departs_at, arrives_at): (DateTime<Utc>, DateTime<Utc>),
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        let goes_on = itinerary.state.is_live() || itinerary.state == ItineraryState::Departed;
        require(goes_on, Reason::WrongState)?;
        let ticketed = itinerary.state != ItineraryState::Booked;
        let segments = &mut itinerary.segments;
        let segment = segments.iter_mut().find(|segment| segment.position == position);
        let segment = segment.ok_or(Refusal::at(Reason::Invalid, "position"))?;
        segment.step("retimeSegment", SegmentState::Retimed)?;
        segment.departs_at = departs_at;
        segment.arrives_at = arrives_at;
        if departs_at <= c.now {
            return Err(Refusal::at(Reason::DateOutOfOrder, "departsAt"));
        }
        if !connect(&itinerary.segments) {
            return Err(Refusal::at(Reason::SegmentsDoNotConnect, "departsAt"));
        }
        let early = itinerary.ticket_override.is_some();
        let arrival = arrival_day(itinerary, c);
        next.check_documents(arrival, early || !ticketed)?;
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ItineraryChanged(id)],
        ))
    }

    /// Records that a carrier or a country has suspended the journey; the case is no longer ready to depart.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn suspend_itinerary(
        self,
        id: ItineraryId,
        reason: SuspensionReason,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        itinerary.step("suspendItinerary", ItineraryState::Suspended)?;
        itinerary.cancel_what_is_ahead("suspendItinerary")?;
        itinerary.suspended_at = Some(c.now);
        itinerary.suspension_reason = Some(reason);
        next.end_handlings("suspendItinerary", id)?;
        next.move_lines("suspendItinerary", id, ManifestLineState::StoodDown, c.now)?;
        let event = DomainEvent::ItinerarySuspended(id);
        Ok(self.stopped("suspendItinerary", next, event, c)?.because(reason))
    }

    /// Takes a journey back; the case is no longer ready to depart.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn cancel_itinerary(
        self,
        id: ItineraryId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        next.call_off("cancelItinerary", id, c.now)?;
        next.itinerary_mut(id)?.ended_at = Some(c.now);
        self.stopped("cancelItinerary", next, DomainEvent::ItineraryCancelled(id), c)
    }

    pub(super) fn stopped(
        self,
        step: &str,
        mut next: CaseFile,
        event: DomainEvent,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        next.prepare_again(step)?;
        // Missions on the way have no journey to prepare for any more; a new booking involves them again.
        if next.case.state != CaseState::Departed {
            next.release(PartyRelation::Transit, c.now);
        }
        Ok(Changed::moved(self.0, next, vec![event]))
    }
}

impl CaseFile {
    /// A case that was ready is so no longer, nor when it goes on from a hold; says whether it was.
    pub(super) fn prepare_again(&mut self, step: &str) -> Result<bool, Refusal> {
        let ready = self.case.standing().apart_from_a_hold() == CaseState::ReadyToDepart;
        if ready {
            self.moves_on(step, CaseState::PreDeparture)?;
        }
        Ok(ready)
    }

    /// A journey from the host territory begins at one of its points of exit.
    pub(super) fn check_exit(&self, segments: &[Segment], c: &Circumstances<'_>) -> Result<(), Refusal> {
        let exits = c.directory.jurisdiction(self.case.host_territory).points_of_exit;
        let first = segments.first().map(|first| &first.departure_airport);
        if first.is_some_and(|first| exits.contains(first)) {
            Ok(())
        } else {
            Err(Refusal::at(Reason::NotAPointOfExit, "segments"))
        }
    }

    /// Cancels a journey with its flights, what missions were asked for it and its places on a manifest; `step` is the
    /// command that does so.
    pub(super) fn call_off(
        &mut self,
        step: &str,
        id: ItineraryId,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let off = if step == "withdrawCase" {
            ManifestLineState::Withdrawn
        } else {
            ManifestLineState::StoodDown
        };
        self.move_lines(step, id, off, now)?;
        let itinerary = self.itinerary_mut(id)?;
        itinerary.step(step, ItineraryState::Cancelled)?;
        itinerary.cancel_what_is_ahead(step)?;
        self.end_handlings(step, id)
    }

    pub(super) fn end_handlings(&mut self, step: &str, id: ItineraryId) -> Result<(), Refusal> {
        let of_journey = self
            .handlings
            .iter_mut()
            .filter(|handling| handling.itinerary == id && handling.state != TransitHandlingState::Ended);
        for handling in of_journey {
            handling.step(step, TransitHandlingState::Ended)?;
        }
        Ok(())
    }
}

pub(super) fn departure_day(itinerary: &Itinerary, c: &Circumstances<'_>) -> NaiveDate {
    itinerary.departs_at().unwrap_or(c.now).date_naive()
}

pub(super) fn arrival_day(itinerary: &Itinerary, c: &Circumstances<'_>) -> NaiveDate {
    itinerary.arrives_at().unwrap_or(c.now).date_naive()
}
