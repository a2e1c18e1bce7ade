//! What a post and a mission say to each other before a document is issued, and who never hears of it.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

const TALK: &str = "{ state ageInDays refusalReason informationRequests { items question answer } alternativePosts { code } }";

async fn registered(mission: &Actor, nationality: &str) -> Case {
    let case = mission.opens_a_case_for(person().of(nationality)).await;
    mission.registers(&case, USUAL).await;
    case
}

/// Scenario 7. Algeria answers from Rome: it asks twice and in the end does not find the person to be a national. The
/// reason, and the words that were exchanged, stay between it and the mission.
async fn algeria_asks_twice_and_does_not_confirm_the_nationality(world: &World) {
    let (belgrade, migration) = (world.mission("Belgrade"), world.migration("SRB"));
    let (rome, tunis) = (
        world.client("embassy-algeria-rome"),
        world.embassy("Tunisia", "Belgrade"),
    );
    let case = registered(&belgrade, "DZA").await;
    belgrade
        .requests_a_travel_document(&case)
        .with(
            "consularPostId",
            belgrade.organisation("embassy-tunisia-belgrade").await,
        )
        .is_refused("NO_ACCREDITATION")
        .await;
    let request = belgrade.requests_a_travel_document(&case).await;
    let (mut heard, mut asked) = (belgrade.listens().await, rome.listens().await);
    rome.acknowledges(&request).await;
    for (item, question, answer) in [
        ("BIRTH_RECORD", "Which wilaya?", "Oran, by the register of 1996"),
        ("PARENTS_NAMES", "The grandfather's name?", "Not known to him"),
    ] {
        world.time_passes(TimeDelta::days(4));
        rome.asks_for_more(&request, &[item, item])
            .with("question", question)
            .await;
        rome.confirms_nationality(&request)
            .is_refused("WRONG_STATE")
            .await;
        world.time_passes(TimeDelta::days(3));
        assert_eq!(belgrade.sees(&request, TALK).await.row["ageInDays"], 3);
        belgrade.answers_the_post(&request, answer).await;
    }
    world.time_passes(TimeDelta::days(9));
    rome.refuses(&request, "NATIONALITY_NOT_CONFIRMED").await;
    world.time_passes(TimeDelta::days(2));
    let told = json!({
        "state": "NATIONALITY_NOT_CONFIRMED", "ageInDays": 2, "refusalReason": "NATIONALITY_NOT_CONFIRMED",
        "informationRequests": [
            { "items": ["BIRTH_RECORD"], "question": "Which wilaya?", "answer": "Oran, by the register of 1996" },
            { "items": ["PARENTS_NAMES"], "question": "The grandfather's name?", "answer": "Not known to him" },
        ],
        "alternativePosts": [],
    });
    assert_eq!(belgrade.sees(&request, TALK).await.row, told);
    assert_eq!(
        rome.sees(&request, TALK).await.row["informationRequests"],
        told["informationRequests"]
    );
    let refused = migration.sees(&request, TALK).await.row;
    assert_eq!(
        refused,
        json!({ "state": "PENDING", "ageInDays": null, "refusalReason": "OTHER", "informationRequests": null, "alternativePosts": null })
    );
    heard
        .hears(&[
            "TDR_ACKNOWLEDGED",
            "TDR_MORE_INFO",
            "TDR_MORE_INFO",
            "TDR_REFUSED",
        ])
        .await;
    asked
        .hears(&["TDR_SUBMITTED", "TDR_RESUBMITTED", "TDR_RESUBMITTED"])
        .await;
    tunis.cannot_find(&request).await;
    assert_eq!(tunis.counts("notices").await, 0);
    for other in [&migration, &world.mission("Algiers"), &world.auditor()] {
        let everything = other.everything().await.text;
        for word in ["wilaya", "Oran", "grandfather", "Not known to him"] {
            assert!(!everything.contains(word), "{} reads {word}", other.client);
        }
    }
}

/// Scenario 8. Pakistan has two seats. Belgrade lets the time pass; the request is taken back and made in Sarajevo, and
/// neither post learns of the other.
async fn pakistan_lets_the_time_pass_in_belgrade_and_is_asked_in_sarajevo(world: &World) {
    let mission = world.mission("Sarajevo");
    let (belgrade, sarajevo) = (
        world.embassy("Pakistan", "Belgrade"),
        world.embassy("Pakistan", "Sarajevo"),
    );
    let case = registered(&mission, "PAK").await;
    let first = mission.requests_a_travel_document(&case).await;
    belgrade
        .asks_for_more(&first, &["OTHER"])
        .with("question", "His number in the old register")
        .await;
    mission.answers_the_post(&first, "He never had one").await;
    world.time_passes(TimeDelta::days(40));
    let late = mission.sees(&first, TALK).await.row;
    assert_eq!(
        (&late["state"], &late["ageInDays"]),
        (&json!("RESUBMITTED"), &json!(40))
    );
    assert_eq!(
        late["alternativePosts"],
        json!([{ "code": "embassy-pakistan-sarajevo" }])
    );
    let other = mission.organisation("embassy-pakistan-sarajevo").await;
    mission
        .requests_a_travel_document(&case)
        .with("consularPostId", other.clone())
        .is_refused("REQUEST_ALREADY_OPEN")
        .await;
    let mut told = belgrade.listens().await;
    mission.cancels_request(&first).await;
    told.hears(&["TDR_SUBMITTED", "TDR_RESUBMITTED", "TDR_CANCELLED"])
        .await;
    let before = belgrade.everything().await;
    let second = mission
        .requests_a_travel_document(&case)
        .with("consularPostId", other)
        .await;
    sarajevo.confirms_nationality(&second).await;
    sarajevo.issues(&second, passport()).await;
    belgrade
        .everything()
        .await
        .is_the_same_as(&before, "what Belgrade learns of Sarajevo");
    let seen = sarajevo.everything().await.text;
    for word in ["Belgrade", "old register", "never had one", "CANCELLED"] {
        assert!(!seen.contains(word), "Sarajevo reads {word}");
    }
    let offered = belgrade.sees(&first, "{ alternativePosts { code } }").await;
    assert_eq!(offered.row["alternativePosts"], Value::Null);
    let counted = mission.sees(&case, "{ personCount }").await.row;
    assert_eq!(
        (counted, mission.counts("cases").await),
        (json!({ "personCount": 1 }), 1)
    );
}

/// INV-10: what counts is the accreditation on the day of the request. A post that is no longer accredited goes on with
/// what it was asked while it was, and is asked for nothing more.
async fn inv_10_an_accreditation_counts_on_the_day_of_the_request(world: &World) {
    let pristina = world.mission("Pristina");
    let admin = world.admin();
    let last = world.today() + TimeDelta::days(10);
    let register = "mutation($post: RegisterOrganisationInput!) {
        registerOrganisation(input: $post) { organisation { id } errors { code } } }";
    let post = json!({
        "idempotencyKey": "a second seat of Iraq", "code": "embassy-iraq-skopje", "kind": "CONSULAR_POST",
        "name": "Embassy of Iraq in Skopje", "seatCity": "Skopje", "seatCountry": "MKD", "sendingState": "IRQ",
        "accreditations": [{ "hostTerritory": "XKX", "validFrom": "2025-01-01", "validTo": last }],
        "transferAgreement": { "reference": "A/1", "signedOn": "2025-01-01", "validFrom": "2025-01-01" },
    });
    let made = admin.ask(register, json!({ "post": post })).await.ok();
    let client = json!({
        "idempotencyKey": "its client", "clientId": "embassy-iraq-skopje", "purposes": ["TRAVEL_DOCUMENT"],
        "organisationId": made["registerOrganisation"]["organisation"]["id"],
    });
    let register =
        "mutation($client: RegisterClientInput!) { registerClient(input: $client) { errors { code } } }";
    admin.ask(register, json!({ "client": client })).await.ok();
    let skopje = world.client("embassy-iraq-skopje");

    let asks = async |case: &Case| {
        let post = pristina.organisation("embassy-iraq-skopje").await;
        pristina
            .requests_a_travel_document(case)
            .with("consularPostId", post)
            .answer()
            .await
    };
    let (early, late) = (
        registered(&pristina, "IRQ").await,
        registered(&pristina, "IRQ").await,
    );
    asks(&early).await.ok();
    let request = skopje
        .ask("{ travelDocumentRequests { nodes { id version } } }", json!({}))
        .await;
    assert_eq!(request.ok()["travelDocumentRequests"]["nodes"][0]["version"], 1);
    world.time_passes(TimeDelta::days(11));
    assert_eq!(
        skopje.counts("travelDocumentRequests").await,
        1,
        "what it was asked in time"
    );
    let refused = asks(&late).await.ok();
    assert_eq!(
        refused["requestTravelDocument"]["errors"][0]["code"],
        "NO_ACCREDITATION"
    );
    skopje.cannot_find(&late).await;
    assert_eq!(skopje.counts("notices").await, 1);
}

/// An interview is settled by the post, or by the mission in its name; nobody else hears of it, and the post is not told
/// whether the person is free to come.
async fn an_interview_is_between_the_post_and_the_mission(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    let mut heard = pristina.listens().await;
    let refusal = iraq
        .schedules_an_interview(request, 3)
        .with("place", "  ")
        .is_refused("INVALID")
        .await;
    assert_eq!(refusal["field"], "place");
    let refusal = iraq
        .schedules_an_interview(request, -1)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    assert_eq!(refusal["field"], "at");
    iraq.schedules_an_interview(request, 3).await;
    pristina
        .schedules_an_interview(request, 6)
        .with("mode", "PHONE")
        .with("place", Value::Null)
        .await;
    heard
        .hears(&["OBJECTION_RESULT", "STATUTORY_PERIOD_STARTED", "TDR_ACKNOWLEDGED"])
        .await;
    heard
        .hears(&["CONSULAR_APPOINTMENT", "CONSULAR_APPOINTMENT"])
        .await;
    let appointments = "{ state interviews { mode place } }";
    let settled = || {
        json!({ "state": "INTERVIEW_SCHEDULED", "interviews": [
            { "mode": "IN_PERSON", "place": "Consular section" },
            { "mode": "PHONE", "place": null },
        ] })
    };
    assert_eq!(pristina.sees(request, appointments).await.row, settled());
    assert_eq!(iraq.sees(request, appointments).await.row, settled());
    for other in [&usual.migration, &usual.police, &usual.baghdad] {
        assert!(
            !other.everything().await.text.contains("Consular section"),
            "{}",
            other.client
        );
    }
    iraq.confirms_nationality(request).await;
    iraq.schedules_an_interview(request, 3)
        .is_refused("WRONG_STATE")
        .await;
}

/// Who decides on what has changed meanwhile is told so, and by which version.
async fn a_decision_on_what_has_changed_meanwhile_is_refused(world: &World) {
    let usual = world.a_usual_case(Until::Acknowledged).await;
    let (pristina, iraq, request) = (&usual.pristina, &usual.iraq, usual.request());
    for command in [
        iraq.asks_for_more(request, &["PHOTOGRAPH"]),
        iraq.schedules_an_interview(request, 3),
        pristina.schedules_an_interview(request, 3),
        pristina.answers_the_post(request, "Sent"),
        pristina.receives_the_document(request),
        pristina.hands_the_document(request, "PERSON"),
        pristina.reports_lost(request),
    ] {
        let refusal = command.with("expectedVersion", 1).is_refused("CONFLICT").await;
        assert_eq!(refusal["currentVersion"], 2);
    }
    for command in [
        pristina.answers_the_post(request, "Nobody asked"),
        pristina.receives_the_document(request),
        pristina.hands_the_document(request, "PERSON"),
        pristina.reports_lost(request),
    ] {
        command.is_refused("WRONG_STATE").await;
    }
    iraq.asks_for_more(request, &["OTHER"])
        .is_refused("INVALID")
        .await;
    pristina
        .asks_for_more(request, &["PHOTOGRAPH"])
        .is_forbidden()
        .await;
    iraq.receives_the_document(request).is_forbidden().await;
}

on_both_databases!(
    algeria_asks_twice_and_does_not_confirm_the_nationality,
    pakistan_lets_the_time_pass_in_belgrade_and_is_asked_in_sarajevo,
    inv_10_an_accreditation_counts_on_the_day_of_the_request,
    an_interview_is_between_the_post_and_the_mission,
    a_decision_on_what_has_changed_meanwhile_is_refused,
);
