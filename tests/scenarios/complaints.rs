//! Complaints are handled by staff of oversight alone. Whoever lodges one gets a reference and learns nothing more; whoever
//! is complained about learns nothing at all, and nothing that they see changes.

use crate::support::verbs_papers::COMPLAINT;
use crate::support::*;
use serde_json::{Value, json};

/// Everything of a case that a mission sees in its lists, its inbox, versions and histories.
const EVERYTHING: &str = "{
    cases(first: 100) { totalCount nodes { id state version history { event command } persons { id } } }
    notices(first: 100) { totalCount nodes { sequence type } }
    organisations(first: 100) { totalCount nodes { code version history { event } } }
    complaints(first: 100) { totalCount nodes { id } }
}";

async fn whoever_handles_a_complaint_learns_of_it_and_nobody_else(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, desk) = (&usual.pristina, world.complaints_desk());
    let everybody = [
        &usual.pristina,
        &usual.baghdad,
        &usual.migration,
        &world.auditor(),
    ]
    .map(Actor::clone);
    let mut before = Vec::new();
    for actor in &everybody {
        before.push(actor.ask(EVERYTHING, json!({})).await);
    }

    let case = pristina.id_to_name(&usual.case).await;
    let lodged = pristina.complains("migration-kosovo", "I was not heard.").await;
    let reference = lodged.with("caseId", case).under_key("one complaint").await;
    assert!(
        reference.starts_with("CMP-") && reference.len() == 14,
        "{reference}"
    );

    // The authority that is complained about, the mission that lodged it, oversight without the right: all as before.
    for (actor, before) in everybody.iter().zip(&before) {
        let after = actor.ask(EVERYTHING, json!({})).await;
        assert_eq!(after.data, before.data, "{}", actor.client);
        assert_eq!(actor.complaints().await, Vec::<Value>::new());
    }

    let complaints = desk.complaints().await;
    let [complaint] = complaints.as_slice() else {
        panic!("{complaints:?}")
    };
    assert_eq!(complaint["reference"], reference.as_str());
    assert_eq!(complaint["text"], "I was not heard.");
    assert_eq!(complaint["about"]["code"], "migration-kosovo");
    assert_eq!(complaint["lodgedBy"]["code"], "iom-pristina");
    assert!(complaint["case"]["id"].is_string());
    // Complaints are the desk's; names are no more its own than those of other staff of oversight.
    assert_ne!(complaint["case"]["persons"][0]["fullName"], usual.case.head());
    for actor in &everybody {
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Complaint {COMPLAINT} }} }}");
        let found = actor.ask(&query, json!({ "id": complaint["id"] })).await.ok();
        assert_eq!(found, json!({ "node": null }), "{}", actor.client);
        for step in ["acknowledgeComplaint", "investigateComplaint"] {
            let answer = actor.moves_complaint(complaint, step).answer().await;
            assert!(
                ["FORBIDDEN", "NOT_FOUND"].contains(&answer.code()),
                "{}",
                answer.text
            );
        }
    }

    let taken_on = desk.moves_complaint(complaint, "acknowledgeComplaint").await;
    desk.moves_complaint(complaint, "acknowledgeComplaint")
        .is_refused("CONFLICT")
        .await;
    let referred = desk.moves_complaint(&taken_on, "referComplaint");
    let referred = referred.with("referredTo", "The ombudsperson").await;
    assert_eq!(referred["state"], "REFERRED");
    assert_eq!(referred["findings"], "The ombudsperson");
    let events: Vec<&Value> = referred["history"]
        .as_array()
        .expect("a history")
        .iter()
        .map(|entry| &entry["event"])
        .collect();
    assert_eq!(
        events,
        ["COMPLAINT_LODGED", "COMPLAINT_ACKNOWLEDGED", "COMPLAINT_REFERRED"]
    );
    for (actor, before) in everybody.iter().zip(&before) {
        let after = actor.ask(EVERYTHING, json!({})).await;
        assert_eq!(after.data, before.data, "{}", actor.client);
    }
}

async fn a_repetition_gives_the_same_reference_and_a_stranger_s_case_is_not_complained_of(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (skopje, desk) = (world.mission("Skopje"), world.complaints_desk());
    let lodged = skopje.complains("police-kosovo", "Nobody listened.").await;
    let first = lodged.under_key("again").await;
    let lodged = skopje.complains("police-kosovo", "Nobody listened.").await;
    assert_eq!(lodged.under_key("again").await, first);
    assert_eq!(desk.complaints().await.len(), 1);

    // A case that is out of reach is no case, whoever has its id.
    let case = usual.pristina.id_to_name(&usual.case).await;
    let other = skopje.complains("police-kosovo", "Of somebody else.").await;
    other.with("caseId", case).is_not_found().await;
    for text in ["", "   "] {
        let empty = skopje.complains("police-kosovo", text).await;
        assert_eq!(empty.is_refused("INVALID").await["field"], "text");
    }
    let police = world.police("XKX");
    police.complains("iom-pristina", "No.").await.is_forbidden().await;
    assert_eq!(desk.complaints().await.len(), 1);
    let second = skopje.complains("iom-skopje", "About ourselves.").await.await;
    assert_ne!(second, first);
    assert_eq!(
        skopje.complaints().await,
        Vec::<Value>::new(),
        "lodged by the same mission that it is about"
    );
}

async fn nobody_handles_what_is_said_of_their_own_organisation(world: &World) {
    let (pristina, desk) = (world.mission("Pristina"), world.complaints_desk());
    pristina
        .complains("auditor", "They showed my file around.")
        .await
        .await;
    assert_eq!(desk.complaints().await, Vec::<Value>::new());
    // Another organisation of oversight with the right does.
    let admin = world.admin();
    let mutation = "mutation($input: RegisterOrganisationInput!) {
        registerOrganisation(input: $input) { organisation { id } errors { code } } }";
    let input = json!({ "idempotencyKey": "inspectors", "code": "inspectors", "name": "Inspectors", "kind": "AUDITOR" });
    let data = admin.ask(mutation, json!({ "input": input })).await.ok();
    let owner = data["registerOrganisation"]["organisation"]["id"].clone();
    let mutation = "mutation($input: RegisterClientInput!) { registerClient(input: $input) { client { id } errors { code } } }";
    let input = json!({
        "idempotencyKey": "an-inspector", "clientId": "inspector", "organisationId": owner,
        "purposes": ["OVERSIGHT"], "rights": ["COMPLAINTS"],
    });
    let data = admin.ask(mutation, json!({ "input": input })).await.ok();
    assert_eq!(data["registerClient"]["errors"], json!([]));
    let inspector = world.client("inspector");
    let complaints = inspector.complaints().await;
    assert_eq!(complaints.len(), 1);
    // Its ids are its own, and mean nothing to those who are complained about.
    desk.moves_complaint(&complaints[0], "acknowledgeComplaint")
        .is_not_found()
        .await;
    let taken_on = inspector
        .moves_complaint(&complaints[0], "acknowledgeComplaint")
        .await;
    assert_eq!(taken_on["state"], "ACKNOWLEDGED");
}

on_both_databases!(
    whoever_handles_a_complaint_learns_of_it_and_nobody_else,
    a_repetition_gives_the_same_reference_and_a_stranger_s_case_is_not_complained_of,
    nobody_handles_what_is_said_of_their_own_organisation,
);
