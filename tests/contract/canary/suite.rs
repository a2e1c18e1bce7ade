//! Questions on their way: everybody asks for everything, listens, and makes questions up; every answer is judged.

use super::ask::{Asked, Pool, Writer};
use super::dice::{Dice, setting};
use super::held::NODES;
use super::judge::{Found, Heard, Judge, Seat};
use super::noted::Told;
use super::{node, sweep};
use crate::support::ledger::request_of;
use crate::support::socket::Heard as FromSocket;
use crate::support::{Actor, Answer, World};
use avrr_gateway::domain::party::OrganisationKind;
use avrr_gateway::ids::NodeType;
use avrr_gateway::policy::relation::Relation;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Questions that are made up for each database, beside those that ask for everything: 20,000 in the suite.
const QUESTIONS: u64 = 10_000;

/// How many questions are on their way at once.
const AT_ONCE: usize = 6;

/// Of how many rows of a type they read everything who neither send nor receive.
const OTHERS: usize = 60;

/// How many ids one question names.
pub const IDS: usize = 20;

/// A world with everybody who asks in it.
pub struct Suite<'a> {
    pub world: &'a World,
    pub seed: u64,
    pub judge: Judge<'a>,
    pub seats: Vec<Seat>,
    /// What each seat fills its questions with.
    pub pools: Vec<Pool>,
    pub tally: RefCell<Tally>,
}

/// What was done.
#[derive(Default)]
pub struct Tally {
    pub asked: usize,
    pub answers: usize,
    pub refused: usize,
    pub values: usize,
    pub rows: usize,
    pub events: usize,
    /// For each canary, whether anybody was shown it.
    pub seen: Vec<bool>,
    /// What each answer told.
    pub told: Vec<Told>,
    pub statuses: BTreeMap<u16, usize>,
    pub codes: BTreeMap<String, usize>,
}

impl Suite<'_> {
    pub fn actor(&self, seat: &Seat, dice: &mut Dice) -> Actor {
        let actor = self.world.client(&seat.viewer.client);
        match seat.viewer.purposes.as_slice() {
            [] | [_] => actor,
            several => actor.for_purpose(dice.pick::<String>(several)),
        }
    }

    /// Everybody asks for every field of every row within reach, and for rows that are not.
    pub async fn everything_is_asked_for(&self) {
        let nodes: Vec<(&str, NodeType)> = NODES.iter().map(|(of, ..)| (*of, node(of))).collect();
        let workers = (0..AT_ONCE).map(|worker| {
            let nodes = &nodes;
            async move {
                for seat in self.seats.iter().skip(worker).step_by(AT_ONCE) {
                    // Colleagues with a right see more of persons, and nothing else.
                    let of_all = |of: &str| seat.viewer.rights.is_empty() || of == "Person";
                    for (of, node) in nodes.iter().filter(|(of, _)| of_all(of)) {
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
        let (mut near, mut far, mut others) = (Vec::new(), Vec::new(), 0);
        for id in rows {
            let parts = self.judge.held.parts(&seat.viewer, of, *id);
            match parts.first().map(|part| part.relation) {
                None => far.push(*id),
                // Whoever sends or receives sees most, and reads all of it; of what others reach a part is enough.
                Some(Relation::Sending | Relation::Receiving) => near.push(*id),
                Some(_) if others < OTHERS => {
                    others += 1;
                    near.push(*id);
                }
                Some(_) => {}
            }
        }
        let encoded =
            |ids: &[Uuid]| -> Vec<String> { ids.iter().map(|id| seat.ids.encode(node, *id)).collect() };
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
    pub async fn everybody_listens(&self) {
        let workers = (0..AT_ONCE).map(|worker| async move {
            for (nth, seat) in self.seats.iter().enumerate().skip(worker).step_by(AT_ONCE) {
                self.listens(nth, seat).await;
            }
        });
        join_all(workers).await;
    }

    async fn listens(&self, nth: usize, seat: &Seat) {
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
    }

    pub async fn questions_are_made_up(&self) {
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
        let asked = self.tally.borrow().asked as u64;
        assert!(asked >= questions, "only {asked} questions were asked");
    }

    async fn one_question(&self, place: usize, mut dice: Dice) {
        let (seat, pool) = (&self.seats[place], &self.pools[place]);
        let actor = self.actor(seat, &mut dice);
        let what = dice.below(100);
        let writer = Writer::new(self.judge.shape, pool, dice.clone());
        if what < 5 {
            return self
                .a_word_is_not_confirmed(seat, &actor, writer, &mut dice)
                .await;
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

    pub async fn ask(&self, seat: &Seat, actor: &Actor, asked: &Asked) -> Answer {
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
                if !found.rows.is_empty() {
                    let told = Told {
                        request: request_of(&answer).to_owned(),
                        client: seat.viewer.client.clone(),
                        organisation: seat.viewer.organisation,
                        kind: seat.viewer.kind,
                        rows: found.rows,
                    };
                    self.tally.borrow_mut().told.push(told);
                }
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
}
