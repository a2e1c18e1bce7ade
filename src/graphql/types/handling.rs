//! `TransitHandling`, `TransitIncident` and `Arrival`.

use crate::domain::handling::{OnwardTravel, TransitHandlingState, TransitIncident, TransitIncidentKind};
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::Airport;
use crate::store::nodes::{ArrivalNode, HandlingNode, OrganisationNode, PersonNode};
use chrono::{DateTime, Utc};

governed! { HandlingNode "TransitHandling": "Assistance in transit that a mission on the way was asked for." {
    HandlingMission: {OrganisationNode} = |node| &node.mission, "The mission.";
    HandlingCountry: (CountryCode) = |node| node.handling.country, "The country of transit.";
    HandlingState: (TransitHandlingState) = |node| node.handling.state, "State of the request.";
    HandlingRequestedAt: (DateTime<Utc>) = |node| node.handling.requested_at, "When the mission was asked.";
    HandlingConfirmedAt: (Option<DateTime<Utc>>) = |node| node.handling.confirmed_at, "When the mission confirmed that it assists.";
} }

governed! { TransitIncident "TransitIncident": "Something that broke a journey off on the way." {
    IncidentSegment: (i32) = |node| node.segment, "Place of the flight concerned, from 0.";
    IncidentKind: (TransitIncidentKind) = |node| node.kind, "What went wrong.";
    IncidentAirport: (Airport) = |node| Airport(node.airport.clone()), "The airport where the persons are since.";
    IncidentOccurredAt: (DateTime<Utc>) = |node| node.occurred_at, "When it happened.";
} }

governed! { ArrivalNode "Arrival": "A person's arrival in the country of return." {
    ArrivalPerson: {PersonNode} = |node| &node.person, "Who arrived.";
    ArrivalAirport: (Airport) = |node| Airport(node.arrival.airport.clone()), "Where.";
    ArrivalArrivedAt: (DateTime<Utc>) = |node| node.arrival.arrived_at, "When; midnight of the day where it is masked.";
    ArrivalOnwardTravel: (Option<OnwardTravel>) = |node| node.arrival.onward_travel, "How the person travels on.";
    ArrivalOnwardTo: (Option<String>) = |node| node.arrival.onward_to.clone(), "Where the person travels on to.";
} }
