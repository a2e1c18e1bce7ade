//! Nobody is shown what the table withholds, whatever is asked: a programme in which every text about a person is a word
//! that occurs once, and questions that are made up from the schema, asked by everybody in the register.
//!
//! Each answer is judged twice. Every value in it is compared with the table, by the row that it stands in; and its bytes
//! are searched for words that this viewer may not be shown, wherever they stand: in a value, an error, a header. Rows,
//! cells, consents and windows are taken from the database and from the table before anything is asked, not from answers.
//!
//! `AVRR_TEST_CANARY_SEED` sets the seed, `AVRR_TEST_CANARY_QUERIES` how many questions are made up for each database.

pub mod ask;
mod bare;
pub mod dice;
mod held;
mod judge;
mod marks;
pub mod shape;
mod sweep;
mod table;

use crate::support::insight::with_our_key;
use crate::support::overheard;
use crate::support::socket::Heard as FromSocket;
use crate::support::world::play_with;
use crate::support::{Actor, Answer, Database, World};
use ask::{Asked, Pool, Writer};
use avrr_gateway::demo;
use avrr_gateway::domain::application::ReturnDecision;
use avrr_gateway::domain::case_file::CaseFile;
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::domain::safeguards::{AssistanceKind, AssistanceProvider, AssistanceProvision};
use avrr_gateway::graphql::sdl;
use avrr_gateway::ids::{GlobalIds, NodeType, new_id};
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::store::Programme;
use bare::Bare;
use chrono::{DateTime, Utc};
use dice::{Dice, seed, setting};
use futures_util::future::join_all;
use held::{Held, NODES};
use judge::{Found, Heard, Judge, Seat};
use marks::Marks;
use serde_json::{Value, json};
use shape::Shape;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::time::Instant;
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

/// Questions that are made up for each database, beside those that ask for everything.
const QUESTIONS: u64 = 10_000;

/// How many questions are on their way at once.
const AT_ONCE: usize = 6;

/// How many ids one question names.
const IDS: usize = 20;

/// The key of all ids, so that the test can look behind them.
const KEY: [u8; 32] = [0xA7; 32];

fn canaries_on(database: Database) {
    overheard::LISTENING.store(true, Ordering::Relaxed);
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
        pools: seats.iter().map(|seat| pool(&held, &marks, seat, &seats)).collect(),
        seats,
        tally: RefCell::new(Tally {
            seen: vec![false; marks.all.len()],
            ..Tally::default()
        }),
    };
    suite.everything_is_asked_for().await;
    let everything = suite.tally.borrow().answers;
    suite.everybody_listens().await;
    suite.questions_are_made_up().await;
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
        pool.foreign.push(seat.ids.encode(node, Uuid::from_bytes(dice.bytes())));
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
    let all = (1..=u8::MAX).filter_map(|number| {
        let probe = GlobalIds::new(KEY).of(Uuid::nil().into());
        let mut bytes = [0; 17];
        bytes[0] = number;
        let id = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
        probe.decode(&id).map(|(node, _)| node)
    });
    let mut all = all.filter(|node| format!("{node:?}") == of);
    all.next().unwrap_or_else(|| panic!("no ids of {of}"))
}

struct Suite<'a> {
    world: &'a World,
    seed: u64,
    judge: Judge<'a>,
    seats: Vec<Seat>,
    pools: Vec<Pool>,
    tally: RefCell<Tally>,
}

#[derive(Default)]
struct Tally {
    asked: usize,
    answers: usize,
    refused: usize,
    values: usize,
    rows: usize,
    events: usize,
    /// For each canary, whether anybody was shown it.
    seen: Vec<bool>,
    statuses: BTreeMap<u16, usize>,
    codes: BTreeMap<String, usize>,
}

impl Suite<'_> {
    fn actor(&self, seat: &Seat, dice: &mut Dice) -> Actor {
        let actor = self.world.client(&seat.viewer.client);
        match seat.viewer.purposes.as_slice() {
            [] | [_] => actor,
            several => actor.for_purpose(dice.pick::<String>(several)),
        }
    }

    /// Everybody asks for every field of every row within reach, and for rows that are not.
    async fn everything_is_asked_for(&self) {
        let nodes: Vec<(&str, NodeType)> = NODES.iter().map(|(of, ..)| (*of, node(of))).collect();
        let workers = (0..AT_ONCE).map(|worker| {
            let nodes = &nodes;
            async move {
                for seat in self.seats.iter().skip(worker).step_by(AT_ONCE) {
                    for (of, node) in nodes {
                        self.asks_for_everything(seat, of, *node).await;
                    }
                }
            }
        });
        join_all(workers).await;
    }

    async fn asks_for_everything(&self, seat: &Seat, of: &str, node: NodeType) {
        let mut dice = Dice::new(self.seed, seat.viewer.organisation.as_u64_pair().1);
        let actor = self.actor(seat, &mut dice);
        let rows = self.judge.held.rows[of].keys();
        let (near, far): (Vec<Uuid>, Vec<Uuid>) =
            rows.partition(|id| !self.judge.held.parts(&seat.viewer, of, **id).is_empty());
        let encoded = |ids: &[Uuid]| -> Vec<String> {
            ids.iter().map(|id| seat.ids.encode(node, *id)).collect()
        };
        for mut asked in sweep::questions(self.judge.shape, of) {
            for ids in near.chunks(IDS) {
                sweep::with_ids(&mut asked, &encoded(ids));
                let answer = self.ask(seat, &actor, &asked).await;
                let rows = answer.data["nodes"].as_array().map_or(0, Vec::len);
                let nulls = answer.data["nodes"].as_array().into_iter().flatten();
                let nulls = nulls.filter(|row| row.is_null()).count();
                assert!(
                    rows == ids.len() && nulls == 0,
                    "{} does not read {nulls} of {} rows of {of} that are within reach: {}",
                    seat.viewer.client,
                    ids.len(),
                    answer.text
                );
            }
        }
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        for ids in far.chunks(100).take(4) {
            let answer = actor.ask(query, json!({ "ids": encoded(ids) })).await.ok();
            let nodes = answer["nodes"].as_array().expect("nodes");
            assert!(
                nodes.iter().all(Value::is_null),
                "{} reads a {of} out of reach",
                seat.viewer.client
            );
        }
    }

    /// Everybody with an inbox hears what they were told, all over again.
    async fn everybody_listens(&self) {
        let listeners = self.seats.iter().enumerate().map(|(nth, seat)| async move {
            let held = &self.judge.held.rows["Notice"];
            let told = held
                .keys()
                .filter(|id| !self.judge.held.parts(&seat.viewer, "Notice", **id).is_empty())
                .count();
            if told == 0 || seat.viewer.kind == OrganisationKind::Auditor || seat.viewer.purposes.len() > 1 {
                return;
            }
            let mut dice = Dice::new(self.seed, 1_000_000 + nth as u64);
            let actor = self.actor(seat, &mut dice);
            let asked = Writer::new(self.judge.shape, &self.pools[nth], dice).subscription();
            let mut socket = actor.connects().await;
            let variables = Value::Object(asked.variables.clone());
            socket.start("canary", &asked.text, &variables).await;
            for _ in 0..told.min(60) {
                match socket.hear().await {
                    FromSocket::Message(message) if message["type"] == "next" => {
                        let payload = &message["payload"];
                        let text = message.to_string();
                        let none = Vec::new();
                        let heard = Heard {
                            bytes: &text,
                            data: &payload["data"],
                            extensions: &payload["extensions"],
                            errors: payload["errors"].as_array().unwrap_or(&none),
                        };
                        let found = self.judge.judge(seat, &asked, &heard);
                        let found = found.unwrap_or_else(|fault| self.fails(seat, &asked, &fault, &text));
                        self.tally.borrow_mut().events += 1;
                        self.count(&found);
                    }
                    // A question that is refused over a socket is one that is refused.
                    _ => return,
                }
            }
        });
        join_all(listeners).await;
    }

    async fn questions_are_made_up(&self) {
        let questions = setting("AVRR_TEST_CANARY_QUERIES").unwrap_or(QUESTIONS);
        let kinds: BTreeSet<OrganisationKind> = self.seats.iter().map(|seat| seat.viewer.kind).collect();
        let by_kind: Vec<Vec<usize>> = kinds
            .iter()
            .map(|kind| {
                let all = self.seats.iter().enumerate();
                all.filter(|(_, seat)| seat.viewer.kind == *kind)
                    .map(|(nth, _)| nth)
                    .collect()
            })
            .collect();
        let workers = (0..AT_ONCE as u64).map(|worker| {
            let by_kind = &by_kind;
            async move {
                for nth in (worker..questions).step_by(AT_ONCE) {
                    let mut dice = Dice::new(self.seed, nth);
                    let of_kind = dice.pick(by_kind);
                    let place = *dice.pick(of_kind);
                    self.one_question(place, dice).await;
                }
            }
        });
        join_all(workers).await;
    }

    async fn one_question(&self, place: usize, mut dice: Dice) {
        let (seat, pool) = (&self.seats[place], &self.pools[place]);
        let actor = self.actor(seat, &mut dice);
        let what = dice.below(100);
        let writer = Writer::new(self.judge.shape, pool, dice.clone());
        if what < 5 {
            return self.a_word_is_not_confirmed(seat, &actor, writer, &mut dice).await;
        }
        let asked = match what {
            5..11 => writer.broken(),
            11..24 => match writer.command() {
                Some(command) => command,
                None => Writer::new(self.judge.shape, pool, dice).query(),
            },
            _ => writer.query(),
        };
        self.ask(seat, &actor, &asked).await;
    }

    /// Whoever asks for a word that they may not know hears what they hear of a word that nobody has.
    async fn a_word_is_not_confirmed(&self, seat: &Seat, actor: &Actor, writer: Writer<'_>, dice: &mut Dice) {
        let unknown = self.judge.marks.all.iter().zip(&seat.allowed);
        let unknown = unknown.filter(|(mark, allowed)| mark.line == "Case.reference" && !**allowed);
        let unknown: Vec<&str> = unknown.map(|(mark, _)| mark.word.as_str()).collect();
        if unknown.is_empty() {
            return;
        }
        let (word, nobody) = (*dice.pick(&unknown), "CNRY99ffffffffffff");
        let mut asked = writer.query_for(word);
        let real = self.ask(seat, actor, &asked).await;
        asked.text = asked.text.replace(word, nobody);
        let none = self.ask(seat, actor, &asked).await;
        let plain = |answer: &Answer| {
            let id = answer.headers.get("x-request-id").and_then(|id| id.to_str().ok());
            let text = answer.text.replace(id.unwrap_or("-"), "");
            (answer.status, text.replace(word, nobody))
        };
        assert_eq!(
            plain(&real),
            plain(&none),
            "seed {}: {} has {word} confirmed by {}",
            self.seed,
            seat.viewer.client,
            asked.text
        );
    }

    async fn ask(&self, seat: &Seat, actor: &Actor, asked: &Asked) -> Answer {
        let answer = actor
            .post(&json!({ "query": asked.text, "variables": asked.variables }))
            .await;
        let bytes = format!("{}\n{:?}", answer.text, answer.headers);
        let heard = Heard {
            bytes: &bytes,
            data: &answer.data,
            extensions: &answer.extensions,
            errors: &answer.errors,
        };
        match self.judge.judge(seat, asked, &heard) {
            Ok(found) => {
                {
                    let mut tally = self.tally.borrow_mut();
                    tally.asked += 1;
                    *tally.statuses.entry(answer.status).or_default() += 1;
                    if answer.errors.is_empty() {
                        tally.answers += 1;
                    } else {
                        tally.refused += 1;
                        *tally.codes.entry(answer.code().to_owned()).or_default() += 1;
                    }
                }
                self.count(&found);
            }
            Err(fault) => self.fails(seat, asked, &fault, &answer.text),
        }
        answer
    }

    fn count(&self, found: &Found) {
        let mut tally = self.tally.borrow_mut();
        tally.values += found.values;
        tally.rows += found.rows.len();
        for mark in &found.marks {
            tally.seen[*mark] = true;
        }
    }

    fn fails(&self, seat: &Seat, asked: &Asked, fault: &str, answer: &str) -> ! {
        panic!(
            "seed {}: {} ({:?}) is shown {fault}\nasked: {}\nwith: {}\nanswer: {answer}",
            self.seed,
            seat.viewer.client,
            seat.viewer.kind,
            asked.text,
            Value::Object(asked.variables.clone()),
        )
    }

    /// The judge is not asleep: with one cell of the table closed, an answer that was right is wrong.
    async fn a_hole_is_noticed(&self) {
        for (of, line, relation) in [
            ("Person", "Person.fullName", Relation::Consular),
            ("Person", "Person.sex", Relation::Police),
            ("Itinerary", "Itinerary.ticketNumber", Relation::Transit),
            ("Case", "Case.state", Relation::Migration),
        ] {
            let table = self.judge.table.without(line, relation);
            let mut noticed = 0;
            for seat in self.seats.iter().filter(|seat| {
                let kind = seat.viewer.kind;
                Relation::possible_for(kind).contains(&relation)
            }) {
                let rows = self.judge.held.rows[of].keys();
                let parts = rows.filter(|id| {
                    let parts = self.judge.held.parts(&seat.viewer, of, **id);
                    parts.iter().any(|part| part.relation == relation)
                });
                let ids: Vec<String> = parts.take(IDS).map(|id| seat.ids.encode(node(of), *id)).collect();
                if ids.is_empty() {
                    continue;
                }
                let closed = Seat {
                    viewer: seat.viewer.clone(),
                    ids: seat.ids.clone(),
                    allowed: self.judge.marks.allowed(self.judge.held, &table, &seat.viewer),
                };
                let judge = Judge {
                    table: &table,
                    ..self.judge
                };
                let mut dice = Dice::new(self.seed, 3);
                let actor = self.actor(seat, &mut dice);
                for mut asked in sweep::questions(self.judge.shape, of) {
                    sweep::with_ids(&mut asked, &ids);
                    let answer = self.ask(seat, &actor, &asked).await;
                    let heard = Heard {
                        bytes: &answer.text,
                        data: &answer.data,
                        extensions: &answer.extensions,
                        errors: &answer.errors,
                    };
                    noticed += usize::from(judge.judge(&closed, &asked, &heard).is_err());
                    let canary = judge.canaries(&closed, &asked, &answer.text).is_err();
                    if line == "Person.fullName" && answer.text.contains("fullName") {
                        assert!(canary, "a canary of {line} sings and nobody hears it");
                    }
                }
            }
            assert!(noticed > 0, "{line} stands open for {relation:?} and nobody notices");
        }
    }

    /// Says what was done, and holds that it was enough.
    fn closes(&self, everything: usize, began: Instant) {
        let tally = self.tally.borrow();
        let lines = self.judge.marks.seen_by_line(&tally.seen);
        let all = tally.seen.len();
        let seen = tally.seen.iter().filter(|seen| **seen).count();
        let log = overheard::LINES.load(Ordering::Relaxed);
        let sung = overheard::FOUND.lock().expect("the log").clone();
        eprintln!(
            "seed {}: {} questions of {} viewers in {:?} ({everything} for everything), {} answers, {} refused; {} values of {} rows \
             and {} events compared with the table; {seen} of {all} canaries seen by somebody; {log} lines of the log\n\
             statuses {:?}\ncodes {:?}\ncanaries by line {lines:?}",
            self.seed,
            tally.asked,
            self.seats.len(),
            began.elapsed(),
            tally.answers,
            tally.refused,
            tally.values,
            tally.rows,
            tally.events,
            tally.statuses,
            tally.codes,
        );
        assert!(sung.is_empty(), "canaries in the log: {sung:?}");
        assert!(log > 0, "nobody listened to the log");
        for (mark, seen) in self.judge.marks.all.iter().zip(&tally.seen) {
            let mut seats = self.seats.iter().enumerate();
            let number = self.judge.marks.found(&mark.word)[0];
            let somebody = seats.any(|(_, seat)| seat.allowed[number]);
            assert!(
                *seen || !somebody,
                "{} of {:?} may be shown, and nobody saw it",
                mark.line,
                mark.owner
            );
        }
        for (line, (seen, _)) in lines {
            assert!(seen > 0, "no canary of {line} was ever seen");
        }
        assert!(tally.answers > tally.refused / 2, "hardly a question was one");
    }
}
