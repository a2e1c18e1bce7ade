//! Who comes in, for how long, and what a request may ask for.

use crate::support::socket::Heard;
use crate::support::*;
use avrr_gateway::config::Config;
use avrr_gateway::http::keys::Keys;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::fmt::Write as _;

const WHO: &str = "{ viewer { clientId kind purpose organisation { code } } }";

/// Whoever comes without a good token is turned away before the document is read, and learns nothing.
async fn nobody_comes_in_without_a_good_token(world: &World) {
    let pristina = world.mission("Pristina");
    let good = pristina.token();
    let demo = Keys::open(&Config::default().auth, true, &world.clock.clock())
        .await
        .expect("keys");
    let demo = demo
        .issuer
        .expect("an issuer")
        .token("iom-pristina", TimeDelta::minutes(5))
        .expect("a token");
    let (head, rest) = good.split_once('.').expect("a header");
    let (claims, _) = rest.split_once('.').expect("claims");
    let mut words = Vec::new();
    for authorization in [
        None,
        Some(String::new()),
        Some("Bearer".to_owned()),
        Some(good.clone()),
        Some(format!("Basic {good}")),
        Some(format!("Bearer {demo}")),
        Some(format!("Bearer {head}.{claims}.")),
        Some(format!(
            "Bearer {}",
            good.replace(head, "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0")
        )),
        Some(format!("Bearer {}", world.client("iom-nowhere").token())),
    ] {
        let request = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut request = request
            .post(format!("http://{}/graphql", world.address))
            .body("{ not even read");
        if let Some(value) = &authorization {
            request = request.header("Authorization", value);
        }
        let answer = Answer::read(request.send().await.expect("an answer")).await;
        assert_eq!(
            (answer.status, answer.code()),
            (401, "UNAUTHENTICATED"),
            "{authorization:?}"
        );
        assert_eq!(
            answer.headers["www-authenticate"],
            "Bearer error=\"invalid_token\""
        );
        words.push(answer.text);
    }
    words.dedup();
    assert_eq!(words.len(), 1, "the same words for every reason: {words:?}");

    // A token is good until it expires, by the programme's clock.
    let old = pristina.letter(&json!({ "query": "{ __typename }" }));
    world.time_passes(TimeDelta::hours(24) + TimeDelta::seconds(31));
    assert_eq!(
        Answer::read(old.send().await.expect("an answer")).await.status,
        401
    );
    pristina.ask(WHO, json!({})).await.ok();
}

/// A suspended client stops at once: its token is worth nothing over HTTP, and its open socket hears no more.
async fn a_suspended_client_stops_at_once(world: &World) {
    let mut usual = world.a_usual_case(Until::Ticketed).await;
    let admin = world.admin();
    let mut inbox = usual.istanbul.listens().await;
    inbox.hears(&["ITINERARY_BOOKED"]).await;
    admin.suspends_client(&usual.istanbul).await;
    assert_eq!(usual.istanbul.ask(WHO, json!({})).await.status, 401);
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
    let farewell = loop {
        match inbox.socket().hear().await {
            Heard::Farewell(code, _) => break code,
            Heard::Message(message) => assert!(message["payload"]["data"]["notices"].is_null(), "{message}"),
        }
    };
    assert_eq!(farewell, 4403);
    let mut again = Socket::open(world.address).await.expect("a socket");
    let payload = json!({ "Authorization": format!("Bearer {}", usual.istanbul.token()) });
    assert!(matches!(again.introduce(payload).await, Heard::Farewell(4403, _)));
    // The others go on, and Istanbul misses nothing once it may come back.
    usual.baghdad.ask(WHO, json!({})).await.ok();
    admin.resumes_client(&usual.istanbul).await;
    inbox.returns().await;
    inbox.hears(&["DEPARTURE_PLANNED"]).await;
}

/// A client states the purpose of a request among those that it is registered for.
async fn a_purpose_is_one_that_the_client_is_registered_for(world: &World) {
    let (admin, pristina) = (world.admin(), world.mission("Pristina"));
    let who = pristina.ask(WHO, json!({})).await.ok();
    assert_eq!(
        who["viewer"],
        json!({ "clientId": "iom-pristina", "kind": "MISSION", "purpose": "CASE_MANAGEMENT", "organisation": { "code": "iom-pristina" } })
    );
    for purpose in ["TRAVEL_DOCUMENT", "case_management", "", "anything"] {
        let refused = pristina.for_purpose(purpose).ask(WHO, json!({})).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, "PURPOSE_NOT_REGISTERED"),
            "{purpose}"
        );
    }
    let register = "mutation($of: ID!) { registerClient(input: { idempotencyKey: \"1\", clientId: \"iom-pristina-2\",
        organisationId: $of, purposes: [CASE_MANAGEMENT, REINTEGRATION] }) { client { clientId purposes } errors { code } } }";
    let of = admin.organisation("iom-pristina").await;
    let registered = admin.ask(register, json!({ "of": of })).await.ok();
    assert_eq!(registered["registerClient"]["errors"], json!([]));
    let second = world.client("iom-pristina-2");
    let stated = async |client: Actor| client.ask(WHO, json!({})).await.ok()["viewer"]["purpose"].take();
    assert_eq!(stated(second.clone()).await, Value::Null);
    assert_eq!(stated(second.for_purpose("REINTEGRATION")).await, "REINTEGRATION");
    // Both clients are one organisation: what one opens, the other finds by the same id.
    let case = pristina.opens_a_case_for(person()).await;
    assert_eq!(second.id_of(&case).await, pristina.id_of(&case).await);
}

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

/// Ids are made for one organisation: in the hands of another they name nothing, alone or in a list.
async fn an_id_of_another_organisation_names_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let rows = async |actor: &Actor| {
        let mut ids = Vec::new();
        for row in [usual.itinerary(), &usual.case.person()] {
            ids.extend(actor.id_of(row).await);
        }
        ids.extend(actor.id_of(&usual.case).await);
        ids
    };
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";
    let partners = [
        &usual.pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &usual.migration,
    ];
    for one in partners {
        let own = rows(one).await;
        assert_eq!(own.len(), 3);
        let names: Vec<Value> = ["Itinerary", "Person", "Case"]
            .iter()
            .zip(&own)
            .map(|(kind, id)| json!({ "id": id, "__typename": kind }))
            .collect();
        assert_eq!(
            one.ask(query, json!({ "ids": own })).await.ok(),
            json!({ "nodes": names })
        );
        for other in partners.into_iter().filter(|other| other.client != one.client) {
            assert_eq!(
                other.ask(query, json!({ "ids": own })).await.ok(),
                json!({ "nodes": [null, null, null] })
            );
        }
    }
    let own = rows(&usual.police).await;
    let mixed = json!({ "ids": ["", own[2], "nothing", own[2]] });
    let found = json!({ "id": own[2], "__typename": "Case" });
    assert_eq!(
        usual.police.ask(query, mixed).await.ok(),
        json!({ "nodes": [null, found, null, found] })
    );
    usual
        .police
        .ask(query, json!({ "ids": vec![&own[0]; 101] }))
        .await
        .is_refused("INVALID_ARGUMENT");
    // References are pseudonyms: no two organisations can join their data by them.
    let mut references = Vec::new();
    for partner in partners {
        references.push(partner.sees(&usual.case, "{ reference }").await.row["reference"].to_string());
    }
    references.sort();
    references.dedup();
    assert_eq!(references.len(), partners.len());
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
    nobody_comes_in_without_a_good_token,
    a_suspended_client_stops_at_once,
    a_purpose_is_one_that_the_client_is_registered_for,
    a_cursor_belongs_to_one_listing_of_one_organisation,
    a_filter_by_a_field_that_is_withheld_is_refused,
    an_id_of_another_organisation_names_nothing,
    batches_and_changes_by_get_are_refused,
    a_document_that_asks_for_too_much_is_refused,
    an_answer_keeps_the_order_of_the_question,
    a_default_decides_what_is_included,
);
