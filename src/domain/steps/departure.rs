//! Ready, departed, arrived (SOP I5a to I5d, N5d, N5e).

use super::itinerary::arrival_day;
use super::require;
use crate::domain::case::CaseState;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::itinerary::ItineraryState;
use crate::domain::party::PartyRelation;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use chrono::{DateTime, Utc};

impl VoluntaryReturn {
    /// Finds everything in place; the police of the host territory take part from here, as far as the persons consent.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `ITINERARY_NOT_TICKETED`, `TRAVEL_DOCUMENT_MISSING`, `TRAVEL_DOCUMENT_EXPIRES`.
    pub fn mark_ready(self, c: &Circumstances<'_>) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state == CaseState::Registered, Reason::WrongState)?;
        let ticketed = self
            .itineraries
            .iter()
            .find(|itinerary| itinerary.state == ItineraryState::Ticketed);
        let itinerary = ticketed.ok_or(Reason::ItineraryNotTicketed)?;
        self.check_documents(arrival_day(itinerary, c), false)?;
        let id = itinerary.id;
        let mut next = self.0.clone();
        next.case.state = CaseState::ReadyToDepart;
        let host = next.case.host_territory;
        next.involve_with_consent(c.directory.police_of(host), PartyRelation::Police, c.now);
        next.involve_with_consent(
            c.directory.migration_authorities_of(host),
            PartyRelation::Migration,
            c.now,
        );
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::DeparturePlanned(id)],
        ))
    }

    /// Records the departure; without a signed application, voluntariness record and departure declaration there is none (INV-05).
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `APPLICATION_NOT_SIGNED`, `VOLUNTARINESS_NOT_RECORDED`, `DECLARATION_NOT_SIGNED`,
    /// `ITINERARY_NOT_TICKETED`, `DATE_OUT_OF_ORDER`.
    pub fn confirm_departure(
        self,
        declaration_signed_at: Option<DateTime<Utc>>,
        departed_at: DateTime<Utc>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state == CaseState::ReadyToDepart, Reason::WrongState)?;
        require(
            self.case.application_signed_at.is_some(),
            Reason::ApplicationNotSigned,
        )?;
        require(
            self.case.voluntariness_recorded_at.is_some(),
            Reason::VoluntarinessNotRecorded,
        )?;
        let declared =
            declaration_signed_at.ok_or(Refusal::at(Reason::DeclarationNotSigned, "declarationSignedAt"))?;
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
        let mut next = self.0.clone();
        let ticketed = next
            .itineraries
            .iter_mut()
            .find(|itinerary| itinerary.state == ItineraryState::Ticketed);
        let itinerary = ticketed.ok_or(Reason::ItineraryNotTicketed)?;
        itinerary.state = ItineraryState::Departed;
        let itinerary = itinerary.clone();
        next.case.state = CaseState::Departed;
        next.case.declaration_signed_at = Some(declared);
        next.case.departed_at = Some(departed_at);
        let host = next.case.host_territory;
        next.involve_with_consent(c.directory.police_of(host), PartyRelation::Police, c.now);
        next.involve_with_consent(
            c.directory.migration_authorities_of(host),
            PartyRelation::Migration,
            c.now,
        );
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
        Ok(Changed::moved(
            self.0,
            next,
            vec![DomainEvent::Departed(itinerary.id)],
        ))
    }

    /// Records the arrival, as the receiving mission saw it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`, `DATE_OUT_OF_ORDER`.
    pub fn confirm_arrival(
        self,
        arrived_at: DateTime<Utc>,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state == CaseState::Departed, Reason::WrongState)?;
        c.not_in_the_future(arrived_at, "arrivedAt")?;
        if self
            .case
            .departed_at
            .is_some_and(|departed| arrived_at < departed)
        {
            return Err(Refusal::at(Reason::DateOutOfOrder, "arrivedAt"));
        }
        let mut next = self.0.clone();
        let under_way = next
            .itineraries
            .iter_mut()
            .find(|itinerary| itinerary.state == ItineraryState::Departed);
        let itinerary = under_way.ok_or(Reason::WrongState)?;
        itinerary.state = ItineraryState::Completed;
        itinerary.ended_at = Some(arrived_at);
        let id = itinerary.id;
        next.case.state = CaseState::Arrived;
        next.case.arrived_at = Some(arrived_at);
        Ok(Changed::moved(self.0, next, vec![DomainEvent::Arrived(id)]))
    }
}
