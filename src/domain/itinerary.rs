//! A journey as booked: numbered attempts on one case, each a chain of flight segments (DOMAIN 2.4).

use super::territory::{CountryCode, airport, is_flight_designator};
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{CaseId, ItineraryId};
use chrono::{DateTime, Utc};

codes! { "State of an itinerary." ItineraryState {
    Booked = "BOOKED": "Seats are held.",
    Ticketed = "TICKETED": "Tickets are issued.",
    Suspended = "SUSPENDED": "The carrier or a country has suspended it; a new attempt replaces it.",
    Cancelled = "CANCELLED": "Taken back.",
    Departed = "DEPARTED": "The persons are on their way.",
    Completed = "COMPLETED": "The persons have arrived.",
} }

impl ItineraryState {
    /// Whether the journey can still take place.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Booked | Self::Ticketed)
    }
}

codes! { "Why an itinerary was suspended." SuspensionReason {
    CarrierCancelled = "CARRIER_CANCELLED": "The carrier cancelled a flight.",
    CountryClosed = "COUNTRY_CLOSED": "A country on the way does not admit or release travellers.",
    PublicHealth = "PUBLIC_HEALTH": "A public health measure.",
    Security = "SECURITY": "The security situation.",
    Other = "OTHER": "Another reason.",
} }

/// One flight of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Place in the journey, from 0.
    pub position: i32,
    /// Flight designator, as in `TK1018`.
    pub flight: String,
    /// IATA code of the airport of departure.
    pub departure_airport: String,
    /// IATA code of the airport of arrival.
    pub arrival_airport: String,
    /// Scheduled departure.
    pub departs_at: DateTime<Utc>,
    /// Scheduled arrival.
    pub arrives_at: DateTime<Utc>,
}

/// One attempt at the journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Itinerary {
    /// Names the itinerary.
    pub id: ItineraryId,
    /// The case.
    pub case_id: CaseId,
    /// Number of the attempt on this case, from 1 (INV-14).
    pub attempt_no: i32,
    /// State.
    pub state: ItineraryState,
    /// The attempt that this one replaces.
    pub replaces: Option<ItineraryId>,
    /// When it was booked.
    pub booked_at: DateTime<Utc>,
    /// When tickets were issued.
    pub ticketed_at: Option<DateTime<Utc>>,
    /// Ticket number.
    pub ticket_number: Option<String>,
    /// The airline's booking reference (PNR).
    pub booking_reference: Option<String>,
    /// When it was suspended.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Why it was suspended.
    pub suspension_reason: Option<SuspensionReason>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// The flights, in order.
    pub segments: Vec<Segment>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl Itinerary {
    /// Countries where the journey touches down between its ends, in order, each once.
    #[must_use]
    pub fn transit_countries(&self) -> Vec<CountryCode> {
        let mut countries = Vec::new();
        for segment in self.segments.iter().skip(1) {
            if let Some(stop) = airport(&segment.departure_airport)
                && !countries.contains(&stop.country)
            {
                countries.push(stop.country);
            }
        }
        countries
    }

    /// When the journey leaves a country of transit for good.
    #[must_use]
    pub fn leaves(&self, country: CountryCode) -> Option<DateTime<Utc>> {
        let from = |segment: &&Segment| {
            airport(&segment.departure_airport).is_some_and(|stop| stop.country == country)
        };
        self.segments
            .iter()
            .skip(1)
            .filter(from)
            .map(|segment| segment.departs_at)
            .max()
    }

    /// Scheduled departure of the first flight.
    #[must_use]
    pub fn departs_at(&self) -> Option<DateTime<Utc>> {
        self.segments.first().map(|segment| segment.departs_at)
    }

    /// Scheduled arrival of the last flight.
    #[must_use]
    pub fn arrives_at(&self) -> Option<DateTime<Utc>> {
        self.segments.last().map(|segment| segment.arrives_at)
    }
}

/// Checks that segments make one journey out of a host territory into a country of return.
///
/// # Errors
///
/// `INVALID` for a malformed flight designator, `UNKNOWN_AIRPORT`, `SEGMENTS_DO_NOT_CONNECT`.
pub fn check_journey(segments: &[Segment], host: CountryCode, return_to: CountryCode) -> Result<(), Refusal> {
    let field = "segments";
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else {
        return Err(Refusal::at(Reason::SegmentsDoNotConnect, field));
    };
    for segment in segments {
        if !is_flight_designator(&segment.flight) {
            return Err(Refusal::at(Reason::Invalid, "segments.flight"));
        }
        for code in [&segment.departure_airport, &segment.arrival_airport] {
            if airport(code).is_none() {
                return Err(Refusal::at(Reason::UnknownAirport, field));
            }
        }
    }
    let flies = segments
        .iter()
        .all(|segment| segment.departs_at < segment.arrives_at);
    let connects = segments.windows(2).all(|pair| {
        pair[0].arrival_airport == pair[1].departure_airport && pair[0].arrives_at <= pair[1].departs_at
    });
    let from_host = airport(&first.departure_airport).is_some_and(|stop| stop.country == host);
    let home = airport(&last.arrival_airport).is_some_and(|stop| stop.country == return_to);
    if flies && connects && from_host && home {
        Ok(())
    } else {
        Err(Refusal::at(Reason::SegmentsDoNotConnect, field))
    }
}
