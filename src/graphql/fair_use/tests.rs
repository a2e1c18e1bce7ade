//! What operations cost, and how points are used up.

use super::*;
use crate::clock::TestClock;
use async_graphql::parser::parse_query;
use chrono::{DateTime, TimeDelta};
use serde_json::json;

fn cost_of(text: &str, variables: serde_json::Value) -> u32 {
    let document = parse_query(text).expect("a document");
    let operation = document
        .operations
        .iter()
        .next()
        .map(|(_, operation)| &operation.node);
    let variables = Variables::from_json(variables);
    cost(&document, operation, &variables, &Limits::default())
}

#[test]
fn a_page_counts_what_it_could_bring() {
    for (text, variables, expected) in [
        ("{ __typename }", json!({}), 1),
        ("{ viewer { clientId } }", json!({}), 1),
        ("{ cases { totalCount } }", json!({}), 1),
        ("{ __schema { types { name fields { name } } } }", json!({}), 500),
        ("{ __type(name: \"Case\") { name } }", json!({}), 500),
        ("{ __type(name: \"__Type\") { name } }", json!({}), 1),
        (
            "{ a: __schema { types { name } } ... { __schema { types { name } } } }",
            json!({}),
            2 * 500,
        ),
        ("{ cases { nodes { id } } }", json!({}), 1 + 25),
        (
            "{ cases(first: 3) { nodes { id persons { id } } } }",
            json!({}),
            1 + 3 * 2,
        ),
        (
            "query ($n: Int) { cases(last: $n) { edges { node { id } } } }",
            json!({ "n": 7 }),
            1 + 7 * 2,
        ),
        ("{ cases(first: 1000000) { nodes { id } } }", json!({}), 1 + 100),
        (
            "{ ...F ...F } fragment F on Query { viewer { clientId } }",
            json!({}),
            2,
        ),
        (
            "{ cases { ...R } } fragment R on CaseConnection { ... { nodes { id } } }",
            json!({}),
            1 + 25,
        ),
        ("mutation { openCase { case { id } } }", json!({}), 10 + 2),
        (
            "mutation { ...F ... { c: openCase { case { id } } } } \
             fragment F on Mutation { a: openCase { case { id } } b: openCase { case { id } } }",
            json!({}),
            3 * (10 + 2),
        ),
        ("{ returns(groupBy: []) { totalPersons } }", json!({}), 1),
        (
            "{ returns(groupBy: []) { rows { persons } } }",
            json!({}),
            1 + 1_000,
        ),
        (
            "query ($n: Int) { returns(groupBy: [], first: $n) { rows { persons } } }",
            json!({ "n": 500 }),
            1 + 500,
        ),
        ("{ indicators { values { value } } }", json!({}), 1 + 25),
        (
            "query ($c: [IndicatorCode!]) { indicators(codes: $c) { values { value } } }",
            json!({ "c": ["A", "B"] }),
            1 + 2,
        ),
        (
            "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Case { persons { id } } } }",
            json!({ "ids": ["a", "b", "c"] }),
            1 + 3,
        ),
    ] {
        assert_eq!(cost_of(text, variables), expected, "{text}");
    }
    let nested = "{ cases(first: 100) { nodes { a(first: 100) { nodes { b(first: 100) { nodes { c(first: 100) { nodes { d(first: 100) { nodes { id } } } } } } } } } } }";
    assert!(
        cost_of(nested, json!({})) > 1_000_000_000,
        "it is never less than it could be"
    );
}

#[test]
fn points_are_used_up_and_come_back() {
    let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let settings = FairUseSettings {
        points: 100,
        points_per_second: 10,
        ..FairUseSettings::default()
    };
    let fair = FairUse::new(settings, clock.clock()).expect("points");
    let (one, other) = (
        ClientId::from(uuid::Uuid::from_u128(1)),
        ClientId::from(uuid::Uuid::from_u128(2)),
    );
    let left = |charge: Result<Charge, Exhausted>| charge.map(|charge| charge.left).map_err(|none| none.wait);
    assert_eq!(left(fair.charge(one, 70)), Ok(30));
    assert_eq!(left(fair.charge(one, 50)), Err(Duration::from_secs(2)));
    assert_eq!(left(fair.charge(one, 30)), Ok(0), "what was refused took none");
    assert_eq!(left(fair.charge(other, 1)), Ok(99), "each client has its own");
    clock.advance(TimeDelta::seconds(2));
    assert_eq!(left(fair.charge(one, 20)), Ok(0));
    clock.advance(TimeDelta::seconds(1_000));
    assert_eq!(
        left(fair.charge(one, u32::MAX)),
        Ok(0),
        "more than it ever has is all that it has"
    );
}

#[test]
fn what_was_taken_for_the_reading_is_part_of_the_cost() {
    let settings = FairUseSettings {
        points: 100,
        points_per_second: 10,
        ..FairUseSettings::default()
    };
    let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let fair = FairUse::new(settings, clock.clock()).expect("points");
    let one = ClientId::from(uuid::Uuid::from_u128(1));
    assert_eq!([0, 199, 200, 20_000].map(reading), [1, 1, 2, 101]);
    let read = fair.charge(one, reading(450)).expect("points");
    let whole = fair.charge_rest(one, read, 40).expect("points");
    assert_eq!((whole.requested, whole.left), (40, 60));
    let same = fair.charge_rest(one, whole, 7).expect("nothing is missing");
    assert_eq!(same, whole);
    let read = fair.charge(one, reading(0)).expect("points");
    let none = fair.charge_rest(one, read, 70).expect_err("59 are left");
    assert_eq!((none.charge.requested, none.charge.left), (70, 59));
    assert_eq!(none.wait, Duration::from_millis(1_100));
    // Whoever waits for so long is let in then.
    clock.advance(TimeDelta::milliseconds(1_100));
    let read = fair.charge(one, reading(0)).expect("points");
    assert!(fair.charge_rest(one, read, 70).is_ok());
}

#[test]
fn without_points_nothing_is_counted() {
    let settings = FairUseSettings {
        points: 0,
        ..FairUseSettings::default()
    };
    assert!(FairUse::new(settings, Clock::system()).is_none());
}
