//! Commands on itineraries.

use super::grants::MoneyInput;
use super::{commands, id};
use crate::domain::itinerary::{Segment, SegmentState, SuspensionReason, Ticket, TicketOverride};
use crate::graphql::scalars::{AirportScalar, DateTimeScalar, FlightScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    BookItineraryPayload "itinerary": ItineraryNode;
    TicketItineraryPayload "itinerary": ItineraryNode;
    RebookItineraryPayload "itinerary": ItineraryNode;
    RetimeSegmentPayload "itinerary": ItineraryNode;
    SuspendItineraryPayload "itinerary": ItineraryNode;
    CancelItineraryPayload "itinerary": ItineraryNode;
}

/// One flight of a journey.
#[derive(InputObject)]
pub struct SegmentInput {
    /// The flight.
    flight: FlightScalar,
    /// Airport of departure.
    departure_airport: AirportScalar,
    /// Airport of arrival.
    arrival_airport: AirportScalar,
    /// Scheduled departure.
    departs_at: DateTimeScalar,
    /// Scheduled arrival.
    arrives_at: DateTimeScalar,
}

/// Books a journey: the next attempt on the case.
#[derive(InputObject)]
pub struct BookItineraryInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The flights, in order, from the host territory to the country of return.
    #[graphql(validator(min_items = 1, max_items = 10))]
    segments: Vec<SegmentInput>,
    /// The airline's booking reference (PNR).
    #[graphql(validator(chars_max_length = 20))]
    booking_reference: Option<String>,
}

/// Records that tickets are issued.
#[derive(InputObject)]
pub struct TicketItineraryInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// Ticket number.
    #[graphql(validator(chars_max_length = 20))]
    ticket_number: String,
    /// The airline's booking reference (PNR), where it is not the one that was booked under.
    #[graphql(validator(chars_max_length = 20))]
    booking_reference: Option<String>,
    /// The carrier's code for the fare.
    #[graphql(validator(chars_max_length = 20))]
    fare_basis: Option<String>,
    /// What the tickets cost, for all persons.
    cost: Option<MoneyInput>,
    /// Why tickets are issued before every document is; only a supervisor may, and answers for the cost.
    before_document: Option<Word<TicketOverride>>,
}

/// Books a journey in the place of another.
#[derive(InputObject)]
pub struct RebookItineraryInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary that is replaced: the last attempt on its case.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// The flights, in order, from where the persons are to the country of return.
    #[graphql(validator(min_items = 1, max_items = 10))]
    segments: Vec<SegmentInput>,
    /// The airline's booking reference (PNR).
    #[graphql(validator(chars_max_length = 20))]
    booking_reference: Option<String>,
}

/// Moves a flight to other times.
#[derive(InputObject)]
pub struct RetimeSegmentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// Place of the flight in the journey, from 0.
    position: i32,
    /// Scheduled departure.
    departs_at: DateTimeScalar,
    /// Scheduled arrival.
    arrives_at: DateTimeScalar,
}

/// Records that the journey is suspended.
#[derive(InputObject)]
pub struct SuspendItineraryInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<SuspensionReason>,
}

/// Takes the journey back.
#[derive(InputObject)]
pub struct CancelItineraryInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
}

pub(super) fn segments(inputs: Vec<SegmentInput>) -> Vec<Segment> {
    let numbered = (0..).zip(inputs);
    numbered
        .map(|(position, input)| Segment {
            position,
            flight: input.flight.0,
            departure_airport: input.departure_airport.0,
            arrival_airport: input.arrival_airport.0,
            departs_at: input.departs_at.0,
            arrives_at: input.arrives_at.0,
            state: SegmentState::Scheduled,
        })
        .collect()
}

commands! {
    /// Commands on itineraries.
    ItineraryCommands {
        /// Books a journey; missions in transit and in the country of return are told.
        book_itinerary(BookItineraryInput) -> BookItineraryPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.book_itinerary(&envelope, case, segments(input.segments), input.booking_reference).await
        };
        /// Records that tickets are issued.
        ticket_itinerary(TicketItineraryInput) -> TicketItineraryPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            let ticket = Ticket {
                number: input.ticket_number.trim().to_owned(),
                fare_basis: input.fare_basis,
                cost: input.cost.map(Into::into),
                booking_reference: input.booking_reference,
                before_document: input.before_document.map(|reason| reason.0),
            };
            desk.ticket_itinerary(&envelope, itinerary, input.expected_version, ticket).await
        };
        /// Books a journey in the place of the last attempt, live, suspended or broken off on the way, in one step; missions are told, and what they had been told is superseded.
        rebook_itinerary(RebookItineraryInput) -> RebookItineraryPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.rebook_itinerary(&envelope, itinerary, input.expected_version, segments(input.segments), input.booking_reference).await
        };
        /// Moves a flight to other times; everybody who had been told of the journey is told.
        retime_segment(RetimeSegmentInput) -> RetimeSegmentPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            let times = (input.departs_at.0, input.arrives_at.0);
            desk.retime_segment(&envelope, itinerary, input.expected_version, input.position, times).await
        };
        /// Records that a carrier or a country has suspended the journey; everybody who had been told of it is told.
        suspend_itinerary(SuspendItineraryInput) -> SuspendItineraryPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.suspend_itinerary(&envelope, itinerary, input.expected_version, input.reason.0).await
        };
        /// Takes the journey back; everybody who had been told of it is told.
        cancel_itinerary(CancelItineraryInput) -> CancelItineraryPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.cancel_itinerary(&envelope, itinerary, input.expected_version).await
        };
    }
}
