//! Nobody is shown what the table withholds, whatever is asked: a programme in which every text about a person is a word
//! that occurs once, and questions that are made up from the schema, asked by everybody in the register.
//!
//! Each answer is judged twice. Every value in it is compared with the table, by the row that it stands in; and its bytes
//! are searched for words that this viewer may not be shown, wherever they stand: in a value, an error, a header. Rows,
//! cells, consents and windows are taken from the database and from the table before anything is asked, not from answers.
//!
//! `AVRR_TEST_CANARY_SEED` sets the seed, `AVRR_TEST_CANARY_QUERIES` how many questions are made up for each database.

pub mod ask;
pub mod bare;
mod closing;
pub mod dice;
mod held;
mod judge;
mod marks;
mod noted;
pub mod shape;
mod suite;
mod sweep;
mod table;

use crate::support::insight::with_our_key;
use crate::support::world::play_with;
use crate::support::{Database, World};
use ask::Pool;
use avrr_gateway::demo;
use avrr_gateway::domain::application::ReturnDecision;
use avrr_gateway::domain::case_file::CaseFile;
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::safeguards::{AssistanceKind, AssistanceProvider, AssistanceProvision};
use avrr_gateway::graphql::sdl;
use avrr_gateway::ids::{GlobalIds, NodeType, new_id};
use avrr_gateway::store::Programme;
use bare::Bare;
use chrono::{DateTime, Utc};
use dice::{Dice, seed};
use held::Held;
use judge::{Judge, Seat};
use marks::Marks;
use shape::Shape;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Instant;
use suite::{Suite, Tally};
use table::Table;
use uuid::Uuid;

#[test]
fn nobody_is_shown_what_the_table_withholds_whatever_is_asked_on_sqlite() {
    canaries_on(Database::Sqlite);
}

#[test]
fn nobody_is_shown_what_the_table_withholds_whatever_is_asked_on_postgres() {
    canaries_on(Database::Postgres);
}

/// The key of all ids, so that the test can look behind them.
const KEY: [u8; 32] = [0xA7; 32];

fn canaries_on(database: Database) {
    play_with(
        database,
        with_our_key,
        |now| Some(programme(now)),
        async |world: &World| {
            canaries(world).await;
        },
    );
}

/// The demo with every tale in it, and of what chance brought about a twelfth.
fn programme(now: DateTime<Utc>) -> Programme {
    let mut whole = demo::programme(7, now);
    let mut places = BTreeMap::new();
    let files = std::mem::take(&mut whole.files).into_iter().enumerate();
    for (nth, file) in files.filter(|(nth, _)| *nth >= BY_CHANCE || nth % 12 == 0) {
        places.insert(nth, whole.files.len());
        whole.files.push(with_what_no_tale_tells(file, now));
    }
    let told = std::mem::take(&mut whole.told).into_iter();
    whole.told = told
        .filter_map(|(at, file, draft)| Some((at, *places.get(&file)?, draft)))
        .collect();
    let history = std::mem::take(&mut whole.history).into_iter();
    whole.history = history
        .filter_map(|(file, entry)| match file {
            Some(file) => Some((Some(*places.get(&file)?), entry)),
            None => Some((None, entry)),
        })
        .collect();
    whole
}

/// The same case with what occurs in no tale: a return decision, and care by a centre.
fn with_what_no_tale_tells(mut file: CaseFile, now: DateTime<Utc>) -> CaseFile {
    let today = now.date_naive();
    if file.case.application.return_decision.is_none() {
        file.case.application.return_decision = Some(ReturnDecision {
            number: "1".to_owned(),
            issued_on: today,
            served_on: Some(today),
            authority: "An authority".to_owned(),
            mentions_avrr: true,
        });
    }
    if let Some(person) = file.persons.first() {
        file.safeguards.assistance.push(AssistanceProvision {
            id: new_id(now).into(),
            case_id: file.case.id,
            person_id: person.id,
            kind: AssistanceKind::ALL[0].0,
            provider: AssistanceProvider::ALL[0].0,
            provider_name: "A centre".to_owned(),
            provided_on: today,
        });
    }
    file
}

/// So many of the first cases of the demo are brought about by chance; tales follow.
const BY_CHANCE: usize = 612;

async fn canaries(world: &World) {
    let began = Instant::now();
    let bare = Bare::to(&world.stage.url).await;
    let (shape, table) = (Shape::read(&sdl(None)), Table::read());
    let marks = Marks::plant(&bare, &shape, &table).await;
    marks.every_text_is_planted(&shape, &table);
    let held = Held::read(&bare, world.clock.now()).await;
    let ids = GlobalIds::new(KEY);
    let seats = held.viewers.iter().map(|viewer| Seat {
        viewer: viewer.clone(),
        ids: ids.of(viewer.organisation.into()),
        allowed: marks.allowed(&held, &table, viewer),
        any: Held::any_part(viewer),
    });
    let seats: Vec<Seat> = seats.collect();
    let suite = Suite {
        world,
        seed: seed(),
        judge: Judge {
            shape: &shape,
            table: &table,
            held: &held,
            marks: &marks,
        },
        pools: seats
            .iter()
            .map(|seat| pool(&held, &marks, seat, &seats))
            .collect(),
        seats,
        tally: RefCell::new(Tally {
            seen: vec![false; marks.all.len()],
            ..Tally::default()
        }),
    };
    suite.everything_is_asked_for().await;
    let everything = (suite.tally.borrow().asked, began.elapsed());
    suite.everybody_listens().await;
    suite.questions_are_made_up().await;
    let noted = suite.all_of_it_was_noted().await;
    eprintln!("{noted} rows that were told are in the ledger");
    assert!(noted > 1_000, "hardly anything was told");
    suite.a_hole_is_noticed().await;
    suite.closes(everything, began);
}

/// What a seat fills its questions with.
fn pool(held: &Held, marks: &Marks, seat: &Seat, seats: &[Seat]) -> Pool {
    let mut dice = Dice::new(seed(), seat.viewer.organisation.as_u64_pair().1);
    let mut pool = Pool::default();
    for (of, rows) in &held.rows {
        let node = node(of);
        let all: Vec<Uuid> = rows.keys().copied().collect();
        let near = all
            .iter()
            .filter(|id| !held.parts(&seat.viewer, of, **id).is_empty())
            .take(30);
        pool.own.extend(near.map(|id| seat.ids.encode(node, *id)));
        for _ in 0..12.min(all.len()) {
            let id = *dice.pick(&all);
            pool.own.push(seat.ids.encode(node, id));
            let other = dice.pick(seats);
            if other.viewer.organisation != seat.viewer.organisation {
                pool.foreign.push(other.ids.encode(node, id));
            }
        }
        pool.foreign
            .push(seat.ids.encode(node, Uuid::from_bytes(dice.bytes())));
    }
    pool.foreign.push("AAAAAAAAAAAAAAAAAAAAAAA".to_owned());
    let case = held.rows["Case"].keys().next().copied().unwrap_or_default();
    for listing in ["cases", "", "x"] {
        let cursor = seat.ids.cursor(listing.as_bytes(), case);
        pool.cursors.push(cursor[..20].to_owned());
        pool.cursors.push(cursor);
    }
    pool.words = (0..200).map(|_| dice.pick(&marks.all).word.clone()).collect();
    pool
}

fn node(of: &str) -> NodeType {
    match of {
        "Organisation" => NodeType::Organisation,
        "Client" => NodeType::Client,
        "Case" => NodeType::Case,
        "Person" => NodeType::Person,
        "Consent" => NodeType::Consent,
        "TravelDocumentRequest" => NodeType::TravelDocumentRequest,
        "Itinerary" => NodeType::Itinerary,
        "CashGrant" => NodeType::CashGrant,
        "ReintegrationPackage" => NodeType::ReintegrationPackage,
        "Notice" => NodeType::Notice,
        "Referral" => NodeType::Referral,
        "Project" => NodeType::Project,
        "GrantRule" => NodeType::GrantRule,
        "ExchangeRate" => NodeType::ExchangeRate,
        "Movement" => NodeType::Movement,
        other => panic!("no ids of {other}"),
    }
}
