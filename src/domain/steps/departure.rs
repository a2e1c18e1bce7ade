//! Ready, departed, arrived (SOP I5a to I5d, N5d, N5e).

use super::require;
use crate::domain::case::{CASE, CaseState};
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::handling::{Arrival, OnwardTravel};
use crate::domain::itinerary::{ExitFormalities, Itinerary, ItineraryState, SegmentState};
use crate::domain::movement::ManifestLineState;
use crate::domain::party::PartyRelation;
use crate::domain::person::Person;
use crate::domain::territory::airport;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{OrganisationId, PersonId, new_id};
use chrono::{DateTime, Utc};

/// What is recorded of a departure.
#[derive(Clone, Debug)]
pub struct Departure {
    /// When the departure declaration was signed.
    pub declaration_signed_at: Option<DateTime<Utc>>,
    /// What the authorities did; nothing may leave before they are done.
    pub exit_formalities: Option<ExitFormalities>,
    /// When the flight left.
    pub departed_at: DateTime<Utc>,
}

/// What is recorded of one person's arrival.
#[derive(Clone, Debug)]
pub struct NewArrival {
    /// Who.
    pub person: PersonId,
    /// Where; the end of the journey if nothing is said.
    pub airport: Option<String>,
    /// How the person travels on.
    pub onward_travel: Option<OnwardTravel>,
    /// Where to.
    pub onward_to: Option<String>,
}

impl VoluntaryReturn {
    /// Finds everything in place; the authorities that are told of departures take part from here, as far as the persons
    /// consent: the police, where nothing else is configured.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; otherwise every gate of [`crate::domain::readiness`] that is not open, each with its code.
    pub fn mark_ready(self, c: &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> {
        let ready = CASE.step("markReadyToDepart", self.case.state, CaseState::ReadyToDepart)?;
        self.check_ready(c)?;
        let mut journeys = self.itineraries.iter();
        let ticketed = journeys.find(|itinerary| itinerary.state == ItineraryState::Ticketed);
        let itinerary = ticketed.ok_or(Reason::ItineraryNotTicketed)?;
        let id = itinerary.id;
        self.is_on_the_manifest(itinerary)?;
        let mut next = self.0.clone();
        next.case.state = ready;
        next.move_lines("markReadyToDepart", id, ManifestLineState::Confirmed, c.now)?;
        next.first_payments_fall_due("markReadyToDepart")?;
        let told = next.involve_those_told_of_departures(c);
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::DeparturePlanned(id, told)],
        ))
    }

    /// Finds that the persons do not leave as planned after all, for whatever reason; the journey stays booked, and the case
    /// is prepared again. Nobody can tell it from what health staff find, which tells the authorities the same.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` where the case was not ready.
    pub fn stand_down(self, c: &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        let mut next = self.0.clone();
        let halted = next.is_not_ready_after_all("standDownDeparture", c.now)?;
        let halted = halted.ok_or(Reason::WrongState)?;
        Ok(Changed::moved(self.0, next, vec![halted]))
    }

    /// Records the departure; without a signed application, voluntariness record and departure declaration there is none (INV-05).
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `APPLICATION_NOT_SIGNED`, `VOLUNTARINESS_NOT_RECORDED`, `DECLARATION_NOT_SIGNED`,
    /// `EXIT_FORMALITIES_NOT_DONE`, `ITINERARY_NOT_TICKETED`, `DATE_OUT_OF_ORDER`, and every gate that has fallen since the case was found ready.
    pub fn confirm_departure(
        self,
        departure: Departure,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        let state = CASE.step("confirmDeparture", self.case.state, CaseState::Departed)?;
        require(
            self.case.application_signed_at.is_some(),
            Reason::ApplicationNotSigned,
        )?;
        require(
            self.case.voluntariness_recorded_at.is_some(),
            Reason::VoluntarinessNotRecorded,
        )?;
        let declared = departure
            .declaration_signed_at
            .ok_or(Refusal::at(Reason::DeclarationNotSigned, "declarationSignedAt"))?;
        let departed_at = departure.departed_at;
        let formalities = departure.exit_formalities;
        let done = formalities.as_ref().and_then(|formalities| formalities.done_at);
        let done = done.ok_or(Refusal::at(Reason::ExitFormalitiesNotDone, "exitFormalities"))?;
        c.not_in_the_future(departed_at, "departedAt")?;
        if self
            .case
            .registered_at
            .is_some_and(|registered| departed_at < registered)
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "departedAt"));
        }
        if declared > departed_at {
            return Err(Refusal::at(Reason::DateOutOfOrder, "declarationSignedAt"));
        }
        if done > departed_at {
            return Err(Refusal::at(Reason::DateOutOfOrder, "exitFormalities.doneAt"));
        }
        self.check_still_ready(c)?;
        let mut next = self.0.clone();
        next.escorts_set_out()?;
        let ticketed = next
            .itineraries
            .iter_mut()
            .find(|itinerary| itinerary.state == ItineraryState::Ticketed);
        let itinerary = ticketed.ok_or(Reason::ItineraryNotTicketed)?;
        self.movement_is_cleared(itinerary)?;
        itinerary.step("confirmDeparture", ItineraryState::Departed)?;
        itinerary.exit_formalities = formalities;
        if let Some(first) = itinerary.segments.first_mut() {
            first.step("confirmDeparture", SegmentState::Boarded)?;
        }
        let itinerary = itinerary.clone();
        next.move_lines(
            "confirmDeparture",
            itinerary.id,
            ManifestLineState::Boarded,
            c.now,
        )?;
        next.case.state = state;
        next.case.declaration_signed_at = Some(declared);
        next.case.departed_at = Some(departed_at);
        let told = next.involve_those_told_of_departures(c);
        next.release(PartyRelation::Police, c.now);
        next.release(PartyRelation::Migration, c.now);
        for party in next
            .parties
            .iter_mut()
            .filter(|party| party.relation == PartyRelation::Transit && party.ended_at.is_none())
        {
            let place = c
                .directory
                .organisation(party.organisation)
                .and_then(|mission| mission.territory);
            let leaves = place.and_then(|place| itinerary.leaves(place)).unwrap_or(c.now);
            party.ended_at = Some(leaves.max(c.now));
        }
        let mut events = vec![DomainEvent::Departed(itinerary.id, told)];
        events.extend(next.use_documents(c)?);
        Ok(Changed::moved(self.0, next, events))
    }

    /// Records the arrival, as the receiving mission saw it: of those who are named, or of everybody. Who came later is
    /// recorded when they come.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `DATE_OUT_OF_ORDER`, `NOT_ON_THIS_CASE`, `UNKNOWN_AIRPORT`, `ALREADY_EXISTS` for a person who is
    /// named twice.
    pub fn confirm_arrival(
        self,
        arrived_at: DateTime<Utc>,
        arrivals: Vec<NewArrival>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        const STEP: &str = "confirmArrival";
        let state = CASE.step(STEP, self.case.state, CaseState::Arrived)?;
        c.not_in_the_future(arrived_at, "arrivedAt")?;
        if self
            .case
            .departed_at
            .is_some_and(|departed| arrived_at < departed)
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "arrivedAt"));
        }
        let mut next = self.0.clone();
        if self.case.state == CaseState::Arrived {
            require(self.not_arrived().next().is_some(), Reason::WrongState)?;
            let mut latest_first = next.itineraries.iter_mut().rev();
            let flown = latest_first.find(|journey| journey.state == ItineraryState::Completed);
            let flown = flown.ok_or(Reason::WrongState)?;
            flown.step(STEP, ItineraryState::Completed)?;
            let flown = flown.clone();
            next.arrive(&flown, arrived_at, arrivals, c)?;
            return Ok(Changed::moved(self.0, next, vec![DomainEvent::Arrived(flown.id)]));
        }
        // Whoever was held up may have come on another flight before anybody booked it here.
        let mut latest_first = next.itineraries.iter_mut().rev();
        let under_way = latest_first.find(|journey| {
            matches!(
                journey.state,
                ItineraryState::Departed | ItineraryState::Disrupted
            )
        });
        let itinerary = under_way.ok_or(Reason::WrongState)?;
        itinerary.step(STEP, ItineraryState::Completed)?;
        itinerary.ended_at = Some(arrived_at);
        let flown = |state: SegmentState| state.is_ahead() || state == SegmentState::Boarded;
        for segment in itinerary
            .segments
            .iter_mut()
            .filter(|segment| flown(segment.state))
        {
            segment.step(STEP, SegmentState::Landed)?;
        }
        let itinerary = itinerary.clone();
        next.arrive(&itinerary, arrived_at, arrivals, c)?;
        let id = itinerary.id;
        next.case.state = state;
        next.case.arrived_at = Some(arrived_at);
        Ok(Changed::moved(self.0, next, vec![DomainEvent::Arrived(id)]))
    }
}

impl CaseFile {
    /// The authorities that the territory's procedure names take part, as far as the persons consent.
    fn involve_those_told_of_departures(&mut self, c: &Circumstances<'_>) -> Vec<OrganisationId> {
        let jurisdiction = c.directory.jurisdiction(self.case.host_territory);
        let told = c
            .directory
            .authorities_told(&jurisdiction, &jurisdiction.told_of_departure);
        self.take_in(told, c.now)
    }

    /// Those of whom no arrival is recorded.
    fn not_arrived(&self) -> impl Iterator<Item = &Person> {
        let arrived = |person: &Person| self.arrivals.iter().any(|arrival| arrival.person == person.id);
        self.persons.iter().filter(move |person| !arrived(person))
    }

    fn arrive(
        &mut self,
        itinerary: &Itinerary,
        arrived_at: DateTime<Utc>,
        arrivals: Vec<NewArrival>,
        c: &Circumstances<'_>,
    ) -> Result<(), Refusal> {
        let arrivals = if arrivals.is_empty() {
            let everybody = self.not_arrived().map(|person| NewArrival {
                person: person.id,
                airport: None,
                onward_travel: None,
                onward_to: None,
            });
            everybody.collect()
        } else {
            arrivals
        };
        let end = itinerary
            .segments
            .last()
            .map(|last| last.arrival_airport.as_str());
        for new in arrivals {
            if self.person(new.person).is_none() {
                return Err(Refusal::at(Reason::NotOnThisCase, "arrivals.personId"));
            }
            if self.arrivals.iter().any(|arrival| arrival.person == new.person) {
                return Err(Refusal::at(Reason::AlreadyExists, "arrivals.personId"));
            }
            let place = new.airport.or_else(|| end.map(str::to_owned));
            let place = place
                .filter(|code| airport(code).is_some_and(|stop| stop.country == self.case.country_of_return));
            self.arrivals.push(Arrival {
                id: new_id(c.now).into(),
                case_id: self.case.id,
                itinerary: itinerary.id,
                person: new.person,
                airport: place.ok_or(Refusal::at(Reason::UnknownAirport, "arrivals.airport"))?,
                arrived_at,
                onward_travel: new.onward_travel,
                onward_to: new.onward_to,
            });
        }
        // Nobody is on the way any more, whatever was recorded of onward flights.
        if self.not_arrived().next().is_none() {
            self.release(PartyRelation::Transit, c.now);
        }
        Ok(())
    }
}
