//! Group movements: rows of their own, whose manifests are made of lines that belong to cases.
//!
//! Whoever lists persons holds the row of the movement until the commit, so that two clerks cannot sell the last seat
//! twice. A case is locked before its movement, and nothing locks a case while it holds a movement.

use super::child::Child;
use super::seed::{Programme, insert};
use super::unit_of_work::{Cause, FindAll};
use super::{UnitOfWork, convert, diff, scope};
use crate::domain::code::Code as _;
use crate::domain::movement::{Manifest, ManifestLine, Movement, MovementEvent};
use crate::domain::safeguards::ClearanceKind;
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::error::Error;
use crate::ids::{MovementId, new_id};
use crate::policy::actions::Action;
use crate::policy::relation::Relation;
use crate::policy::rows::{Resource, reach};
use chrono::{DateTime, Utc};
use entity::{
    airline_clearance, arrival, audit_entry, case, case_party, manifest_line, movement, movement_flight,
};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Loads the movements of a programme, with the lines that its files have on them.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    programme: &Programme,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let movements = &programme.movements;
    insert::<movement::Entity>(tx, movements.iter().map(convert::movement_row)).await?;
    let flights = movements.iter().flat_map(|movement| {
        let row = |flight| convert::movement_flight_row(movement, flight, new_id(now));
        movement.flights.iter().map(row)
    });
    insert::<movement_flight::Entity>(tx, flights).await?;
    let lines = programme.files.iter().flat_map(|file| &file.manifest_lines);
    insert::<manifest_line::Entity>(tx, lines.map(Child::row)).await
}

impl UnitOfWork {
    /// Reads a movement under lock, if the actor reaches it, with what the actor is to it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for a movement that does not exist or is out of reach; faults of the database.
    pub async fn movement_for_update(&self, id: MovementId) -> Result<(Movement, Relation), Error> {
        let viewer = self.viewer()?;
        let within = reach(viewer, Resource::Movement, self.now, self.windows);
        let select = scope::select::<movement::Entity>(&within)
            .filter(movement::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        let movement = self.with_flights(row).await?;
        let organises = movement.organiser == viewer.organisation;
        let lines = scope::select::<manifest_line::Entity>(&within)
            .filter(manifest_line::Column::MovementId.eq(id.uuid()));
        let cases: BTreeSet<Uuid> = self.all(lines).await?.iter().map(|line| line.case_id).collect();
        let parts = case_party::Entity::find_all()
            .filter(case_party::Column::OrganisationId.eq(viewer.organisation.uuid()))
            .filter(case_party::Column::CaseId.is_in(cases));
        let parts = self.all(parts).await?;
        let parts = parts.iter().map(convert::party).collect::<Result<Vec<_>, _>>()?;
        let parts = parts.iter().map(|party| party.relation.into());
        let relation = Relation::to_a_movement(organises, viewer.kind, parts).ok_or(Error::NotFound)?;
        Ok((movement, relation))
    }

    /// The movement of a reference under lock, with how many seats are taken.
    ///
    /// # Errors
    ///
    /// `NO_SUCH_MOVEMENT`; faults of the database.
    pub async fn movement_to_list_on(&self, reference: &str) -> Result<(Movement, usize), Error> {
        let select = movement::Entity::find_all()
            .filter(movement::Column::Reference.eq(reference.trim()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?;
        let row = row.ok_or(Refusal::at(Reason::NoSuchMovement, "movementReference"))?;
        let movement = self.with_flights(row).await?;
        let lines = self.lines_of(movement.id).await?;
        let taken = lines.iter().filter(|line| line.state.travels()).count();
        Ok((movement, taken))
    }

    /// Who is on the manifest of a movement, and what is known of them.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn manifest(&self, id: MovementId) -> Result<Manifest, Error> {
        let lines = self.lines_of(id).await?;
        let journeys: BTreeSet<Uuid> = lines.iter().map(|line| line.itinerary.uuid()).collect();
        let cases: BTreeSet<Uuid> = lines.iter().map(|line| line.case_id.uuid()).collect();
        let agreed = airline_clearance::Entity::find_all()
            .filter(airline_clearance::Column::ItineraryId.is_in(journeys))
            .filter(airline_clearance::Column::Kind.eq(ClearanceKind::Group.code()));
        let agreed = self.all(agreed).await?;
        let arrived =
            arrival::Entity::find_all().filter(arrival::Column::CaseId.is_in(cases.iter().copied()));
        let mut accounted: BTreeSet<Uuid> =
            self.all(arrived).await?.iter().map(|row| row.person_id).collect();
        // Whoever boarded and has withdrawn since, or has yet to depart again, has turned back on the way.
        let turned = Condition::any()
            .add(case::Column::State.eq("WITHDRAWN"))
            .add(case::Column::DepartedAt.is_null());
        let ended = case::Entity::find_all()
            .filter(case::Column::Id.is_in(cases))
            .filter(turned);
        let ended: BTreeSet<Uuid> = self.all(ended).await?.iter().map(|row| row.id).collect();
        let turned_back = lines.iter().filter(|line| ended.contains(&line.case_id.uuid()));
        accounted.extend(turned_back.map(|line| line.person.uuid()));
        Ok(Manifest {
            lines,
            airline_agrees: !agreed.is_empty(),
            accounted_for: accounted.into_iter().map(Into::into).collect(),
        })
    }

    /// Saves a changed movement, with what happened in its history.
    ///
    /// # Errors
    ///
    /// `ALREADY_EXISTS` where another movement bears its reference; faults of the database.
    pub async fn save_movement(
        &self,
        changed: &Changed<Movement, MovementEvent>,
        action: Action,
    ) -> Result<Uuid, Error> {
        let next = changed.next();
        let mut row = convert::movement_row(next);
        if let Some(before) = changed.before() {
            row.version = before.version + 1;
            let unchanged = movement::Column::Version.eq(before.version);
            diff::update::<movement::Entity>(&self.transaction, row.id, unchanged, row).await?;
        } else {
            let same =
                movement::Entity::find_all().filter(movement::Column::Reference.eq(next.reference.as_str()));
            if same.one(&self.transaction).await?.is_some() {
                return Err(Refusal::at(Reason::AlreadyExists, "reference").into());
            }
            diff::insert::<movement::Entity>(&self.transaction, row).await?;
            for flight in &next.flights {
                let row = convert::movement_flight_row(next, flight, new_id(self.now));
                diff::insert::<movement_flight::Entity>(&self.transaction, row).await?;
            }
        }
        for (place, event) in (0..).zip(changed.events()) {
            let entry = audit_entry::Model {
                from_state: changed.before().map(|before| before.state.to_string()),
                to_state: Some(next.state.to_string()),
                event: Some(event.event_type().to_string()),
                place,
                ..self.entry(Cause::from(action), "Movement", next.id.uuid())
            };
            self.write(entry).await?;
        }
        Ok(next.id.uuid())
    }

    /// The movements that journeys of a case are part of.
    pub(super) async fn movements_of(&self, lines: &[ManifestLine]) -> Result<Vec<Movement>, Error> {
        let ids: BTreeSet<Uuid> = lines.iter().map(|line| line.movement.uuid()).collect();
        let mut movements = Vec::with_capacity(ids.len());
        if !ids.is_empty() {
            let rows = movement::Entity::find_all()
                .filter(movement::Column::Id.is_in(ids))
                .order_by_asc(movement::Column::Id);
            for row in self.all(rows).await? {
                movements.push(self.with_flights(row).await?);
            }
        }
        Ok(movements)
    }

    async fn with_flights(&self, row: movement::Model) -> Result<Movement, Error> {
        let flights = movement_flight::Entity::find_all()
            .filter(movement_flight::Column::MovementId.eq(row.id))
            .order_by_asc(movement_flight::Column::Position);
        let flights = self.all(flights).await?.into_iter();
        convert::movement(row, flights.map(convert::movement_flight).collect())
    }

    async fn lines_of(&self, id: MovementId) -> Result<Vec<ManifestLine>, Error> {
        let lines = manifest_line::Entity::find_all()
            .filter(manifest_line::Column::MovementId.eq(id.uuid()))
            .order_by_asc(manifest_line::Column::Id);
        self.all(lines)
            .await?
            .into_iter()
            .map(ManifestLine::read)
            .collect()
    }
}
