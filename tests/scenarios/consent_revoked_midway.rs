//! A consent for the embassy is taken back while the embassy has a request before it and listens (DOMAIN 7, scenario 11).

use crate::support::*;
use serde_json::{Value, json};

const SNAPSHOT: &str = "{ disclosureSnapshot { madeAt policyVersion content sha256 } }";

/// What the embassy reads of a row that it once had an id for: the whole answer, as it came.
async fn reads(iraq: &Actor, id: &str) -> (u16, Value, Vec<Value>, Value) {
    let query = "query($id: ID!) { node(id: $id) { id ... on TravelDocumentRequest { state applicant { fullName } } } }";
    let answer = iraq.ask(query, json!({ "id": id })).await;
    (
        answer.status,
        answer.data,
        answer.errors,
        answer.extensions["redactions"].clone(),
    )
}

/// From the next moment on the embassy reads nothing, and nothing tells it why; it hears one instruction and no event
/// after it. What it had been shown stays provable by its digest. With a new consent, and not before, it goes on.
async fn the_embassy_is_left_with_nothing_and_what_it_was_shown_can_be_proved(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let (pristina, iraq, case) = (&usual.pristina, &usual.iraq, &usual.case);
    let request = usual.request();
    let mut at_the_embassy = iraq.listens().await;
    at_the_embassy.hears(&["TDR_SUBMITTED"]).await;
    let shown = iraq.sees(request, SNAPSHOT).await.row["disclosureSnapshot"].take();
    let digest = shown["sha256"].as_str().expect("a digest").to_owned();
    assert!(shown["content"].to_string().contains(case.head()));
    let id = iraq.id_of(request).await.expect("the embassy's own id");

    pristina.revokes_consent(case, TO_THE_EMBASSY).await;
    at_the_embassy.hears(&["CONSENT_REVOKED"]).await;

    // A row that is closed and a row that never was are one: in status, data, errors and redactions.
    let (nowhere, other) = (
        world.embassy("Afghanistan", "Sofia"),
        world.a_usual_case(Until::Requested).await,
    );
    let closed = reads(iraq, &id).await;
    assert_eq!(closed, (200, json!({ "node": null }), Vec::new(), Value::Null));
    assert_eq!(closed, reads(iraq, &id.replace(&id[4..8], "AAAA")).await);
    assert_eq!(closed, reads(&nowhere, &id).await);
    // It goes on hearing of others.
    at_the_embassy.hears(&["TDR_SUBMITTED"]).await;
    let everything = iraq.everything().await;
    assert!(!everything.text.contains(case.head()), "{}", everything.text);
    assert!(everything.text.contains(other.case.head()));
    assert_eq!(iraq.counts("travelDocumentRequests").await, 1);
    for command in [iraq.acknowledges(request), iraq.confirms_nationality(request)] {
        command.is_not_found().await;
    }

    // What happens to the case meanwhile is not told: a change of it, and that the request is taken back.
    let second = pristina.requests_a_travel_document(case);
    second.is_refused("CONSENT_MISSING").await;
    let name = case.head().to_owned();
    pristina
        .assesses_vulnerability(case, &name, &[], &["INTERPRETER"])
        .await;
    at_the_embassy.has_heard_everything().await;
    let instruction = &iraq.inbox().await[1];
    assert_eq!(
        (
            &instruction["type"],
            &instruction["case"],
            &instruction["travelDocumentRequest"]
        ),
        (&json!("CONSENT_REVOKED"), &Value::Null, &Value::Null)
    );

    // Data protection reads who was shown what by its digest, never the words; the mission has both.
    let auditor = world.auditor();
    let proof = auditor.sees(request, SNAPSHOT).await;
    assert_eq!(proof.row["disclosureSnapshot"]["sha256"], digest.as_str());
    assert_eq!(proof.row["disclosureSnapshot"]["madeAt"], shown["madeAt"]);
    assert_eq!(proof.row["disclosureSnapshot"]["content"], Value::Null);
    let withheld = ("disclosureSnapshot.content".to_owned(), "WITHHELD".to_owned());
    assert!(proof.redactions.contains(&withheld), "{:?}", proof.redactions);
    let kept = pristina.sees(request, SNAPSHOT).await.row;
    assert_eq!(kept["disclosureSnapshot"], shown);

    // A consent to something else does not open it; the same consent, signed anew, does, and the embassy goes on.
    pristina.records_consent(case, PHONE_TO_THE_EMBASSY).await;
    iraq.cannot_find(request).await;
    pristina.records_consent(case, TO_THE_EMBASSY).await;
    let again = iraq.sees(
        request,
        "{ state disclosureSnapshot { sha256 } consents: case { consents { active } } }",
    );
    let again = again.await.row;
    assert_eq!(again["state"], "SUBMITTED");
    assert_eq!(again["disclosureSnapshot"]["sha256"], digest.as_str());
    assert_eq!(
        again["consents"]["consents"],
        json!([{ "active": false }, { "active": true }, { "active": true }])
    );
    iraq.acknowledges(request).await;
    pristina.cancels_request(request).await;
    at_the_embassy.hears(&["TDR_CANCELLED"]).await;
    at_the_embassy.has_heard_everything().await;
}

on_both_databases!(the_embassy_is_left_with_nothing_and_what_it_was_shown_can_be_proved);
