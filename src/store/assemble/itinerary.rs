//! Itineraries with their flights.

use super::super::convert;
use super::super::nodes::{CaseNode, ItineraryNode};
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::history::Histories;
use super::{parts, under};
use crate::policy::fields::Field;
use entity::{itinerary, segment};
use futures_util::future::BoxFuture;
use uuid::Uuid;

impl Readable for ItineraryNode {
    type Entity = itinerary::Entity;

    fn id(row: &itinerary::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &itinerary::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn order_on_case() -> itinerary::Column {
        itinerary::Column::AttemptNo
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<itinerary::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let cases = reader
                .named::<CaseNode>(rows.iter().map(|row| row.case_id), want.of(Field::ItineraryCase))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::ItineraryHistory))
                .await?;
            let mut flights = reader
                .children::<segment::Entity>(
                    segment::Column::ItineraryId,
                    segment::Column::Position,
                    ids,
                    want.of(Field::ItinerarySegments).is_some(),
                    |flight| flight.itinerary_id,
                )
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let segments = flights
                    .remove(&id)
                    .unwrap_or_default()
                    .into_iter()
                    .map(convert::segment)
                    .collect();
                let case = cases.get(&row.case_id).cloned();
                let itinerary = convert::itinerary(row, Vec::new())?;
                let node = Self {
                    // Attempts are numbered without gaps, and each replaces the one before (INV-14).
                    replaces_attempt_no: itinerary.replaces.map(|_| itinerary.attempt_no - 1),
                    segments: parts(lens, segments),
                    history: parts(lens, histories.remove(&id).unwrap_or_default()),
                    case,
                    itinerary,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}
