//! Group movements with their flights, and the lines of their manifests.

use super::{At, Child};
use crate::domain::itinerary::{Segment, SegmentState};
use crate::domain::movement::{ManifestLine, Movement};
use crate::error::Error;
use uuid::Uuid;

pub(in crate::store) fn movement(
    row: entity::movement::Model,
    flights: Vec<Segment>,
) -> Result<Movement, Error> {
    let at = At("movements", row.id);
    Ok(Movement {
        id: row.id.into(),
        reference: row.reference,
        kind: at.word("kind", &row.kind)?,
        organiser: row.organiser_id.into(),
        seats: row.seats,
        state: at.word("state", &row.state)?,
        drafted_at: row.drafted_at,
        locked_at: row.locked_at,
        cleared_at: row.cleared_at,
        departed_at: row.departed_at,
        landed_at: row.landed_at,
        ended_at: row.ended_at,
        flights,
        version: row.version,
    })
}

pub(in crate::store) fn movement_row(movement: &Movement) -> entity::movement::Model {
    entity::movement::Model {
        id: movement.id.uuid(),
        reference: movement.reference.clone(),
        kind: movement.kind.to_string(),
        organiser_id: movement.organiser.uuid(),
        seats: movement.seats,
        state: movement.state.to_string(),
        drafted_at: movement.drafted_at,
        locked_at: movement.locked_at,
        cleared_at: movement.cleared_at,
        departed_at: movement.departed_at,
        landed_at: movement.landed_at,
        ended_at: movement.ended_at,
        version: movement.version,
    }
}

pub(in crate::store) fn movement_flight(row: entity::movement_flight::Model) -> Segment {
    Segment {
        position: row.position,
        flight: row.flight,
        departure_airport: row.departure_airport,
        arrival_airport: row.arrival_airport,
        departs_at: row.departs_at,
        arrives_at: row.arrives_at,
        state: SegmentState::Scheduled,
    }
}

pub(in crate::store) fn movement_flight_row(
    movement: &Movement,
    flight: &Segment,
    id: Uuid,
) -> entity::movement_flight::Model {
    entity::movement_flight::Model {
        id,
        movement_id: movement.id.uuid(),
        position: flight.position,
        flight: flight.flight.clone(),
        departure_airport: flight.departure_airport.clone(),
        arrival_airport: flight.arrival_airport.clone(),
        departs_at: flight.departs_at,
        arrives_at: flight.arrives_at,
    }
}

impl Child for ManifestLine {
    type Entity = entity::manifest_line::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::manifest_line::Column {
        entity::manifest_line::Column::CaseId
    }

    fn read(row: entity::manifest_line::Model) -> Result<Self, Error> {
        Ok(Self {
            state: At("manifest_lines", row.id).word("state", &row.state)?,
            id: row.id.into(),
            case_id: row.case_id.into(),
            movement: row.movement_id.into(),
            itinerary: row.itinerary_id.into(),
            person: row.person_id.into(),
            listed_at: row.listed_at,
            confirmed_at: row.confirmed_at,
            ended_at: row.ended_at,
        })
    }

    fn row(&self) -> entity::manifest_line::Model {
        entity::manifest_line::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            movement_id: self.movement.uuid(),
            itinerary_id: self.itinerary.uuid(),
            person_id: self.person.uuid(),
            state: self.state.to_string(),
            listed_at: self.listed_at,
            confirmed_at: self.confirmed_at,
            ended_at: self.ended_at,
        }
    }
}
