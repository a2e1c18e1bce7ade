//! No step leads where its state machine has no line. Whoever may gives any command of the schema, on any row, in any
//! order; each answer is a refusal with a code that changes nothing, or a declared step. The walks are the same every time.

use crate::support::inputs::{Hand, Inputs};
use crate::support::insight::{Insight, Known, Rows, alone, type_of, with_our_key};
use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::domain::lifecycles::LIFECYCLES;
use avrr_gateway::ids::ViewerIds;
use avrr_gateway::policy::actions::Action;
use avrr_gateway::policy::relation::Relation;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn no_undeclared_step_is_taken_on_sqlite() {
    walk_on(Database::Sqlite, 16, 30);
}

#[test]
fn no_undeclared_step_is_taken_on_postgres() {
    walk_on(Database::Postgres, 4, 30);
}

/// Where walks begin, one after the other.
const BEGINNINGS: [Until; 8] = [
    Until::Opened,
    Until::Registered,
    Until::Requested,
    Until::Issued,
    Until::Ticketed,
    Until::Ready,
    Until::Departed,
    Until::Arrived,
];

#[test]
fn what_no_machine_declares_is_refused_with_a_code_on_sqlite() {
    try_what_is_not_declared(Database::Sqlite, 1);
}

#[test]
fn what_no_machine_declares_is_refused_with_a_code_on_postgres() {
    try_what_is_not_declared(Database::Postgres, 2);
}

/// From every so many of the beginnings, whoever may gives every command that the machine of its row does not declare from
/// where it stands. The machines of rows without an id of their own are tried in `undeclared_steps`.
fn try_what_is_not_declared(database: Database, step: usize) {
    let mut refused = BTreeSet::new();
    for (number, begin) in (1_000..).zip(BEGINNINGS.into_iter().step_by(step)) {
        play_with(
            database,
            with_our_key,
            |_| None,
            async |world: &World| {
                let walk = Walk::begin(world, number, begin).await;
                walk.tries_what_is_not_declared(&mut refused).await;
            },
        );
    }
    let machines = MACHINES_OF_ROWS.map(str::to_owned);
    assert_eq!(refused, BTreeSet::from(machines));
}

/// The machines whose rows a command names.
pub const MACHINES_OF_ROWS: [&str; 6] = [
    "Case",
    "TravelDocumentRequest",
    "Itinerary",
    "CashGrant",
    "ReintegrationPackage",
    "Movement",
];

fn walk_on(database: Database, walks: u64, steps: usize) {
    let mut taken = BTreeSet::new();
    for walk in 0..walks {
        play_with(
            database,
            with_our_key,
            |_| None,
            async |world: &World| {
                let begin = BEGINNINGS[usize::try_from(walk).unwrap_or(0) % BEGINNINGS.len()];
                Walk::begin(world, walk, begin)
                    .await
                    .take(steps, &mut taken)
                    .await;
            },
        );
    }
    eprintln!("{} commands were carried out: {taken:?}", taken.len());
    assert!(
        taken.len() >= 8,
        "walks that lead nowhere show nothing: {taken:?}"
    );
}

/// Chance that is the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or(0) % end.max(1)
    }
}

/// What the movement is called that walks may lead to.
const CHARTER: &str = "W-CHARTER";

/// One walk on one case.
struct Walk<'w> {
    world: &'w World,
    insight: Insight,
    inputs: Inputs,
    case: Case,
    /// A movement that the case may be listed on.
    charter: Movement,
    pristina: Actor,
    actors: Vec<(Actor, Relation, Option<Relation>)>,
    chance: Chance,
    number: u64,
}

impl<'w> Walk<'w> {
    async fn begin(world: &'w World, seed: u64, until: Until) -> Self {
        use Relation::{
            Administration, Consular, Migration, Mission, Oversight, Police, Receiving, Sending, Transit,
        };
        let charter = world
            .mission("Pristina")
            .drafts_movement(CHARTER, "PRN-IST-BGW", 9, 3)
            .await;
        let usual = world.a_usual_case(until).await;
        let insight = Insight::into(world).await;
        let pristina = usual.pristina.clone();
        let actors = vec![
            (pristina.supervisor(), Mission, Some(Sending)),
            (pristina.health(), Mission, Some(Sending)),
            (pristina.clone(), Mission, Some(Sending)),
            (usual.istanbul.clone(), Mission, Some(Transit)),
            (usual.baghdad.supervisor(), Mission, Some(Receiving)),
            (usual.baghdad.clone(), Mission, Some(Receiving)),
            (usual.iraq.clone(), Consular, Some(Consular)),
            (usual.police.clone(), Police, Some(Police)),
            (usual.migration.clone(), Migration, Some(Migration)),
            (world.auditor(), Oversight, Some(Oversight)),
            (world.admin(), Administration, None),
        ];
        Self {
            world,
            insight,
            inputs: Inputs::read(),
            case: usual.case.clone(),
            charter,
            pristina,
            actors,
            chance: Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            number: seed * 10_000,
        }
    }

    async fn take(mut self, steps: usize, taken: &mut BTreeSet<String>) {
        let mut rows = self.rows().await;
        for _ in 0..steps {
            if self.chance.below(6) == 0 {
                let hours = [2, 20, 50, 200][self.chance.below(4)];
                self.world.time_passes(TimeDelta::hours(hours));
            }
            let Some((command, actor)) = self.next(&rows) else {
                continue;
            };
            let nth = self.chance.below(100);
            let (after, refused) = self.gives(&command, &actor, nth, &rows).await;
            if !refused {
                taken.insert(command);
            }
            rows = after;
        }
    }

    /// Gives one command on one of the rows, with a form filled in by chance: it is refused with a code and changes nothing,
    /// or leads where the machines say.
    async fn gives(&mut self, command: &str, actor: &Actor, nth: usize, rows: &Rows) -> (Rows, bool) {
        self.world.time_passes(TimeDelta::seconds(5));
        let mut hand = WalkingHand {
            ids: self.insight.of(self.world, actor),
            about: self.inputs.ids(command).first().map(|field| type_of(field)),
            nth,
            now: self.world.clock.now(),
            insight: &self.insight,
            rows,
            chance: &mut self.chance,
            number: &mut self.number,
        };
        let request = self.inputs.request(command, &mut hand);
        let answer = actor.post(&request).await;
        let after = self.rows().await;
        let told = format!("{command} by {}: {request} {}", actor.client, answer.text);
        let refusals = answer.data[command]["errors"].as_array().cloned();
        let refused = refusals.as_ref().is_none_or(|errors| !errors.is_empty());
        if refused {
            has_codes(&answer, refusals.as_deref(), &told);
        }
        compare(rows, &after, command, refused, &told);
        (after, refused)
    }

    async fn tries_what_is_not_declared(mut self, refused: &mut BTreeSet<String>) {
        let mut rows = self.rows().await;
        let commands: Vec<String> = self.inputs.commands().map(str::to_owned).collect();
        for command in commands {
            let about = self.inputs.ids(&command).first().map(|field| type_of(field));
            let machine = LIFECYCLES
                .iter()
                .find(|machine| Some(machine.name()) == about.as_deref());
            let row = about.as_ref().and_then(|about| rows.get(about)?.first());
            let (Some(machine), Some(row)) = (machine, row) else {
                continue;
            };
            let state = row.row["state"].as_str().expect("a state");
            let steps = machine.steps().into_iter();
            let mut moves = steps
                .filter(|step| step.name == command && !step.from.is_empty())
                .peekable();
            if moves.peek().is_none() || moves.any(|step| step.from.contains(&state)) {
                continue;
            }
            let Some(actor) = self.who_may(&command) else {
                continue;
            };
            let (after, no) = self.gives(&command, &actor, 0, &rows).await;
            if no {
                refused.insert(machine.name().to_owned());
            }
            rows = after;
        }
    }

    async fn rows(&self) -> Rows {
        let mut rows = self.insight.rows(self.world, &self.pristina, &self.case).await;
        let whole = "__typename state history { event subject command fromState toState }";
        let row = self.pristina.finds_movement(&self.charter, whole).await;
        let row = row.expect("its organiser finds it");
        let ids = self.insight.of(self.world, &self.pristina);
        let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
        let version = row["version"].clone();
        let known = Known {
            node,
            id,
            version,
            row,
        };
        rows.insert("Movement".to_owned(), vec![known]);
        rows
    }

    /// A command that somebody may give on a row that there is, and who gives it.
    fn next(&mut self, rows: &Rows) -> Option<(String, Actor)> {
        // The registry is not what walks are about; who is suspended walks no further.
        let on_the_case = |command: &&str| {
            let ids = self.inputs.ids(command);
            ids.first()
                .is_some_and(|field| rows.contains_key(&type_of(field)))
        };
        let commands: Vec<String> = self
            .inputs
            .commands()
            .filter(on_the_case)
            .map(str::to_owned)
            .collect();
        let command = commands[self.chance.below(commands.len())].clone();
        // Walks that end at once are short: those who withdraw do so one time in four.
        if ["withdrawCase", "terminateCase", "closeCase"].contains(&command.as_str())
            && self.chance.below(4) > 0
        {
            return None;
        }
        self.who_may(&command).map(|actor| (command, actor))
    }

    /// One of those who may give a command.
    fn who_may(&mut self, command: &str) -> Option<Actor> {
        let (action, ..) = Action::ALL.iter().find(|(_, name, ..)| *name == command)?;
        let may = self.actors.iter().filter(|(actor, _, relation)| {
            relation.is_some_and(|relation| action.permits(relation, self.world.rights_of(actor)))
        });
        let may: Vec<Actor> = may.map(|(actor, ..)| actor.clone()).collect();
        let who = self.chance.below(may.len());
        may.get(who).cloned()
    }
}

/// A refusal says why, by a code.
fn has_codes(answer: &Answer, refusals: Option<&[Value]>, told: &str) {
    match refusals {
        Some(refusals) => {
            for refusal in refusals {
                assert!(
                    refusal["code"].as_str().is_some_and(|code| !code.is_empty()),
                    "{told}"
                );
            }
        }
        None => assert!(
            ["NOT_FOUND", "FORBIDDEN"].contains(&answer.code()),
            "{} is no refusal of a command: {told}",
            answer.code()
        ),
    }
}

/// What became of the rows is what the machines declare, under the name of the command or of time; and a refusal has
/// changed nothing that time did not.
fn compare(before: &Rows, after: &Rows, command: &str, refused: bool, told: &str) {
    for (name, rows) in after {
        for row in rows {
            let was = before
                .get(name)
                .and_then(|rows| rows.iter().find(|was| was.id == row.id));
            let new = new_entries(was, row);
            for entry in &new {
                let by = entry["command"].as_str().unwrap_or_default();
                assert!(
                    by == "time" || (by == command && !refused),
                    "{by} moved {name}: {told}"
                );
                is_declared(entry, told);
            }
            let state = was.map_or(&Value::Null, |was| &was.row["state"]);
            if row.row.get("history").is_some() && !row.row["state"].is_null() {
                let own = new.iter().filter(|entry| entry["subject"] == name.as_str());
                let end = own.fold(state.clone(), |state, entry| {
                    assert_eq!(
                        entry["fromState"], state,
                        "a step is missing before {entry}: {told}"
                    );
                    entry["toState"].clone()
                });
                assert_eq!(
                    row.row["state"], end,
                    "the state of {name} has no history: {told}"
                );
            }
            if refused && new.is_empty() {
                // Rows below it are compared on their own, where what time did to them is known.
                let same = was.is_some_and(|was| alone(&was.row, after) == alone(&row.row, after));
                assert!(same, "a refusal changed {name}: {told}\n{was:?}\n{row:?}");
            }
        }
    }
}

/// What the history of a row holds beyond what it held.
fn new_entries(was: Option<&Known>, is: &Known) -> Vec<Value> {
    let entries = |row: &Known| row.row["history"].as_array().cloned().unwrap_or_default();
    let known = was.map_or(0, |was| entries(was).len());
    entries(is).split_off(known)
}

/// A change of state is one that the machine of the row declares under the name of what made it.
fn is_declared(entry: &Value, told: &str) {
    let word = |field: &str| entry[field].as_str();
    let machine = LIFECYCLES
        .iter()
        .find(|machine| Some(machine.name()) == word("subject"));
    let (Some(machine), Some(to)) = (machine, word("toState")) else {
        return;
    };
    let (from, by) = (word("fromState"), word("command").unwrap_or_default());
    if from == Some(to) {
        return;
    }
    // An application that ends in another way ends what is open by the steps of a withdrawal.
    let ends = ["terminateCase", "time"].contains(&by);
    assert!(
        machine.declares(by, from, to) || (ends && machine.declares("withdrawCase", from, to)),
        "{}: {by} from {from:?} to {to} is not declared: {told}",
        machine.name()
    );
}

/// Fills in forms as it comes.
struct WalkingHand<'a> {
    ids: ViewerIds,
    /// Type of the row that the command is about.
    about: Option<String>,
    /// Which of several rows of a type.
    nth: usize,
    now: DateTime<Utc>,
    insight: &'a Insight,
    rows: &'a Rows,
    chance: &'a mut Chance,
    number: &'a mut u64,
}

impl WalkingHand<'_> {
    fn row(&self, type_name: &str) -> Option<&Known> {
        let rows = self.rows.get(type_name)?;
        rows.get(self.nth % rows.len())
    }
}

impl Hand for WalkingHand<'_> {
    fn choose(&mut self, of: usize) -> usize {
        self.chance.below(of)
    }

    fn leaves_out(&mut self, field: &str) -> bool {
        field.ends_with("Id") || self.chance.below(3) > 0
    }

    fn id(&mut self, command: &str, field: &str) -> Value {
        let on_the_case = self.row(&type_of(field)).map(|row| (row.node, row.id));
        let row = on_the_case.or_else(|| self.insight.elsewhere(command, field));
        let (node, id) = row.unwrap_or_else(|| panic!("{command}: no row is known for `{field}`"));
        json!(self.ids.encode(node, id))
    }

    fn version(&mut self, _command: &str) -> Value {
        let about = self.about.as_deref().and_then(|about| self.row(about));
        about.map_or(json!(1), |row| row.version.clone())
    }

    fn now(&self) -> DateTime<Utc> {
        self.now
    }

    fn number(&mut self) -> u64 {
        *self.number += 1;
        *self.number
    }
}
