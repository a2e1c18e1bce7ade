//! The group movement of the story: a charter that the first return flies with.

use super::{BAGHDAD, Cast, ISTANBUL, JourneySteps, Steps};
use crate::matrix::inboxes::About;
use crate::support::{Case, Movement};
use chrono::{DateTime, Utc};
use serde_json::json;

/// What the missions call it.
pub const MOVEMENT: &str = "CHARTER-A";

/// When the steps of the movement were taken, and when its one passenger was listed, found ready and on board.
#[derive(Default)]
pub struct MovementSteps {
    pub drafted: DateTime<Utc>,
    pub listed: DateTime<Utc>,
    pub locked: DateTime<Utc>,
    pub confirmed: DateTime<Utc>,
    pub cleared: DateTime<Utc>,
    pub boarded: DateTime<Utc>,
    pub departed: DateTime<Utc>,
    pub landed: DateTime<Utc>,
    pub reconciled: DateTime<Utc>,
}

impl Cast<'_> {
    /// A charter so many days ahead takes the case on board; tickets are issued at once.
    pub(super) async fn journey_with_a_group(
        &mut self,
        case: &Case,
        (name, days): (char, u64),
        steps: &mut MovementSteps,
    ) -> JourneySteps {
        let pristina = self.pristina.clone();
        let day = self.world.today() + chrono::Days::new(days);
        let charter = pristina.drafts_movement(MOVEMENT, "PRN-IST-BGW", days, 40).await;
        steps.drafted = self.now();
        pristina.takes_movement(&charter, "openManifest").await;
        let itinerary = pristina.lists(case, &charter).await;
        let booked = self.now();
        steps.listed = booked;
        self.inboxes.tell(
            &[ISTANBUL, BAGHDAD],
            "ITINERARY_BOOKED",
            booked,
            name,
            About::Journey,
        );
        pristina
            .supervisor()
            .tickets(&itinerary)
            .with("fareBasis", "YHUMA")
            .with("cost", json!({ "amountMinor": 34_000, "currency": "EUR" }))
            .with("beforeDocument", "GROUP_DEPARTURE")
            .await;
        JourneySteps {
            day,
            booked,
            ticketed: Some(self.now()),
            suspended: None,
            transit_confirmed: None,
            reception_confirmed: None,
            broken: None,
            state: "TICKETED",
        }
    }

    pub(super) async fn the_manifest_is_locked(&mut self, steps: &mut MovementSteps) {
        let charter = Movement::of(MOVEMENT);
        self.pristina.takes_movement(&charter, "lockManifest").await;
        steps.locked = self.now();
    }

    pub(super) async fn the_group_is_cleared(&mut self, case: &Case, steps: &mut Steps) {
        steps.movement.confirmed = steps.planned;
        self.pristina.records_clearance(case, "GROUP").await;
        steps.cleared = self.now();
        let charter = Movement::of(MOVEMENT);
        self.pristina.takes_movement(&charter, "clearMovement").await;
        steps.movement.cleared = self.now();
    }

    pub(super) async fn the_group_leaves(&mut self, steps: &mut MovementSteps) {
        let charter = Movement::of(MOVEMENT);
        self.pristina.takes_movement(&charter, "departMovement").await;
        steps.departed = self.now();
    }

    pub(super) async fn the_group_is_there(&mut self, steps: &mut MovementSteps) {
        let (charter, baghdad) = (Movement::of(MOVEMENT), self.world.mission("Baghdad"));
        baghdad.takes_movement(&charter, "landMovement").await;
        steps.landed = self.now();
        baghdad.takes_movement(&charter, "reconcileMovement").await;
        steps.reconciled = self.now();
    }
}
