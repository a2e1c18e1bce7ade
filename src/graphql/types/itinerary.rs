//! `Itinerary` and `Segment`.

use crate::domain::itinerary::{ItineraryState, Segment, SuspensionReason};
use crate::domain::territory::airport;
use crate::governed;
use crate::graphql::leaf::{Airport, Flight, RowId};
use crate::ids::NodeType;
use crate::store::nodes::{CaseNode, HistoryNode, ItineraryNode};
use chrono::{DateTime, Utc};

fn time_zone(code: &str) -> Option<&'static str> {
    airport(code).map(|airport| airport.time_zone)
}

governed! { ItineraryNode "Itinerary" node: "One attempt at the journey of a case." {
    ItineraryId: (RowId) = |node| RowId(NodeType::Itinerary, node.itinerary.id.uuid()), "Names the itinerary to this viewer, and to nobody else.";
    ItineraryCase: {CaseNode} = |node| &node.case, "The case.";
    ItineraryAttemptNo: (i32) = |node| node.itinerary.attempt_no, "Number of the attempt on the case, from 1.";
    ItineraryState: (ItineraryState) = |node| node.itinerary.state, "State of the itinerary.";
    ItineraryReplaces: (Option<i32>) = |node| node.replaces_attempt_no, "Number of the attempt that this one replaces.";
    ItineraryBookedAt: (DateTime<Utc>) = |node| node.itinerary.booked_at, "When it was booked.";
    ItineraryTicketedAt: (Option<DateTime<Utc>>) = |node| node.itinerary.ticketed_at, "When tickets were issued.";
    ItineraryTicketNumber: (Option<String>) = |node| node.itinerary.ticket_number.clone(), "Ticket number; its last characters where it is masked.";
    ItineraryBookingRef: (Option<String>) = |node| node.itinerary.booking_reference.clone(), "The airline's booking reference (PNR); its last characters where it is masked.";
    ItinerarySuspendedAt: (Option<DateTime<Utc>>) = |node| node.itinerary.suspended_at, "When it was suspended.";
    ItinerarySuspension: (Option<SuspensionReason>) = |node| node.itinerary.suspension_reason, "Why it was suspended.";
    ItinerarySegments: [Segment] = |node| &node.segments, "The flights, in order.";
    ItineraryVersion: (i32) = |node| node.itinerary.version, "Counts the changes of the itinerary; commands take it as expectedVersion.";
    ItineraryHistory: [HistoryNode] = |node| &node.history, "What happened to the itinerary, oldest first; at most 100 entries.";
} }

governed! { Segment "Segment": "One flight of a journey." {
    SegmentFlight: (Flight) = |node| Flight(node.flight.clone()), "The flight.";
    SegmentFrom: (Airport) = |node| Airport(node.departure_airport.clone()), "Airport of departure.";
    SegmentFromZone: (Option<&str>) = |node| time_zone(&node.departure_airport), "Time zone of the airport of departure, in the IANA database.";
    SegmentDepartsAt: (DateTime<Utc>) = |node| node.departs_at, "Scheduled departure; midnight of the day where it is masked.";
    SegmentTo: (Airport) = |node| Airport(node.arrival_airport.clone()), "Airport of arrival.";
    SegmentToZone: (Option<&str>) = |node| time_zone(&node.arrival_airport), "Time zone of the airport of arrival, in the IANA database.";
    SegmentArrivesAt: (DateTime<Utc>) = |node| node.arrives_at, "Scheduled arrival; midnight of the day where it is masked.";
} }
