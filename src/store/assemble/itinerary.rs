//! Itineraries with their flights, and what missions do for them.

use super::super::child::Child;
use super::super::convert;
use super::super::nodes::{
    ArrivalNode, CaseNode, HandlingNode, ItineraryNode, Many, MovementNode, OrganisationNode, PersonNode,
};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::funding::one_of;
use super::history::Histories;
use super::{parts, under};
use crate::domain::handling::{Arrival, TransitHandling, TransitIncident};
use crate::domain::itinerary::Segment;
use crate::domain::suspension::OperationsSuspension;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::Lens;
use entity::{arrival, itinerary, operations_suspension, segment, transit_handling, transit_incident};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
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
            let projects = rows.iter().map(|row| row.funding_project_id);
            let projects = reader
                .projects_of(projects, want.of(Field::ItineraryProject))
                .await?;
            let movements: Vec<Uuid> = rows.iter().filter_map(|row| row.movement_id).collect();
            let movements = reader
                .named::<MovementNode>(movements.into_iter(), want.of(Field::ItineraryMovement))
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::ItineraryHistory))
                .await?;
            let asks_of_suspensions = want.of(Field::ItineraryAffected).is_some();
            let suspensions = reader.suspensions_in_force(asks_of_suspensions).await?;
            let mut flights = reader
                .children::<segment::Entity>(
                    segment::Column::ItineraryId,
                    segment::Column::Position,
                    ids.clone(),
                    want.of(Field::ItinerarySegments).is_some() || asks_of_suspensions,
                    |flight| flight.itinerary_id,
                )
                .await?;
            let mut handlings = reader
                .handlings_of(&ids, want.of(Field::ItineraryHandlings))
                .await?;
            let mut incidents = reader
                .children::<transit_incident::Entity>(
                    transit_incident::Column::ItineraryId,
                    transit_incident::Column::Id,
                    ids.clone(),
                    want.of(Field::ItineraryIncidents).is_some(),
                    |incident| incident.itinerary_id,
                )
                .await?;
            let mut arrivals = reader
                .arrivals_of(&ids, want.of(Field::ItineraryArrivals))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let segments = flights.remove(&id).unwrap_or_default();
                let segments = segments
                    .into_iter()
                    .map(convert::segment)
                    .collect::<Result<Vec<Segment>, Error>>()?;
                let incidents = incidents.remove(&id).unwrap_or_default();
                let incidents = incidents
                    .into_iter()
                    .map(TransitIncident::read)
                    .collect::<Result<_, Error>>()?;
                let case = cases.get(&row.case_id).cloned();
                let funding_project = one_of(&projects, row.funding_project_id);
                let movement = one_of(&movements, row.movement_id);
                let itinerary = convert::itinerary(row, segments.clone())?;
                let stops = |suspension: &OperationsSuspension| suspension.stops(&itinerary);
                let suspended = itinerary.state.is_live() && suspensions.iter().any(stops);
                let node = Self {
                    // Attempts are numbered without gaps, and each replaces the one before (INV-14).
                    replaces_attempt_no: itinerary.replaces.map(|_| itinerary.attempt_no - 1),
                    segments: parts(lens, segments),
                    suspended,
                    history: parts(lens, histories.remove(&id).unwrap_or_default()),
                    handlings: parts(lens, handlings.remove(&id).unwrap_or_default()),
                    incidents: parts(lens, incidents),
                    arrivals: each_under(lens, arrivals.remove(&id).unwrap_or_default()),
                    movement,
                    case,
                    funding_project,
                    itinerary,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

/// Arrivals, each under a lens on its own person.
fn each_under(lens: Lens, arrivals: Vec<ArrivalNode>) -> Many<ArrivalNode> {
    let arrivals = arrivals.into_iter();
    arrivals
        .map(|node| under(lens.about_person(node.arrival.person), node))
        .collect()
}

impl Reader {
    /// Suspensions that have not been lifted: no row of anybody, but what holds for all.
    async fn suspensions_in_force(&self, asked: bool) -> Result<Vec<OperationsSuspension>, Error> {
        if !asked {
            return Ok(Vec::new());
        }
        #[expect(clippy::disallowed_methods, reason = "what holds for everybody's journeys")]
        let rows = operations_suspension::Entity::find()
            .filter(operations_suspension::Column::LiftedAt.is_null())
            .all(&self.database)
            .await?;
        rows.into_iter().map(convert::suspension).collect()
    }

    async fn handlings_of(
        &self,
        itineraries: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Vec<HandlingNode>>, Error> {
        let Some(want) = want else {
            return Ok(HashMap::new());
        };
        let rows = self
            .children::<transit_handling::Entity>(
                transit_handling::Column::ItineraryId,
                transit_handling::Column::Id,
                itineraries.to_vec(),
                true,
                |handling| handling.itinerary_id,
            )
            .await?;
        let missions = rows.values().flatten().map(|row| row.mission_id);
        let missions = missions.collect::<Vec<_>>().into_iter();
        let missions = self
            .named::<OrganisationNode>(missions, want.of(Field::HandlingMission))
            .await?;
        let node = |row: transit_handling::Model| {
            Ok(HandlingNode {
                mission: missions.get(&row.mission_id).cloned(),
                handling: TransitHandling::read(row)?,
            })
        };
        by_journey(rows, node)
    }

    async fn arrivals_of(
        &self,
        itineraries: &[Uuid],
        want: Option<&Want>,
    ) -> Result<ById<Vec<ArrivalNode>>, Error> {
        let Some(want) = want else {
            return Ok(HashMap::new());
        };
        let rows = self
            .children::<arrival::Entity>(
                arrival::Column::ItineraryId,
                arrival::Column::Id,
                itineraries.to_vec(),
                true,
                |arrival| arrival.itinerary_id,
            )
            .await?;
        let persons = rows.values().flatten().map(|row| row.person_id);
        let persons = persons.collect::<Vec<_>>().into_iter();
        let persons = self
            .named::<PersonNode>(persons, want.of(Field::ArrivalPerson))
            .await?;
        let node = |row: arrival::Model| {
            Ok(ArrivalNode {
                person: persons.get(&row.person_id).cloned(),
                arrival: Arrival::read(row)?,
            })
        };
        by_journey(rows, node)
    }
}

fn by_journey<M, N>(rows: ById<Vec<M>>, node: impl Fn(M) -> Result<N, Error>) -> Result<ById<Vec<N>>, Error> {
    let rows = rows.into_iter();
    rows.map(|(id, rows)| Ok((id, rows.into_iter().map(&node).collect::<Result<_, Error>>()?)))
        .collect()
}
