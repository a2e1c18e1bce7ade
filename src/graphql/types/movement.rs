//! `Movement`, `MovementFlight`, `ManifestLine` and `ManifestChange`.

use crate::domain::movement::{ManifestLineState, MovementKind, MovementState};
use crate::governed;
use crate::graphql::leaf::{Airport, Flight, RowId};
use crate::ids::NodeType;
use crate::store::nodes::{
    CaseNode, HistoryNode, ItineraryNode, ManifestChangeNode, ManifestLineNode, MovementFlightNode,
    MovementNode, OrganisationNode, PersonNode,
};
use chrono::{DateTime, Utc};

governed! { MovementNode "Movement" node: "A group that travels together: a charter, or a group on a commercial flight." {
    MovementId: (RowId) = |node| RowId(NodeType::Movement, node.movement.id.uuid()), "Names the movement to this viewer, and to nobody else.";
    MovementReference: (&str) = |node| node.movement.reference.as_str(), "What missions call it; listOnManifest names it by this.";
    MovementKind: (MovementKind) = |node| node.movement.kind, "How the group travels.";
    MovementOrganiser: {OrganisationNode} = |node| &node.organiser, "The mission that organises it.";
    MovementSeats: (i32) = |node| node.movement.seats, "How many persons it can take.";
    MovementState: (MovementState) = |node| node.movement.state, "State of the movement.";
    MovementDraftedAt: (DateTime<Utc>) = |node| node.movement.drafted_at, "When it was planned.";
    MovementLockedAt: (Option<DateTime<Utc>>) = |node| node.movement.locked_at, "When its manifest was locked.";
    MovementClearedAt: (Option<DateTime<Utc>>) = |node| node.movement.cleared_at, "When it was cleared for departure.";
    MovementDepartedAt: (Option<DateTime<Utc>>) = |node| node.movement.departed_at, "When it left with everybody on board.";
    MovementLandedAt: (Option<DateTime<Utc>>) = |node| node.movement.landed_at, "When it landed where it ends.";
    MovementEndedAt: (Option<DateTime<Utc>>) = |node| node.movement.ended_at, "When it was reconciled or cancelled.";
    MovementFlights: [MovementFlightNode] = |node| &node.flights, "Its flights as they were planned, in order.";
    MovementManifest: [ManifestLineNode] = |node| &node.manifest, "The persons on it whose cases are within the viewer's reach; the counts are of the same.";
    MovementAtLock: (Option<i32>) = |node| node.listed_at_lock, "How many of them were to travel when the manifest was locked.";
    MovementTravelling: (i32) = |node| node.travelling, "How many of them travel, or are to.";
    MovementBoarded: (i32) = |node| node.boarded, "How many of them have boarded.";
    MovementChanges: [ManifestChangeNode] = |node| &node.changes, "What changed on the manifest since it was locked, in order.";
    MovementVersion: (i32) = |node| node.movement.version, "Counts the changes of the movement; commands take it as expectedVersion.";
    MovementHistory: [HistoryNode] = |node| &node.history, "What happened to the movement, oldest first; at most 100 entries.";
} }

governed! { MovementFlightNode "MovementFlight": "One flight of a group movement, as it was planned; the journey of each case says when it was moved." {
    MovementFlightPosition: (i32) = |node| node.0.position, "Place in the movement, from 0.";
    MovementFlightFlight: (Flight) = |node| Flight(node.0.flight.clone()), "The flight.";
    MovementFlightFrom: (Airport) = |node| Airport(node.0.departure_airport.clone()), "Airport of departure.";
    MovementFlightDepartsAt: (DateTime<Utc>) = |node| node.0.departs_at, "Scheduled departure; midnight of the day where it is masked.";
    MovementFlightTo: (Airport) = |node| Airport(node.0.arrival_airport.clone()), "Airport of arrival.";
    MovementFlightArrivesAt: (DateTime<Utc>) = |node| node.0.arrives_at, "Scheduled arrival; midnight of the day where it is masked.";
} }

governed! { ManifestLineNode "ManifestLine": "A person's place on the manifest of a group movement." {
    ManifestPerson: {PersonNode} = |node| &node.person, "Who travels.";
    ManifestCase: {CaseNode} = |node| &node.case, "The case.";
    ManifestItinerary: {ItineraryNode} = |node| &node.itinerary, "The journey of the case that is part of the movement.";
    ManifestState: (ManifestLineState) = |node| node.line.state, "Whether the person travels; who does not is NOT_TRAVELLING where it is masked, whatever the reason.";
    ManifestListedAt: (DateTime<Utc>) = |node| node.line.listed_at, "When the person was listed.";
    ManifestChangedAt: (DateTime<Utc>) = |node| node.line.changed_at(), "When the state last changed.";
} }

governed! { ManifestChangeNode "ManifestChange": "What changed for a person on a manifest after it was locked." {
    ChangePerson: {PersonNode} = |node| &node.person, "Who is concerned.";
    ChangeFrom: (ManifestLineState) = |node| node.change.from, "The state before.";
    ChangeTo: (ManifestLineState) = |node| node.change.to, "The state after; who does not travel is NOT_TRAVELLING where it is masked, whatever the reason.";
    ChangeAt: (DateTime<Utc>) = |node| node.change.at, "When.";
} }
