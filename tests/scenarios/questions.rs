//! What a request may ask for, and in which shape the answer comes: pages, filters, limits, order.

use crate::support::*;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A cursor leads on in the listing that it was made for, for the organisation that it was made for, and nowhere else.
async fn a_cursor_belongs_to_one_listing_of_one_organisation(world: &World) {
    let (pristina, tirana) = (world.mission("Pristina"), world.mission("Tirana"));
    for _ in 0..5 {
        pristina.opens_a_case_for(person()).await;
        tirana.opens_a_case_for(person()).await;
    }
    let page = "query($first: Int, $after: String, $last: Int, $before: String) {
        cases(first: $first, after: $after, last: $last, before: $before) {
            totalCount edges { cursor node { reference } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let mut seen: Vec<String> = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = pristina
            .ask(page, json!({ "first": 2, "after": after }))
            .await
            .ok();
        let edges = data["cases"]["edges"].as_array().expect("edges");
        seen.extend(
            edges
                .iter()
                .filter_map(|edge| edge["node"]["reference"].as_str().map(str::to_owned)),
        );
        after = data["cases"]["pageInfo"]["endCursor"].clone();
        assert_eq!(data["cases"]["totalCount"], 5);
        if data["cases"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let mut newest_first = seen.clone();
    newest_first.sort();
    newest_first.reverse();
    assert_eq!((seen.len(), &seen), (5, &newest_first));
    let back = pristina
        .ask(page, json!({ "last": 2, "before": after }))
        .await
        .ok();
    let references: Vec<&Value> = back["cases"]["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .map(|edge| &edge["node"]["reference"])
        .collect();
    assert_eq!(references, [&json!(seen[2]), &json!(seen[3])]);

    let cursor = after.as_str().expect("a cursor");
    tirana
        .ask(page, json!({ "after": cursor }))
        .await
        .is_refused("INVALID_CURSOR");
    for other in [
        "query($after: String) { cases(after: $after, orderBy: OPENED_ASCENDING) { totalCount } }",
        "query($after: String) { cases(after: $after, filter: { state: [INQUIRY] }) { totalCount } }",
        "query($after: String) { itineraries(after: $after) { totalCount } }",
        "query($after: String) { organisations(after: $after) { totalCount } }",
    ] {
        pristina
            .ask(other, json!({ "after": cursor }))
            .await
            .is_refused("INVALID_CURSOR");
    }
    for nonsense in ["", "x", &cursor[1..], &format!("{cursor}A")] {
        pristina
            .ask(page, json!({ "after": nonsense }))
            .await
            .is_refused("INVALID_CURSOR");
    }
    for window in [
        json!({ "first": 101 }),
        json!({ "first": 0 }),
        json!({ "first": -1 }),
        json!({ "first": 1, "last": 1 }),
    ] {
        let answer = pristina.ask(page, window.clone()).await;
        let allowed = window == json!({ "first": 0 }) && answer.errors.is_empty();
        assert!(
            allowed || answer.code() == "INVALID_ARGUMENT",
            "{window}: {}",
            answer.text
        );
    }
}

/// A filter by a field that the viewer does not see in full would show it: the request is refused and names the argument.
async fn a_filter_by_a_field_that_is_withheld_is_refused(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    for (partner, listing, filter, argument) in [
        (&usual.iraq, "cases", "state: [WITHDRAWN]", "filter.state"),
        (
            &usual.iraq,
            "cases",
            "opened: { from: \"2026-01-01T00:00:00Z\" }",
            "filter.opened",
        ),
        (&usual.police, "cases", "state: [READY_TO_DEPART]", "filter.state"),
        (&usual.migration, "cases", "state: [REGISTERED]", "filter.state"),
        (
            &usual.police,
            "travelDocumentRequests",
            "state: [ISSUED]",
            "filter.state",
        ),
        (
            &usual.migration,
            "travelDocumentRequests",
            "submitted: { from: \"2026-01-01T00:00:00Z\" }",
            "filter.submitted",
        ),
        (
            &usual.migration,
            "itineraries",
            "departing: { from: \"2026-03-11T05:00:00Z\" }",
            "filter.departing",
        ),
        (&usual.police, "cashGrants", "state: [PAID]", "filter.state"),
    ] {
        let query = format!("{{ {listing}(filter: {{ {filter} }}) {{ totalCount }} }}");
        let answer = partner.ask(&query, json!({})).await;
        answer.is_refused("FIELD_WITHHELD");
        assert!(
            answer.text.contains(argument),
            "{}: {}",
            partner.client,
            answer.text
        );
    }
    for (partner, listing, filter) in [
        (
            &usual.police,
            "itineraries",
            "departing: { from: \"2026-03-11T05:00:00Z\" }",
        ),
        (&usual.police, "itineraries", "state: [TICKETED]"),
        (&usual.iraq, "travelDocumentRequests", "state: [ISSUED]"),
        (&usual.migration, "cases", "territory: \"XKX\""),
        (
            &usual.pristina,
            "cases",
            "state: [READY_TO_DEPART], nationality: \"IQ\", countryOfReturn: \"IRQ\"",
        ),
    ] {
        let query = format!("{{ {listing}(filter: {{ {filter} }}) {{ totalCount }} }}");
        let data = partner.ask(&query, json!({})).await.ok();
        assert_eq!(
            data,
            json!({ listing: { "totalCount": 1 } }),
            "{} {filter}",
            partner.client
        );
    }
    // On the way, a mission sees the state masked: its case is left out, and not found out.
    for state in ["READY_TO_DEPART", "WITHDRAWN", "ACTIVE"] {
        let query = format!("{{ cases(filter: {{ state: [{state}] }}) {{ totalCount }} }}");
        let data = usual.istanbul.ask(&query, json!({})).await.ok();
        assert_eq!(data, json!({ "cases": { "totalCount": 0 } }), "{state}");
    }
}

/// One request, one operation; a GET asks and never changes anything.
async fn batches_and_changes_by_get_are_refused(world: &World) {
    let pristina = world.mission("Pristina");
    let one = json!({ "query": "{ __typename }" });
    let batch = pristina.post(&json!([one, one])).await;
    assert_eq!((batch.status, batch.code()), (400, "BAD_REQUEST"));
    let body = pristina.opens_a_case_for(person()).body().await;
    let get = async |query: &str, variables: &str| {
        let parameters = [("query", query), ("variables", variables)];
        let url = reqwest::Url::parse_with_params(&format!("http://{}/graphql", world.address), parameters)
            .expect("a URL");
        let request = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client")
            .get(url);
        Answer::read(
            request
                .bearer_auth(pristina.token())
                .send()
                .await
                .expect("an answer"),
        )
        .await
    };
    let refused = get(
        body["query"].as_str().expect("a query"),
        &body["variables"].to_string(),
    )
    .await;
    assert_eq!(
        (refused.status, refused.headers["allow"].to_str().ok()),
        (405, Some("POST"))
    );
    assert_eq!(
        get("{ cases { totalCount } }", "{}").await.ok(),
        json!({ "cases": { "totalCount": 0 } })
    );
}

/// A document that asks for too much is refused before any work is done for it.
async fn a_document_that_asks_for_too_much_is_refused(world: &World) {
    let pristina = world.mission("Pristina");
    let aliases = |count: usize| {
        (0..count).fold("{".to_owned(), |mut text, nth| {
            let _ = write!(text, " a{nth}: __typename");
            text
        }) + " }"
    };
    pristina.ask(&aliases(50), json!({})).await.ok();
    pristina
        .ask(&aliases(51), json!({}))
        .await
        .is_refused("LIMIT_EXCEEDED");
    let mut doubling = "{ ...f0 ...f0 }".to_owned();
    for level in 0..30 {
        let _ = write!(
            doubling,
            " fragment f{level} on Query {{ ...f{0} ...f{0} }}",
            level + 1
        );
    }
    doubling.push_str(" fragment f30 on Query { __typename }");
    pristina
        .ask(&doubling, json!({}))
        .await
        .is_refused("LIMIT_EXCEEDED");
    let cycle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    pristina.ask(cycle, json!({})).await.is_refused("LIMIT_EXCEEDED");
    let depth = |levels: usize| {
        let (open, close) = ("itineraries { case { ".repeat(levels), " } }".repeat(levels));
        format!("{{ cases {{ nodes {{ {open} id {close} }} }} }}")
    };
    pristina.ask(&depth(4), json!({})).await.ok();
    pristina
        .ask(&depth(5), json!({}))
        .await
        .is_refused("LIMIT_EXCEEDED");
    pristina
        .ask("{ cases { nothing } }", json!({}))
        .await
        .is_refused("GRAPHQL_VALIDATION_FAILED");
    pristina
        .ask("{ cases(first: 1 ", json!({}))
        .await
        .is_refused("GRAPHQL_PARSE_FAILED");
    // What is not there is not hinted at.
    let typo = pristina.ask("{ case }", json!({})).await;
    assert!(!typo.text.contains("cases"), "{}", typo.text);
    let limits = pristina
        .ask(
            "{ serviceInfo { limits { maxAliases maxDepth maxPage } } }",
            json!({}),
        )
        .await
        .ok();
    assert_eq!(
        limits["serviceInfo"]["limits"],
        json!({ "maxAliases": 50, "maxDepth": 12, "maxPage": 100 })
    );
}

/// Fields come in the order in which they were asked for, and a field that is null is there as null.
async fn an_answer_keeps_the_order_of_the_question(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let query = "{
        last: viewer { kind clientId }
        travelDocumentRequests { nodes { document { number } state applicant { phone fullName hostAddress } id } }
        cases { nodes { withdrawalReason persons { language sex } reference itineraries { id } __typename } totalCount }
        first: serviceInfo { version }
    }";
    let text = usual.iraq.ask(query, json!({})).await.text;
    let expected = [
        "\"last\"",
        "\"kind\"",
        "\"clientId\"",
        "\"travelDocumentRequests\"",
        "\"document\":null",
        "\"state\"",
        "\"applicant\"",
        "\"phone\":null",
        "\"fullName\"",
        "\"hostAddress\":null",
        "\"id\"",
        "\"cases\"",
        "\"withdrawalReason\":null",
        "\"persons\"",
        "\"language\":null",
        "\"sex\"",
        "\"reference\"",
        "\"itineraries\":null",
        "\"__typename\"",
        "\"totalCount\"",
        "\"first\"",
        "\"version\"",
        "\"extensions\"",
    ];
    let mut at = 0;
    for part in expected {
        let found = text[at..].find(part);
        at += found.unwrap_or_else(|| panic!("{part} is missing or out of order: {text}")) + part.len();
    }
}

/// A variable that was not sent has its default, also where it decides whether a field is asked for at all.
async fn a_default_decides_what_is_included(world: &World) {
    let pristina = world.mission("Pristina");
    for (default, sent, kind_included) in [
        ("false", json!({}), false),
        ("true", json!({}), true),
        ("false", json!({ "v": true }), true),
        ("true", json!({ "v": false }), false),
    ] {
        let query = format!(
            "query($v: Boolean! = {default}) {{ viewer {{ clientId kind @include(if: $v) purpose @skip(if: $v) }} }}"
        );
        let data = pristina.ask(&query, sent).await.ok();
        let viewer = data["viewer"].as_object().expect("a viewer");
        assert_eq!(
            (viewer.contains_key("kind"), viewer.contains_key("purpose")),
            (kind_included, !kind_included),
            "{query}"
        );
    }
}

on_both_databases!(
    a_cursor_belongs_to_one_listing_of_one_organisation,
    a_filter_by_a_field_that_is_withheld_is_refused,
    batches_and_changes_by_get_are_refused,
    a_document_that_asks_for_too_much_is_refused,
    an_answer_keeps_the_order_of_the_question,
    a_default_decides_what_is_included,
);
