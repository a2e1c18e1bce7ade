//! Who looks at the case, and what persons can let each know.

use super::{Place, window};
use crate::support::{Actor, ConsentLine, World};
use avrr_gateway::policy::relation::Relation;

/// Somebody who looks.
pub struct Seat {
    pub relation: Relation,
    pub actor: Actor,
    /// The class and the purpose that persons consent to, where they can.
    pub class: Option<(&'static str, &'static str)>,
    /// The categories that open something to the class.
    pub categories: &'static [&'static str],
    /// The category without which the case is closed, where there is one.
    pub opening: Option<&'static str>,
}

/// A set of categories that holds, as the golden file names it.
pub type Variant = (String, Vec<&'static str>);

impl Seat {
    /// The lines of a form in which everything is consented to; a service has to be named apart from it.
    pub fn form(&self) -> Option<Vec<ConsentLine>> {
        let (class, purpose) = self.class?;
        let lines = self
            .categories
            .iter()
            .filter(|_| self.relation != Relation::Service);
        Some(lines.map(|category| (class, purpose, *category)).collect())
    }

    /// What may be consented to: everything, nothing, each alone, and each with what opens the case.
    pub fn variants(&self) -> Vec<Variant> {
        if self.class.is_none() {
            return vec![("-".to_owned(), Vec::new())];
        }
        let mut variants = vec![("none".to_owned(), Vec::new())];
        for category in self.categories {
            variants.push(((*category).to_lowercase() + " alone", vec![*category]));
            if let Some(opening) = self.opening.filter(|opening| opening != category) {
                let both = format!("{} and {}", opening.to_lowercase(), category.to_lowercase());
                variants.push((both, vec![opening, *category]));
            }
        }
        // Last, so that everything holds again when the case goes on.
        if self.categories.len() > 1 {
            variants.push(("all".to_owned(), self.categories.to_vec()));
        }
        variants
    }

    /// Whether the case is within reach at a place while these categories are consented to.
    pub fn reaches(&self, place: Place, consented: &[&str]) -> bool {
        let within = window(self.relation)
            .is_some_and(|(from, until)| place >= from && until.is_none_or(|until| place < until));
        within && self.opening.is_none_or(|opening| consented.contains(&opening))
    }
}

/// Everybody who looks: each relation to the case, and those who have none.
pub fn seats(world: &World) -> Vec<Seat> {
    const TO_A_POST: &[&str] = &["IDENTITY", "CONTACT", "FAMILY_ADDRESS", "GUARDIAN", "PHOTO"];
    const TO_AN_AUTHORITY: &[&str] = &["IDENTITY", "TRAVEL_PLAN"];
    let by_part = |relation, actor| Seat {
        relation,
        actor,
        class: None,
        categories: &[],
        opening: None,
    };
    let consented = |relation, actor, line: (&'static str, &'static str), categories, opening| Seat {
        class: Some(line),
        categories,
        opening,
        ..by_part(relation, actor)
    };
    let identity = Some("IDENTITY");
    vec![
        by_part(Relation::Sending, world.mission("Pristina")),
        consented(
            Relation::Transit,
            world.mission("Istanbul"),
            ("IOM_TRANSIT", "DEPARTURE_NOTICE"),
            &["TRAVEL_PLAN"],
            None,
        ),
        consented(
            Relation::Receiving,
            world.mission("Baghdad"),
            ("IOM_RECEIVING", "CASE_MANAGEMENT"),
            &["IDENTITY", "HEALTH", "PROTECTION"],
            None,
        ),
        by_part(Relation::Mission, world.mission("Skopje")),
        consented(
            Relation::Consular,
            world.embassy("Iraq", "Belgrade"),
            ("EMBASSY", "TRAVEL_DOCUMENT"),
            TO_A_POST,
            identity,
        ),
        consented(
            Relation::Police,
            world.police("XKX"),
            ("HOST_POLICE", "DEPARTURE_NOTICE"),
            TO_AN_AUTHORITY,
            identity,
        ),
        consented(
            Relation::Migration,
            world.migration("XKX"),
            ("HOST_MIGRATION", "DEPARTURE_NOTICE"),
            TO_AN_AUTHORITY,
            identity,
        ),
        consented(
            Relation::Service,
            world.service(),
            ("SERVICE_PROVIDER", "REINTEGRATION"),
            &["PROTECTION"],
            Some("PROTECTION"),
        ),
        by_part(Relation::Dashboard, world.dashboard()),
        by_part(Relation::Oversight, world.auditor()),
        by_part(Relation::Administration, world.admin()),
    ]
}
