//! The demo programme: everybody whom the contract names, and some six hundred cases of people who do not exist.
//!
//! Each case was played through the steps of [`crate::domain`] with a clock of its own, so nothing in the demo could not
//! have happened in the program. It is the same for the same seed and day, but for the ids, which are random in part.
//! It refuses to know what a row or a field of the schema is: it hands a [`Programme`] to the store and no more.

mod assistance;
mod by_reference;
mod cases;
mod clients;
mod consents;
mod dice;
mod funding;
mod names;
mod people;
mod places;
mod register;
mod script;
mod step;
mod story;

#[cfg(test)]
mod tests;

pub use by_reference::REFERENCE;
pub use clients::{DemoClient, clients, first_query};
pub use register::{Register, register};

use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::store::{Programme, Store};
use chrono::{DateTime, Utc};

/// The demo programme as it stands at a moment.
#[must_use]
pub fn programme(seed: u64, now: DateTime<Utc>) -> Programme {
    let register = register(now);
    let mut plans = cases::plans(seed, now.date_naive(), &register);
    plans.extend(by_reference::plan(seed, now.date_naive(), &register));
    assemble(register, plans)
}

/// The register, and cases that are all ready to depart tomorrow from one mission by Istanbul to Baghdad, with police and
/// migration authority told as far as the host territory has them in the register: for tests of load.
///
/// A code that is not that of a sending mission gives the register alone. No rule for cash grants holds any more.
#[must_use]
pub fn ready_cases(count: usize, sending_code: &str, now: DateTime<Utc>) -> Programme {
    let mut register = register(now);
    register
        .funding
        .rules
        .retain(|rule| rule.valid_to.is_some_and(|last| last < now.date_naive()));
    let plans = cases::ready_plans(count, sending_code, now.date_naive(), &register);
    assemble(register, plans)
}

/// Loads the demo programme into an empty database.
///
/// # Errors
///
/// [`Error::Startup`] if the database holds other data; faults of the database.
pub async fn load(store: &Store, seed: u64) -> Result<(), Error> {
    store.load(programme(seed, store.clock().now())).await
}

fn assemble(register: Register, plans: Vec<story::Plan>) -> Programme {
    let mut programme = Programme::default();
    for (reference, refusal) in cases::play(plans, &register, &mut programme) {
        // A fault of the demo, not of the case: it stands as far as it came.
        tracing::warn!(reference, %refusal, "a demo case ends early");
    }
    programme.organisations = register.directory.organisations;
    programme.accreditations = register.directory.accreditations;
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
