//! Persons and secrets stay where they belong: the log, the metrics, the answers that refuse and their headers know none,
//! whatever happens to a request or to the database. The log of every other story is read as well: `support::watch`.

use crate::support::watch::{self, MARKER, PERSONAL};
use crate::support::*;
use sea_orm::ConnectionTrait;
use serde_json::json;

/// Asserts that a text knows nobody and no token.
#[track_caller]
fn knows_nobody(text: &str) {
    let word = PERSONAL.iter().find(|word| text.contains(**word));
    assert_eq!(word, None, "{text}");
}

/// Somebody of whom every word is a marker.
fn marked(nth: usize) -> Person {
    let said = |what: &str| format!("{MARKER}{what}{nth}");
    person()
        .of("IRQ")
        .with("givenNames", said("given"))
        .with("familyName", said("family"))
        .with("placeOfBirth", said("birthplace"))
        .with("parentsNames", said("parents"))
        .with("hostAddress", said("address"))
        .with("addressInCountryOfReturn", said("home"))
}

/// A whole procedure of somebody who is nothing but markers, with everything that can be refused on the way.
async fn no_person_and_no_token_leaves_by_the_log_the_metrics_or_an_error(world: &World) {
    let before = watch::lines_read();
    let usual = world.a_usual_case(Until::Arrived).await;
    let pristina = &usual.pristina;
    let case = pristina.opens_a_case_for(marked(1)).await;
    pristina.registers(&case, USUAL).await;
    let request = pristina.requests_a_travel_document(&case).await;
    usual.iraq.refuses(&request, "OTHER").await;
    pristina
        .assesses_vulnerability(&case, case.head(), &["VICTIM_OF_TRAFFICKING"], &["SEPARATE_ROOM"])
        .await;
    let mut inbox = usual.iraq.listens().await;
    inbox.next().await;

    // Whatever is wrong with a request is said without a word of what it holds.
    let token = pristina.token();
    let input = json!({ "input": { "caseId": MARKER, "idempotencyKey": MARKER } });
    let wrong = [
        json!({ "query": "mutation($input: WithdrawCaseInput!) { withdrawCase(input: $input) { errors { code } } }", "variables": input }),
        json!({ "query": "query($id: ID!) { node(id: $id) { nothing } }", "variables": { "id": MARKER } }),
        json!({ "query": "query($id: ID!) { node(id: $id) { id } }", "variables": { "id": { "name": MARKER } } }),
        json!({ "query": "query($after: String) { cases(after: $after) { totalCount } }", "variables": { "after": MARKER } }),
        json!({ "query": 1, "variables": MARKER }),
        json!({ "query": "{ cases { totalCount } }", "variables": MARKER }),
    ];
    for body in wrong {
        let answer = pristina.post(&body).await;
        assert!(!answer.errors.is_empty(), "{body}: {}", answer.text);
        knows_nobody(&answer.text);
        knows_nobody(&format!("{:?}", answer.headers));
    }
    let nowhere = format!("/{MARKER}");
    let http = crate::support::world::browser();
    for (path, bearer) in [
        ("/graphql", format!("{token}x")),
        ("/graphql", MARKER.to_owned()),
        ("/livez", token.clone()),
        ("/readyz", token.clone()),
        ("/metrics", token.clone()),
        (nowhere.as_str(), token.clone()),
    ] {
        let address = format!("http://{}{path}", world.address);
        let answer = http
            .get(address)
            .bearer_auth(bearer)
            .send()
            .await
            .expect("an answer");
        knows_nobody(&format!("{:?}", answer.headers()));
        knows_nobody(&answer.text().await.expect("a body"));
    }
    assert!(watch::lines_read() > before + 20, "the log is not read");
    watch::nothing_personal_was_logged();
}

/// What a database says of its faults, it says with the values in them: neither the caller nor the log is told.
async fn a_fault_of_the_database_is_told_without_its_values(world: &World) {
    let pristina = world.mission("Pristina");
    let case = pristina
        .opens_a_case_for(marked(2).with("phone", "+38344200002"))
        .await;
    let database = sea_orm::Database::connect(&world.stage.url)
        .await
        .expect("the database");
    let does = async |statement: &str| {
        database.execute_unprepared(statement).await.expect("a statement");
    };
    // A second person of that number breaks a rule that the program does not know of.
    does("CREATE UNIQUE INDEX one_person_a_number ON persons (phone)").await;
    let second = marked(3).with("phone", "+38344200002");
    let refused = pristina.opens_a_case_for(second).answer().await;
    refused.is_refused("INTERNAL");
    knows_nobody(&refused.text);
    // A row that means nothing.
    does(&format!("UPDATE persons SET sex = '{MARKER}'")).await;
    let unreadable = pristina
        .ask("{ cases { nodes { persons { fullName } } } }", json!({}))
        .await;
    unreadable.is_refused("INTERNAL");
    knows_nobody(&unreadable.text);
    // A table that is gone, with the rest of the statement in the message.
    does("ALTER TABLE persons RENAME COLUMN phone TO telephone").await;
    let broken = pristina.opens_a_case_for(marked(4)).answer().await;
    broken.is_refused("INTERNAL");
    knows_nobody(&broken.text);
    does("ALTER TABLE persons RENAME COLUMN telephone TO phone").await;
    does("UPDATE persons SET sex = 'M'").await;
    assert_eq!(pristina.counts("cases").await, 1, "{case:?}");
    watch::nothing_personal_was_logged();
}

on_both_databases!(
    no_person_and_no_token_leaves_by_the_log_the_metrics_or_an_error,
    a_fault_of_the_database_is_told_without_its_values,
);
