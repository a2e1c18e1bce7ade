//! An answer has the keys of the selection in the order of the selection, at every level (GraphQL specification, 6.3 and
//! 7.1.1), and a field that is null is there as `null`. An order of its own would say what took long, and a missing key
//! what was kept back.

mod expected;
mod ordered;

use crate::support::progress::Until;
use crate::support::{Actor, World, on_both_databases};
use expected::Expected;
use ordered::Ordered;
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

on_both_databases!(
    an_answer_keeps_the_order_of_the_selection_at_every_level,
    selections_of_the_same_field_are_merged_where_the_first_stands,
    a_field_that_is_withheld_is_there_as_null,
    a_row_that_is_not_there_is_there_as_null,
    every_order_of_a_selection_is_kept,
    commands_are_carried_out_and_answered_in_order,
);

/// Asks, and holds the answer's keys to the selection. Returns the data as it came.
async fn ask(actor: &Actor, document: &str, variables: Value) -> Ordered {
    let answer = actor.ask(document, variables).await;
    assert_eq!(answer.errors, Vec::<Value>::new(), "{document}");
    let Ordered::Object(body) = Ordered::read(&answer.text) else {
        panic!("{}", answer.text)
    };
    let (key, data) = body.into_iter().next().expect("data");
    assert_eq!(key, "data", "what comes first");
    Expected::of(document).holds(&data);
    data
}

async fn an_answer_keeps_the_order_of_the_selection_at_every_level(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let document = "
        query Everything($yes: Boolean! = true, $no: Boolean! = false) {
          slow: cases(first: 5) { totalCount ...Page pageInfo { hasNextPage endCursor hasPreviousPage startCursor } }
          serviceInfo { version limits { maxPage maxDepth defaultPage } suppressionThreshold }
          __typename
          last: organisations(first: 2) { nodes { name what: __typename id code territory { name code footnote } } }
          viewer { tokenExpiresAt kind organisation { seatCity code } clientId }
          ...Rest
          indicators { value code asOf name }
          returns(groupBy: [COUNTRY_OF_RETURN]) { threshold rows { persons keys { value dimension } cases } asOf }
        }
        fragment Rest on Query {
          notices(first: 3) { nodes { sequence supersededBy { type sequence } type id } }
          gone: node(id: \"nothing\") { id }
          serviceInfo { suppressionThreshold version }
        }
        fragment Page on CaseConnection {
          nodes {
            state
            ... on Node { id }
            reference
            persons { phone born: dateOfBirth fullName nationality { code } }
            ... on Case @include(if: $yes) { version openedAt }
            left: state @include(if: $no)
            itineraries { state segments { departsAt flight __typename departureAirport } attemptNo }
            cashGrants { tranches { amount { currency amountMinor } number } state payee { fullName id } }
            ... @skip(if: $yes) { destinationCity }
            withdrawalReason
            travelDocumentRequests { document { number type } consularPost { name } state }
          }
          edges { node { id state } cursor }
        }";
    for actor in [
        &usual.pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &world.auditor(),
    ] {
        ask(actor, document, json!({})).await;
    }
}

async fn selections_of_the_same_field_are_merged_where_the_first_stands(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let document = "
        query { cases { nodes { persons { sex } id persons { fullName sex } state ...More } } viewer { kind } ...Root }
        fragment More on Case { reference persons { ... on Person { phone } fullName } id ... on Node { id } }
        fragment Root on Query { viewer { clientId kind } cases { pageInfo { hasNextPage } nodes { version } } }";
    // What is ready first differs from time to time.
    for _ in 0..10 {
        ask(&usual.pristina, document, json!({})).await;
    }
    let data = ask(&usual.pristina, document, json!({})).await;
    let persons = data.at(&["cases", "nodes", "0", "persons", "0"]).keys();
    assert_eq!(persons, ["sex", "fullName", "phone"]);
    assert_eq!(
        data.at(&["cases", "nodes", "0"]).keys(),
        ["persons", "id", "state", "reference", "version"]
    );
    assert_eq!(data.at(&["viewer"]).keys(), ["kind", "clientId"]);
    assert_eq!(data.at(&["cases"]).keys(), ["nodes", "pageInfo"]);
}

async fn a_field_that_is_withheld_is_there_as_null(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let selection = "{ withdrawalReason id openedAt a: cashGrants { id } reference itineraries { state id }
        persons { phone fullName hostAddress } state __typename legalStatusAtApplication }";
    let document = format!("{{ cases {{ nodes {selection} }} }}");
    let data = ask(&usual.iraq, &document, json!({})).await;
    let case = data.at(&["cases", "nodes", "0"]);
    for withheld in [
        "withdrawalReason",
        "openedAt",
        "a",
        "itineraries",
        "state",
        "legalStatusAtApplication",
    ] {
        assert_eq!(case.at(&[withheld]), &Ordered::Leaf(Value::Null), "{withheld}");
    }
    for withheld in ["phone", "hostAddress"] {
        assert_eq!(
            case.at(&["persons", "0", withheld]),
            &Ordered::Leaf(Value::Null),
            "{withheld}"
        );
    }
}

async fn a_row_that_is_not_there_is_there_as_null(world: &World) {
    let usual = world.a_usual_case(Until::Opened).await;
    let case = usual.pristina.id_of(&usual.case).await.expect("an id");
    let document = "query($id: ID!) {
        nobody: node(id: \"nobody\") { id }
        nodes(ids: [\"nobody\", $id]) { ... on Case { receivingMission { code } id departedAt } }
        somebody: node(id: $id) { __typename id ... on Person { phone } ... on Case { mimosaReference state } }
    }";
    let data = ask(&usual.pristina, document, json!({ "id": case })).await;
    assert_eq!(data.keys(), ["nobody", "nodes", "somebody"]);
    assert_eq!(data.at(&["nobody"]), &Ordered::Leaf(Value::Null));
    assert_eq!(data.at(&["nodes", "0"]), &Ordered::Leaf(Value::Null));
    assert_eq!(
        data.at(&["nodes", "1", "receivingMission"]),
        &Ordered::Leaf(Value::Null)
    );
    let data = ask(&usual.istanbul, document, json!({ "id": case })).await;
    assert_eq!(data.at(&["somebody"]), &Ordered::Leaf(Value::Null));
}

/// Fields of a case, and what to ask of those that have fields.
const FIELDS: [&str; 14] = [
    "id",
    "__typename",
    "state",
    "reference",
    "version",
    "withdrawalReason",
    "departedAt",
    "sendingMission { name id code }",
    "persons { phone id fullName }",
    "consents { active id purpose }",
    "travelDocumentRequests { state applicant { sex id } id }",
    "itineraries { segments { flight departsAt } id attemptNo }",
    "cashGrants { tranches { state number } id }",
    "reintegrationPackages { items { state amount { currency } } id }",
];

/// How many made-up selections are tried.
const SELECTIONS: u32 = 24;

async fn every_order_of_a_selection_is_kept(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let some = subsequence(FIELDS.to_vec(), 2..FIELDS.len()).prop_shuffle();
    let selection = (some, any::<prop::sample::Index>(), any::<bool>());
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..SELECTIONS {
        let (fields, cut, twice) = selection.new_tree(&mut runner).expect("a selection").current();
        let (here, there) = fields.split_at(cut.index(fields.len() - 1) + 1);
        let again = if twice { fields[0] } else { "" };
        let roots = ["a: cases { nodes { ...There ", "b: cases { nodes { "];
        let document = format!(
            "query {{ z: organisations {{ totalCount }} {}{} ...There {again} }} }} c: viewer {{ kind }} {}{} }} }} }}
             fragment There on Case {{ {} }}",
            roots[0],
            here.join(" "),
            roots[1],
            fields.join(" "),
            if there.is_empty() { "id".to_owned() } else { there.join(" ") },
        );
        ask(&usual.pristina, &document, json!({})).await;
    }
}

async fn commands_are_carried_out_and_answered_in_order(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let document = "mutation($first: AcknowledgeNoticesInput!, $second: AcknowledgeNoticesInput!) {
        second: acknowledgeNotices(input: $second) { errors { code } unacknowledged }
        first: acknowledgeNotices(input: $first) { unacknowledged errors { code } }
    }";
    let up_to = |sequence: i64| json!({ "idempotencyKey": format!("up to {sequence}"), "notices": { "upToSequence": sequence } });
    let all = i64::try_from(usual.baghdad.inbox().await.len()).expect("a small number");
    let data = ask(
        &usual.baghdad,
        document,
        json!({ "first": up_to(2), "second": up_to(1) }),
    )
    .await;
    assert_eq!(
        data.at(&["second", "unacknowledged"]),
        &Ordered::Leaf(json!(all - 1))
    );
    assert_eq!(
        data.at(&["first", "unacknowledged"]),
        &Ordered::Leaf(json!(all - 2))
    );
}
