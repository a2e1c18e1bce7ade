//! Commands on group movements and their manifests.

use super::{Desk, Envelope, Target, authorise_by_kind};
use crate::domain::case_file::Circumstances;
use crate::domain::movement::{Manifest, Movement, MovementEvent, NewMovement};
use crate::domain::transition::{Changed, Reason, Refusal};
use crate::error::Error;
use crate::ids::{CaseId, ItineraryId, MovementId};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Plans a movement.
    pub async fn draft_movement(&self, envelope: &Envelope, new: NewMovement) -> Result<Uuid, Error> {
        let new = &new;
        authorise_by_kind(envelope, Action::DraftMovement)?;
        self.once(envelope, Action::DraftMovement, move |uow| async move {
            let directory = uow.directory().await?;
            let author = envelope.actor.viewer.author();
            let circumstances = Circumstances {
                now: uow.now(),
                directory: &directory,
                by: &author,
            };
            let own = directory.organisation(author.organisation);
            let from = own.and_then(|mission| mission.territory);
            let changed = Movement::draft(new.clone(), from, &circumstances)?;
            let id = uow.save_movement(&changed, Action::DraftMovement).await?;
            Ok((uow, id))
        })
        .await
    }

    /// Opens the manifest.
    pub async fn open_manifest(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(envelope, Action::OpenManifest, target, |movement, _, _| {
            movement.open_manifest()
        })
        .await
    }

    /// Locks the manifest.
    pub async fn lock_manifest(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(envelope, Action::LockManifest, target, |movement, _, c| {
            movement.lock_manifest(c.now)
        })
        .await
    }

    /// Clears the movement for departure.
    pub async fn clear_movement(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(
            envelope,
            Action::ClearMovement,
            target,
            |movement, manifest, c| movement.clear(manifest, c.now),
        )
        .await
    }

    /// The movement left.
    pub async fn depart_movement(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(
            envelope,
            Action::DepartMovement,
            target,
            |movement, manifest, c| movement.depart(manifest, c.now),
        )
        .await
    }

    /// The movement landed.
    pub async fn land_movement(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(envelope, Action::LandMovement, target, |movement, _, c| {
            movement.land(c)
        })
        .await
    }

    /// Everybody who boarded is accounted for.
    pub async fn reconcile_movement(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(
            envelope,
            Action::ReconcileMovement,
            target,
            |movement, manifest, c| movement.reconcile(manifest, c.now),
        )
        .await
    }

    /// Cancels the movement.
    pub async fn cancel_movement(
        &self,
        envelope: &Envelope,
        id: MovementId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = (id, expected);
        self.on_movement(
            envelope,
            Action::CancelMovement,
            target,
            |movement, manifest, c| movement.cancel(manifest, c.now),
        )
        .await
    }

    /// Books the journey of a movement for a case, and lists its persons.
    pub async fn list_on_manifest(
        &self,
        envelope: &Envelope,
        case: CaseId,
        reference: String,
        booking_reference: Option<String>,
    ) -> Result<Uuid, Error> {
        let (reference, booking_reference) = (&reference, &booking_reference);
        let action = Action::ListOnManifest;
        self.once(envelope, action, move |mut uow| async move {
            let file = Self::admitted(&uow, envelope, action, Target::Case(case, None)).await?;
            let (movement, taken) = uow.movement_to_list_on(reference).await?;
            let directory = uow.directory().await?;
            let circumstances = Circumstances {
                now: uow.now(),
                directory: &directory,
                by: &envelope.actor.viewer.author(),
            };
            let changed = file.voluntary()?.list_on_manifest(
                &movement,
                taken,
                booking_reference.clone(),
                &circumstances,
            )?;
            uow.save(&changed, action).await?;
            let event = changed.events().first();
            let row = event.map_or(case.uuid(), |event| event.aggregate(changed.next()).1);
            Ok((uow, row))
        })
        .await
    }

    /// The persons did not come to the departure.
    pub async fn record_no_show(
        &self,
        envelope: &Envelope,
        id: ItineraryId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let target = Target::Itinerary(id, expected);
        self.on_case(
            envelope,
            Action::RecordNoShow,
            target,
            super::Answer::Subject,
            |file, c| file.voluntary()?.record_no_show(id, c),
        )
        .await
    }

    /// Carries out a command on a movement: all of it, or nothing.
    async fn on_movement(
        &self,
        envelope: &Envelope,
        action: Action,
        (id, expected): (MovementId, i32),
        decide: impl Fn(
            Movement,
            &Manifest,
            &Circumstances<'_>,
        ) -> Result<Changed<Movement, MovementEvent>, Refusal>
        + Send
        + Sync,
    ) -> Result<Uuid, Error> {
        let decide = &decide;
        self.once(envelope, action, move |uow| async move {
            let (movement, relation) = uow.movement_for_update(id).await?;
            if !action.permits(relation, &envelope.actor.viewer.rights) {
                return Err(Error::Forbidden);
            }
            let current = movement.version;
            if current != expected {
                return Err(Refusal::at(Reason::Conflict { current }, "expectedVersion").into());
            }
            let manifest = uow.manifest(id).await?;
            let directory = uow.directory().await?;
            let circumstances = Circumstances {
                now: uow.now(),
                directory: &directory,
                by: &envelope.actor.viewer.author(),
            };
            let changed = decide(movement, &manifest, &circumstances)?;
            let row = uow.save_movement(&changed, action).await?;
            Ok((uow, row))
        })
        .await
    }
}
