//! The demo programme: everybody whom the contract names, and some seven hundred cases of people who do not exist.
//!
//! Most are drawn by chance in the proportions of the annual figures ([`cases`], [`script`]); what chance would not bring
//! about, every state of every machine among it, is told case by case ([`tales`], one file for each kind of story).
//! Each case was played through the steps of [`crate::domain`] with a clock of its own, so nothing in the demo could not
//! have happened in the program. It is the same for the same seed and day, but for the ids, which are random in part.
//! It refuses to know what a row or a field of the schema is: it hands a [`Programme`] to the store and no more.

mod assistance;
mod by_reference;
mod cases;
mod clients;
mod closure;
mod complaints;
mod consents;
mod dice;
mod first_phase;
mod funding;
mod kosovo_2010;
mod names;
mod outreach;
mod people;
mod places;
mod programme;
mod register;
mod script;
mod step;
mod story;
mod tales;

#[cfg(test)]
mod tests;

pub use by_reference::REFERENCE;
pub use clients::{DemoClient, clients, first_query};
pub use kosovo_2010::{PROJECT as OF_2010, RETURNED as RETURNED_TO_KOSOVO_IN_2010};
pub use register::{Register, agreement, register};

use register::Scene;

use crate::config::DemoProgramme;
use crate::domain::territory::CountryCode;
use crate::domain::transition::Refusal;
use crate::error::Error;
use crate::store::{Programme, Store};
use chrono::{DateTime, Utc};

/// The demo programme as it stands at a moment.
#[must_use]
pub fn programme(seed: u64, now: DateTime<Utc>) -> Programme {
    let scene = Scene::of(now);
    let today = now.date_naive();
    let mut plans = cases::plans(seed, today, &scene);
    let mut tales = tales::plans(seed, today, &scene);
    let told = tales.iter_mut().flat_map(|(_, cast)| cast);
    cases::number(plans.iter_mut().chain(told));
    plans.extend(by_reference::plan(seed, today, &scene));
    let mut programme = Programme {
        suspensions: vec![scene.closure.lifted()],
        visits: outreach::visits(seed, now, &scene),
        trainings: programme::trainings(now, &scene),
        campaign_reports: programme::campaign_reports(now, &scene),
        complaints: complaints::complaints(now, &scene),
        ..Programme::default()
    };
    let mut refused = cases::play(plans, &scene, &mut programme);
    refused.extend(tales::play(tales, &scene, &mut programme));
    first_phase::records(seed, now, &scene, &mut programme);
    assemble(scene.into_register(), programme, refused)
}

/// The register, and the returns to Kosovo* in 2010 as the annual report counts them (DOMAIN 1.6), with a project of their own.
///
/// \* This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ Opinion on
/// the Kosovo declaration of independence.
#[must_use]
pub fn returns_to_kosovo_in_2010(seed: u64, now: DateTime<Utc>) -> Programme {
    let mut scene = Scene::of(now);
    let (mut programme, mut refused) = (Programme::default(), Vec::new());
    if let Some(project) = kosovo_2010::project(now, &scene) {
        refused = kosovo_2010::returns(seed, &project, &scene, &mut programme);
        scene.funding.projects.push(project);
    }
    assemble(scene.into_register(), programme, refused)
}

/// The register, and cases that are all ready to depart tomorrow from one mission by Istanbul to Baghdad, with police and
/// migration authority told as far as the host territory has them in the register: for tests of load.
///
/// A code that is not that of a sending mission gives the register alone. No rule for cash grants holds any more.
#[must_use]
pub fn ready_cases(count: usize, sending_code: &str, now: DateTime<Utc>) -> Programme {
    let mut scene = Scene::of(now);
    scene.funding.rules.retain(funding::is_of_the_past);
    scene.funding.rates.clear();
    let plans = cases::ready_plans(count, sending_code, now.date_naive(), &scene);
    let mut programme = Programme::default();
    let refused = cases::play(plans, &scene, &mut programme);
    assemble(scene.into_register(), programme, refused)
}

/// Loads a demo programme into an empty database.
///
/// # Errors
///
/// [`Error::Startup`] if the database holds other data; faults of the database.
pub async fn load(store: &Store, which: DemoProgramme, seed: u64) -> Result<(), Error> {
    let now = store.clock().now();
    let programme = match which {
        DemoProgramme::WesternBalkans => programme(seed, now),
        DemoProgramme::KosovoIn2010 => returns_to_kosovo_in_2010(seed, now),
    };
    store.load(programme).await
}

fn assemble(register: Register, mut programme: Programme, refused: Vec<(String, Refusal)>) -> Programme {
    for (reference, refusal) in refused {
        // A fault of the demo, not of the case: it stands as far as it came.
        tracing::warn!(reference, %refusal, "a demo case ends early");
    }
    programme.organisations = register.directory.organisations;
    programme.accreditations = register.directory.accreditations;
    programme.agreements = register.agreements;
    programme.clients = register.clients;
    programme.projects = register.funding.projects;
    programme.rules = register.funding.rules;
    programme.rates = register.funding.rates;
    programme
}

/// A country by a code that the demo itself writes.
fn place(code: &str) -> CountryCode {
    CountryCode::parse(code).unwrap_or_else(|| unreachable!("the demo names no place {code}"))
}
