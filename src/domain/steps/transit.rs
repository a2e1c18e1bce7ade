//! What missions on the way and at the end of a journey do: confirm, see the persons on and off flights, report what goes
//! wrong (SOP I4d, I5c, I5d).

use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::handling::{TransitHandlingState, TransitIncident, TransitIncidentKind};
use crate::domain::itinerary::{Itinerary, ItineraryState, Segment, SegmentState};
use crate::domain::party::PartyRelation;
use crate::domain::territory::airport;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{ItineraryId, new_id};
use chrono::{DateTime, Utc};

/// What is reported of a journey that broke off.
#[derive(Clone, Debug)]
pub struct NewIncident {
    /// Place of the flight concerned, from 0.
    pub segment: i32,
    /// What went wrong.
    pub kind: TransitIncidentKind,
    /// Where the persons are; needed where the flight was diverted, otherwise where it should have left from.
    pub airport: Option<String>,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

impl VoluntaryReturn {
    /// A mission on the way takes note of a journey and will be there.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where nothing is asked of the mission, or it has confirmed already.
    pub fn confirm_transit(
        self,
        id: ItineraryId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        require(next.itinerary_mut(id)?.state.is_live(), Reason::WrongState)?;
        let mission = c.by.organisation;
        let asked = next
            .handlings
            .iter_mut()
            .find(|handling| handling.itinerary == id && handling.mission == mission);
        let handling = asked.ok_or(Reason::WrongState)?;
        handling.step("confirmTransit", TransitHandlingState::Confirmed)?;
        handling.confirmed_at = Some(c.now);
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::TransitConfirmed(id)],
        ))
    }

    /// The mission in the country of return takes note of a journey and will receive the persons.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` for a journey that will not take place, or that the mission has confirmed already.
    pub fn confirm_reception(
        self,
        id: ItineraryId,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        let open = itinerary.state.is_live() && itinerary.reception_confirmed_at.is_none();
        require(open, Reason::WrongState)?;
        itinerary.reception_confirmed_at = Some(c.now);
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::ReceptionConfirmed(id)],
        ))
    }

    /// The mission at an airport saw the persons on board of a connecting flight.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_THE_MISSION_THERE`.
    pub fn board_segment(
        self,
        id: ItineraryId,
        position: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state == CaseState::Departed, Reason::WrongState)?;
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        let before = itinerary
            .segments
            .iter()
            .filter(|segment| segment.position < position);
        let clear = before
            .into_iter()
            .all(|segment| !segment.state.is_ahead() && segment.state != SegmentState::Boarded);
        require(clear, Reason::WrongState)?;
        if itinerary.state == ItineraryState::Ticketed {
            itinerary.step("boardSegment", ItineraryState::Departed)?;
        }
        require(itinerary.state == ItineraryState::Departed, Reason::WrongState)?;
        let segment = segment_mut(itinerary, position)?;
        self.is_there(&segment.departure_airport, c)?;
        segment.step("boardSegment", SegmentState::Boarded)?;
        let left = airport(&segment.departure_airport).map(|stop| stop.country);
        let comes_back = itinerary.segments.iter().any(|later| {
            later.state.is_ahead() && airport(&later.departure_airport).map(|stop| stop.country) == left
        });
        // The mission has done its part once nothing leaves from its country any more.
        let mission = left.and_then(|country| c.directory.mission_in(country));
        let parties = next.parties.iter_mut();
        for party in parties.filter(|party| {
            party.relation == PartyRelation::Transit && Some(party.organisation) == mission && !comes_back
        }) {
            party.ended_at = Some(c.now);
        }
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::SegmentBoarded(id)],
        ))
    }

    /// The mission at an airport saw the persons arrive there.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `NOT_THE_MISSION_THERE`.
    pub fn land_segment(
        self,
        id: ItineraryId,
        position: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state == CaseState::Departed, Reason::WrongState)?;
        let mut next = self.0.clone();
        let segment = segment_mut(next.itinerary_mut(id)?, position)?;
        self.is_there(&segment.arrival_airport, c)?;
        segment.step("landSegment", SegmentState::Landed)?;
        Ok(Changed::moved(self.0, next, vec![DomainEvent::SegmentLanded(id)]))
    }

    /// Records that the journey broke off on the way: what is left of it is cancelled, and the sending mission books anew
    /// from where the persons are.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `UNKNOWN_AIRPORT`, `DATE_OUT_OF_ORDER`.
    pub fn report_incident(
        self,
        id: ItineraryId,
        new: NewIncident,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        const STEP: &str = "reportTransitIncident";
        require(self.case.state == CaseState::Departed, Reason::WrongState)?;
        c.not_in_the_future(new.occurred_at, "occurredAt")?;
        if self
            .case
            .departed_at
            .is_some_and(|departed| new.occurred_at < departed)
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "occurredAt"));
        }
        let mut next = self.0.clone();
        let itinerary = next.itinerary_mut(id)?;
        itinerary.step(STEP, ItineraryState::Disrupted)?;
        let (to, place) = match new.kind {
            TransitIncidentKind::MissedConnection => (SegmentState::MissedConnection, None),
            TransitIncidentKind::Offloading | TransitIncidentKind::BoardingRefused => {
                (SegmentState::Offloaded, None)
            }
            TransitIncidentKind::FlightCancelled => (SegmentState::Cancelled, None),
            TransitIncidentKind::Diversion => (SegmentState::Diverted, new.airport),
        };
        let before = itinerary.segments.iter_mut();
        for segment in
            before.filter(|earlier| earlier.position < new.segment && earlier.state == SegmentState::Boarded)
        {
            segment.step(STEP, SegmentState::Landed)?;
        }
        let segment = segment_mut(itinerary, new.segment)?;
        segment.step(STEP, to)?;
        let place = match (to, place) {
            (SegmentState::Diverted, place) => place.ok_or(Refusal::at(Reason::UnknownAirport, "airport"))?,
            _ => segment.departure_airport.clone(),
        };
        if airport(&place).is_none() {
            return Err(Refusal::at(Reason::UnknownAirport, "airport"));
        }
        itinerary.cancel_what_is_ahead(STEP)?;
        // As long as the persons have not left, the mission where they are has not done its part.
        let there = airport(&place).and_then(|stop| c.directory.mission_in(stop.country));
        let parties = next.parties.iter_mut();
        for party in parties.filter(|party| party.relation == PartyRelation::Transit) {
            if Some(party.organisation) == there {
                party.ended_at = None;
            }
        }
        next.incidents.push(TransitIncident {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            itinerary: id,
            segment: new.segment,
            kind: new.kind,
            airport: place,
            occurred_at: new.occurred_at,
        });
        let changed = Changed::moved(self.0, next, vec![DomainEvent::TransitBroken(id)]);
        Ok(changed.because(new.kind))
    }

    /// Whoever acts is the mission at the airport, or the sending mission where no mission is.
    fn is_there(&self, code: &str, c: &Circumstances<'_>) -> Result<(), Refusal> {
        let mission = airport(code).and_then(|stop| c.directory.mission_in(stop.country));
        let responsible = mission.unwrap_or(self.case.sending_mission);
        require(c.by.organisation == responsible, Reason::NotTheMissionThere)
    }
}

impl CaseFile {
    /// The airport where persons on their way are between two flights; none in the air, and none before the departure.
    #[must_use]
    pub fn place_of_the_persons(&self) -> Option<&str> {
        let mut latest_first = self.itineraries.iter().rev();
        let journey = latest_first.find(|journey| {
            matches!(
                journey.state,
                ItineraryState::Departed | ItineraryState::Disrupted
            )
        })?;
        if journey.state == ItineraryState::Disrupted {
            let mut latest = self.incidents.iter().rev();
            return latest
                .find(|incident| incident.itinerary == journey.id)
                .map(|incident| incident.airport.as_str());
        }
        if journey
            .segments
            .iter()
            .any(|segment| segment.state == SegmentState::Boarded)
        {
            return None;
        }
        let mut landed = journey.segments.iter().rev();
        landed
            .find(|segment| segment.state == SegmentState::Landed)
            .map(|segment| segment.arrival_airport.as_str())
    }

    /// What is missing of the coordination inside IOM before a journey may begin (I4d): every mission on the way, and
    /// the one in the country of return, has confirmed.
    #[must_use]
    pub fn coordination_gates(&self, itinerary: &Itinerary) -> Vec<Refusal> {
        let mut missing = Vec::new();
        let mut asked = self.handlings.iter();
        if asked.any(|handling| {
            handling.itinerary == itinerary.id && handling.state == TransitHandlingState::Requested
        }) {
            missing.push(Reason::TransitNotConfirmed.into());
        }
        if itinerary.reception_confirmed_at.is_none() {
            missing.push(Reason::ReceptionNotConfirmed.into());
        }
        missing
    }
}

fn segment_mut(itinerary: &mut Itinerary, position: i32) -> Result<&mut Segment, Refusal> {
    let mut segments = itinerary.segments.iter_mut();
    segments
        .find(|segment| segment.position == position)
        .ok_or(Refusal::at(Reason::Invalid, "position"))
}
