//! `Itinerary` and `Segment`.

use crate::domain::handling::TransitIncident;
use crate::domain::itinerary::{ItineraryState, Segment, SegmentState, SuspensionReason, TicketOverride};
use crate::domain::money::Money;
use crate::domain::territory::airport;
use crate::governed;
use crate::graphql::leaf::{Airport, Flight, RowId};
use crate::ids::NodeType;
use crate::store::nodes::{
    ArrivalNode, CaseNode, HandlingNode, HistoryNode, ItineraryNode, MovementNode, ProjectNode,
};
use chrono::{DateTime, FixedOffset, Utc};

fn time_zone(code: &str) -> Option<&'static str> {
    airport(code).map(|airport| airport.time_zone)
}

fn on_the_clocks(at: Option<DateTime<FixedOffset>>) -> Option<String> {
    at.map(|at| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false))
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
    ItineraryFareBasis: (Option<String>) = |node| node.itinerary.fare_basis.clone(), "The carrier's code for the fare.";
    ItineraryTicketCost: (Option<Money>) = |node| node.itinerary.ticket_cost, "What the tickets cost, for all persons.";
    ItineraryTicketOverride: (Option<TicketOverride>) = |node| node.itinerary.ticket_override, "Why a supervisor let tickets be issued before every document was.";
    ItineraryReceptionAt: (Option<DateTime<Utc>>) = |node| node.itinerary.reception_confirmed_at, "When the mission in the country of return confirmed that it receives the persons.";
    ItineraryHandlings: [HandlingNode] = |node| &node.handlings, "Assistance that missions on the way were asked for.";
    ItineraryIncidents: [TransitIncident] = |node| &node.incidents, "What went wrong on the way.";
    ItineraryBorderPoint: (Option<String>) = |node| node.itinerary.exit_formalities.as_ref().map(|exit| exit.border_point.clone()), "The border crossing point of the departure.";
    ItineraryExitAt: (Option<DateTime<Utc>>) = |node| node.itinerary.exit_formalities.as_ref().and_then(|exit| exit.done_at), "When the authorities had done the exit formalities.";
    ItineraryAccess: (Option<bool>) = |node| node.itinerary.exit_formalities.as_ref().map(|exit| exit.airport_access), "Whether the authorities let staff of IOM into the border area.";
    ItineraryArrivals: [ArrivalNode] = |node| &node.arrivals, "Who has arrived in the country of return.";
    ItineraryMovement: {MovementNode} = |node| &node.movement, "The group movement that it is part of, if it is.";
    ItineraryMissedAt: (Option<DateTime<Utc>>) = |node| node.itinerary.missed_at, "When it was recorded that the persons did not come to the departure; it is cancelled then.";
    ItinerarySuspendedAt: (Option<DateTime<Utc>>) = |node| node.itinerary.suspended_at, "When it was suspended.";
    ItinerarySuspension: (Option<SuspensionReason>) = |node| node.itinerary.suspension_reason, "Why it was suspended.";
    ItinerarySegments: [Segment] = |node| &node.segments, "The flights, in order.";
    ItineraryProject: {ProjectNode} = |node| &node.funding_project, "The project that pays.";
    ItineraryAffected: (bool) = |node| node.suspended, "Whether operations in a country that it touches are suspended (INV-19).";
    ItineraryVersion: (i32) = |node| node.itinerary.version, "Counts the changes of the itinerary; commands take it as expectedVersion.";
    ItineraryHistory: [HistoryNode] = |node| &node.history, "What happened to the itinerary, oldest first; at most 100 entries.";
} }

governed! { Segment "Segment": "One flight of a journey." {
    SegmentPosition: (i32) = |node| node.position, "Place in the journey, from 0; commands name the flight by it.";
    SegmentState: (SegmentState) = |node| node.state, "State of the flight, as far as the persons are concerned.";
    SegmentFlight: (Flight) = |node| Flight(node.flight.clone()), "The flight.";
    SegmentFrom: (Airport) = |node| Airport(node.departure_airport.clone()), "Airport of departure.";
    SegmentFromZone: (Option<&str>) = |node| time_zone(&node.departure_airport), "Time zone of the airport of departure, in the IANA database.";
    SegmentDepartsAt: (DateTime<Utc>) = |node| node.departs_at, "Scheduled departure; midnight of the day where it is masked.";
    SegmentDepartsLocal: (Option<String>) = |node| on_the_clocks(node.departs_at_local()), "Scheduled departure on the clocks of the airport, with their offset from UTC, as RFC 3339 writes it.";
    SegmentTo: (Airport) = |node| Airport(node.arrival_airport.clone()), "Airport of arrival.";
    SegmentToZone: (Option<&str>) = |node| time_zone(&node.arrival_airport), "Time zone of the airport of arrival, in the IANA database.";
    SegmentArrivesAt: (DateTime<Utc>) = |node| node.arrives_at, "Scheduled arrival; midnight of the day where it is masked.";
    SegmentArrivesLocal: (Option<String>) = |node| on_the_clocks(node.arrives_at_local()), "Scheduled arrival on the clocks of the airport, with their offset from UTC, as RFC 3339 writes it.";
} }
