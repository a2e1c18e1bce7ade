//! What an inbox tells by what comes, when, in which place, and afterwards.

use crate::support::*;
use serde_json::{Value, json};

/// 9: what is found out inside IOM (a vulnerability, a medical finding, a guardian, a room) reaches no inbox, wakes nobody
/// and leaves no gap: the next thing that is told is in the next place.
async fn what_is_internal_reaches_no_inbox_and_leaves_no_gap(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let outside = [
        &usual.iraq,
        &usual.police,
        &usual.migration,
        &usual.istanbul,
        &usual.baghdad,
    ];
    let mut inboxes = Vec::new();
    for partner in outside {
        let known = partner.inbox().await;
        let mut inbox = partner.listens().await;
        for _ in &known {
            inbox.next().await;
        }
        inboxes.push((inbox, known));
    }
    let (pristina, case) = (&usual.pristina, &usual.case);
    let name = case.head().to_owned();
    pristina
        .assesses_vulnerability(case, &name, &["VICTIM_OF_TRAFFICKING"], &["SEPARATE_ROOM"])
        .await;
    pristina.requests_fitness(case, &name).await;
    pristina.health().finds_fit(case, &name, &[]).await;
    let today = world.today();
    let nights = (today, today + chrono::Days::new(3));
    pristina.arranges_accommodation(case, "A shelter", nights).await;
    pristina
        .records_circumstances(case, &name, &["FEMALE_STAFF"])
        .await;
    for (inbox, known) in &inboxes {
        assert_eq!(&inbox.owner().inbox().await, known, "{}", inbox.owner().client);
    }
    // The next word is heard next: had anything come in between, it would be heard first, or its place be missing.
    pristina.suspends(usual.itinerary(), "OTHER").await;
    let mut told = 0;
    for (inbox, known) in &mut inboxes {
        let now = inbox.owner().inbox().await;
        for _ in known.len()..now.len() {
            let notice = inbox.next().await;
            assert_eq!(notice["type"], "ITINERARY_SUSPENDED", "{notice}");
            told += 1;
        }
        inbox.has_heard_everything().await;
    }
    assert!(told > 0, "nobody was told of the suspension");
}

const AS_NOW: &str = "{ notices(first: 100) { nodes { id type case { reference persons { fullName } }
    itinerary { id segments { flight } } travelDocumentRequest { id applicant { fullName } } } } }";

/// 10: a notice that was written while a consent held is, from its revocation on, an envelope: in the inbox, by its id,
/// and heard again from the beginning.
async fn an_old_notice_tells_nothing_after_a_revocation(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let police = &usual.police;
    let before = police.ask(AS_NOW, json!({})).await;
    assert!(before.text.contains(usual.case.head()), "{}", before.text);
    usual.pristina.revokes_consent(&usual.case, TO_THE_POLICE).await;
    let after = police.ask(AS_NOW, json!({})).await;
    let notices = after.data["notices"]["nodes"]
        .as_array()
        .expect("notices")
        .clone();
    assert!(notices.len() > 1, "{}", after.text);
    let mut nodes = Vec::new();
    for notice in &notices {
        let query =
            "query($id: ID!) { node(id: $id) { ... on Notice { id case { reference persons { fullName } }
            itinerary { id segments { flight } } travelDocumentRequest { id } } } }";
        nodes.push(police.ask(query, json!({ "id": notice["id"] })).await.ok()["node"].take());
    }
    let mut again = police.listens().await;
    for _ in &notices {
        again.next().await;
    }
    for notice in notices.iter().chain(&nodes).chain(again.heard()) {
        for row in ["case", "itinerary", "travelDocumentRequest"] {
            assert_eq!(notice[row], Value::Null, "{notice}");
        }
    }
    for text in [
        after.text,
        json!(nodes).to_string(),
        json!(again.heard()).to_string(),
    ] {
        assert!(
            !text.contains(usual.case.head()) && !text.contains("TK1018"),
            "{text}"
        );
    }
}

on_both_databases!(
    what_is_internal_reaches_no_inbox_and_leaves_no_gap,
    an_old_notice_tells_nothing_after_a_revocation,
);
