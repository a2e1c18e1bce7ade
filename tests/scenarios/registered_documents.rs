//! What a client's system asks is written down once: it sends digests, and where it is so marked it can ask nothing else,
//! by whatever way it comes.

use crate::support::socket::Heard;
use crate::support::*;
use avrr_gateway::policy::disclosure::sha256;
use chrono::TimeDelta;
use serde_json::{Value, json};

const POLICE: &str = "police-kosovo";
const WHO: &str = "query Who { viewer { clientId } }";
const INBOX: &str = "subscription Inbox { notices(afterSequence: 0) { sequence type } }";
const ACKNOWLEDGE: &str = "mutation Done($upTo: AcknowledgeNoticesInput!) {
    acknowledgeNotices(input: $upTo) { errors { code } } }";

fn by_digest(text: &str) -> Value {
    json!({ "documentId": format!("sha256:{}", sha256(text)) })
}

/// As clients of other servers send it, and as it goes over a socket.
fn persisted(text: &str) -> Value {
    json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": sha256(text) } } })
}

async fn status_and_code(actor: &Actor, body: &Value) -> (u16, String) {
    let letter = actor
        .letter(body)
        .header("Accept", "application/graphql-response+json");
    let answer = Answer::read(letter.send().await.expect("an answer")).await;
    (answer.status, answer.code().to_owned())
}

async fn a_digest_stands_for_a_document(world: &World) {
    let (police, admin) = (world.client(POLICE), world.admin());
    let not_registered = (400, "DOCUMENT_NOT_REGISTERED".to_owned());
    assert_eq!(status_and_code(&police, &by_digest(WHO)).await, not_registered);
    let registered = admin
        .registers_documents(POLICE, &[WHO, ACKNOWLEDGE, WHO])
        .await
        .await;
    assert_eq!(registered["registeredDocumentsOnly"], false);
    let documents = registered["registeredDocuments"].as_array().expect("documents");
    assert_eq!(documents.len(), 2, "the same twice is one");
    let who = documents
        .iter()
        .find(|one| one["sha256"] == sha256(WHO))
        .expect("registered");
    assert_eq!(
        (&who["operationName"], &who["text"]),
        (&json!("Who"), &json!(WHO))
    );
    for named in [by_digest(WHO), persisted(WHO)] {
        assert_eq!(police.post(&named).await.ok()["viewer"]["clientId"], POLICE);
    }
    // Text may come along, if it is that of the digest; and any other text is still welcome.
    let mut both = by_digest(WHO);
    both["query"] = json!(WHO);
    assert_eq!(police.post(&both).await.ok()["viewer"]["clientId"], POLICE);
    both["query"] = json!("{ viewer { kind } }");
    assert_eq!(
        status_and_code(&police, &both).await,
        (400, "BAD_REQUEST".to_owned())
    );
    assert_eq!(
        police.ask("{ viewer { kind } }", json!({})).await.ok()["viewer"]["kind"],
        "POLICE"
    );
    for malformed in [
        json!({ "documentId": "Who" }),
        json!({ "documentId": "sha256:00" }),
    ] {
        assert_eq!(
            status_and_code(&police, &malformed).await,
            (400, "BAD_REQUEST".to_owned())
        );
    }
    // What one client has registered is nobody else's.
    let other = world.client("police-serbia");
    assert_eq!(status_and_code(&other, &by_digest(WHO)).await, not_registered);
    // A mutation does not become a query by coming under a digest.
    let address = |text: &str| format!("/graphql?documentId=sha256:{}", sha256(text));
    assert_eq!(
        police.gets(&address(WHO)).await.ok()["viewer"]["clientId"],
        POLICE
    );
    assert_eq!(police.gets(&address(ACKNOWLEDGE)).await.status, 405);
    let removed = admin.removes_documents(POLICE, &[&sha256(WHO)]).await.await;
    assert_eq!(
        removed["registeredDocuments"],
        json!([{ "sha256": sha256(ACKNOWLEDGE) }])
    );
    assert_eq!(status_and_code(&police, &by_digest(WHO)).await, not_registered);
    admin
        .removes_documents(POLICE, &[&sha256(WHO)])
        .await
        .is_refused("INVALID")
        .await;
}

async fn a_client_so_marked_sends_nothing_else(world: &World) {
    let (police, admin) = (world.client(POLICE), world.admin());
    admin
        .requires_documents(POLICE, true)
        .await
        .is_refused("WRONG_STATE")
        .await;
    admin.registers_documents(POLICE, &[WHO, INBOX]).await.await;
    let before = police.connects().await;
    admin.requires_documents(POLICE, true).await.await;
    // What was open was opened under another rule.
    let mut before = before;
    assert!(matches!(before.hear().await, Heard::Farewell(4403, _)));
    let refused = (400, "DOCUMENT_NOT_REGISTERED".to_owned());
    for other in [
        json!({ "query": "{ viewer { kind } }" }),
        json!({ "query": "{ __schema { types { name } } }" }),
        json!({ "query": format!("{WHO} ") }),
        json!({ "query": "{" }),
        by_digest(ACKNOWLEDGE),
    ] {
        assert_eq!(status_and_code(&police, &other).await, refused, "{other}");
    }
    // The text itself is as good as its digest.
    assert_eq!(
        police.ask(WHO, json!({})).await.ok()["viewer"]["clientId"],
        POLICE
    );
    assert_eq!(
        police.post(&by_digest(WHO)).await.ok()["viewer"]["clientId"],
        POLICE
    );
    let mut socket = police.connects().await;
    socket
        .start("free", "subscription { departures { sequence } }", &json!({}))
        .await;
    let Heard::Message(message) = socket.hear().await else {
        panic!("a message")
    };
    assert_eq!(message["type"], "error", "{message}");
    assert_eq!(
        message["payload"][0]["extensions"]["code"],
        "DOCUMENT_NOT_REGISTERED"
    );
    // A subscription by its digest goes on for as long as any, and its events are of the same document.
    let payload = persisted(INBOX);
    socket
        .say(&json!({ "type": "subscribe", "id": "inbox", "payload": payload }))
        .await;
    world.a_usual_case(Until::Ready).await;
    assert_eq!(socket.hears_next().await["notices"]["sequence"], 1);
    for (document, media) in [
        (INBOX, "text/event-stream"),
        (ACKNOWLEDGE, "application/graphql-response+json"),
    ] {
        let letter = police
            .letter(&by_digest(document))
            .header("accept", "text/event-stream");
        let answer = letter.send().await.expect("an answer");
        let answered = answer.headers()["content-type"].to_str().expect("text");
        assert!(answered.starts_with(media), "{answered}");
    }
    admin.requires_documents(POLICE, false).await.await;
    assert_eq!(
        police.ask("{ viewer { kind } }", json!({})).await.ok()["viewer"]["kind"],
        "POLICE"
    );
    let history = "{ organisations(first: 100) { nodes { clients { clientId history { event } } } } }";
    let data = admin.ask(history, json!({})).await.ok();
    let text = data.to_string();
    for event in [
        "DOCUMENTS_REGISTERED",
        "DOCUMENTS_REQUIRED",
        "DOCUMENTS_NOT_REQUIRED",
    ] {
        assert!(text.contains(event), "{event}");
    }
    world.time_passes(TimeDelta::hours(1));
}

/// A file of figures is asked for by no document of the client's.
async fn a_dashboard_so_marked_downloads_nothing(world: &World) {
    let (dashboard, admin) = (world.dashboard(), world.admin());
    let file = "/statistics/indicators.csv";
    assert_eq!(dashboard.gets(file).await.status, 200);
    let name = dashboard.client.as_str();
    admin.registers_documents(name, &[WHO]).await.await;
    admin.requires_documents(name, true).await.await;
    let refused = dashboard.gets(file).await;
    assert_eq!((refused.status, refused.code()), (400, "DOCUMENT_NOT_REGISTERED"));
}

async fn what_could_never_run_is_not_registered(world: &World) {
    let admin = world.admin();
    let too_deep = format!("{{ node(id: {}1{}) {{ id }} }}", "[".repeat(90), "]".repeat(90));
    let too_much = format!("{{ {} }}", "viewer { clientId } ".repeat(600));
    for unfit in ["", "{", "not GraphQL", too_deep.as_str(), too_much.as_str()] {
        let registers = admin.registers_documents(POLICE, &[WHO, unfit]).await;
        registers.is_refused("INVALID").await;
    }
    let many: Vec<String> = (0..101)
        .map(|number| format!("query N{number} {{ viewer {{ clientId }} }}"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    admin
        .registers_documents(POLICE, &many)
        .await
        .is_refused("INVALID")
        .await;
    admin
        .registers_documents(POLICE, &[])
        .await
        .is_refused("INVALID")
        .await;
}

on_both_databases!(
    a_digest_stands_for_a_document,
    a_client_so_marked_sends_nothing_else,
    a_dashboard_so_marked_downloads_nothing,
    what_could_never_run_is_not_registered,
);
