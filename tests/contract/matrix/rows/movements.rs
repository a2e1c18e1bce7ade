//! The rows of the group movement of the story.

use super::journeys::segments;
use super::{OnCase, Row, Truth, Whose};
use crate::matrix::story::MOVEMENT;
use avrr_gateway::policy::relation::Relation;
use serde_json::json;

/// Those outside its missions who were told of the journey that is part of it.
const TOLD: &[Relation] = &[Relation::Transit, Relation::Police];

impl OnCase<'_> {
    /// The movement that the last journey of the case is part of.
    pub(super) fn movement(&mut self) {
        let (steps, id) = (&self.steps.movement, self.census.movement);
        let values = json!({
            "reference": MOVEMENT,
            "kind": "CHARTER",
            "seats": 40,
            "state": "RECONCILED",
            "draftedAt": steps.drafted,
            "lockedAt": steps.locked,
            "clearedAt": steps.cleared,
            "departedAt": steps.departed,
            "landedAt": steps.landed,
            "endedAt": steps.reconciled,
            "listedAtLock": 1,
            "travelling": 1,
            "boarded": 1,
            "version": 7,
        });
        let others = [
            ("id", Truth::Id),
            ("organiser", Truth::One("Organisation")),
            ("flights", Truth::Many("MovementFlight")),
            ("manifest", Truth::Many("ManifestLine")),
            ("changesSinceLock", Truth::Many("ManifestChange")),
            ("history", Truth::Many("HistoryEntry")),
        ];
        self.add(id, 0, Row::new("Movement", Whose::Told(TOLD), values, &others));
        let journey = self.steps.journeys.last().expect("a journey");
        for (nth, flown) in segments(journey).into_iter().enumerate() {
            let planned = json!({
                "position": flown["position"],
                "flight": flown["flight"],
                "departureAirport": flown["departureAirport"],
                "departsAt": flown["departsAt"],
                "arrivalAirport": flown["arrivalAirport"],
                "arrivesAt": flown["arrivesAt"],
            });
            self.add(
                id,
                nth,
                Row::new("MovementFlight", Whose::Told(TOLD), planned, &[]),
            );
        }
        let line = json!({ "state": "BOARDED", "listedAt": steps.listed, "changedAt": steps.boarded });
        let others = [
            ("person", Truth::One("Person")),
            ("case", Truth::One("Case")),
            ("itinerary", Truth::One("Itinerary")),
        ];
        self.add(id, 0, Row::new("ManifestLine", Whose::Told(TOLD), line, &others));
        let changes = [
            ("LISTED", "CONFIRMED", steps.confirmed),
            ("CONFIRMED", "BOARDED", steps.boarded),
        ];
        for (nth, (from, to, at)) in changes.into_iter().enumerate() {
            let change = json!({ "from": from, "to": to, "changedAt": at });
            let person = [("person", Truth::One("Person"))];
            self.add(
                id,
                nth,
                Row::new("ManifestChange", Whose::Told(TOLD), change, &person),
            );
        }
    }
}
