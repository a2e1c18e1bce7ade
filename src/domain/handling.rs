//! What missions do for a journey on its way and at its end: assistance in transit, what goes wrong there, the arrival
//! (I4d, I5c to I5e).

use super::territory::CountryCode;
use super::transition::Refusal;
use crate::ids::{
    ArrivalId, CaseId, ItineraryId, OrganisationId, PersonId, TransitHandlingId, TransitIncidentId,
};
use crate::{codes, lifecycle};
use chrono::{DateTime, Utc};

codes! { "State of the assistance that a mission on the way is asked for." TransitHandlingState {
    Requested = "REQUESTED": "The mission has been asked.",
    Confirmed = "CONFIRMED": "The mission will be there.",
    Ended = "ENDED": "The journey does not take place, or takes place in another way.",
} }

lifecycle! { "The life of a request for assistance in transit (I4d, I5d)." TRANSIT_HANDLING "TransitHandling": TransitHandlingState {
    begin "bookItinerary" => Requested;
    begin "rebookItinerary" => Requested;
    begin "listOnManifest" => Requested;
    "confirmTransit": Requested => Confirmed;
    "rebookItinerary": Requested | Confirmed => Ended;
    "cancelItinerary": Requested | Confirmed => Ended;
    "suspendItinerary": Requested | Confirmed => Ended;
    "recordNoShow": Requested | Confirmed => Ended;
    "withdrawCase": Requested | Confirmed => Ended;
} }

/// Assistance in transit that a mission is asked for, and gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitHandling {
    /// Names it.
    pub id: TransitHandlingId,
    /// The case.
    pub case_id: CaseId,
    /// The journey.
    pub itinerary: ItineraryId,
    /// The mission on the way.
    pub mission: OrganisationId,
    /// The country of transit.
    pub country: CountryCode,
    /// State.
    pub state: TransitHandlingState,
    /// When the mission was asked.
    pub requested_at: DateTime<Utc>,
    /// When the mission confirmed.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl TransitHandling {
    pub(in crate::domain) fn step(&mut self, step: &str, to: TransitHandlingState) -> Result<(), Refusal> {
        self.state = TRANSIT_HANDLING.step(step, self.state, to)?;
        Ok(())
    }
}

codes! { "What went wrong on the way." TransitIncidentKind {
    MissedConnection = "MISSED_CONNECTION": "The connecting flight left without the persons.",
    Diversion = "DIVERSION": "The flight landed elsewhere.",
    Offloading = "OFFLOADING": "The persons were taken off the flight.",
    BoardingRefused = "BOARDING_REFUSED": "The carrier did not let the persons on board.",
    FlightCancelled = "FLIGHT_CANCELLED": "The connecting flight does not take place.",
} }

/// Something that broke a journey off on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitIncident {
    /// Names it.
    pub id: TransitIncidentId,
    /// The case.
    pub case_id: CaseId,
    /// The journey.
    pub itinerary: ItineraryId,
    /// Place of the flight concerned, from 0.
    pub segment: i32,
    /// What went wrong.
    pub kind: TransitIncidentKind,
    /// The airport where the persons are since.
    pub airport: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
}

codes! { "How a person travels on from the airport of arrival (I5e)." OnwardTravel {
    MetByFamily = "MET_BY_FAMILY": "Met by the family.",
    ByIom = "BY_IOM": "Driven by IOM.",
    PublicTransport = "PUBLIC_TRANSPORT": "By bus or train, at IOM's cost.",
    DomesticFlight = "DOMESTIC_FLIGHT": "By a domestic flight, at IOM's cost.",
    OnOwn = "ON_OWN": "By own means.",
} }

/// A person's arrival in the country of return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Names it.
    pub id: ArrivalId,
    /// The case.
    pub case_id: CaseId,
    /// The journey.
    pub itinerary: ItineraryId,
    /// Who arrived.
    pub person: PersonId,
    /// Where.
    pub airport: String,
    /// When.
    pub arrived_at: DateTime<Utc>,
    /// How the person travels on.
    pub onward_travel: Option<OnwardTravel>,
    /// Where to.
    pub onward_to: Option<String>,
}
