//! What missions do for a journey, in the words of the programme.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::flights;
use super::row::{Case, Row};
use chrono::{DateTime, Days, Utc};
use serde_json::json;

impl Row {
    /// The missions on the way and the one at the end confirm this journey.
    pub async fn is_confirmed_by(&self, on_the_way: &[&Actor], at_the_end: &Actor) {
        for mission in on_the_way {
            mission.confirms_transit(self).await;
        }
        at_the_end.confirms_reception(self).await;
    }
}

impl Actor {
    /// Confirms that it assists a journey in transit.
    pub fn confirms_transit(&self, itinerary: &Row) -> Command<'_, ()> {
        self.handles(itinerary, "confirmTransit")
    }

    /// Confirms that it receives the persons of a journey.
    pub fn confirms_reception(&self, itinerary: &Row) -> Command<'_, ()> {
        self.handles(itinerary, "confirmReception")
    }

    /// Sees the persons on board of the flight at a place of the journey, from 0.
    pub fn boards(&self, itinerary: &Row, position: i32) -> Command<'_, ()> {
        self.handles(itinerary, "boardSegment").with("position", position)
    }

    /// Sees the persons get off the flight at a place of the journey, from 0.
    pub fn lands(&self, itinerary: &Row, position: i32) -> Command<'_, ()> {
        self.handles(itinerary, "landSegment").with("position", position)
    }

    /// Reports that the journey broke off just now, at the flight at a place of it, from 0.
    pub fn reports(&self, itinerary: &Row, position: i32, kind: &str) -> Command<'_, ()> {
        self.handles(itinerary, "reportTransitIncident")
            .with("position", position)
            .with("kind", kind)
            .with("occurredAt", json!(self.now()))
    }

    /// Moves the flight at a place of the journey, from 0, to other times.
    pub fn retimes(
        &self,
        itinerary: &Row,
        position: i32,
        (departs, arrives): (DateTime<Utc>, DateTime<Utc>),
    ) -> Command<'_, ()> {
        self.handles(itinerary, "retimeSegment")
            .with("position", position)
            .with("departsAt", json!(departs))
            .with("arrivesAt", json!(arrives))
    }

    /// Books a journey along a route in the place of the last attempt, so many days from now.
    pub fn rebooks(&self, case: &Case, last: &Row, route: &str, days: u64) -> Command<'_, Row> {
        let of = case.clone();
        let day = self.now().date_naive() + Days::new(days);
        let command = ("rebookItinerary", "itinerary");
        Command::new(self, command, "{ id attemptNo }", move |row| {
            let attempt = row["attemptNo"].as_u64().expect("a number");
            let attempt = usize::try_from(attempt).expect("a small number");
            self.remembers(of.itinerary(attempt), row)
        })
        .on("itineraryId", last)
        .at_version_of(last)
        .with("segments", flights(route, day))
        .with("bookingReference", "RB7P2K")
    }

    /// Suspends operations for a country.
    pub fn suspends_operations(&self, country: &str, reason: &str) -> Command<'_, ()> {
        let command = ("suspendOperations", "operationsSuspension");
        Command::new(self, command, "{ version }", |_| ())
            .with("country", country)
            .with("reason", reason)
    }

    /// Lifts the suspension of a country.
    pub fn resumes_operations(&self, country: &str, version: i32) -> Command<'_, ()> {
        let command = ("resumeOperations", "operationsSuspension");
        Command::new(self, command, "{ version }", |_| ())
            .with("country", country)
            .with("expectedVersion", version)
    }

    fn handles(&self, itinerary: &Row, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "itinerary"), "{ id }", |_| ())
            .on("itineraryId", itinerary)
            .at_version_of(itinerary)
    }
}
