//! Every row remembers what happened to it: what, when, by whom, from which state to which, and why.

use crate::support::*;
use serde_json::{Value, json};

const HISTORY: &str =
    "{ history { occurredAt subject event command organisation { code } client fromState toState reason } }";

/// An entry without its moment: event, command, organisation, client, from, to.
fn told(entry: &Value) -> [String; 6] {
    let words = [
        &entry["event"],
        &entry["command"],
        &entry["organisation"]["code"],
        &entry["client"],
        &entry["fromState"],
        &entry["toState"],
    ];
    words.map(|word| word.as_str().unwrap_or_default().to_owned())
}

async fn history(actor: &Actor, row: &impl crate::support::row::Named) -> Vec<Value> {
    let sight = actor.sees(row, HISTORY).await;
    let entries = sight.row["history"].as_array().cloned().expect("a history");
    let moments: Vec<&str> = entries
        .iter()
        .map(|entry| entry["occurredAt"].as_str().expect("a moment"))
        .collect();
    assert!(moments.is_sorted(), "oldest first: {moments:?}");
    entries
}

async fn a_row_remembers_who_did_what_and_what_became_of_it(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let grant = history(&usual.pristina, usual.grant()).await;
    let told: Vec<[String; 6]> = grant.iter().map(told).collect();
    let pristina = "iom-pristina";
    assert_eq!(
        told[..2],
        [
            [
                "CASH_GRANT_PROPOSED",
                "proposeCashGrant",
                pristina,
                pristina,
                "",
                "PROPOSED"
            ],
            [
                "CASH_GRANT_APPROVED",
                "approveCashGrant",
                pristina,
                "iom-pristina-supervisor",
                "PROPOSED",
                "APPROVED"
            ],
        ]
        .map(|entry| entry.map(str::to_owned))
    );
    let request = history(&usual.pristina, usual.request()).await;
    let by_the_post = |event: &str| {
        let found = request.iter().find(|entry| entry["event"] == event);
        found.map(|entry| entry["organisation"]["code"].clone())
    };
    assert_eq!(by_the_post("TRAVEL_DOCUMENT_REQUESTED"), Some(json!(pristina)));
    assert_eq!(
        by_the_post("TRAVEL_DOCUMENT_ISSUED"),
        Some(json!("embassy-iraq-belgrade"))
    );
    let case = history(&usual.pristina, &usual.case).await;
    let events: Vec<&Value> = case.iter().map(|entry| &entry["event"]).collect();
    assert_eq!(events.first(), Some(&&json!("CASE_OPENED")));
    let last = case.last().expect("an entry");
    // What happened to the journey moved the case, and both histories tell of it.
    assert_eq!(
        (&last["event"], &last["command"], &last["toState"]),
        (
            &json!("DEPARTURE_PLANNED"),
            &json!("markReadyToDepart"),
            &json!("READY_TO_DEPART")
        )
    );
}

/// The states of a history make one chain from the beginning to now, whatever moved them.
async fn no_state_moves_without_a_trace(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    usual.pristina.withdraws(&usual.case).await;
    macro_rules! is_a_chain {
        ($row:expr) => {{
            let entries = history(&usual.pristina, $row).await;
            let mut state = Value::Null;
            // What hangs on a case and has no history of its own is told in that of the case.
            let own =
                |entry: &&Value| !entry["toState"].is_null() && entry["subject"] == entries[0]["subject"];
            for entry in entries.iter().filter(own) {
                assert_eq!(entry["fromState"], state, "{entry}");
                state = entry["toState"].clone();
            }
            let now = usual.pristina.sees($row, "{ state }").await;
            assert_eq!(now.row["state"], state);
            let last = entries.last().expect("an entry").clone();
            assert_eq!(last["command"], "withdrawCase");
        }};
    }
    is_a_chain!(&usual.case);
    is_a_chain!(usual.itinerary());
    is_a_chain!(usual.grant());
    is_a_chain!(usual.package.as_ref().expect("a package"));
}

/// Why the persons stepped back is the mission's own knowledge: it does not travel with the histories of what else ended.
async fn histories_are_for_those_whose_work_they_are(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    usual
        .pristina
        .withdraws(&usual.case)
        .with("reason", "FAMILY_REASONS")
        .await;
    let own = history(&usual.pristina, usual.itinerary()).await;
    assert_eq!(own.last().expect("an entry")["reason"], "FAMILY_REASONS");
    for reader in [&usual.baghdad, &world.auditor()] {
        for entry in history(reader, usual.itinerary()).await {
            assert_eq!(entry["reason"], Value::Null, "{}", reader.client);
            assert_ne!(entry["event"], Value::Null, "{}", reader.client);
        }
    }
    let case = usual.baghdad.sees(&usual.case, HISTORY).await;
    assert_eq!(case.row["history"], Value::Null);
    assert_eq!(case.redactions, [("history".to_owned(), "WITHHELD".to_owned())]);
    for reader in [&usual.istanbul, &usual.police, &usual.migration] {
        let sight = reader.sees(&usual.case, HISTORY).await;
        assert_eq!(sight.row["history"], Value::Null, "{}", reader.client);
    }
}

/// What the administration does is remembered as well, for itself and for oversight.
async fn the_registry_remembers_who_changed_it(world: &World) {
    let (admin, auditor, pristina) = (world.admin(), world.auditor(), world.mission("Pristina"));
    admin.suspends_client(&world.police("XKX")).await;
    admin.suspends_operations("MAR", "SECURITY").await;
    admin.resumes_operations("MAR", 1).await;
    let query = "{ operationsSuspensions { history { event command organisation { code } client } }
        organisations(first: 100) { nodes { code clients { clientId history { event client } } } } }";
    for reader in [&admin, &auditor] {
        let seen = reader.ask(query, json!({})).await.ok();
        let by_admin = |event: &str, command: &str| json!({ "event": event, "command": command, "organisation": { "code": "admin" }, "client": "admin" });
        assert_eq!(
            seen["operationsSuspensions"][0]["history"],
            json!([
                by_admin("OPERATIONS_SUSPENDED", "suspendOperations"),
                by_admin("OPERATIONS_RESUMED", "resumeOperations"),
            ]),
            "{}",
            reader.client
        );
        let mut organisations = seen["organisations"]["nodes"].as_array().expect("nodes").iter();
        let police = organisations.find(|node| node["code"] == "police-kosovo");
        assert_eq!(
            police.expect("the police")["clients"][0]["history"],
            json!([{ "event": "CLIENT_SUSPENDED", "client": "admin" }])
        );
    }
    let answer = pristina
        .ask("{ operationsSuspensions { history { event } } }", json!({}))
        .await;
    assert_eq!(answer.ok()["operationsSuspensions"][0]["history"], Value::Null);
}

on_both_databases!(
    a_row_remembers_who_did_what_and_what_became_of_it,
    no_state_moves_without_a_trace,
    histories_are_for_those_whose_work_they_are,
    the_registry_remembers_who_changed_it,
);
