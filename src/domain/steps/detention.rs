//! Persons in detention, the way to the airport, and a place to stay before it (SOP N4c, N5c, I4g).

use super::require;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::Itinerary;
use crate::domain::party::PartyRelation;
use crate::domain::safeguards::{
    AirportTransfer, ConsularAppointment, Detention, TemporaryAccommodation, TransferProvider,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::travel_document::{ConsularInterview, TravelDocumentRequestState};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{PersonId, TravelDocumentRequestId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

impl VoluntaryReturn {
    /// Records where a person is detained, or that the detention has ended. From here the authorities of the host
    /// territory take part, as far as the persons consent: without them nobody leaves a facility. Of an interview that a
    /// consular post expects them to is told as well (N4c).
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `DATE_OUT_OF_ORDER`.
    pub fn record_detention(
        self,
        person: PersonId,
        facility: String,
        (since, ended_on): (NaiveDate, Option<NaiveDate>),
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        if since > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "since"));
        }
        if ended_on.is_some_and(|last| last < since || last > c.today()) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "endedOn"));
        }
        let mut next = self.0.clone();
        let case_id = next.case.id;
        let known = next.safeguards.detentions.iter_mut();
        let mut known = known.filter(|known| known.person_id == person && known.since == since);
        if let Some(known) = known.next() {
            known.facility = facility;
            known.ended_on = ended_on;
        } else {
            next.safeguards.detentions.push(Detention {
                id: new_id(c.now).into(),
                case_id,
                person_id: person,
                facility,
                since,
                ended_on,
            });
        }
        let mut events = vec![DomainEvent::SafeguardsChanged(person)];
        if next.case.registered_at.is_some() && next.is_detained(person, c.today()) {
            next.involve_authorities(c);
            let mut asked = false;
            for at in next.expected_at_posts(person, c.now) {
                asked |= next.ask_to_support(person, (None, at), c);
            }
            if asked {
                events.push(DomainEvent::AppointmentSupportRequested(person));
            }
        }
        Ok(Changed::moved(self.0, next, events))
    }

    /// Asks the authorities to bring a person in detention to an appointment at a consular post.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `NOT_DETAINED`, `DATE_OUT_OF_ORDER`.
    pub fn request_appointment_support(
        self,
        person: PersonId,
        at: DateTime<Utc>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        require(self.is_detained(person, c.today()), Reason::NotDetained)?;
        if at <= c.now {
            return Err(Refusal::at(Reason::DateOutOfOrder, "at"));
        }
        let mut next = self.0.clone();
        next.add_appointment(person, at, c);
        next.involve_authorities(c);
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::AppointmentSupportRequested(person)],
        ))
    }

    /// An authority says that it brings the person to the appointment.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE` for an appointment that there is not, `WRONG_STATE` where another has said so, or it is over.
    pub fn support_appointment(
        self,
        number: i32,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        let mut next = self.0.clone();
        let mut appointments = next.safeguards.appointments.iter_mut();
        let appointment = appointments
            .find(|known| known.number == number)
            .ok_or(Refusal::at(Reason::NotOnThisCase, "number"))?;
        require(
            appointment.supported_at.is_none() && c.now < appointment.at,
            Reason::WrongState,
        )?;
        appointment.supported_by = Some(c.by.organisation);
        appointment.supported_at = Some(c.now);
        let person = appointment.person_id;
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::AppointmentSupported(person)],
        ))
    }

    /// Arranges how the persons get to the airport; the last word counts.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after the departure, `DATE_OUT_OF_ORDER` for a pick-up in the past or after the flight has left.
    pub fn arrange_transfer(
        self,
        provider: TransferProvider,
        pick_up_facility: String,
        pick_up_at: DateTime<Utc>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        let leaves = self.live_itinerary().and_then(Itinerary::departs_at);
        if pick_up_at <= c.now || leaves.is_some_and(|leaves| leaves <= pick_up_at) {
            return Err(Refusal::at(Reason::DateOutOfOrder, "pickUpAt"));
        }
        let mut next = self.0.clone();
        next.safeguards.transfers.push(AirportTransfer {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            provider,
            pick_up_facility,
            pick_up_at,
        });
        Ok(Changed::moved(self.0, next, vec![DomainEvent::DepartureArranged]))
    }

    /// Arranges where the persons stay before they leave.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after the departure, `DATE_OUT_OF_ORDER`.
    pub fn arrange_accommodation(
        self,
        place: String,
        (from, until): (NaiveDate, NaiveDate),
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        if until < from {
            return Err(Refusal::at(Reason::DateOutOfOrder, "until"));
        }
        let mut next = self.0.clone();
        next.safeguards.accommodations.push(TemporaryAccommodation {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            place,
            from,
            until,
        });
        Ok(Changed::moved(self.0, next, vec![DomainEvent::DepartureArranged]))
    }
}

impl CaseFile {
    /// The interview that a post expects for a request; the last one settled counts.
    pub(super) fn appointment_at_post(&self, request: TravelDocumentRequestId) -> Option<&ConsularInterview> {
        let mut latest_first = self.interviews.iter().rev();
        latest_first.find(|interview| interview.request == request)
    }

    /// When consular posts expect a person whom they have asked to come.
    fn expected_at_posts(&self, person: PersonId, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
        let requests = self.requests.iter().filter(|request| {
            request.person_id == person && request.state == TravelDocumentRequestState::InterviewScheduled
        });
        let interviews = requests.filter_map(|request| self.appointment_at_post(request.id));
        interviews
            .map(|interview| interview.at)
            .filter(|at| *at > now)
            .collect()
    }

    /// Asks the authorities to support a person in detention at an interview, once for each moment; an interview that
    /// moves takes its appointment along, for which they are asked anew. Says whether they are asked.
    pub(super) fn ask_to_support(
        &mut self,
        person: PersonId,
        (moved, at): (Option<DateTime<Utc>>, DateTime<Utc>),
        c: &Circumstances<'_>,
    ) -> bool {
        if !self.is_detained(person, c.today()) {
            return false;
        }
        let mut known = self.safeguards.appointments.iter();
        if known.any(|known| known.person_id == person && known.at == at) {
            return false;
        }
        let mut known = self.safeguards.appointments.iter_mut();
        match known.find(|known| known.person_id == person && moved == Some(known.at)) {
            Some(known) => {
                known.at = at;
                known.supported_by = None;
                known.supported_at = None;
            }
            None => self.add_appointment(person, at, c),
        }
        self.involve_authorities(c);
        true
    }

    fn add_appointment(&mut self, person: PersonId, at: DateTime<Utc>, c: &Circumstances<'_>) {
        let numbers = self.safeguards.appointments.iter().map(|known| known.number);
        let number = numbers.max().unwrap_or(0) + 1;
        self.safeguards.appointments.push(ConsularAppointment {
            id: new_id(c.now).into(),
            case_id: self.case.id,
            person_id: person,
            number,
            at,
            supported_by: None,
            supported_at: None,
        });
    }

    /// The authorities that hold a person take part, as far as the persons consent.
    fn involve_authorities(&mut self, c: &Circumstances<'_>) {
        let jurisdiction = c.directory.jurisdiction(self.case.host_territory);
        let kinds = [PartyRelation::Police, PartyRelation::Migration];
        self.take_in(c.directory.authorities_told(&jurisdiction, &kinds), c.now);
    }
}
