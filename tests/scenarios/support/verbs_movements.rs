//! What missions do with a group that travels together, in the words of the programme.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::flights;
use super::row::{Case, Row};
use chrono::Days;
use serde_json::{Value, json};

/// A group movement: known by its reference.
#[derive(Clone, Debug)]
pub struct Movement(String);

impl Movement {
    /// The movement of a reference.
    pub fn of(reference: &str) -> Self {
        Self(reference.to_owned())
    }

    /// What missions call it.
    pub fn reference(&self) -> &str {
        &self.0
    }
}

impl Actor {
    /// Plans a charter along a route such as `PRN-BGW`, so many days from now, for so many persons.
    pub fn drafts_movement(
        &self,
        reference: &str,
        route: &str,
        days: u64,
        seats: usize,
    ) -> Command<'_, Movement> {
        let made = Movement::of(reference);
        let day = self.now().date_naive() + Days::new(days);
        Command::new(self, ("draftMovement", "movement"), "{ id }", move |_| made)
            .with("reference", reference)
            .with("kind", "CHARTER")
            .with("seats", seats)
            .with("segments", flights(route, day))
    }

    /// Takes a movement one step further.
    pub fn takes_movement(&self, movement: &Movement, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "movement"), "{ id }", |_| ()).on_movement(movement)
    }

    /// Lists the persons of a case on the manifest of a movement.
    pub fn lists(&self, case: &Case, movement: &Movement) -> Command<'_, Row> {
        let of = case.clone();
        let command = ("listOnManifest", "itinerary");
        Command::new(self, command, "{ id attemptNo }", move |row| {
            let attempt = row["attemptNo"].as_u64().expect("a number");
            let attempt = usize::try_from(attempt).expect("a small number");
            self.remembers(of.itinerary(attempt), row)
        })
        .on_case(case)
        .with("movementReference", movement.reference())
        .with("bookingReference", "QX7P2K")
    }

    /// Records that the persons did not come.
    pub fn records_no_show(&self, itinerary: &Row) -> Command<'_, ()> {
        Command::new(self, ("recordNoShow", "itinerary"), "{ id }", |_| ())
            .on("itineraryId", itinerary)
            .at_version_of(itinerary)
    }

    /// A movement as the actor finds it among its own, if it does.
    pub async fn finds_movement(&self, movement: &Movement, selection: &str) -> Option<Value> {
        let query = format!(
            "{{ movements(first: 100) {{ totalCount nodes {{ id reference version {selection} }} }} }}"
        );
        let data = self.ask(&query, json!({})).await.ok();
        let nodes = data["movements"]["nodes"].as_array().expect("nodes");
        assert_eq!(
            data["movements"]["totalCount"],
            json!(nodes.len()),
            "{} counts movements that it does not see",
            self.client
        );
        nodes
            .iter()
            .find(|node| node["reference"] == movement.reference())
            .cloned()
    }
}
