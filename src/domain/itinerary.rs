//! A journey as booked: numbered attempts on one case, each a chain of flight segments (DOMAIN 2.4).

use super::money::Money;
use super::territory::{CountryCode, airport, is_flight_designator};
use super::transition::{Reason, Refusal};
use crate::ids::{CaseId, ItineraryId, MovementId, ProjectId};
use crate::{codes, lifecycle};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

codes! { "State of an itinerary." ItineraryState {
    Booked = "BOOKED": "Seats are held.",
    Ticketed = "TICKETED": "Tickets are issued.",
    Suspended = "SUSPENDED": "The carrier or a country has suspended it; a new attempt replaces it.",
    Cancelled = "CANCELLED": "Taken back.",
    Departed = "DEPARTED": "The persons are on their way.",
    Disrupted = "DISRUPTED": "Broken off on the way; the persons go on by another attempt, or not at all.",
    Completed = "COMPLETED": "The persons have arrived.",
} }

impl ItineraryState {
    /// Whether the journey can still take place.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Booked | Self::Ticketed)
    }
}

lifecycle! { "The life of one attempt (DOMAIN 2.4); nothing is kept of a journey that was only planned or quoted." ITINERARY "Itinerary": ItineraryState {
    begin "bookItinerary" => Booked;
    begin "rebookItinerary" => Booked;
    begin "listOnManifest" => Booked;
    "ticketItinerary": Booked => Ticketed;
    "suspendItinerary": Booked | Ticketed => Suspended;
    "rebookItinerary": Booked | Ticketed => Cancelled;
    "cancelItinerary": Booked | Ticketed => Cancelled;
    "recordNoShow": Booked | Ticketed => Cancelled;
    "confirmDeparture": Ticketed => Departed;
    "boardSegment": Ticketed => Departed;
    "reportTransitIncident": Departed => Disrupted;
    "confirmArrival": Departed | Disrupted => Completed;
    "confirmArrival": Completed => Completed;
    "withdrawCase": Booked | Ticketed | Departed => Cancelled;
} }

codes! { "State of a flight of a journey." SegmentState {
    Scheduled = "SCHEDULED": "At the times that it was booked for.",
    Retimed = "RETIMED": "At other times than it was booked for.",
    Boarded = "BOARDED": "The persons are on board.",
    Landed = "LANDED": "The persons have got off where the flight leads.",
    Cancelled = "CANCELLED": "Will not be flown by the persons.",
    Offloaded = "OFFLOADED": "The persons were not let on board, or were taken off.",
    MissedConnection = "MISSED_CONNECTION": "Left before the persons could board.",
    Diverted = "DIVERTED": "Landed elsewhere.",
} }

lifecycle! { "The life of one flight of a journey (DOMAIN 2.4)." SEGMENT "Segment": SegmentState {
    begin "bookItinerary" => Scheduled;
    begin "rebookItinerary" => Scheduled;
    begin "listOnManifest" => Scheduled;
    "retimeSegment": Scheduled | Retimed => Retimed;
    "confirmDeparture": Scheduled | Retimed => Boarded;
    "boardSegment": Scheduled | Retimed => Boarded;
    "landSegment": Boarded => Landed;
    "reportTransitIncident": Scheduled | Retimed => MissedConnection | Offloaded | Cancelled;
    "reportTransitIncident": Boarded => Landed | Diverted | Offloaded;
    "confirmArrival": Scheduled | Retimed | Boarded => Landed;
    "rebookItinerary": Scheduled | Retimed => Cancelled;
    "cancelItinerary": Scheduled | Retimed => Cancelled;
    "suspendItinerary": Scheduled | Retimed => Cancelled;
    "recordNoShow": Scheduled | Retimed => Cancelled;
    "withdrawCase": Scheduled | Retimed => Cancelled;
} }

impl SegmentState {
    /// Whether the flight has not been boarded and still can be.
    #[must_use]
    pub fn is_ahead(self) -> bool {
        matches!(self, Self::Scheduled | Self::Retimed)
    }
}

codes! { "Why an itinerary was suspended." SuspensionReason {
    CarrierCancelled = "CARRIER_CANCELLED": "The carrier cancelled a flight.",
    CountryClosed = "COUNTRY_CLOSED": "A country on the way does not admit or release travellers.",
    PublicHealth = "PUBLIC_HEALTH": "A public health measure.",
    Security = "SECURITY": "The security situation.",
    Other = "OTHER": "Another reason.",
} }

codes! { "Why a ticket is issued before every document is; the cost is at risk." TicketOverride {
    FareExpires = "FARE_EXPIRES": "The fare, or the seats, would be lost.",
    GroupDeparture = "GROUP_DEPARTURE": "The persons fly with a group whose tickets are issued together.",
    PostHasPromised = "POST_HAS_PROMISED": "The consular post has named the day of issue.",
} }

/// A ticket as the carrier issued it (I4b).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its number.
    pub number: String,
    /// The carrier's code for the fare, as in `YHUMA`.
    pub fare_basis: Option<String>,
    /// What it cost, for all persons.
    pub cost: Option<Money>,
    /// The booking reference, where it differs from the one that was booked under.
    pub booking_reference: Option<String>,
    /// Why it is issued before every document is, by a supervisor.
    pub before_document: Option<TicketOverride>,
}

/// What the authorities of the host territory did at the departure (N4a, N5a).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExitFormalities {
    /// The border crossing point.
    pub border_point: String,
    /// Whether the authority let staff of IOM into the border area.
    pub airport_access: bool,
    /// When they were done; the persons may not leave before.
    pub done_at: Option<DateTime<Utc>>,
}

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
    /// State.
    pub state: SegmentState,
}

impl Segment {
    /// The scheduled departure on the clocks of its airport, with their offset from UTC.
    #[must_use]
    pub fn departs_at_local(&self) -> Option<DateTime<FixedOffset>> {
        local(self.departs_at, &self.departure_airport)
    }

    /// The scheduled arrival on the clocks of its airport, with their offset from UTC.
    #[must_use]
    pub fn arrives_at_local(&self) -> Option<DateTime<FixedOffset>> {
        local(self.arrives_at, &self.arrival_airport)
    }

    pub(in crate::domain) fn step(&mut self, step: &str, to: SegmentState) -> Result<(), Refusal> {
        self.state = SEGMENT.step(step, self.state, to)?;
        Ok(())
    }
}

/// A moment on the clocks of an airport; summer time is that of the day of the flight.
fn local(at: DateTime<Utc>, code: &str) -> Option<DateTime<FixedOffset>> {
    let zone: chrono_tz::Tz = airport(code)?.time_zone.parse().ok()?;
    Some(at.with_timezone(&zone).fixed_offset())
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
    /// The carrier's code for the fare.
    pub fare_basis: Option<String>,
    /// What the tickets cost.
    pub ticket_cost: Option<Money>,
    /// Why tickets were issued before every document was.
    pub ticket_override: Option<TicketOverride>,
    /// When the mission in the country of return confirmed that it receives the persons.
    pub reception_confirmed_at: Option<DateTime<Utc>>,
    /// What the authorities did at the departure.
    pub exit_formalities: Option<ExitFormalities>,
    /// When it was suspended.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Why it was suspended.
    pub suspension_reason: Option<SuspensionReason>,
    /// When it was recorded that the persons did not come to the departure; it was cancelled for that.
    pub missed_at: Option<DateTime<Utc>>,
    /// When it came to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// The flights, in order.
    pub segments: Vec<Segment>,
    /// The group movement that it is part of.
    pub movement: Option<MovementId>,
    /// The project that pays for the tickets.
    pub funding_project: Option<ProjectId>,
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

    /// The flight at a place of the journey.
    #[must_use]
    pub fn segment(&self, position: i32) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.position == position)
    }

    /// Whether the journey touches an airport of a country.
    #[must_use]
    pub fn touches(&self, country: CountryCode) -> bool {
        let ends = self
            .segments
            .iter()
            .flat_map(|segment| [&segment.departure_airport, &segment.arrival_airport]);
        ends.filter_map(|code| airport(code))
            .any(|stop| stop.country == country)
    }

    pub(in crate::domain) fn step(&mut self, step: &str, to: ItineraryState) -> Result<(), Refusal> {
        self.state = ITINERARY.step(step, self.state, to)?;
        Ok(())
    }

    /// Takes back the flights that are still ahead.
    pub(in crate::domain) fn cancel_what_is_ahead(&mut self, step: &str) -> Result<(), Refusal> {
        let ahead = self
            .segments
            .iter_mut()
            .filter(|segment| segment.state.is_ahead());
        for segment in ahead {
            segment.step(step, SegmentState::Cancelled)?;
        }
        Ok(())
    }

    /// The day of the first flight on the clocks of the airport that it leaves from.
    #[must_use]
    pub fn departs_on(&self) -> Option<NaiveDate> {
        let first = self.segments.first()?;
        first.departs_at_local().map(|at| at.date_naive())
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

/// Where a journey has to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start<'a> {
    /// Anywhere in the host territory.
    In(CountryCode),
    /// At the airport where the persons are.
    At(&'a str),
}

/// Checks that segments make one journey from where the persons are into a country of return.
///
/// # Errors
///
/// `INVALID` for a malformed flight designator, `UNKNOWN_AIRPORT`, `SEGMENTS_DO_NOT_CONNECT`.
pub fn check_journey(segments: &[Segment], start: Start<'_>, return_to: CountryCode) -> Result<(), Refusal> {
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
    let begins = match start {
        Start::In(host) => airport(&first.departure_airport).is_some_and(|stop| stop.country == host),
        Start::At(code) => first.departure_airport == code,
    };
    let home = airport(&last.arrival_airport).is_some_and(|stop| stop.country == return_to);
    if begins && home && connect(segments) {
        Ok(())
    } else {
        Err(Refusal::at(Reason::SegmentsDoNotConnect, field))
    }
}

/// Whether each flight lands after it left, and where and before the next one leaves.
#[must_use]
pub fn connect(segments: &[Segment]) -> bool {
    let flies = segments
        .iter()
        .all(|segment| segment.departs_at < segment.arrives_at);
    let connects = segments.windows(2).all(|pair| {
        pair[0].arrival_airport == pair[1].departure_airport && pair[0].arrives_at <= pair[1].departs_at
    });
    flies && connects
}
