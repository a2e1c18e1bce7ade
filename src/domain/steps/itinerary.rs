//! Booking, ticketing, suspending and cancelling a journey (SOP I4b, DOMAIN 2.4).

use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::{Itinerary, ItineraryState, Segment, SuspensionReason, check_journey};
use crate::domain::party::PartyRelation;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{ItineraryId, new_id};

impl VoluntaryReturn {
    /// Books a journey: the next attempt on this case, which replaces the one before (INV-14).
    ///
    /// Every person's nationality has to be confirmed, and no issued document may expire before the arrival.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `ITINERARY_ALREADY_LIVE`, `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`,
    /// `SEGMENTS_DO_NOT_CONNECT`, `UNKNOWN_AIRPORT`, `INVALID`, `DATE_OUT_OF_ORDER`.
    pub fn book_itinerary(
        self,
        segments: Vec<Segment>,
        booking_reference: Option<String>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state == CaseState::Registered, Reason::WrongState)?;
        require(self.live_itinerary().is_none(), Reason::ItineraryAlreadyLive)?;
        check_journey(&segments, self.case.host_territory, self.case.country_of_return)?;
        let id = new_id(c.now).into();
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
            suspended_at: None,
            suspension_reason: None,
            ended_at: None,
            segments,
            version: 1,
        };
        if itinerary.departs_at().is_none_or(|departure| departure <= c.now) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "segments.departsAt"));
        }
        self.check_documents(arrival_day(&itinerary, c), true)?;
        let mut next = self.0.clone();
        let route = itinerary.transit_countries();
        next.release_transit_outside(&route, c);
        for mission in route
            .iter()
            .filter_map(|country| c.directory.mission_in(*country))
        {
            next.involve(mission, PartyRelation::Transit, c.now);
        }
        next.itineraries.push(itinerary);
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ItineraryBooked(id)],
        ))
    }

    /// Records that tickets are issued; every person's document has to be issued and valid until the arrival.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`, `INVALID`.
    pub fn ticket_itinerary(
        self,
        id: ItineraryId,
        ticket: String,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        if ticket.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "ticketNumber"));
        }
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        require(itinerary.state == ItineraryState::Booked, Reason::WrongState)?;
        itinerary.state = ItineraryState::Ticketed;
        itinerary.ticketed_at = Some(c.now);
        itinerary.ticket_number = Some(ticket);
        let arrival = arrival_day(itinerary, c);
        next.check_documents(arrival, false)?;
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ItineraryTicketed(id)],
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
        self.stop(c, id, DomainEvent::ItinerarySuspended(id), |itinerary| {
            itinerary.state = ItineraryState::Suspended;
            itinerary.suspended_at = Some(c.now);
            itinerary.suspension_reason = Some(reason);
        })
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
        self.stop(c, id, DomainEvent::ItineraryCancelled(id), |itinerary| {
            itinerary.state = ItineraryState::Cancelled;
            itinerary.ended_at = Some(c.now);
        })
    }

    fn stop(
        self,
        c: &Circumstances<'_>,
        id: ItineraryId,
        event: DomainEvent,
        change: impl FnOnce(&mut Itinerary),
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        require(itinerary.state.is_live(), Reason::WrongState)?;
        change(itinerary);
        if next.case.state == CaseState::ReadyToDepart {
            next.case.state = CaseState::Registered;
        }
        // Missions on the way have no journey to prepare for any more; a new booking involves them again.
        next.release(PartyRelation::Transit, c.now);
        Ok(Changed::moved(self.0, next, vec![event]))
    }
}

pub(super) fn arrival_day(itinerary: &Itinerary, c: &Circumstances<'_>) -> chrono::NaiveDate {
    itinerary.arrives_at().unwrap_or(c.now).date_naive()
}
