//! What an answer tells of rows that are there and not shown, by an id or by a command.

use crate::support::insight::{Insight, with_our_key};
use crate::support::world::play_with;
use crate::support::*;
use serde_json::{Value, json};

/// Every type behind an id, tried on whatever an id names.
const NODE: &str = "query($id: ID!) { node(id: $id) { __typename id
    ... on Case { state reference } ... on Person { fullName } ... on Consent { category } ... on Itinerary { state }
    ... on TravelDocumentRequest { state } ... on CashGrant { state } ... on ReintegrationPackage { state }
    ... on Referral { state } ... on Notice { type } ... on Movement { state } ... on Client { clientId }
    ... on Project { code } ... on GrantRule { code } ... on Organisation { code } } }";
const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";

/// 3 and 14: a row that is not within reach, under the very id that the viewer would have for it, is answered like an id
/// that somebody else has for it, an id of another type, and no id at all; its type is not named.
async fn a_row_that_is_hidden_is_as_if_it_were_not_there(world: &World) {
    let usual = world.a_usual_case(Until::Ticketed).await;
    let insight = Insight::into(world).await;
    let rows = insight.rows(world, &usual.pristina, &usual.case).await;
    let senders = insight.of(world, &usual.pristina);
    assert!(rows.len() >= 6, "{:?}", rows.keys());
    for stranger in [
        world.mission("Skopje"),
        world.embassy("Algeria", "Rome"),
        world.police("SRB"),
        world.migration("SRB"),
        world.service(),
        world.dashboard(),
        world.admin(),
    ] {
        let own = insight.of(world, &stranger);
        let none = stranger.ask(NODE, json!({ "id": "nothing" })).await;
        let no_ids = stranger
            .ask(NODES, json!({ "ids": ["nothing", "nothing", ""] }))
            .await;
        assert_eq!(none.data, json!({ "node": null }));
        for (name, known) in &rows {
            for row in known {
                let as_a_case = own.encode(avrr_gateway::ids::NodeType::Case, row.id);
                let (hidden, foreign) = (own.encode(row.node, row.id), senders.encode(row.node, row.id));
                for id in [&hidden, &foreign, &as_a_case] {
                    let answer = stranger.ask(NODE, json!({ "id": id })).await;
                    answer.is_the_same_as(&none, &format!("{}: {name}", stranger.client));
                }
                let ids = json!({ "ids": [hidden, foreign, as_a_case] });
                let answer = stranger.ask(NODES, ids).await;
                answer.is_the_same_as(&no_ids, &format!("{}: {name}", stranger.client));
            }
        }
    }
}

/// 3: the same for commands, which would otherwise find out by trying: not there, whichever row is named, and told so in
/// the same words, whatever state the row is in.
async fn a_command_on_a_row_that_is_hidden_finds_none(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let insight = Insight::into(world).await;
    let rows = insight.rows(world, &usual.pristina, &usual.case).await;
    let give = |command: &str, field: &str, id: &str| {
        let input = format!("{}{}Input", command[..1].to_uppercase(), &command[1..]);
        let query =
            format!("mutation($input: {input}!) {{ {command}(input: $input) {{ errors {{ code }} }} }}");
        let mut given = json!({ "idempotencyKey": "1", "expectedVersion": 1 });
        given[field] = id.into();
        if command == "withdrawCase" {
            given["reason"] = "NOT_STATED".into();
            given.as_object_mut().expect("an input").remove("expectedVersion");
        }
        json!({ "query": query, "variables": { "input": given } })
    };
    for (stranger, command, field, of) in [
        (world.mission("Skopje"), "withdrawCase", "caseId", "Case"),
        (
            world.mission("Skopje"),
            "cancelTravelDocumentRequest",
            "travelDocumentRequestId",
            "TravelDocumentRequest",
        ),
        (
            world.mission("Skopje"),
            "cancelItinerary",
            "itineraryId",
            "Itinerary",
        ),
        (
            world.mission("Skopje"),
            "approveCashGrant",
            "cashGrantId",
            "CashGrant",
        ),
        (
            world.embassy("Algeria", "Rome"),
            "confirmNationality",
            "travelDocumentRequestId",
            "TravelDocumentRequest",
        ),
    ] {
        let own = insight.of(world, &stranger);
        let row = &rows[of][0];
        let said = async |id: &str| {
            let letter = stranger
                .letter(&give(command, field, id))
                .header("X-Request-Id", "the-same");
            Answer::read(letter.send().await.expect("an answer")).await
        };
        let none = said("nothing").await;
        none.is_refused("NOT_FOUND");
        for id in [
            own.encode(row.node, row.id),
            own.encode(avrr_gateway::ids::NodeType::Notice, row.id),
        ] {
            said(&id)
                .await
                .is_the_same_as(&none, &format!("{}: {command}", stranger.client));
        }
    }
}

/// 4: what is wrong with a request is said in the same words to whoever sends it, whether or not it names a row that is
/// there, and without anything that only a row could have told.
async fn an_error_says_the_same_to_everybody(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let case = usual.pristina.id_of(&usual.case).await.expect("its own case");
    let wrong: [(&str, Value); 5] = [
        (
            "query($id: ID!) { node(id: $id) { ... on Case { nothing } } }",
            json!({ "id": case }),
        ),
        (
            "query($id: [ID!]!) { node(id: $id) { id } }",
            json!({ "id": [case] }),
        ),
        (
            "query($id: ID!) { node(id: $id, of: 1) { id } }",
            json!({ "id": case }),
        ),
        (
            "query($after: String) { cases(after: $after) { totalCount } }",
            json!({ "after": case }),
        ),
        (
            "mutation($id: ID!) { withdrawCase(input: { caseId: $id }) { errors { code } } }",
            json!({ "id": case }),
        ),
    ];
    for (query, variables) in wrong {
        let mut words = Vec::new();
        for seat in [
            &usual.pristina,
            &usual.iraq,
            &usual.police,
            &world.mission("Skopje"),
            &world.dashboard(),
        ] {
            let letter = seat.letter(&json!({ "query": query, "variables": variables }));
            let letter = letter.header("X-Request-Id", "the-same");
            words.push(Answer::read(letter.send().await.expect("an answer")).await);
        }
        assert!(!words[0].errors.is_empty(), "{query}");
        for other in &words[1..] {
            other.is_the_same_as(&words[0], query);
        }
        for name in usual.case.names() {
            assert!(!words[0].text.contains(name.as_str()), "{}", words[0].text);
        }
    }
}

macro_rules! with_our_key {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() {
                super::play_with(super::Database::Sqlite, super::with_our_key, |_| None, super::$story);
            })+
        }

        mod postgres {
            $(#[test] fn $story() {
                super::play_with(super::Database::Postgres, super::with_our_key, |_| None, super::$story);
            })+
        }
    };
}

with_our_key!(
    a_row_that_is_hidden_is_as_if_it_were_not_there,
    a_command_on_a_row_that_is_hidden_finds_none,
    an_error_says_the_same_to_everybody,
);
