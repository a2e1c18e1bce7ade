//! What a row shows does not depend on the way that leads to it.

use crate::support::*;
use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use avrr_gateway::graphql::sdl;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many rows a way leads over, from its listing on.
const DEEP: usize = 6;
/// How many ways are tried from each seat.
const WAYS: usize = 120;

/// The fields of each type that can be asked for without arguments: values, and rows with their types.
#[derive(Default)]
struct Fields {
    values: Vec<String>,
    rows: Vec<(String, String)>,
}

fn types() -> BTreeMap<String, Fields> {
    fn named(of: &Type) -> &str {
        match &of.base {
            BaseType::Named(name) => name.as_str(),
            BaseType::List(inner) => named(inner),
        }
    }
    let mut objects: BTreeMap<String, Vec<Positioned<FieldDefinition>>> = BTreeMap::new();
    for definition in parse_schema(sdl(None)).expect("a schema").definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && let TypeKind::Object(object) = definition.node.kind
        {
            objects.insert(definition.node.name.node.to_string(), object.fields);
        }
    }
    let read = |fields: &[Positioned<FieldDefinition>]| {
        let mut read = Fields::default();
        for field in fields {
            let field = &field.node;
            let (name, of) = (field.name.node.to_string(), named(&field.ty.node).to_owned());
            if !field.arguments.is_empty() {
                continue;
            }
            if objects.contains_key(&of) {
                read.rows.push((name, of));
            } else {
                read.values.push(name);
            }
        }
        read
    };
    objects
        .iter()
        .map(|(name, fields)| (name.clone(), read(fields)))
        .collect()
}

const ROOTS: [(&str, &str); 7] = [
    ("cases", "Case"),
    ("travelDocumentRequests", "TravelDocumentRequest"),
    ("itineraries", "Itinerary"),
    ("cashGrants", "CashGrant"),
    ("reintegrationPackages", "ReintegrationPackage"),
    ("referrals", "Referral"),
    ("notices", "Notice"),
];

/// Turns of a way, the same in every run.
struct Turns(u64);

impl Turns {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a small number") % count
    }
}

/// A question along one way: at each row its id, at the last one everything.
fn question(types: &BTreeMap<String, Fields>, turns: &mut Turns) -> String {
    let (listing, mut of) = ROOTS[turns.below(ROOTS.len())];
    let mut way = Vec::new();
    while way.len() < DEEP && !types[of].rows.is_empty() {
        let rows = &types[of].rows;
        let (field, next) = &rows[turns.below(rows.len())];
        way.push((of, field.as_str()));
        of = next;
        if turns.below(DEEP) < way.len() / 2 {
            break;
        }
    }
    let mut selection = format!("__typename {}", types[of].values.join(" "));
    for (row, field) in way.iter().rev() {
        let id = if types[*row].values.iter().any(|value| value == "id") {
            "id"
        } else {
            ""
        };
        selection = format!("__typename {id} {field} {{ {selection} }}");
    }
    format!("{{ {listing}(first: 20) {{ nodes {{ {selection} }} }} }}")
}

/// Every row with an id in an answer, by type and id.
fn rows<'a>(value: &'a Value, all: &mut Vec<(&'a str, &'a str, &'a Value)>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| rows(value, all)),
        Value::Object(fields) => {
            if let (Some(of), Some(id)) = (value["__typename"].as_str(), value["id"].as_str()) {
                all.push((of, id, value));
            }
            fields.values().for_each(|value| rows(value, all));
        }
        _ => {}
    }
}

/// A row by its own id; nothing is returned for rows that have an id and no question of their own.
async fn directly(seat: &Actor, of: &str, id: &str, values: &[String]) -> Option<Value> {
    let values = values.join(" ");
    let query = format!("query($id: ID!) {{ node(id: $id) {{ __typename ... on {of} {{ {values} }} }} }}");
    let known = seat.ask(&query, json!({ "id": id })).await;
    (known.code() != "GRAPHQL_VALIDATION_FAILED").then(|| known.ok()["node"].take())
}

/// 11: over requests, cases, persons, families and notices, up to six rows deep: no way shows more of a row than its own
/// id does, and none leads to a row that its own id does not.
async fn no_way_round_shows_more_than_the_direct_one(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let family = [person().of("IRQ").aged(40), person().of("IRQ").aged(9)];
    let case = usual.pristina.opens_a_case_for(family).await;
    usual.pristina.registers(&case, USUAL).await;
    let types = types();
    for (number, seat) in (1..).zip([
        &usual.iraq,
        &usual.police,
        &usual.migration,
        &usual.istanbul,
        &usual.baghdad,
        &world.service(),
        &world.auditor(),
    ]) {
        let mut turns = Turns(number);
        let mut direct: BTreeMap<(String, String), Option<Value>> = BTreeMap::new();
        let mut compared = 0;
        for _ in 0..WAYS {
            let question = question(&types, &mut turns);
            let answer = seat.ask(&question, json!({})).await;
            assert!(
                answer.errors.is_empty(),
                "{}: {question}: {}",
                seat.client,
                answer.text
            );
            let mut found = Vec::new();
            rows(&answer.data, &mut found);
            for (of, id, row) in found {
                let key = (of.to_owned(), id.to_owned());
                let straight = match direct.get(&key) {
                    Some(known) => known.clone(),
                    None => directly(seat, of, id, &types[of].values).await,
                };
                direct.insert(key, straight.clone());
                let Some(straight) = straight else { continue };
                for (field, value) in row.as_object().into_iter().flatten() {
                    if types[of].values.contains(field) {
                        assert_eq!(
                            value, &straight[field],
                            "{}: {of}.{field} by {question}",
                            seat.client
                        );
                        compared += 1;
                    }
                }
            }
        }
        let reads_rows = seat.counts("cases").await > 0;
        assert_eq!(
            compared > 30,
            reads_rows,
            "{}: {compared} values were compared",
            seat.client
        );
    }
}

on_both_databases!(no_way_round_shows_more_than_the_direct_one);
