//! Group movements with the lines of their manifests, as far as each line is within the viewer's reach.

use super::super::child::Child as _;
use super::super::convert;
use super::super::nodes::{
    CaseNode, ItineraryNode, ManifestChangeNode, ManifestLineNode, Many, MovementFlightNode, MovementNode,
    One, OrganisationNode, PersonNode,
};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::scope;
use super::super::want::Want;
use super::history::Histories;
use super::{parts, under};
use crate::domain::movement::{ManifestChange, ManifestLine, ManifestLineState, Movement};
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::{Consented, Lens};
use crate::policy::relation::Relation;
use crate::policy::rows::Resource;
use chrono::{DateTime, Utc};
use entity::{manifest_line, movement, movement_flight};
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

impl Readable for ManifestLineNode {
    type Entity = manifest_line::Entity;

    fn id(row: &manifest_line::Model) -> Uuid {
        row.id
    }

    fn case_id(row: &manifest_line::Model) -> Option<Uuid> {
        Some(row.case_id)
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<manifest_line::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lenses = reader.lenses(rows.iter().map(|row| row.case_id)).await?;
            let persons = rows.iter().map(|row| row.person_id);
            let persons = reader
                .named::<PersonNode>(persons, want.of(Field::ManifestPerson))
                .await?;
            let cases = rows.iter().map(|row| row.case_id);
            let cases = reader
                .named::<CaseNode>(cases, want.of(Field::ManifestCase))
                .await?;
            let journeys = rows.iter().map(|row| row.itinerary_id);
            let journeys = reader
                .named::<ItineraryNode>(journeys, want.of(Field::ManifestItinerary))
                .await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let (id, Some(lens)) = (row.id, lenses.get(&row.case_id).copied()) else {
                    continue;
                };
                let lens = lens.about_person(row.person_id.into());
                let node = Self {
                    person: persons.get(&row.person_id).cloned(),
                    case: cases.get(&row.case_id).cloned(),
                    itinerary: journeys.get(&row.itinerary_id).cloned(),
                    line: ManifestLine::read(row)?,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Readable for MovementNode {
    type Entity = movement::Entity;

    fn id(row: &movement::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &movement::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<movement::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let organisers = rows.iter().map(|row| row.organiser_id);
            let organisers = reader
                .named::<OrganisationNode>(organisers, want.of(Field::MovementOrganiser))
                .await?;
            let mut flights = reader
                .children::<movement_flight::Entity>(
                    movement_flight::Column::MovementId,
                    movement_flight::Column::Position,
                    ids.clone(),
                    want.of(Field::MovementFlights).is_some(),
                    |flight| flight.movement_id,
                )
                .await?;
            let mut histories = reader
                .histories(Histories::OfRows, &ids, want.of(Field::MovementHistory))
                .await?;
            let mut manifests = reader.manifests(&ids, want).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let id = row.id;
                let of = manifests.remove(&id).unwrap_or_default();
                let Some(lens) = reader.lens_on_movement(row.organiser_id, &of) else {
                    continue;
                };
                let organiser = organisers.get(&row.organiser_id).cloned();
                let flights = flights.remove(&id).unwrap_or_default();
                let flights: Vec<_> = flights.into_iter().map(convert::movement_flight).collect();
                let movement = convert::movement(row, flights.clone())?;
                let flights = flights.into_iter().map(MovementFlightNode).collect();
                let locked_at = movement.locked_at;
                let node = Self {
                    organiser,
                    flights: parts(lens, flights),
                    listed_at_lock: locked_at.map(|at| of.count(|line| was_to_travel(line, at))),
                    travelling: of.count(|line| line.state.travels()),
                    boarded: of.count(|line| line.state == ManifestLineState::Boarded),
                    changes: of.changes(&movement),
                    manifest: of.shown,
                    history: parts(lens, histories.remove(&id).unwrap_or_default()),
                    movement,
                };
                assembled.push((id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

/// The part of a manifest that is within reach.
#[derive(Default)]
struct Reached {
    /// The lines, each with the lens of its case.
    lines: Vec<(ManifestLine, Lens)>,
    /// The lines as they are shown, where they are asked for.
    shown: Many<ManifestLineNode>,
    /// Who is on them, where changes are asked for.
    persons: HashMap<Uuid, One<PersonNode>>,
    /// Whether changes are asked for.
    changes: bool,
}

impl Reached {
    fn count(&self, counts: impl Fn(&ManifestLine) -> bool) -> i32 {
        let counted = self.lines.iter().filter(|(line, _)| counts(line)).count();
        i32::try_from(counted).unwrap_or(i32::MAX)
    }

    /// What changed after the manifest was locked, in order.
    fn changes(&self, movement: &Movement) -> Many<ManifestChangeNode> {
        let Some(locked_at) = movement.locked_at.filter(|_| self.changes) else {
            return Vec::new();
        };
        let of_line = |(line, lens): &(ManifestLine, Lens)| {
            let (person, lens) = (line.person.uuid(), *lens);
            let changes = line.changes_since(locked_at).into_iter();
            changes
                .map(|change| (change, person, lens))
                .collect::<Vec<(ManifestChange, Uuid, Lens)>>()
        };
        let mut changes: Vec<_> = self.lines.iter().flat_map(of_line).collect();
        changes.sort_by_key(|(change, person, _)| (change.at, *person));
        let node = |(change, person, lens): (ManifestChange, Uuid, Lens)| {
            let lens = lens.about_person(person.into());
            let person = self.persons.get(&person).cloned().flatten();
            under(lens, ManifestChangeNode { change, person })
        };
        changes.into_iter().map(node).collect()
    }
}

/// Whether a line was of somebody who was to travel at a moment.
fn was_to_travel(line: &ManifestLine, moment: DateTime<Utc>) -> bool {
    line.state_at(moment).is_some_and(ManifestLineState::travels)
}

impl Reader {
    /// The lines of each of these movements that are within reach: two organisations on one movement need not know of each
    /// other's cases, so nothing is counted or shown of any other line.
    async fn manifests(&self, movements: &[Uuid], want: &Want) -> Result<ById<Reached>, Error> {
        let mut reached: ById<Reached> = HashMap::new();
        if movements.is_empty() {
            return Ok(reached);
        }
        let within = self.reach(Resource::Movement);
        let select = scope::select::<manifest_line::Entity>(&within)
            .filter(manifest_line::Column::MovementId.is_in(movements.iter().copied()))
            .order_by_asc(manifest_line::Column::Id);
        let rows = self.rows::<ManifestLineNode>(select, &within).await?;
        let lenses = self.lenses(rows.iter().map(|row| row.case_id)).await?;
        let of_changes = want.of(Field::MovementChanges);
        let persons = rows.iter().map(|row| row.person_id);
        let persons = self
            .named::<PersonNode>(persons, of_changes.and_then(|want| want.of(Field::ChangePerson)))
            .await?;
        let mut place: ById<Uuid> = HashMap::new();
        for row in &rows {
            let Some(lens) = lenses.get(&row.case_id).copied() else {
                continue;
            };
            place.insert(row.id, row.movement_id);
            let of = reached.entry(row.movement_id).or_default();
            of.changes = of_changes.is_some();
            of.persons
                .insert(row.person_id, persons.get(&row.person_id).cloned());
            of.lines.push((ManifestLine::read(row.clone())?, lens));
        }
        if let Some(want) = want.of(Field::MovementManifest) {
            for (id, line) in ManifestLineNode::assemble(self, rows, want).await? {
                let of = place.get(&id).and_then(|movement| reached.get_mut(movement));
                if let Some(of) = of {
                    of.shown.push(line);
                }
            }
        }
        Ok(reached)
    }

    /// The lens of a movement; none where the viewer is nothing to it.
    fn lens_on_movement(&self, organiser: Uuid, of: &Reached) -> Option<Lens> {
        let viewer = self.viewer();
        let organises = organiser == viewer.organisation.uuid();
        let parts = of.lines.iter().map(|(_, lens)| lens.relation());
        let relation = Relation::to_a_movement(organises, viewer.kind, parts)?;
        Some(Lens::new(relation, Consented::default(), self.now().date_naive()))
    }
}
