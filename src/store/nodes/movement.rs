//! Group movements, as read.

use super::{CaseNode, HistoryNode, ItineraryNode, Many, One, OrganisationNode, PersonNode};
use crate::domain::movement::{ManifestChange, ManifestLine, Movement};

/// A group movement as read.
#[derive(Debug)]
pub struct MovementNode {
    /// The movement.
    pub movement: Movement,
    /// The mission that organises it.
    pub organiser: One<OrganisationNode>,
    /// Its flights, under the same lens.
    pub flights: Many<MovementFlightNode>,
    /// Lines of its manifest within reach, each under the lens of its case.
    pub manifest: Many<ManifestLineNode>,
    /// What changed of those lines after the manifest was locked, in order.
    pub changes: Many<ManifestChangeNode>,
    /// How many of those lines were to travel when the manifest was locked.
    pub listed_at_lock: Option<i32>,
    /// How many of them travel, or are to.
    pub travelling: i32,
    /// How many of them have boarded.
    pub boarded: i32,
    /// Its history, oldest first, under the same lens.
    pub history: Many<HistoryNode>,
}

/// A flight of a group movement as read.
#[derive(Debug)]
pub struct MovementFlightNode(pub crate::domain::itinerary::Segment);

/// A line of a manifest as read.
#[derive(Debug)]
pub struct ManifestLineNode {
    /// The line.
    pub line: ManifestLine,
    /// Who travels.
    pub person: One<PersonNode>,
    /// The case.
    pub case: One<CaseNode>,
    /// The journey that is part of the movement.
    pub itinerary: One<ItineraryNode>,
}

/// A change of a line of a manifest as read.
#[derive(Debug)]
pub struct ManifestChangeNode {
    /// What changed.
    pub change: ManifestChange,
    /// Who is concerned.
    pub person: One<PersonNode>,
}
