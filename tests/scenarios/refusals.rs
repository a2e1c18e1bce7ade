//! Who may not: a row that is out of reach is the same as none, and whoever sees a row is told that the command is not
//! theirs.

use crate::support::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Gives a command anew each time.
type Give<'a> = Box<dyn Fn() -> Command<'a, ()> + 'a>;

/// For every command on a row: a row that is out of reach and no row at all are answered alike, to the byte.
async fn a_row_out_of_reach_is_no_row(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let skopje = world.mission("Skopje");
    let own = skopje.opens_a_case_for(person()).await;
    let (case, request, journey, grant) = (&usual.case, usual.request(), usual.itinerary(), usual.grant());
    let consent = usual.case.consent(TO_THE_POLICE);
    for row in [request, journey, grant, &consent, &case.person()] {
        usual.pristina.sees(row, "{ id }").await;
    }
    let wrong_type = skopje.id_of(&own.person()).await.expect("its own person");
    let commands: Vec<(&str, Give<'_>)> = vec![
        ("caseId", Box::new(|| skopje.registers_signed(case))),
        (
            "caseId",
            Box::new(|| skopje.records_consent(case, PHONE_TO_THE_EMBASSY)),
        ),
        (
            "consentId",
            Box::new(|| skopje.revokes_consent(case, TO_THE_POLICE)),
        ),
        ("caseId", Box::new(|| skopje.marks_ready(case))),
        ("caseId", Box::new(|| skopje.confirms_departure(case))),
        ("caseId", Box::new(|| skopje.confirms_arrival(case))),
        ("caseId", Box::new(|| skopje.withdraws(case))),
        (
            "travelDocumentRequestId",
            Box::new(|| skopje.acknowledges(request)),
        ),
        (
            "travelDocumentRequestId",
            Box::new(|| skopje.confirms_nationality(request)),
        ),
        (
            "travelDocumentRequestId",
            Box::new(|| skopje.issues(request, passport())),
        ),
        (
            "travelDocumentRequestId",
            Box::new(|| skopje.refuses(request, "OTHER")),
        ),
        (
            "travelDocumentRequestId",
            Box::new(|| skopje.cancels_request(request)),
        ),
        ("itineraryId", Box::new(|| skopje.tickets(journey))),
        ("itineraryId", Box::new(|| skopje.suspends(journey, "OTHER"))),
        ("itineraryId", Box::new(|| skopje.cancels_itinerary(journey))),
        ("cashGrantId", Box::new(|| skopje.approves(grant))),
        ("cashGrantId", Box::new(|| skopje.pays(grant, 1))),
    ];
    for (field, command) in commands {
        let mut bodies = vec![command().body().await];
        for id in ["A_______________________", "not an id", "", &wrong_type] {
            bodies.push(command().with(field_name(field), id).body().await);
        }
        let mut texts = BTreeSet::new();
        for body in bodies {
            let response = skopje
                .letter(&body)
                .header("X-Request-Id", "the-same")
                .send()
                .await
                .expect("an answer");
            let answer = Answer::read(response).await;
            answer.is_refused("NOT_FOUND");
            texts.insert(answer.text);
        }
        assert_eq!(texts.len(), 1, "{texts:?}");
    }
    // Nothing of it has happened.
    let sight = usual.pristina.sees(case, "{ state itineraries { state } }").await;
    assert_eq!(
        sight.row,
        json!({ "state": "READY_TO_DEPART", "itineraries": [{ "state": "TICKETED" }] })
    );
}

fn field_name(field: &str) -> &'static str {
    [
        "caseId",
        "consentId",
        "travelDocumentRequestId",
        "itineraryId",
        "cashGrantId",
    ]
    .into_iter()
    .find(|known| *known == field)
    .expect("a field")
}

/// An id that worked while the row was within reach names nothing afterwards.
async fn an_id_from_before_names_nothing_afterwards(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    let confirm = iraq.confirms_nationality(request).body().await;
    pristina.revokes_consent(&usual.case, TO_THE_EMBASSY).await;
    let mut nothing = confirm.clone();
    nothing["variables"]["input"]["travelDocumentRequestId"] = "A_______________________".into();
    let mut texts = Vec::new();
    for body in [confirm, nothing] {
        let response = iraq
            .letter(&body)
            .header("X-Request-Id", "the-same")
            .send()
            .await
            .expect("an answer");
        texts.push(response.text().await.expect("text"));
    }
    assert_eq!(texts[0], texts[1]);
}

/// Whoever sees a row and may not do this learns exactly that.
async fn who_sees_a_row_and_may_not_is_told_so(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (case, journey, request) = (&usual.case, usual.itinerary(), usual.request());
    for partner in [
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &usual.migration,
        &world.auditor(),
    ] {
        if partner.client != usual.istanbul.client {
            partner.withdraws(case).is_forbidden().await;
        }
        partner.confirms_departure(case).is_forbidden().await;
        partner.suspends(journey, "OTHER").is_forbidden().await;
        partner.cancels_request(request).is_forbidden().await;
        partner.acknowledges(request).is_forbidden().await;
    }
    // A mission on the way records such a wish of persons who are there, not before.
    usual.istanbul.withdraws(case).is_refused("WRONG_STATE").await;
    usual.iraq.withdraws(case).is_forbidden().await;
    usual.iraq.suspends(journey, "OTHER").is_not_found().await;
    usual.istanbul.confirms_arrival(case).is_forbidden().await;
    usual.pristina.confirms_arrival(case).is_forbidden().await;
    for nobody in [&world.dashboard(), &world.admin()] {
        nobody.withdraws(case).is_not_found().await;
    }
    // Who opens cases is a mission in a host territory.
    for stranger in [
        &usual.istanbul,
        &usual.iraq,
        &usual.police,
        &usual.migration,
        &world.dashboard(),
        &world.auditor(),
        &world.admin(),
    ] {
        stranger.opens_a_case_for(person()).is_forbidden().await;
        assert!(stranger.counts("cases").await <= 1);
    }
    for stranger in [&usual.pristina, &usual.iraq, &world.auditor()] {
        let register = "mutation { registerOrganisation(input: { idempotencyKey: \"1\", code: \"x\", name: \"x\", kind: MISSION }) { errors { code } } }";
        stranger.ask(register, json!({})).await.is_refused("FORBIDDEN");
    }
}

/// A mission can only be told what it has: acknowledging is for the recipient, and for what is in its own inbox.
async fn notices_are_acknowledged_by_their_recipient(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (istanbul, baghdad) = (&usual.istanbul, &usual.baghdad);
    let acknowledge = "mutation($ids: [ID!]!) { acknowledgeNotices(input: { idempotencyKey: \"a\", notices: { ids: $ids } }) { unacknowledged errors { code } } }";
    let ids = async |actor: &Actor| {
        let data = actor.ask("{ notices { nodes { id } } }", json!({})).await.ok();
        let nodes = data["notices"]["nodes"].as_array().expect("nodes");
        nodes
            .iter()
            .map(|node| node["id"].as_str().expect("an id").to_owned())
            .collect::<Vec<_>>()
    };
    let (at_istanbul, at_baghdad) = (ids(istanbul).await, ids(baghdad).await);
    istanbul
        .ask(acknowledge, json!({ "ids": [at_baghdad[0]] }))
        .await
        .is_refused("NOT_FOUND");
    let first = istanbul
        .ask(acknowledge, json!({ "ids": [at_istanbul[0]] }))
        .await
        .ok();
    assert_eq!(
        first["acknowledgeNotices"],
        json!({ "unacknowledged": 1, "errors": [] })
    );
    assert_eq!(istanbul.acknowledges_notices(2, "later").await, 0);
    let notes: Vec<Value> = istanbul
        .inbox()
        .await
        .iter()
        .map(|notice| notice["acknowledgement"]["note"].clone())
        .collect();
    assert_eq!(
        notes,
        [Value::Null, json!("later")],
        "what is acknowledged stays as it is"
    );
    assert!(
        baghdad
            .inbox()
            .await
            .iter()
            .all(|notice| notice["acknowledgement"].is_null())
    );
    let open = istanbul
        .ask(
            "{ notices(filter: { acknowledged: false }) { totalCount } }",
            json!({}),
        )
        .await
        .ok();
    assert_eq!(open, json!({ "notices": { "totalCount": 0 } }));
    for nobody in [&world.auditor(), &world.dashboard(), &world.admin()] {
        nobody.acknowledges_notices(1, "").is_forbidden().await;
    }
}

on_both_databases!(
    a_row_out_of_reach_is_no_row,
    an_id_from_before_names_nothing_afterwards,
    who_sees_a_row_and_may_not_is_told_so,
    notices_are_acknowledged_by_their_recipient,
);
