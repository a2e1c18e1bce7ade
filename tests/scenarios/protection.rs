//! Somebody was trafficked (DOMAIN 7, scenario 3). To those outside their case is like any other; a service that they have
//! consented to by its name sees what has to be done for them, and that only while it is asked to.

use crate::support::services::{PROTECTION, SERVICE, SERVICE_OF_RETURN};
use crate::support::verbs_referral::{refers, steps};
use crate::support::*;
use serde_json::{Value, json};

/// Every field that a case of a service has, and many that it has not.
const EVERYTHING_OF_A_CASE: &str = "{ cases(first: 10) { totalCount nodes {
    id reference state returnMode legalStatusAtApplication version personCount hostTerritory { code } countryOfReturn { code }
    destinationCity sendingMission { code } openedAt registeredAt holdReason history { event } itineraries { id }
    travelDocumentRequests { id } cashGrants { id } reintegrationPackages { id } temporaryAccommodations { place }
    persons { id fullName language needs dateOfBirth sex nationality { code } phone hostAddress minor specialCase
        vulnerability { categories victimOfTrafficking } escorts { kind } detention { facility } fitness { state } }
    consents { recipientClass active purpose category recipient { code } }
    referrals { state service sender { code name seatCity } recipient { code } provider consentOverride
        person { fullName } history { event } }
} } }";

/// The paths of everything in a row that is not null, lists by their own paths.
fn shown(row: &Value, path: &str, all: &mut Vec<String>) {
    match row {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let below = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                shown(value, &below, all);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| shown(row, path, all)),
        _ => all.push(path.to_owned()),
    }
}

async fn mother_and_daughter(world: &World) -> (Actor, Case) {
    let pristina = world.mission("Pristina");
    let family = vec![
        person().of("IRQ").aged(34).who_speaks_for_the_family(),
        person().of("IRQ").aged(19),
    ];
    let case = pristina.opens_a_case_for(family).await;
    pristina.registers(&case, USUAL).await;
    (pristina, case)
}

/// What the service sees, for whom, and since when.
#[expect(
    clippy::too_many_lines,
    reason = "one story, told from its beginning to its end"
)]
async fn a_service_sees_the_needs_of_whom_it_protects_and_nothing_else(world: &World) {
    let (pristina, case) = mother_and_daughter(world).await;
    let (service, other) = (world.service(), world.client(SERVICE_OF_RETURN));
    let daughter = case.names()[1].clone();
    pristina
        .assesses_vulnerability(
            &case,
            &daughter,
            &["VICTIM_OF_TRAFFICKING"],
            &["FEMALE_STAFF", "SEPARATE_ROOM"],
        )
        .await;
    service.cannot_find(&case).await;

    // Neither a supervisor nor a consent to services as such opens anything to a service that reads through the API.
    let asked = json!({ "organisationId": pristina.organisation(SERVICE).await });
    let refused = refers(
        world,
        &pristina.supervisor(),
        &case,
        asked,
        json!("VITAL_INTEREST"),
    )
    .await;
    assert_eq!(refused, "INVALID", "of whom?");
    let asks = pristina.refers_one(&case, &daughter, SERVICE).await;
    asks.is_refused("CONSENT_MISSING").await;
    pristina
        .records_consent(&case, ("SERVICE_PROVIDER", "REINTEGRATION", "IDENTITY"))
        .await;
    let asks = pristina.refers_one(&case, &daughter, SERVICE).await;
    asks.is_refused("CONSENT_MISSING").await;
    let refusal = pristina
        .records_consent(&case, PROTECTION)
        .is_refused("INVALID")
        .await;
    assert_eq!(refusal["field"], "recipientId");
    // Nobody but a service can be named, and for nothing but protection.
    for named in ["embassy-iraq-belgrade", "police-kosovo", "iom-baghdad"] {
        let consent = pristina.records_consent_naming(&case, named).await;
        consent.is_refused("INVALID").await;
    }
    let embassy = pristina.organisation("embassy-iraq-belgrade").await;
    pristina
        .records_consent(&case, PHONE_TO_THE_EMBASSY)
        .with("recipientId", embassy)
        .is_refused("INVALID")
        .await;

    let consent = pristina.records_consent_naming(&case, SERVICE).await;
    consent.await;
    service.cannot_find(&case).await;
    // A consent to one service is none to another.
    let asks = pristina.refers_one(&case, &daughter, SERVICE_OF_RETURN).await;
    asks.is_refused("CONSENT_MISSING").await;
    let asks = pristina.refers_one(&case, &daughter, SERVICE).await;
    asks.await;
    let asks = pristina.refers_one(&case, &daughter, SERVICE).await;
    asks.is_refused("ALREADY_EXISTS").await;

    let mut inbox = service.listens().await;
    inbox.hears(&["REFERRAL_RECEIVED"]).await;
    assert!(inbox.heard()[0]["case"]["id"].is_string());
    let data = service.ask(EVERYTHING_OF_A_CASE, json!({})).await.ok();
    assert_eq!(data["cases"]["totalCount"], 1);
    let seen = &data["cases"]["nodes"][0];
    let mut all = Vec::new();
    shown(seen, "", &mut all);
    all.sort_unstable();
    all.dedup();
    assert_eq!(
        all,
        [
            "consents.active",
            "consents.recipient.code",
            "consents.recipientClass",
            "id",
            "persons.fullName",
            "persons.id",
            "persons.language",
            "persons.needs",
            "reference",
            "referrals.person.fullName",
            "referrals.recipient.code",
            "referrals.sender.code",
            "referrals.sender.name",
            "referrals.sender.seatCity",
            "referrals.service",
            "referrals.state",
        ]
    );
    assert_eq!(seen["persons"].as_array().map(Vec::len), Some(1), "{seen}");
    assert_eq!(seen["persons"][0]["fullName"], daughter.as_str());
    assert_eq!(
        seen["persons"][0]["needs"],
        json!(["FEMALE_STAFF", "SEPARATE_ROOM"])
    );
    assert_eq!(
        seen["consents"],
        json!([{ "recipientClass": "SERVICE_PROVIDER", "active": true, "purpose": null, "category": null,
                 "recipient": { "code": SERVICE } }])
    );
    let everything = service.everything().await.text;
    assert!(!everything.contains(case.head()), "the mother: {everything}");
    service
        .ask(
            "{ cases(filter: { state: [REGISTERED] }) { totalCount } }",
            json!({}),
        )
        .await
        .is_refused("FIELD_WITHHELD");
    other.cannot_find(&case).await;
    assert_eq!(other.counts("notices").await, 0);
    for command in [service.withdraws(&case), service.marks_ready(&case)] {
        command.is_forbidden().await;
    }

    // Once it has helped, it has no part in the case any more.
    assert_eq!(steps(world, &service, "acceptReferral", 0).await, "ACCEPTED");
    assert_eq!(steps(world, &service, "completeReferral", 0).await, Value::Null);
    service.cannot_find(&case).await;
    service.cannot_find(&case.person_named(&daughter)).await;
    assert_eq!(service.counts("referrals").await, 0);
    let told = service.inbox().await;
    assert_eq!((told.len(), &told[0]["case"]), (1, &Value::Null));
    let kept = pristina
        .sees(&case, "{ referrals { state person { fullName } } }")
        .await
        .row;
    assert_eq!(
        kept["referrals"],
        json!([{ "state": "DONE", "person": { "fullName": daughter } }])
    );
}

/// The consent is taken back, and everything is closed at once; given anew, it opens what is still asked.
async fn a_service_sees_no_longer_than_consent_and_referral_last(world: &World) {
    let (pristina, case) = mother_and_daughter(world).await;
    let service = world.service();
    let names = case.names().to_vec();
    let consent = pristina.records_consent_naming(&case, SERVICE).await;
    consent.await;
    for name in &names {
        let asks = pristina.refers_one(&case, name, SERVICE).await;
        asks.await;
    }
    let persons = async || {
        let data = service.ask(EVERYTHING_OF_A_CASE, json!({})).await.ok();
        data["cases"]["nodes"][0]["persons"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(persons().await, 2);
    let mut inbox = service.listens().await;
    inbox.hears(&["REFERRAL_RECEIVED", "REFERRAL_RECEIVED"]).await;

    pristina.revokes_consent(&case, PROTECTION).await;
    inbox.hears(&["CONSENT_REVOKED"]).await;
    service.cannot_find(&case).await;
    assert_eq!(service.counts("referrals").await, 0);
    assert_eq!(persons().await, 0);

    let consent = pristina.records_consent_naming(&case, SERVICE).await;
    consent.await;
    assert_eq!(persons().await, 2);
    // One referral is taken back: of that person nothing more, of the other what was seen before.
    assert_eq!(steps(world, &pristina, "revokeReferral", 0).await, "REVOKED");
    let data = service.ask(EVERYTHING_OF_A_CASE, json!({})).await.ok();
    let seen = &data["cases"]["nodes"][0];
    assert_eq!(seen["persons"].as_array().map(Vec::len), Some(1));
    assert_eq!(seen["persons"][0]["fullName"], names[1].as_str());
    assert_eq!(seen["referrals"][0]["person"], Value::Null);
    // Whatever becomes of the return, the service goes on protecting, and is told nothing of it.
    pristina.withdraws(&case).await;
    assert_eq!(persons().await, 1);
    inbox.has_heard_everything().await;
    assert_eq!(steps(world, &pristina, "revokeReferral", 1).await, "REVOKED");
    service.cannot_find(&case).await;
}

/// Everything that somebody outside can try, as a text: what is asked for, counted, filtered, commanded and looked up.
async fn tries_everything(viewer: &Actor, case: &Case, request: Option<&Row>) -> Vec<String> {
    let mut answers = vec![];
    for query in [
        EVERYTHING_OF_A_CASE,
        super::support::everything::EVERYTHING,
        "{ referrals { totalCount nodes { id state } } }",
        "{ cases(filter: { state: [READY_TO_DEPART] }) { totalCount } }",
        "{ returns(groupBy: [HOST_TERRITORY]) { totalCases totalPersons rows { cases persons suppressed } } }",
        "{ indicators { code value suppressed } }",
        "{ organisations(first: 100) { totalCount nodes { id code kind } } }",
        "{ viewer { clientId kind } __schema { types { name fields { name description } enumValues { name } } } }",
        "{ node(id: \"AAAAAAAAAAAAAAAAAAAAAAA\") { id } }",
    ] {
        let answer = viewer.ask(query, json!({})).await;
        let codes: Vec<&Value> = answer
            .errors
            .iter()
            .map(|error| &error["extensions"]["code"])
            .collect();
        answers.push(format!(
            "{} {} {codes:?} {}",
            answer.status, answer.data, answer.extensions["redactions"]
        ));
    }
    let mut refused = vec![
        viewer.withdraws(case).with("idempotencyKey", "no"),
        viewer
            .marks_ready(case)
            .with("idempotencyKey", "no")
            .with("expectedVersion", 999),
    ];
    if let Some(request) = request {
        refused.push(
            viewer
                .confirms_nationality(request)
                .with("idempotencyKey", "no")
                .with("expectedVersion", 999),
        );
    }
    for command in refused {
        let answer = command.answer().await;
        let errors: Vec<(&Value, &Value)> = answer
            .errors
            .iter()
            .map(|error| (&error["message"], &error["extensions"]["code"]))
            .collect();
        answers.push(format!("{} {} {errors:?}", answer.status, answer.data));
    }
    answers
}

/// Scenario 3 to the letter: before and after it is recorded that somebody was trafficked, and a service named and asked to
/// protect them, everybody outside gets the same answers, word for word; nobody is told anything.
async fn nobody_outside_can_tell_that_somebody_is_protected(world: &World) {
    let (victim, twin) = (
        world.a_usual_case(Until::Ready).await,
        world.a_usual_case(Until::Ready).await,
    );
    let (pristina, case) = (&victim.pristina, &victim.case);
    let name = case.head().to_owned();
    for usual in [&victim, &twin] {
        let name = usual.case.head().to_owned();
        let needs = ["FEMALE_STAFF"];
        pristina
            .assesses_vulnerability(&usual.case, &name, &[], &needs)
            .await;
    }
    let outside = [
        victim.iraq.clone(),
        victim.police.clone(),
        victim.migration.clone(),
        victim.istanbul.clone(),
        victim.baghdad.clone(),
        world.dashboard(),
        world.client(SERVICE_OF_RETURN),
    ];
    let looks = async || {
        let mut all = Vec::new();
        for viewer in &outside {
            let request = (viewer.client == victim.iraq.client).then(|| victim.request());
            let inbox = if viewer.client.starts_with("dashboard") {
                Vec::new()
            } else {
                viewer.inbox().await
            };
            all.push((tries_everything(viewer, case, request).await, inbox));
        }
        all
    };
    let before = looks().await;
    let categories = ["VICTIM_OF_TRAFFICKING"];
    pristina
        .assesses_vulnerability(case, &name, &categories, &["FEMALE_STAFF"])
        .await;
    let consent = pristina.records_consent_naming(case, SERVICE).await;
    consent.await;
    let asks = pristina.refers_one(case, &name, SERVICE).await;
    asks.await;
    let after = looks().await;
    for ((viewer, before), after) in outside.iter().zip(before).zip(after) {
        assert_eq!(after.1, before.1, "{} was told", viewer.client);
        for (was, is) in before.0.iter().zip(&after.0) {
            // The receiving mission may change the case, and sees that it has changed; not in what.
            let version = |text: &str| text.replace(char::is_numeric, "#");
            if viewer.client == victim.baghdad.client {
                assert_eq!(version(was), version(is), "{} sees a difference", viewer.client);
            } else {
                assert_eq!(was, is, "{} sees a difference", viewer.client);
            }
        }
    }
    let seen = world.service().sees(&case.person(), "{ fullName needs }").await;
    assert_eq!(seen.row, json!({ "fullName": name, "needs": ["FEMALE_STAFF"] }));
    world.service().cannot_find(&twin.case).await;
    // Data protection sees that a service was named, and may take that back as well.
    let named = world
        .auditor()
        .sees(case, "{ consents { recipient { code } } }")
        .await;
    assert!(named.row.to_string().contains(SERVICE));
    world.auditor().revokes_consent(case, PROTECTION).await;
    world.service().cannot_find(case).await;
}

on_both_databases!(
    a_service_sees_the_needs_of_whom_it_protects_and_nothing_else,
    a_service_sees_no_longer_than_consent_and_referral_last,
    nobody_outside_can_tell_that_somebody_is_protected,
);
