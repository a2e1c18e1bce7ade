//! Who may ask the disclosure ledger what, and what it answers to "who was told what about me".

use crate::support::ledger::ledger_of;
use crate::support::*;
use serde_json::{Value, json};

const QUESTION: &str = "{ cases(first: 1) { nodes { id state persons { id fullName phone } } } }";

const LEDGER: &str = "query($filter: DisclosureFilter) { disclosures(first: 100, filter: $filter) { totalCount nodes {
    sequence disclosedAt means organisation { code } client token purpose relation rowType row case { id } person { id }
    fieldsShown fieldsMasked policyVersion requestId snapshotSha256 hash } } }";

async fn ledger_as(actor: &Actor, filter: Value) -> Vec<Value> {
    let data = actor.ask(LEDGER, json!({ "filter": filter })).await.ok();
    data["disclosures"]["nodes"].as_array().expect("nodes").clone()
}

/// Oversight reads all of it; the missions of a case who was told what of it, and not by which system; nobody else any of
/// it. To read the ledger does not make it longer, but what a reader looks up of a person from there does.
async fn the_ledger_is_read_by_oversight_and_by_the_missions_of_a_case(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let other = world.a_usual_case(Until::Requested).await;
    let (pristina, baghdad, auditor) = (&usual.pristina, &usual.baghdad, world.auditor());
    for partner in [&usual.police, baghdad, &auditor] {
        partner.ask(QUESTION, json!({})).await.ok();
    }
    let kept = ledger_of(world).await;
    let shallow = "{ disclosures(first: 100) { totalCount nodes { sequence client token requestId hash } } }";
    let all = auditor.ask(shallow, json!({})).await.ok();
    assert_eq!(all["disclosures"]["totalCount"], kept.len());
    assert_eq!(
        ledger_of(world).await.len(),
        kept.len(),
        "to read the ledger is not noted in it"
    );
    for (nth, entry) in all["disclosures"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .enumerate()
    {
        assert_eq!(entry["sequence"], nth + 1);
        assert_eq!(entry["hash"], kept[nth].hash.as_str());
        assert_eq!(entry["requestId"], json!(kept[nth].request_id));
    }

    let own = pristina.id_of(&usual.case).await.expect("an id");
    let seen = ledger_as(pristina, json!({ "case": own, "rowTypes": ["Person"] })).await;
    let by_police = seen
        .iter()
        .find(|entry| entry["relation"] == "POLICE")
        .expect("the police were told");
    assert_eq!(by_police["organisation"]["code"], "police-kosovo");
    assert!(
        by_police["fieldsShown"]
            .as_array()
            .expect("names")
            .contains(&json!("fullName"))
    );
    for withheld in [
        "sequence",
        "client",
        "token",
        "requestId",
        "policyVersion",
        "hash",
    ] {
        assert_eq!(by_police[withheld], Value::Null, "{withheld}");
    }
    assert!(seen.iter().all(|entry| entry["case"]["id"] == own.as_str()));
    // The receiving mission sees the same of the case that it receives, and nothing of one that it does not know.
    let theirs = baghdad.id_of(&usual.case).await.expect("an id");
    let seen = ledger_as(baghdad, json!({ "case": theirs, "rowTypes": ["Person"] })).await;
    assert!(seen.iter().any(|entry| entry["relation"] == "POLICE"));
    assert_eq!(
        ledger_as(baghdad, json!({ "case": own })).await,
        Vec::<Value>::new(),
        "another's id"
    );
    let refused = pristina
        .ask(LEDGER, json!({ "filter": { "client": "police-kosovo" } }))
        .await;
    refused.is_refused("FIELD_WITHHELD");
    let found = ledger_as(&auditor, json!({ "client": "police-kosovo" })).await;
    assert!(!found.is_empty() && found.iter().all(|entry| entry["client"] == "police-kosovo"));
    for nobody in [
        &usual.iraq,
        &usual.police,
        &usual.migration,
        &usual.istanbul,
        &world.dashboard(),
        &world.admin(),
    ] {
        assert_eq!(nobody.counts("disclosures").await, 0, "{}", nobody.client);
    }
    drop(other);
}

/// Who was told what about me: entries of the person, and of the case as a whole; none of a relative's.
async fn a_person_is_told_who_was_told_what(world: &World) {
    let pristina = world.mission("Pristina");
    let household = [person().of("IRQ").aged(40), person().of("IRQ").aged(38)];
    let names_of: Vec<String> = household
        .iter()
        .map(crate::support::fixtures::Person::full_name)
        .collect();
    let case = pristina.opens_a_case_for(household).await;
    pristina.registers(&case, USUAL).await;
    let one = &names_of[0];
    pristina.requests_a_travel_document_for(&case, one).await;
    pristina.requests_a_travel_document_for(&case, &names_of[1]).await;
    let iraq = world.embassy("Iraq", "Belgrade");
    let query = "{ travelDocumentRequests { nodes { id case { id } applicant { id fullName } disclosureSnapshot { sha256 } } } }";
    iraq.ask(query, json!({})).await.ok();

    let listed = pristina
        .ask("{ cases(first: 1) { nodes { persons { id fullName } travelDocumentRequests { applicant { id } disclosureSnapshot { sha256 content } } } } }", json!({}))
        .await
        .ok();
    let listed = &listed["cases"]["nodes"][0];
    let persons = listed["persons"].as_array().expect("persons");
    let me = persons
        .iter()
        .find(|person| person["fullName"] == one.as_str())
        .expect("me");
    let told = ledger_as(&pristina, json!({ "person": me["id"] })).await;
    assert!(
        told.iter()
            .any(|entry| entry["person"]["id"] == me["id"] && entry["rowType"] == "Person")
    );
    assert!(
        told.iter()
            .any(|entry| entry["person"].is_null() && entry["rowType"] == "Case")
    );
    assert!(
        told.iter()
            .all(|entry| entry["person"].is_null() || entry["person"]["id"] == me["id"])
    );
    let all = ledger_as(&pristina, json!({})).await;
    assert!(all.len() > told.len(), "a relative was spoken of too");

    // What a request told the post is there as the snapshot keeps it: the same digest, the same fields.
    let snapshots: Vec<&Value> = told.iter().filter(|entry| entry["means"] == "SNAPSHOT").collect();
    assert_eq!(snapshots.len(), 1);
    let requests = listed["travelDocumentRequests"].as_array().expect("requests");
    let mine = requests
        .iter()
        .find(|request| request["applicant"]["id"] == me["id"])
        .expect("mine");
    let kept = &mine["disclosureSnapshot"];
    assert_eq!(snapshots[0]["snapshotSha256"], kept["sha256"]);
    assert_eq!(snapshots[0]["organisation"]["code"], "embassy-iraq-belgrade");
    let content: Value = serde_json::from_str(kept["content"].as_str().expect("content")).expect("JSON");
    let fields: Vec<&String> = content.as_object().expect("fields").keys().collect();
    assert_eq!(snapshots[0]["fieldsShown"], json!(fields));
}

on_both_databases!(
    the_ledger_is_read_by_oversight_and_by_the_missions_of_a_case,
    a_person_is_told_who_was_told_what,
);
