//! For every relation of a viewer to a row, and every field: the answer over HTTP is what the table says (DOMAIN 4.6).
//!
//! Two returns are played through the API in which every field holds something. Then everybody asks for every field of
//! every type, through listings and by id, and each answer is compared with what the field holds, what the cell of the
//! table makes of it, and what `extensions.redactions` has to say about it.

mod after;
mod after_rows;
mod census;
mod complaints;
mod disclosures;
mod documents;
mod funding;
mod inboxes;
mod oversight;
mod programme;
pub mod questions;
mod registry;
mod rows;
mod seats;
mod story;
mod tally;
pub mod truth;
mod webhooks;

use crate::sdl::Sdl;
use crate::support::services::with_services;
use crate::support::world::play_with;
use crate::support::{Answer, Database, World};
use avrr_gateway::demo;
use avrr_gateway::domain::case::CaseState;
use avrr_gateway::domain::travel_document::TravelDocumentRequestState;
use avrr_gateway::graphql::sdl;
use avrr_gateway::policy::fields::LINES;
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::store::Programme;
use census::{Census, Register, key_of};
use chrono::{DateTime, Months, TimeDelta, Utc};
use questions::Found;
use rows::Rows;
use seats::{Seat, seats};
use serde_json::{Value, json};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use tally::{Tally, parted};
use truth::{Key, Row, Shown, Truth};

#[test]
fn every_cell_of_the_table_is_what_the_api_answers_on_sqlite() {
    matrix_on(Database::Sqlite);
}

#[test]
fn every_cell_of_the_table_is_what_the_api_answers_on_postgres() {
    matrix_on(Database::Postgres);
}

/// Persons who departed before, with whom figures are large enough to be published.
const DEPARTED_BEFORE: usize = 12;

/// Those who read entries of the disclosure ledger.
const DISCLOSURES_ARE_READ_BY: [Relation; 3] = [Relation::Sending, Relation::Receiving, Relation::Oversight];

/// The key of all ids, so that the test can look behind them.
const KEY: [u8; 32] = [0xA7; 32];

fn matrix_on(database: Database) {
    let register = OnceCell::new();
    let with_our_key = |config: &mut avrr_gateway::config::Config| {
        let file = config.auth.signing_key_file.with_file_name("id.key");
        std::fs::write(&file, "a7".repeat(KEY.len())).expect("a key file");
        config.id_key_file = Some(file);
    };
    let before = |now| {
        let programme = departed_before(now);
        let _ = register.set(Register::of(&programme, KEY));
        Some(programme)
    };
    play_with(database, with_our_key, before, async |world: &World| {
        let register = register.get().expect("a register");
        every_cell(world, register).await;
    });
}

/// Cases for figures alone: nobody has a part in them, and nobody was told of them.
fn departed_before(now: DateTime<Utc>) -> Programme {
    let mut programme = with_services(demo::ready_cases(DEPARTED_BEFORE, "iom-pristina", now), now);
    programme.told.clear();
    for file in &mut programme.files {
        file.parties.clear();
        for person in &mut file.persons {
            // Initials that nobody of the story has.
            "Xhevahire".clone_into(&mut person.given_names);
            "Xhemajli".clone_into(&mut person.family_name);
        }
        file.case.state = CaseState::Departed;
        // In a month and a reporting period that are over.
        file.case.departed_at = Some(now - TimeDelta::days(400));
    }
    answered_before(&mut programme, now);
    // One of them came back long ago, so that what health staff knew is erased.
    if let Some(first) = programme.files.first_mut() {
        first.case.arrived_at = now.checked_sub_months(Months::new(30));
    }
    programme
}

/// The posts that were asked for these persons have issued five documents, refused three, and do not answer the others.
fn answered_before(programme: &mut Programme, now: DateTime<Utc>) {
    let (asked, answered) = (now - TimeDelta::days(80), now - TimeDelta::days(60));
    let requests = programme.files.iter_mut().flat_map(|file| &mut file.requests);
    for (place, request) in requests.enumerate() {
        request.consular_post = programme
            .organisations
            .iter()
            .find(|post| post.code == census::ANSWERING_POST)
            .expect("the post")
            .id;
        request.submitted_at = asked;
        request.ended_at = (place < 8).then_some(answered);
        if place >= 5 {
            request.document = None;
            request.state = if place < 8 {
                TravelDocumentRequestState::Refused
            } else {
                TravelDocumentRequestState::Submitted
            };
        }
    }
}

async fn every_cell(world: &World, register: &Register) {
    let before = DEPARTED_BEFORE;
    funding::prepare(world).await;
    census::procedures(world).await;
    let story = story::tell(world).await;
    let census = Census::take(world, register).await;
    let mut rows = rows::rows(&story, &census);
    census::notices(&world.auditor(), register, &story.inboxes, &mut rows).await;
    census::jurisdictions(&mut rows);
    programme::rows(world, register, story.visited, &mut rows).await;
    oversight::certificate(world, &mut rows).await;
    funding::rows(world, register, &mut rows).await;
    rows::suspensions(world, &mut rows).await;
    rows::escalations(&mut rows);
    complaints::told(world, &story.case, register, &mut rows).await;
    webhooks::told(world, register, &mut rows).await;
    disclosures::rows(world, &mut rows).await;
    registry::registry(world, &world.admin(), register, &mut rows).await;
    census::figures(before, &mut rows);
    census::answers(&mut rows);

    let mut matrix = Matrix {
        sdl: Sdl::read(&sdl(None)),
        rows,
        tally: Tally::default(),
    };
    matrix.every_row_is_described();
    for seat in seats(world, register) {
        for type_name in questions::types() {
            matrix.look(&seat, type_name).await;
        }
    }
    let desk = complaints::desk(world, register);
    matrix.look(&desk, "Complaint").await;
    matrix.references_are_not_shared();
    let open = matrix
        .tally
        .asserted
        .get(&("Person.phone", Relation::Consular))
        .copied()
        .unwrap_or_default();
    assert!(
        open.shown > 0 && open.withheld > 0,
        "a cell that hangs on consent was seen in one state only"
    );

    // The same cell of the same row once more, after the consent is taken back.
    world
        .mission("Pristina")
        .revokes_consent(&story.case, crate::support::fixtures::PHONE_TO_THE_EMBASSY)
        .await;
    world
        .mission("Pristina")
        .revokes_consent(&story.case, story::ADDRESS_TO_THE_EMBASSY)
        .await;
    matrix.without_consents();
    let iraq = seats(world, register)
        .into_iter()
        .find(|seat| seat.actor.client == story::IRAQ);
    matrix.look(&iraq.expect("the embassy"), "Person").await;
    matrix.tally.close(&matrix.rows);
}

struct Matrix {
    sdl: Sdl,
    rows: Rows,
    tally: Tally,
}

impl Matrix {
    /// The truth says of every field of every row what it holds.
    fn every_row_is_described(&self) {
        let types: BTreeSet<&str> = questions::types().collect();
        let governed: BTreeSet<&str> = LINES.iter().map(|line| parted(line).0).collect();
        assert_eq!(types, governed, "types with lines, and types that are asked for");
        for ((type_name, _), row) in &self.rows {
            let described: Vec<&str> = row.fields.keys().map(String::as_str).collect();
            let mut fields = self.sdl.members(type_name);
            fields.sort_unstable();
            assert_eq!(described, fields, "fields of {type_name}");
        }
        for type_name in types {
            assert!(
                self.rows.keys().any(|(of, _)| *of == type_name),
                "no {type_name} in the story"
            );
        }
    }

    /// One viewer asks for every field of every row of a type: by the listing, and by the ids that rows have for it.
    async fn look(&mut self, seat: &Seat, type_name: &'static str) {
        let relation = seat.relation(type_name);
        let mut question = questions::question(&self.sdl, type_name);
        if type_name == "Disclosure" && !DISCLOSURES_ARE_READ_BY.contains(&relation) {
            // Who sees no entry may not narrow the listing either.
            question = question.replace(", filter: { rowTypes: [\"CashGrant\"] }", "");
        }
        let answer = seat.actor.ask(&question, json!({})).await;
        let data = answer.clone().ok();
        let mut seen = BTreeSet::new();
        for found in questions::found(type_name, &data) {
            let key = key_of(seat, type_name, &found);
            match self.rows.get(&(type_name, key.clone())) {
                Some(row) => {
                    assert!(
                        row.is_there_for(relation, &seat.actor.client),
                        "{} reads a {type_name}",
                        seat.actor.client
                    );
                    compare(&mut self.tally, seat, relation, row, &found, &answer);
                    seen.insert(key);
                }
                // Every answer to a question of this test is in the ledger as well; compared is what was there before.
                None if type_name == "Disclosure" => {}
                // Oversight reads the cases that are there for figures, too.
                None => assert_eq!(
                    relation,
                    Relation::Oversight,
                    "{} reads {found:?}",
                    seat.actor.client
                ),
            }
        }
        let of_type = self.rows.iter().filter(|((of, _), _)| *of == type_name);
        let (there, elsewhere): (Vec<_>, Vec<_>) =
            of_type.partition(|(_, row)| row.is_there_for(relation, &seat.actor.client));
        let there: Vec<Key> = there.into_iter().map(|((_, key), _)| key.clone()).collect();
        let elsewhere: Vec<Key> = elsewhere.into_iter().map(|((_, key), _)| key.clone()).collect();
        assert_eq!(
            seen,
            there.iter().cloned().collect(),
            "{type_name} as {} has it listed",
            seat.actor.client
        );
        if there.is_empty() {
            self.tally.out_of_reach.insert((type_name, relation));
        }
        self.look_by_id(seat, type_name, (&there, &elsewhere)).await;
    }

    /// By its id a row is what it is in the listing; a row that is not there is null, by whatever id it would have.
    async fn look_by_id(
        &mut self,
        seat: &Seat,
        type_name: &'static str,
        (there, elsewhere): (&[Key], &[Key]),
    ) {
        let Some(node) = census::node_type(type_name) else {
            return;
        };
        let selection = questions::selection(&self.sdl, type_name);
        let query =
            format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_name} {selection} }} }}");
        let id_of = |key: &Key| seat.ids.encode(node, key.0);
        let relation = seat.relation(type_name);

        let ids: Vec<String> = there.iter().map(id_of).collect();
        let answer = seat.actor.ask(&query, json!({ "ids": ids })).await;
        let data = answer.clone().ok();
        for (place, key) in there.iter().enumerate() {
            let row = data["nodes"][place].clone();
            assert!(
                !row.is_null(),
                "{} cannot read a {type_name} by its id",
                seat.actor.client
            );
            let found = Found {
                path: format!("nodes.{place}"),
                id: row["id"].clone(),
                place,
                row,
            };
            let truth = &self.rows[&(type_name, key.clone())];
            compare(&mut self.tally, seat, relation, truth, &found, &answer);
        }

        let ids: Vec<String> = elsewhere.iter().map(id_of).collect();
        let answer = seat.actor.ask(&query, json!({ "ids": ids })).await;
        assert_eq!(
            answer.redacted(),
            Vec::<String>::new(),
            "{} learns of rows",
            seat.actor.client
        );
        let data = answer.ok();
        let nulls = vec![Value::Null; elsewhere.len()];
        assert_eq!(
            data["nodes"],
            Value::Array(nulls),
            "{type_name} that {} may not read",
            seat.actor.client
        );
    }

    /// Nobody can join by reference what others were given.
    fn references_are_not_shared(&self) {
        let references: BTreeSet<&String> = self.tally.references.values().collect();
        assert_eq!(
            references.len(),
            self.tally.references.len(),
            "{:?}",
            self.tally.references
        );
    }

    /// The consents of the first return are taken back, but for what every partner needs.
    fn without_consents(&mut self) {
        use avrr_gateway::domain::consent::ConsentCategory::{Contact, FamilyAddress};
        for row in self.rows.values_mut() {
            row.consents
                .retain(|(_, category)| !matches!(category, Contact | FamilyAddress));
        }
    }
}

/// Compares every field of a row with what the viewer has to be shown of it.
fn compare(tally: &mut Tally, seat: &Seat, relation: Relation, truth: &Row, found: &Found, answer: &Answer) {
    let lines = LINES.iter().filter(|line| parted(line).0 == truth.type_name);
    for line in lines {
        let (_, field) = parted(line);
        let what = format!(
            "{} as {} ({relation:?}) sees it at {}",
            line.name, seat.actor.client, found.path
        );
        let value = found
            .row
            .get(field)
            .unwrap_or_else(|| panic!("{what}: the key is missing"));
        let redaction = answer.redaction(&format!("{}.{field}", found.path));
        let access = line.cells[relation as usize];
        let holds = &truth.fields[field];
        let met = tally.asserted.entry((line.name, relation)).or_default();
        tally.answers += 1;
        match truth.shown(access, relation, holds) {
            Shown::Full => {
                assert_eq!(redaction, None, "{what}");
                met.shown += 1;
                met.filled += usize::from(!value.is_null());
                is_in_full(
                    &what,
                    holds,
                    value,
                    seat,
                    truth.type_name,
                    &mut tally.references,
                    found,
                );
            }
            Shown::Masked(expected) => {
                assert_eq!(redaction, Some("MASKED"), "{what}");
                assert_eq!(*value, expected, "{what}");
                met.masked += 1;
                met.filled += usize::from(!value.is_null());
            }
            Shown::Withheld => {
                assert_eq!(redaction, Some("WITHHELD"), "{what}");
                assert_eq!(*value, Value::Null, "{what}");
                met.withheld += 1;
            }
        }
    }
}

fn is_in_full(
    what: &str,
    holds: &Truth,
    value: &Value,
    seat: &Seat,
    type_name: &str,
    references: &mut BTreeMap<(String, String), String>,
    found: &Found,
) {
    match holds {
        Truth::Value(expected) => assert_eq!(value, expected, "{what}"),
        Truth::Id => {
            let named = value.as_str().and_then(|id| seat.ids.decode(id));
            let node = named.map(|(node, _)| node);
            assert_eq!(node, census::node_type(type_name), "{what}: {value}");
        }
        Truth::IdOf(of) => {
            let named = value.as_str().and_then(|id| seat.ids.decode(id));
            let node = named.map(|(node, _)| node);
            assert_eq!(node, census::node_type(of), "{what}: {value}");
        }
        Truth::Reference(own) => {
            let reference = value.as_str().unwrap_or_default();
            let is_own = seat.to_the_cases == Relation::Sending;
            assert_eq!(reference == own, is_own, "{what}: {value}");
            assert!(!reference.is_empty(), "{what}");
            let id = census::named(&seat.ids, &found.id).to_string();
            references.insert((seat.actor.client.clone(), id), reference.to_owned());
        }
        Truth::Anything => {}
        Truth::One(of) => assert_eq!(*value, json!({ "__typename": of }), "{what}"),
        Truth::Many(of) => {
            let rows = value
                .as_array()
                .unwrap_or_else(|| panic!("{what}: {value} is no list"));
            assert!(!rows.is_empty(), "{what}: nothing in the list");
            assert!(
                rows.iter().all(|row| *row == json!({ "__typename": of })),
                "{what}: {value}"
            );
        }
    }
}
