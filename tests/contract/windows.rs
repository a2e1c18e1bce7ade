//! The matrix through a whole case: who reaches it from when to when, and what which consent opens meanwhile (DOMAIN 4.6,
//! row scope).
//!
//! One case walks from its opening to long after the departure. At each place everybody asks for every field of every
//! type; what is withheld and masked is what the table, the consents that hold, and the window say. Just before a window
//! closes a viewer sees all that it may, at the moment itself nothing, by no way. What was found is `tests/golden/windows.txt`.

mod look;
mod seats;

use crate::golden;
use crate::support::services::SERVICE;
use crate::support::verbs_referral::steps;
use crate::support::world::play_with;
use crate::support::{Case, Database, Until, Usual, World};
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::policy::windows::Windows;
use chrono::{DateTime, Duration, TimeDelta, Utc};
use look::Watch;
use seats::{Seat, seats};

#[test]
fn everybody_reaches_a_case_while_its_window_is_open_and_what_was_consented_to_on_sqlite() {
    walk_on(Database::Sqlite);
}

#[test]
fn everybody_reaches_a_case_while_its_window_is_open_and_what_was_consented_to_on_postgres() {
    walk_on(Database::Postgres);
}

/// Where the case is when everybody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Opened,
    Signed,
    Registered,
    Requested,
    Booked,
    Ready,
    Departed,
    TransitCloses,
    TransitClosed,
    PoliceCloses,
    PoliceClosed,
    ConsularCloses,
    ConsularClosed,
    MigrationCloses,
    MigrationClosed,
    LongAfter,
}

impl Place {
    /// As the golden file names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Signed => "application signed",
            Self::Registered => "registered, service asked",
            Self::Requested => "document requested",
            Self::Booked => "document issued, journey booked",
            Self::Ready => "ready to depart",
            Self::Departed => "departed, service done",
            Self::TransitCloses => "onward departure + 72 h, a moment before",
            Self::TransitClosed => "onward departure + 72 h",
            Self::PoliceCloses => "departure + 7 d, a moment before",
            Self::PoliceClosed => "departure + 7 d",
            Self::ConsularCloses => "document issued + 30 d, a moment before",
            Self::ConsularClosed => "document issued + 30 d",
            Self::MigrationCloses => "departure + 30 d, a moment before",
            Self::MigrationClosed => "departure + 30 d",
            Self::LongAfter => "a year later",
        }
    }
}

/// The places where a case is reached: from, and until, not counting the last. Written once more and not by the code under test.
pub fn window(relation: Relation) -> Option<(Place, Option<Place>)> {
    match relation {
        Relation::Sending | Relation::Oversight => Some((Place::Opened, None)),
        Relation::Receiving => Some((Place::Signed, None)),
        Relation::Transit => Some((Place::Booked, Some(Place::TransitClosed))),
        Relation::Consular => Some((Place::Requested, Some(Place::ConsularClosed))),
        Relation::Police => Some((Place::Ready, Some(Place::PoliceClosed))),
        Relation::Migration => Some((Place::Registered, Some(Place::MigrationClosed))),
        Relation::Service => Some((Place::Registered, Some(Place::Departed))),
        Relation::Mission | Relation::Dashboard | Relation::Administration => None,
    }
}

fn walk_on(database: Database) {
    play_with(
        database,
        |_| (),
        |_| None,
        async |world: &World| {
            let text = walk(world).await;
            golden::is_current("tests/golden/windows.txt", &text);
        },
    );
}

/// The case from its opening to long after the departure.
async fn walk(world: &World) -> String {
    let seats = seats(world);
    let everything: Vec<_> = seats.iter().filter_map(Seat::form).flatten().collect();
    let mut usual = Usual::opened(world).await;
    let mut watch = Watch::new(world, seats, usual.case.clone());
    watch.everybody_looks(Place::Opened).await;

    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    pristina.counsels(&case).await;
    pristina.finds_eligible(&case).await;
    pristina.has_signed(&case, &everything).await;
    watch.has_signed();
    let name = case.head().to_owned();
    pristina
        .assesses_vulnerability(&case, &name, &["VICTIM_OF_TRAFFICKING"], &["INTERPRETER"])
        .await;
    watch.everybody_looks(Place::Signed).await;

    pristina.registers_signed(&case).await;
    watch.signs_for_the_service().await;
    asks_the_service(world, &usual, &case).await;
    watch.everybody_looks(Place::Registered).await;

    world
        .goes_on(&mut usual, Until::Registered, Until::Requested)
        .await;
    watch.everybody_looks(Place::Requested).await;
    world.goes_on(&mut usual, Until::Requested, Until::Issued).await;
    let issued = world.clock.now();
    world.goes_on(&mut usual, Until::Issued, Until::Booked).await;
    watch.everybody_looks(Place::Booked).await;
    world.goes_on(&mut usual, Until::Booked, Until::Ready).await;
    watch.everybody_looks(Place::Ready).await;

    world.goes_on(&mut usual, Until::Ready, Until::Departed).await;
    let departed = world.clock.now();
    // What it has done it can no longer read.
    let done = steps(world, &world.service(), "completeReferral", 0).await;
    assert_eq!(done, serde_json::Value::Null);
    watch.everybody_looks(Place::Departed).await;

    let windows = Windows::default();
    let days = |days: u32| Duration::days(days.into());
    let onward = leaves_istanbul(&usual).await;
    let transit = Duration::hours(windows.transit_hours.into());
    let edges = [
        (onward + transit, Place::TransitCloses, Place::TransitClosed),
        (
            departed + days(windows.police_days),
            Place::PoliceCloses,
            Place::PoliceClosed,
        ),
        (
            issued + days(windows.consular_days),
            Place::ConsularCloses,
            Place::ConsularClosed,
        ),
        (
            departed + days(windows.migration_days),
            Place::MigrationCloses,
            Place::MigrationClosed,
        ),
    ];
    for (edge, before, after) in edges {
        comes(world, edge - TimeDelta::microseconds(1));
        watch.everybody_looks(before).await;
        comes(world, edge);
        watch.everybody_looks(after).await;
    }
    world.time_passes(TimeDelta::days(365));
    watch.everybody_looks(Place::LongAfter).await;
    watch.told()
}

/// A moment comes.
fn comes(world: &World, moment: DateTime<Utc>) {
    let left = moment - world.clock.now();
    assert!(left > TimeDelta::zero(), "{moment} has passed");
    world.time_passes(left);
}

async fn asks_the_service(world: &World, usual: &Usual, case: &Case) {
    let asks = usual.pristina.refers_one(case, case.head(), SERVICE).await;
    asks.await;
    assert_eq!(
        steps(world, &world.service(), "acceptReferral", 0).await,
        "ACCEPTED"
    );
}

/// When the persons fly on from Istanbul.
async fn leaves_istanbul(usual: &Usual) -> DateTime<Utc> {
    let sight = usual
        .pristina
        .sees(usual.itinerary(), "{ segments { departureAirport departsAt } }")
        .await;
    let segments = sight.row["segments"].as_array().expect("flights");
    let onward = segments.iter().find(|flight| flight["departureAirport"] == "IST");
    let moment = onward
        .and_then(|flight| flight["departsAt"].as_str())
        .expect("a flight on");
    moment.parse().expect("a moment")
}
