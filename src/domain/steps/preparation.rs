//! Preparing persons for the departure: recording how they live, what they are given, and what they are told (SOP N2a, I3b,
//! I4e).

use super::require;
use super::safeguards::distinct;
use crate::domain::case_file::{CaseFile, Circumstances};
use crate::domain::event::DomainEvent;
use crate::domain::safeguards::{
    AssistanceKind, AssistanceProvider, AssistanceProvision, HostAccommodation, MigrantBriefing, NeedCode,
    PreDepartureCircumstances,
};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::domain::voluntary::VoluntaryReturn;
use crate::ids::{PersonId, new_id};
use chrono::{DateTime, NaiveDate, Utc};

/// The heaviest luggage allowance of a person, in kilograms; no carrier grants more.
const HEAVIEST_LUGGAGE: i32 = 100;

/// What persons are told.
#[derive(Clone, Copy, Debug)]
pub struct NewBriefing {
    /// Whether they were given the details of their flights.
    pub flight_details_given: bool,
    /// Luggage allowance of each, in kilograms.
    pub luggage_kilograms: Option<i32>,
    /// Whether it was explained what they are entitled to.
    pub entitlements_explained: bool,
    /// When.
    pub briefed_at: DateTime<Utc>,
}

/// How a person lives.
#[derive(Clone, Debug)]
pub struct NewCircumstances {
    /// Where.
    pub accommodation: HostAccommodation,
    /// Whether in medical treatment.
    pub medical_treatment: bool,
    /// What has to be done for the person on the way, as the person says.
    pub travel_needs: Vec<NeedCode>,
}

impl VoluntaryReturn {
    /// Records in which circumstances a person lives before the departure; the last record counts.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure.
    pub fn record_circumstances(
        self,
        person: PersonId,
        new: &NewCircumstances,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        let mut next = self.0.clone();
        next.safeguards.circumstances.push(PreDepartureCircumstances {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            person_id: person,
            accommodation: new.accommodation,
            medical_treatment: new.medical_treatment,
            travel_needs: distinct(&new.travel_needs),
            recorded_at: c.now,
        });
        let events = vec![DomainEvent::SafeguardsChanged(person)];
        Ok(Changed::moved(self.0, next, events))
    }

    /// Records what a person was given before the departure, by IOM or by an authority.
    ///
    /// # Errors
    ///
    /// `NOT_ON_THIS_CASE`, `WRONG_STATE` after the departure, `INVALID` where nobody is named, `DATE_OUT_OF_ORDER` for a
    /// day that is to come.
    pub fn record_assistance(
        self,
        person: PersonId,
        kind: AssistanceKind,
        (provider, provider_name): (AssistanceProvider, String),
        provided_on: NaiveDate,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        self.can_be_prepared(person)?;
        if provider_name.trim().is_empty() {
            return Err(Refusal::at(Reason::Invalid, "providerName"));
        }
        if provided_on > c.today() {
            return Err(Refusal::at(Reason::DateOutOfOrder, "providedOn"));
        }
        let mut next = self.0.clone();
        next.safeguards.assistance.push(AssistanceProvision {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            person_id: person,
            kind,
            provider,
            provider_name,
            provided_on,
        });
        let events = vec![DomainEvent::SafeguardsChanged(person)];
        Ok(Changed::moved(self.0, next, events))
    }

    /// Records what the persons were told of their journey. Flight details are those of the journey that is booked: after
    /// a rebooking they have to be given again.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE` after the departure, or where flight details are said to be given of a journey that is not booked;
    /// `INVALID` for a luggage allowance that there is not, and for a briefing that told nothing; `DATE_OUT_OF_ORDER`.
    pub fn record_briefing(
        self,
        new: NewBriefing,
        c: &Circumstances<'_>,
    ) -> Result<Changed<CaseFile>, Refusal> {
        require(self.case.state.is_before_departure(), Reason::WrongState)?;
        c.not_in_the_future(new.briefed_at, "briefedAt")?;
        let possible = |kilograms: i32| (0..=HEAVIEST_LUGGAGE).contains(&kilograms);
        if !new.luggage_kilograms.is_none_or(possible) {
            return Err(Refusal::at(Reason::Invalid, "luggageAllowanceKg"));
        }
        if !new.flight_details_given && !new.entitlements_explained && new.luggage_kilograms.is_none() {
            return Err(Refusal::at(Reason::Invalid, "flightDetailsGiven"));
        }
        let attempt_no = if new.flight_details_given {
            let booked = self.live_itinerary();
            let booked = booked.ok_or(Refusal::at(Reason::WrongState, "flightDetailsGiven"))?;
            if new.briefed_at < booked.booked_at {
                return Err(Refusal::at(Reason::DateOutOfOrder, "briefedAt"));
            }
            Some(booked.attempt_no)
        } else {
            None
        };
        let mut next = self.0.clone();
        next.safeguards.briefings.push(MigrantBriefing {
            id: new_id(c.now).into(),
            case_id: next.case.id,
            attempt_no,
            luggage_kilograms: new.luggage_kilograms,
            entitlements_explained: new.entitlements_explained,
            briefed_at: new.briefed_at,
        });
        Ok(Changed::moved(self.0, next, vec![DomainEvent::DepartureArranged]))
    }
}
