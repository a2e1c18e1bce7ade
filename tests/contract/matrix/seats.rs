//! Everybody who asks, and what each is to the cases of the story.

use super::census::Register;
use super::truth;
use crate::support::{Actor, World};
use avrr_gateway::ids::ViewerIds;
use avrr_gateway::policy::relation::Relation;

/// Somebody who asks.
pub struct Seat {
    pub actor: Actor,
    /// What its organisation is to the cases of the story.
    pub to_the_cases: Relation,
    pub ids: ViewerIds,
}

impl Seat {
    /// What its organisation is to rows of a type.
    pub fn relation(&self, type_name: &str) -> Relation {
        if truth::ON_A_CASE.contains(&type_name) {
            return self.to_the_cases;
        }
        match self.to_the_cases {
            Relation::Sending | Relation::Transit | Relation::Receiving => Relation::Mission,
            other => other,
        }
    }
}

pub fn seats(world: &World, register: &Register) -> Vec<Seat> {
    let seats = [
        (world.mission("Pristina"), Relation::Sending),
        (world.mission("Istanbul"), Relation::Transit),
        (world.mission("Baghdad"), Relation::Receiving),
        (world.mission("Skopje"), Relation::Mission),
        (world.embassy("Iraq", "Belgrade"), Relation::Consular),
        (world.police("XKX"), Relation::Police),
        (world.migration("XKX"), Relation::Migration),
        (world.service(), Relation::Service),
        (world.dashboard(), Relation::Dashboard),
        (world.auditor(), Relation::Oversight),
        (world.admin(), Relation::Administration),
    ];
    let seat = |(actor, to_the_cases): (Actor, Relation)| {
        let ids = register.ids_of(&actor.client);
        Seat {
            actor,
            to_the_cases,
            ids,
        }
    };
    seats.into_iter().map(seat).collect()
}
