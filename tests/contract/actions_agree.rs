//! Everybody gives every command of the schema, and the answer is what the table of actions says: no such row, not for
//! this viewer, or a matter for the rules of the programme.

use crate::support::inputs::{Hand, Inputs};
use crate::support::insight::{Insight, Known, Rows, type_of, with_our_key};
use crate::support::services::{SERVICE, SERVICE_OF_RETURN};
use crate::support::verbs_referral::{refers, seen_by};
use crate::support::world::play_with;
use crate::support::{Actor, Answer, Database, Until, World};
use avrr_gateway::domain::party::PartyRelation;
use avrr_gateway::ids::{NodeType, ViewerIds};
use avrr_gateway::policy::actions::Action;
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::policy::rows::{self, Resource};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

#[test]
fn every_command_is_for_those_whom_the_table_names_on_sqlite() {
    play_with(
        Database::Sqlite,
        with_our_key,
        |_| None,
        everybody_tries_everything,
    );
}

#[test]
fn every_command_is_for_those_whom_the_table_names_on_postgres() {
    play_with(
        Database::Postgres,
        with_our_key,
        |_| None,
        everybody_tries_everything,
    );
}

/// What an answer amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// There is no such row for this viewer.
    NotFound,
    /// The row is there, and the command is not for this viewer.
    Forbidden,
    /// It was carried out, or a rule of the programme refused it.
    Permitted,
}

/// Somebody who gives commands.
struct Seat {
    actor: Actor,
    ids: ViewerIds,
    /// What its organisation is to a row that belongs to no case.
    by_kind: Relation,
    /// What its organisation is to the case; none where the case is out of its reach.
    to_the_case: Option<Relation>,
}

/// Everybody: each relation that there is to a case, strangers of each kind, and clients with rights.
fn seats(world: &World, insight: &Insight) -> Vec<Seat> {
    use Relation::{
        Administration, Consular, Dashboard, Migration, Mission, Oversight, Police, Receiving, Sending,
        Service, Transit,
    };
    let (pristina, istanbul) = (world.mission("Pristina"), world.mission("Istanbul"));
    let (baghdad, skopje) = (world.mission("Baghdad"), world.mission("Skopje"));
    let seats = [
        (pristina.supervisor(), Mission, Some(Sending)),
        (pristina.health(), Mission, Some(Sending)),
        (pristina, Mission, Some(Sending)),
        (istanbul.supervisor(), Mission, Some(Transit)),
        (istanbul, Mission, Some(Transit)),
        (baghdad.supervisor(), Mission, Some(Receiving)),
        (baghdad, Mission, Some(Receiving)),
        (skopje.supervisor(), Mission, None),
        (skopje.health(), Mission, None),
        (skopje, Mission, None),
        (world.embassy("Iraq", "Belgrade"), Consular, Some(Consular)),
        (world.embassy("Pakistan", "Belgrade"), Consular, None),
        (world.police("XKX"), Police, Some(Police)),
        (world.police("SRB"), Police, None),
        (world.migration("XKX"), Migration, Some(Migration)),
        (world.migration("SRB"), Migration, None),
        (world.service(), Service, Some(Service)),
        (world.client(SERVICE_OF_RETURN), Service, None),
        (world.dashboard(), Dashboard, None),
        (world.auditor(), Oversight, Some(Oversight)),
        (world.complaints_desk(), Oversight, Some(Oversight)),
        (world.admin(), Administration, None),
    ];
    let seat = |(actor, by_kind, to_the_case): (Actor, Relation, Option<Relation>)| Seat {
        ids: insight.of(world, &actor),
        actor,
        by_kind,
        to_the_case,
    };
    seats.into_iter().map(seat).collect()
}

async fn everybody_tries_everything(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let insight = Insight::into(world).await;
    let inputs = Inputs::read();
    let officer = world.auditor().in_the_name_of("officer");
    officer.asks_to_see(&usual.case, 30).await;
    let mut rows = insight.rows(world, &usual.pristina, &usual.case).await;
    let provider = serde_json::json!({ "provider": "Legal aid clinic" });
    let sent = refers(
        world,
        &usual.pristina.supervisor(),
        &usual.case,
        provider,
        "VITAL_INTEREST".into(),
    )
    .await;
    assert_eq!(sent, "SENT");
    let (pristina, name) = (&usual.pristina, usual.case.head());
    let consent = pristina.records_consent_naming(&usual.case, SERVICE).await;
    consent.await;
    let asks = pristina.refers_one(&usual.case, name, SERVICE).await;
    asks.await;
    let ids = insight.of(world, &usual.pristina);
    for row in seen_by(&usual.pristina).await {
        let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
        let version = row["version"].clone();
        let known = Known {
            node,
            id,
            version,
            row,
        };
        rows.entry("Referral".to_owned()).or_default().push(known);
    }
    is_on_a_charter(world, &usual.pristina, &ids, &mut rows).await;
    is_complained_of(world, &insight, &mut rows).await;
    has_a_webhook(world, &usual.pristina, &ids, &mut rows).await;
    has_a_training(&usual.pristina, &ids, &mut rows).await;
    let seats = seats(world, &insight);
    let mut number = 0;
    let mut commands: Vec<&str> = inputs.commands().collect();
    // What ends the case comes last, so that the others meet a case that goes on.
    commands.sort_by_key(|command| {
        (
            ["withdrawCase", "terminateCase", "closeCase"].contains(command),
            *command,
        )
    });
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    for command in commands {
        let (action, ..) = Action::ALL
            .iter()
            .find(|(_, name, ..)| *name == command)
            .unwrap_or_else(|| panic!("{command} has no line in the table of actions"));
        let about = about(&inputs, &rows, command);
        let expected = |seat: &Seat| expected(world, seat, *action, about);
        let (may, may_not): (Vec<&Seat>, Vec<&Seat>) =
            seats.iter().partition(|seat| expected(seat) == Class::Permitted);
        let before = json!(states(&insight.rows(world, &usual.pristina, &usual.case).await));
        for seat in &may_not {
            let mut clerk = Clerk::at(world, seat, &insight, &rows, &mut number);
            let answer = seat.actor.post(&inputs.request(command, &mut clerk)).await;
            assert_eq!(
                class(command, seat, &answer),
                expected(seat),
                "{command} by {}: {}",
                seat.actor.client,
                answer.text
            );
            *tally.entry(format!("{:?}", expected(seat))).or_default() += 1;
        }
        let after = json!(states(&insight.rows(world, &usual.pristina, &usual.case).await));
        assert_eq!(before, after, "{command} changed something for those who may not");
        for seat in &may {
            let mut clerk = Clerk::at(world, seat, &insight, &rows, &mut number);
            let answer = seat.actor.post(&inputs.request(command, &mut clerk)).await;
            assert_eq!(
                class(command, seat, &answer),
                Class::Permitted,
                "{command} by {}: {}",
                seat.actor.client,
                answer.text
            );
            *tally.entry("Permitted".to_owned()).or_default() += 1;
        }
    }
    eprintln!("{tally:?}");
}

/// Another case of the same parties flies with a group, and everybody was told of its departure.
async fn is_on_a_charter(world: &World, pristina: &Actor, ids: &ViewerIds, rows: &mut Rows) {
    let charter = pristina.drafts_movement("W-CHARTER", "PRN-IST-BGW", 9, 5).await;
    pristina.takes_movement(&charter, "openManifest").await;
    let other = world.a_usual_case(Until::Issued).await;
    let journey = pristina.lists(&other.case, &charter).await;
    pristina.tickets(&journey).await;
    journey.is_confirmed_by(&[&other.istanbul], &other.baghdad).await;
    pristina.marks_ready(&other.case).await;
    let row = pristina
        .finds_movement(&charter, "state")
        .await
        .expect("a movement");
    let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
    let version = row["version"].clone();
    let known = Known {
        node,
        id,
        version,
        row,
    };
    rows.entry("Movement".to_owned()).or_default().push(known);
}

/// There is a complaint, which no case knows of.
async fn is_complained_of(world: &World, insight: &Insight, rows: &mut Rows) {
    let skopje = world.mission("Skopje");
    skopje.complains("police-kosovo", "Nobody listened.").await.await;
    let desk = world.complaints_desk();
    let row = desk.complaints().await[0].clone();
    let ids = insight.of(world, &desk);
    let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
    let version = row["version"].clone();
    let known = Known {
        node,
        id,
        version,
        row,
    };
    rows.entry("Complaint".to_owned()).or_default().push(known);
}

/// The mission has a webhook, which no case knows of.
async fn has_a_webhook(world: &World, pristina: &Actor, ids: &ViewerIds, rows: &mut Rows) {
    let row = pristina.registers_webhook(&world.receiver.url("/")).await.webhook;
    let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
    let version = row["version"].clone();
    let known = Known {
        node,
        id,
        version,
        row,
    };
    rows.entry("Webhook".to_owned()).or_default().push(known);
}

/// The mission held a training, which no case knows of.
async fn has_a_training(pristina: &Actor, ids: &ViewerIds, rows: &mut Rows) {
    let row = pristina.trains("GENDER", 0, Some((3, 4))).await;
    let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
    let version = row["version"].clone();
    let known = Known {
        node,
        id,
        version,
        row,
    };
    rows.entry("Training".to_owned()).or_default().push(known);
}

/// The state, version and history of every row.
fn states(rows: &Rows) -> Vec<&Value> {
    rows.values().flatten().map(|known| &known.row).collect()
}

/// The kind of row on a case that a command is about; none where it is about none.
fn about(inputs: &Inputs, rows: &Rows, command: &str) -> Option<Resource> {
    let ids = inputs.ids(command);
    let name = ids.first().map(|field| type_of(field))?;
    if !rows.contains_key(&name) {
        return None;
    }
    let found = Resource::ALL.iter().find(|(_, of)| *of == name);
    Some(
        found
            .unwrap_or_else(|| panic!("{command}: {name} has no reach"))
            .0,
    )
}

/// What the tables say.
fn expected(world: &World, seat: &Seat, action: Action, about: Option<Resource>) -> Class {
    let rights = world.rights_of(&seat.actor);
    let permitted = |relation: Relation| {
        if action.permits(relation, rights) {
            Class::Permitted
        } else {
            Class::Forbidden
        }
    };
    let Some(resource) = about else {
        return match permitted(seat.by_kind) {
            // A case is opened where the persons are hosted.
            Class::Permitted if action.name() == "openCase" && !hosts(&seat.actor) => Class::Forbidden,
            class => class,
        };
    };
    // Who may never handle complaints is told so before anything is looked for.
    if resource == Resource::Complaint {
        return permitted(seat.by_kind);
    }
    // A webhook or a training is its owner's; who may have none is told so before anything is looked for.
    if matches!(resource, Resource::Webhook | Resource::Training) {
        let own = world.owner_of(&seat.actor) == world.owner_of(&world.mission("Pristina"));
        return match permitted(seat.by_kind) {
            Class::Permitted if !own => Class::NotFound,
            class => class,
        };
    }
    match seat.to_the_case {
        None => Class::NotFound,
        Some(relation) => match relation.as_party() {
            Some(part) if !rows::relations(resource).contains(&part) => Class::NotFound,
            // The first referral of the story asks a provider: nobody but its sender has a part in it.
            Some(part) if resource == Resource::Referral && part != PartyRelation::Sending => Class::NotFound,
            _ => permitted(relation),
        },
    }
}

/// Whether an actor's mission is one in a host territory.
fn hosts(actor: &Actor) -> bool {
    !["iom-istanbul", "iom-baghdad"]
        .iter()
        .any(|elsewhere| actor.client.starts_with(elsewhere))
}

fn class(command: &str, seat: &Seat, answer: &Answer) -> Class {
    match answer.code() {
        "NOT_FOUND" => Class::NotFound,
        "FORBIDDEN" => Class::Forbidden,
        "" => Class::Permitted,
        other => panic!(
            "{command} by {}: {other}. The input that was made up for it does not fit the schema; a line in \
             tests/scenarios/support/inputs.rs says what its field holds. {}",
            seat.actor.client, answer.text
        ),
    }
}

/// Fills in forms as shortly as they can be, on a version that nothing has: what is permitted is refused as a conflict,
/// and the case stays as it is.
struct Clerk<'a> {
    world: &'a World,
    seat: &'a Seat,
    insight: &'a Insight,
    rows: &'a Rows,
    number: &'a mut u64,
}

impl<'a> Clerk<'a> {
    fn at(
        world: &'a World,
        seat: &'a Seat,
        insight: &'a Insight,
        rows: &'a Rows,
        number: &'a mut u64,
    ) -> Self {
        Self {
            world,
            seat,
            insight,
            rows,
            number,
        }
    }

    fn row(&self, command: &str, field: &str) -> (NodeType, Uuid) {
        let on_the_case = self.rows.get(&type_of(field)).and_then(|rows| rows.first());
        let row = on_the_case.map(|row| (row.node, row.id));
        row.or_else(|| self.insight.elsewhere(command, field))
            .unwrap_or_else(|| {
                panic!(
                    "{command}: no row is known for the input field `{field}`; add a line to ELSEWHERE in \
                     tests/scenarios/support/insight.rs, or let the usual case have such a row when it is ready to depart"
                )
            })
    }
}

impl Hand for Clerk<'_> {
    fn choose(&mut self, _of: usize) -> usize {
        0
    }

    fn leaves_out(&mut self, _field: &str) -> bool {
        true
    }

    fn id(&mut self, command: &str, field: &str) -> Value {
        let (node, id) = self.row(command, field);
        json!(self.seat.ids.encode(node, id))
    }

    fn version(&mut self, _command: &str) -> Value {
        json!(999)
    }

    fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    fn number(&mut self) -> u64 {
        *self.number += 1;
        *self.number
    }
}
