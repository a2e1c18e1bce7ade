//! Itineraries with their flights, and what missions do for them.

use super::{At, Child};
use crate::domain::handling::{Arrival, TransitHandling, TransitIncident};
use crate::domain::itinerary::{ExitFormalities, Itinerary, Segment};
use crate::domain::money::Money;
use crate::error::Error;
use uuid::Uuid;

pub(in crate::store) fn itinerary(
    row: entity::itinerary::Model,
    segments: Vec<Segment>,
) -> Result<Itinerary, Error> {
    let at = At("itineraries", row.id);
    let ticket_cost = match (row.ticket_cost_minor, row.ticket_currency.as_deref()) {
        (Some(amount_minor), Some(currency)) => Some(at.money(amount_minor, currency)?),
        (None, None) => None,
        _ => return Err(at.wrong("ticket_currency")),
    };
    let exit_formalities = match (row.border_point, row.airport_access) {
        (Some(border_point), Some(airport_access)) => Some(ExitFormalities {
            border_point,
            airport_access,
            done_at: row.exit_formalities_done_at,
        }),
        (None, None) => None,
        _ => return Err(at.wrong("border_point")),
    };
    Ok(Itinerary {
        id: row.id.into(),
        case_id: row.case_id.into(),
        attempt_no: row.attempt_no,
        state: at.word("state", &row.state)?,
        replaces: row.replaces_id.map(Into::into),
        booked_at: row.booked_at,
        ticketed_at: row.ticketed_at,
        ticket_number: row.ticket_number,
        booking_reference: row.booking_reference,
        fare_basis: row.fare_basis,
        ticket_cost,
        ticket_override: at.word_if("ticket_override", row.ticket_override.as_deref())?,
        reception_confirmed_at: row.reception_confirmed_at,
        exit_formalities,
        suspended_at: row.suspended_at,
        suspension_reason: at.word_if("suspension_reason", row.suspension_reason.as_deref())?,
        missed_at: row.missed_at,
        ended_at: row.ended_at,
        movement: row.movement_id.map(Into::into),
        funding_project: row.funding_project_id.map(Into::into),
        segments,
        version: row.version,
    })
}

pub(in crate::store) fn itinerary_row(itinerary: &Itinerary) -> entity::itinerary::Model {
    let exit = itinerary.exit_formalities.as_ref();
    let cost: Option<Money> = itinerary.ticket_cost;
    entity::itinerary::Model {
        id: itinerary.id.uuid(),
        case_id: itinerary.case_id.uuid(),
        movement_id: itinerary.movement.map(crate::ids::MovementId::uuid),
        funding_project_id: itinerary.funding_project.map(crate::ids::ProjectId::uuid),
        attempt_no: itinerary.attempt_no,
        state: itinerary.state.to_string(),
        replaces_id: itinerary.replaces.map(crate::ids::ItineraryId::uuid),
        booked_at: itinerary.booked_at,
        ticketed_at: itinerary.ticketed_at,
        ticket_number: itinerary.ticket_number.clone(),
        booking_reference: itinerary.booking_reference.clone(),
        fare_basis: itinerary.fare_basis.clone(),
        ticket_cost_minor: cost.map(|cost| cost.amount_minor),
        ticket_currency: cost.map(|cost| cost.currency.as_str().to_owned()),
        ticket_override: itinerary.ticket_override.map(|reason| reason.to_string()),
        reception_confirmed_at: itinerary.reception_confirmed_at,
        border_point: exit.map(|exit| exit.border_point.clone()),
        airport_access: exit.map(|exit| exit.airport_access),
        exit_formalities_done_at: exit.and_then(|exit| exit.done_at),
        suspended_at: itinerary.suspended_at,
        suspension_reason: itinerary.suspension_reason.map(|reason| reason.to_string()),
        missed_at: itinerary.missed_at,
        ended_at: itinerary.ended_at,
        version: itinerary.version,
    }
}

pub(in crate::store) fn segment(row: entity::segment::Model) -> Result<Segment, Error> {
    Ok(Segment {
        state: At("segments", row.id).word("state", &row.state)?,
        position: row.position,
        flight: row.flight,
        departure_airport: row.departure_airport,
        arrival_airport: row.arrival_airport,
        departs_at: row.departs_at,
        arrives_at: row.arrives_at,
    })
}

pub(in crate::store) fn segment_row(
    itinerary: &Itinerary,
    segment: &Segment,
    id: Uuid,
) -> entity::segment::Model {
    entity::segment::Model {
        id,
        itinerary_id: itinerary.id.uuid(),
        case_id: itinerary.case_id.uuid(),
        position: segment.position,
        flight: segment.flight.clone(),
        departure_airport: segment.departure_airport.clone(),
        arrival_airport: segment.arrival_airport.clone(),
        departs_at: segment.departs_at,
        arrives_at: segment.arrives_at,
        state: segment.state.to_string(),
    }
}

impl Child for TransitHandling {
    type Entity = entity::transit_handling::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::transit_handling::Column {
        entity::transit_handling::Column::CaseId
    }

    fn read(row: entity::transit_handling::Model) -> Result<Self, Error> {
        let at = At("transit_handlings", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            itinerary: row.itinerary_id.into(),
            mission: row.mission_id.into(),
            country: at.place("country", &row.country)?,
            state: at.word("state", &row.state)?,
            requested_at: row.requested_at,
            confirmed_at: row.confirmed_at,
        })
    }

    fn row(&self) -> entity::transit_handling::Model {
        entity::transit_handling::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            itinerary_id: self.itinerary.uuid(),
            mission_id: self.mission.uuid(),
            country: self.country.to_string(),
            state: self.state.to_string(),
            requested_at: self.requested_at,
            confirmed_at: self.confirmed_at,
        }
    }
}

impl Child for TransitIncident {
    type Entity = entity::transit_incident::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::transit_incident::Column {
        entity::transit_incident::Column::CaseId
    }

    fn read(row: entity::transit_incident::Model) -> Result<Self, Error> {
        Ok(Self {
            kind: At("transit_incidents", row.id).word("kind", &row.kind)?,
            id: row.id.into(),
            case_id: row.case_id.into(),
            itinerary: row.itinerary_id.into(),
            segment: row.segment,
            airport: row.airport,
            occurred_at: row.occurred_at,
        })
    }

    fn row(&self) -> entity::transit_incident::Model {
        entity::transit_incident::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            itinerary_id: self.itinerary.uuid(),
            segment: self.segment,
            kind: self.kind.to_string(),
            airport: self.airport.clone(),
            occurred_at: self.occurred_at,
        }
    }
}

impl Child for Arrival {
    type Entity = entity::arrival::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::arrival::Column {
        entity::arrival::Column::CaseId
    }

    fn read(row: entity::arrival::Model) -> Result<Self, Error> {
        let at = At("arrivals", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            itinerary: row.itinerary_id.into(),
            person: row.person_id.into(),
            airport: row.airport,
            arrived_at: row.arrived_at,
            onward_travel: at.word_if("onward_travel", row.onward_travel.as_deref())?,
            onward_to: row.onward_to,
        })
    }

    fn row(&self) -> entity::arrival::Model {
        entity::arrival::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            itinerary_id: self.itinerary.uuid(),
            person_id: self.person.uuid(),
            airport: self.airport.clone(),
            arrived_at: self.arrived_at,
            onward_travel: self.onward_travel.map(|travel| travel.to_string()),
            onward_to: self.onward_to.clone(),
        }
    }
}
