//! Commands on group movements and their manifests.

use super::itinerary::{SegmentInput, segments};
use super::{commands, id};
use crate::domain::movement::{MovementKind, NewMovement};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    DraftMovementPayload "movement": MovementNode;
    OpenManifestPayload "movement": MovementNode;
    LockManifestPayload "movement": MovementNode;
    ClearMovementPayload "movement": MovementNode;
    DepartMovementPayload "movement": MovementNode;
    LandMovementPayload "movement": MovementNode;
    ReconcileMovementPayload "movement": MovementNode;
    CancelMovementPayload "movement": MovementNode;
    ListOnManifestPayload "itinerary": ItineraryNode;
    RecordNoShowPayload "itinerary": ItineraryNode;
}

/// Plans a group movement.
#[derive(InputObject)]
pub struct DraftMovementInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// What missions will call it; no two have the same.
    #[graphql(validator(chars_max_length = 50))]
    reference: String,
    /// How the group travels.
    kind: Word<MovementKind>,
    /// How many persons it can take, at most 500.
    seats: i32,
    /// The flights, in order, from the territory of the viewer's mission.
    #[graphql(validator(min_items = 1, max_items = 10))]
    segments: Vec<SegmentInput>,
}

macro_rules! on_movement {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(InputObject)]
        pub struct $name {
            /// Makes a repetition harmless: the same key and body give the first result again.
            pub(super) idempotency_key: String,
            /// The movement.
            movement_id: ID,
            /// The version of the movement that was decided on.
            expected_version: i32,
        }
    )+};
}

on_movement! {
    /// Opens the manifest of a movement.
    OpenManifestInput;
    /// Locks the manifest of a movement.
    LockManifestInput;
    /// Clears a movement for departure.
    ClearMovementInput;
    /// Records that a movement left.
    DepartMovementInput;
    /// Records that a movement landed.
    LandMovementInput;
    /// Closes a movement once everybody who boarded is accounted for.
    ReconcileMovementInput;
    /// Cancels a movement.
    CancelMovementInput;
}

/// Books the journey of a group movement for a case.
#[derive(InputObject)]
pub struct ListOnManifestInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// What the movement is called; its organiser tells it to the missions whose persons are to travel with it.
    #[graphql(validator(chars_max_length = 50))]
    movement_reference: String,
    /// The airline's booking reference (PNR).
    #[graphql(validator(chars_max_length = 20))]
    booking_reference: Option<String>,
}

/// Records that the persons did not come to the departure.
#[derive(InputObject)]
pub struct RecordNoShowInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The itinerary.
    itinerary_id: ID,
    /// The version of the itinerary that was decided on.
    expected_version: i32,
}

commands! {
    /// Commands on group movements and their manifests.
    MovementCommands {
        /// Plans a group movement from the territory of the viewer's mission.
        draft_movement(DraftMovementInput) -> DraftMovementPayload = |_context, envelope, input, desk| {
            let new = NewMovement {
                reference: input.reference,
                kind: input.kind.0,
                seats: input.seats,
                flights: segments(input.segments),
            };
            desk.draft_movement(&envelope, new).await
        };
        /// Opens the manifest: missions may list their persons.
        open_manifest(OpenManifestInput) -> OpenManifestPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.open_manifest(&envelope, movement, input.expected_version).await
        };
        /// Books the journey of a movement for a case, with every check of bookItinerary, and lists its persons; whoever boards or leaves on the way flies his part of it. Missions in transit and in the country of return are told.
        list_on_manifest(ListOnManifestInput) -> ListOnManifestPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.list_on_manifest(&envelope, case, input.movement_reference, input.booking_reference).await
        };
        /// Locks the manifest: nobody is listed any more, and what changes from here on is in changesSinceLock.
        lock_manifest(LockManifestInput) -> LockManifestPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.lock_manifest(&envelope, movement, input.expected_version).await
        };
        /// Clears the movement: an airline's agreement to the group is recorded for one of the journeys on it; from here on persons may board.
        clear_movement(ClearMovementInput) -> ClearMovementPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.clear_movement(&envelope, movement, input.expected_version).await
        };
        /// Records that the persons did not come to the departure; everybody who had been told of the journey is told, and the case can be booked anew.
        record_no_show(RecordNoShowInput) -> RecordNoShowPayload = |context, envelope, input, desk| {
            let itinerary = id(context, NodeType::Itinerary, &input.itinerary_id)?;
            desk.record_no_show(&envelope, itinerary, input.expected_version).await
        };
        /// Records that the movement left: everybody on the manifest has boarded or was taken off it.
        depart_movement(DepartMovementInput) -> DepartMovementPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.depart_movement(&envelope, movement, input.expected_version).await
        };
        /// Records that the movement landed where it ends.
        land_movement(LandMovementInput) -> LandMovementPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.land_movement(&envelope, movement, input.expected_version).await
        };
        /// Closes the movement once everybody who boarded has arrived, or has turned back on the way.
        reconcile_movement(ReconcileMovementInput) -> ReconcileMovementPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.reconcile_movement(&envelope, movement, input.expected_version).await
        };
        /// Cancels a movement on whose manifest nobody is any more.
        cancel_movement(CancelMovementInput) -> CancelMovementPayload = |context, envelope, input, desk| {
            let movement = id(context, NodeType::Movement, &input.movement_id)?;
            desk.cancel_movement(&envelope, movement, input.expected_version).await
        };
    }
}
