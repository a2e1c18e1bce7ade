use super::*;
use crate::clock::TestClock;
use crate::graphql::deprecations::mark;
use crate::graphql::registry;
use async_graphql::parser::parse_query;
use chrono::{DateTime, TimeDelta};
use serde_json::json;

/// The schema in which some of each kind of place goes.
fn going() -> Registry {
    let mut registry = registry();
    for coordinate in [
        "Case.mimosaReference",
        "Query.cases(orderBy:)",
        "CaseFilter.reference",
        "PeriodInput.from",
        "CaseState.ON_HOLD",
    ] {
        mark(&mut registry, coordinate, "Use another. Removal: 2027-06-30");
    }
    registry
}

fn used_by(text: &str, variables: serde_json::Value) -> Vec<String> {
    let document = parse_query(text).expect("a document");
    let asked = |name: Option<&Name>| name.is_none_or(|name| name == "One");
    let (_, operation) = document
        .operations
        .iter()
        .find(|(name, _)| asked(*name))
        .expect("an operation");
    let variables = Variables::from_json(variables);
    let used = used(&going(), &document, &operation.node, &variables);
    used.into_iter().collect()
}

#[test]
fn a_field_is_found_through_fragments_aliases_and_interfaces() {
    for text in [
        "{ cases { nodes { mimosaReference } } }",
        "{ cases { edges { node { key: mimosaReference } } } }",
        "{ cases { nodes { ...F } } } fragment F on Case { ... { mimosaReference } }",
        "{ node(id: \"x\") { ... on Case { mimosaReference } } }",
        "mutation { holdCase(input: {}) { case { mimosaReference } } }",
        "subscription { notices { case { mimosaReference } } }",
    ] {
        assert_eq!(used_by(text, json!({})), ["Case.mimosaReference"], "{text}");
    }
}

#[test]
fn arguments_input_fields_and_words_are_found_where_the_document_writes_them() {
    for (text, found) in [
        (
            "{ cases(orderBy: OPENED_ASCENDING) { totalCount } }",
            "Query.cases(orderBy:)",
        ),
        (
            "{ cases(filter: { reference: \"x\" }) { totalCount } }",
            "CaseFilter.reference",
        ),
        (
            "{ cases(filter: { opened: { from: \"2026-01-01\" } }) { totalCount } }",
            "PeriodInput.from",
        ),
        (
            "{ cases(filter: { state: [ON_HOLD] }) { totalCount } }",
            "CaseState.ON_HOLD",
        ),
        (
            "{ cases(filter: { state: ON_HOLD }) { totalCount } }",
            "CaseState.ON_HOLD",
        ),
    ] {
        assert_eq!(used_by(text, json!({})), [found], "{text}");
    }
}

#[test]
fn they_are_found_in_variables_of_every_shape() {
    let whole = "query ($filter: CaseFilter) { cases(filter: $filter) { totalCount } }";
    let given = json!({ "filter": { "state": ["CLOSED", "ON_HOLD"], "opened": { "from": "2026-01-01" } } });
    assert_eq!(used_by(whole, given), ["CaseState.ON_HOLD", "PeriodInput.from"]);
    let part = "query ($state: [CaseState!]!) { cases(filter: { state: $state }) { totalCount } }";
    assert_eq!(
        used_by(part, json!({ "state": "ON_HOLD" })),
        ["CaseState.ON_HOLD"]
    );
}

#[test]
fn what_stays_and_what_is_not_there_is_not_counted() {
    for text in [
        "{ viewer { clientId } }",
        "{ cases(filter: { state: [CLOSED] }) { nodes { reference state } } }",
        "{ noSuchField(orderBy: ON_HOLD) { mimosaReference } }",
        "{ __type(name: \"Case\") { name } }",
        "query One { viewer { clientId } } query Other { cases { nodes { mimosaReference } } }",
    ] {
        assert_eq!(
            used_by(text, json!({ "text": "ON_HOLD" })),
            Vec::<String>::new(),
            "{text}"
        );
    }
    // A text that happens to spell a word is no use of it.
    let text = "query ($r: String) { cases(filter: { territory: \"XK\" }) { nodes { id } } a: cases { totalCount } }";
    assert_eq!(used_by(text, json!({ "r": "ON_HOLD" })), Vec::<String>::new());
}

#[test]
fn an_operation_counts_once_for_each_client_and_place() {
    let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let uses = Uses::new(Arc::new(going()), clock.clock());
    let text = "{ a: cases { nodes { mimosaReference } } b: cases { nodes { mimosaReference } } }";
    let document = parse_query(text).expect("a document");
    let operation = document
        .operations
        .iter()
        .next()
        .map(|(_, operation)| &operation.node);
    let asks = |client: &str| uses.count(&client.into(), &document, operation, &Variables::default());
    asks("iom-baghdad");
    asks("iom-baghdad");
    clock.advance(TimeDelta::days(2));
    asks("iom-baghdad");
    asks("police-serbia");
    let text = uses.render();
    let counted: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(
        counted,
        [
            "avrr_deprecated_uses_total{client=\"iom-baghdad\",coordinate=\"Case.mimosaReference\"} 3",
            "avrr_deprecated_uses_total{client=\"police-serbia\",coordinate=\"Case.mimosaReference\"} 1",
        ]
    );
}
