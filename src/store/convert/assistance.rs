//! Itineraries with their flights, cash grants with their tranches, reintegration packages with their items.

use super::At;
use crate::domain::cash_grant::{CashGrant, Tranche};
use crate::domain::itinerary::{Itinerary, Segment};
use crate::domain::reintegration::{PackageItem, ReintegrationPackage};
use crate::error::Error;
use uuid::Uuid;

pub(in crate::store) fn itinerary(
    row: entity::itinerary::Model,
    segments: Vec<Segment>,
) -> Result<Itinerary, Error> {
    let at = At("itineraries", row.id);
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
        suspended_at: row.suspended_at,
        suspension_reason: at.word_if("suspension_reason", row.suspension_reason.as_deref())?,
        ended_at: row.ended_at,
        segments,
        version: row.version,
    })
}

pub(in crate::store) fn itinerary_row(itinerary: &Itinerary) -> entity::itinerary::Model {
    entity::itinerary::Model {
        id: itinerary.id.uuid(),
        case_id: itinerary.case_id.uuid(),
        attempt_no: itinerary.attempt_no,
        state: itinerary.state.to_string(),
        replaces_id: itinerary.replaces.map(crate::ids::ItineraryId::uuid),
        booked_at: itinerary.booked_at,
        ticketed_at: itinerary.ticketed_at,
        ticket_number: itinerary.ticket_number.clone(),
        booking_reference: itinerary.booking_reference.clone(),
        suspended_at: itinerary.suspended_at,
        suspension_reason: itinerary.suspension_reason.map(|reason| reason.to_string()),
        ended_at: itinerary.ended_at,
        version: itinerary.version,
    }
}

pub(in crate::store) fn segment(row: entity::segment::Model) -> Segment {
    Segment {
        position: row.position,
        flight: row.flight,
        departure_airport: row.departure_airport,
        arrival_airport: row.arrival_airport,
        departs_at: row.departs_at,
        arrives_at: row.arrives_at,
    }
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
    }
}

pub(in crate::store) fn grant(
    row: entity::cash_grant::Model,
    tranches: Vec<Tranche>,
) -> Result<CashGrant, Error> {
    let at = At("cash_grants", row.id);
    Ok(CashGrant {
        id: row.id.into(),
        case_id: row.case_id.into(),
        person_id: row.person_id.into(),
        state: at.word("state", &row.state)?,
        amount: at.money(row.amount_minor, &row.currency)?,
        proposed_at: row.proposed_at,
        approved_at: row.approved_at,
        ended_at: row.ended_at,
        tranches,
        version: row.version,
    })
}

pub(in crate::store) fn grant_row(grant: &CashGrant) -> entity::cash_grant::Model {
    entity::cash_grant::Model {
        id: grant.id.uuid(),
        case_id: grant.case_id.uuid(),
        person_id: grant.person_id.uuid(),
        state: grant.state.to_string(),
        amount_minor: grant.amount.amount_minor,
        currency: grant.currency().as_str().to_owned(),
        proposed_at: grant.proposed_at,
        approved_at: grant.approved_at,
        ended_at: grant.ended_at,
        version: grant.version,
    }
}

pub(in crate::store) fn tranche(row: &entity::tranche::Model) -> Result<Tranche, Error> {
    let state = At("tranches", row.id).word("state", &row.state)?;
    Ok(Tranche {
        number: row.number,
        amount_minor: row.amount_minor,
        state,
        paid_at: row.paid_at,
    })
}

pub(in crate::store) fn tranche_row(
    grant: &CashGrant,
    tranche: &Tranche,
    id: Uuid,
) -> entity::tranche::Model {
    entity::tranche::Model {
        id,
        cash_grant_id: grant.id.uuid(),
        case_id: grant.case_id.uuid(),
        number: tranche.number,
        amount_minor: tranche.amount_minor,
        state: tranche.state.to_string(),
        paid_at: tranche.paid_at,
    }
}

pub(in crate::store) fn package(
    row: entity::reintegration_package::Model,
    items: Vec<PackageItem>,
) -> Result<ReintegrationPackage, Error> {
    let at = At("reintegration_packages", row.id);
    Ok(ReintegrationPackage {
        id: row.id.into(),
        case_id: row.case_id.into(),
        person_id: row.person_id.into(),
        state: at.word("state", &row.state)?,
        ceiling: at.money(row.ceiling_minor, &row.currency)?,
        plan: row.plan,
        proposed_at: row.proposed_at,
        ended_at: row.ended_at,
        items,
        version: row.version,
    })
}

pub(in crate::store) fn package_row(package: &ReintegrationPackage) -> entity::reintegration_package::Model {
    entity::reintegration_package::Model {
        id: package.id.uuid(),
        case_id: package.case_id.uuid(),
        person_id: package.person_id.uuid(),
        state: package.state.to_string(),
        ceiling_minor: package.ceiling.amount_minor,
        currency: package.ceiling.currency.as_str().to_owned(),
        plan: package.plan.clone(),
        proposed_at: package.proposed_at,
        ended_at: package.ended_at,
        version: package.version,
    }
}

pub(in crate::store) fn item(row: entity::package_item::Model) -> Result<PackageItem, Error> {
    let at = At("package_items", row.id);
    Ok(PackageItem {
        position: row.position,
        category: at.word("category", &row.category)?,
        modality: at.word("modality", &row.modality)?,
        state: at.word("state", &row.state)?,
        description: row.description,
        amount_minor: row.amount_minor,
    })
}

pub(in crate::store) fn item_row(
    package: &ReintegrationPackage,
    item: &PackageItem,
    id: Uuid,
) -> entity::package_item::Model {
    entity::package_item::Model {
        id,
        reintegration_package_id: package.id.uuid(),
        case_id: package.case_id.uuid(),
        position: item.position,
        category: item.category.to_string(),
        modality: item.modality.to_string(),
        description: item.description.clone(),
        amount_minor: item.amount_minor,
        state: item.state.to_string(),
    }
}
