//! Commands on a journey that takes place: what missions confirm and see, the departure, the arrival.

use super::{Answer, Desk, Envelope, Target};
use crate::domain::steps::departure::{Departure, NewArrival};
use crate::domain::steps::transit::NewIncident;
use crate::error::Error;
use crate::ids::{CaseId, ItineraryId};
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use uuid::Uuid;

impl Desk {
    /// A mission on the way will assist.
    pub async fn confirm_transit(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::ConfirmTransit,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.confirm_transit(id, c),
        )
        .await
    }

    /// The receiving mission will receive the persons.
    pub async fn confirm_reception(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::ConfirmReception,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.confirm_reception(id, c),
        )
        .await
    }

    /// The persons boarded a connecting flight.
    pub async fn board_segment(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        position: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::BoardSegment,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.board_segment(id, position, c),
        )
        .await
    }

    /// The persons landed on the way.
    pub async fn land_segment(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        position: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::LandSegment,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.land_segment(id, position, c),
        )
        .await
    }

    /// The journey broke off on the way.
    pub async fn report_transit_incident(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
        incident: NewIncident,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::ReportTransitIncident,
            target,
            Answer::Subject,
            |file, c| file.voluntary()?.report_incident(id, incident.clone(), c),
        )
        .await
    }

    /// Finds that the persons do not leave as planned after all.
    pub async fn stand_down_departure(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let (action, target) = (Action::StandDownDeparture, Target::Case(id, Some(expected)));
        self.on_case(envelope, action, target, Answer::Case, |file, c| {
            file.voluntary()?.stand_down(c)
        })
        .await
    }

    /// Records the departure.
    pub async fn confirm_departure(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        departure: Departure,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        self.on_case(
            envelope,
            Action::ConfirmDeparture,
            target,
            Answer::Case,
            |file, c| file.voluntary()?.confirm_departure(departure.clone(), c),
        )
        .await
    }

    /// Records the arrival.
    pub async fn confirm_arrival(
        &self,
        envelope: &Envelope,
        id: CaseId,
        expected: i32,
        at: DateTime<Utc>,
        arrivals: Vec<NewArrival>,
    ) -> Result<Uuid, Error> {
        let target = Target::Case(id, Some(expected));
        self.on_case(
            envelope,
            Action::ConfirmArrival,
            target,
            Answer::Case,
            |file, c| file.voluntary()?.confirm_arrival(at, arrivals.clone(), c),
        )
        .await
    }
}
