//! Group movements that the journeys of a plan are part of.

use super::plan::now;
use avrr_gateway::domain::itinerary::Itinerary;
use avrr_gateway::domain::movement::{
    ManifestLine, ManifestLineState, Movement, MovementKind, MovementState,
};
use avrr_gateway::domain::person::Person;
use avrr_gateway::ids::{OrganisationId, new_id};

/// A movement of a journey's own, and the place of a person on it.
pub fn group(journey: &Itinerary, organiser: OrganisationId, person: &Person) -> (Movement, ManifestLine) {
    let movement = Movement {
        id: new_id(now()).into(),
        reference: journey.id.uuid().to_string(),
        kind: MovementKind::Charter,
        organiser,
        seats: 1,
        state: MovementState::ManifestOpen,
        drafted_at: now(),
        locked_at: None,
        cleared_at: None,
        departed_at: None,
        landed_at: None,
        ended_at: None,
        flights: Vec::new(),
        version: 1,
    };
    let line = ManifestLine {
        id: new_id(now()).into(),
        case_id: journey.case_id,
        movement: movement.id,
        itinerary: journey.id,
        person: person.id,
        state: ManifestLineState::Listed,
        listed_at: now(),
        confirmed_at: None,
        ended_at: None,
    };
    (movement, line)
}
