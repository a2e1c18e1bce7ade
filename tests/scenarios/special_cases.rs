//! Persons who cannot be sent on their way like everybody else: a child without parents, a victim of trafficking, the ill,
//! the detained (DOMAIN 7, scenarios 2, 3, 13 and 14; INV-12, INV-13).

use crate::support::verbs_safeguards::GUARDIAN;
use crate::support::{Actor, Case, Until, Usual, World, on_both_databases, person};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A departure is stood down because somebody is unfit, or for any other reason: the authorities see the same of both.
async fn nobody_can_tell_an_unfit_person_from_a_departure_that_is_stood_down(world: &World) {
    const SEEN: &str =
        "{ state itineraries { state attemptNo segments { state } } persons { specialHandling } }";
    let (unfit, other) = (
        world.a_usual_case(Until::Ready).await,
        world.a_usual_case(Until::Ready).await,
    );
    let pristina = &unfit.pristina;
    let name = unfit.case.head().to_owned();
    let authorities = [&unfit.police, &unfit.migration];
    let mut before = Vec::new();
    for authority in authorities {
        before.push(authority.inbox().await.len());
    }
    pristina.health().finds_unfit(&unfit.case, &name).await;
    pristina.stands_down(&other.case).await;
    pristina.stands_down(&other.case).is_refused("WRONG_STATE").await;
    for (authority, before) in authorities.into_iter().zip(before) {
        let seen = authority.sees(&unfit.case, SEEN).await;
        let twin = authority.sees(&other.case, SEEN).await;
        assert_eq!(
            (seen.row, seen.redactions),
            (twin.row, twin.redactions),
            "{}",
            authority.client
        );
        let inbox = authority.inbox().await;
        let told: Vec<&Value> = inbox[before..].iter().map(|notice| &notice["type"]).collect();
        assert_eq!(
            told,
            ["ITINERARY_CHANGED", "ITINERARY_CHANGED"],
            "{}",
            authority.client
        );
    }
    pristina.marks_ready(&other.case).await;
}

on_both_databases!(
    inv_13_a_child_without_parents_leaves_with_everything_or_not_at_all,
    inv_13_an_embassy_sees_a_child_and_not_that_it_is_alone,
    a_victim_of_trafficking_looks_like_anybody_to_those_outside,
    inv_12_a_medical_escort_has_to_be_recommended_by_health_staff,
    inv_12_who_is_found_unfit_does_not_leave,
    diagnosis_and_medication_are_for_health_staff_alone,
    a_detained_person_gets_to_the_embassy_and_the_embassy_learns_nothing_of_it,
    a_stale_version_is_refused_and_a_repetition_changes_nothing,
    nobody_can_tell_an_unfit_person_from_a_departure_that_is_stood_down,
);

const ALL_OF_A_PERSON: &str =
    "{ minor unaccompanied specialCase specialHandling needs guardianName guardianContact
    guardianAuthority diagnosis medication
    vulnerability { categories victimOfTrafficking assessedOn }
    childSafeguards { bestInterests guardianConsentedAt handoverParty }
    fitness { state conditions validUntil } healthRequirements { requirement result validUntil }
    escorts { kind name state } detention { facility since } consularAppointments { at supportedAt } }";

/// The codes with which a command is refused.
fn refusals(answer: crate::support::Answer, mutation: &str) -> Vec<String> {
    let data = answer.ok();
    let errors = data[mutation]["errors"].as_array().expect("errors").iter();
    let mut codes: Vec<String> = errors
        .map(|error| error["code"].as_str().expect("a code").to_owned())
        .collect();
    codes.sort_unstable();
    codes
}

async fn missing(pristina: &Actor, case: &Case) -> Vec<String> {
    refusals(pristina.marks_ready(case).answer().await, "markReadyToDepart")
}

async fn inv_13_a_child_without_parents_leaves_with_everything_or_not_at_all(world: &World) {
    let mut usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let name = case.head().to_owned();
    pristina
        .assesses_vulnerability(&case, &name, &["UNACCOMPANIED_CHILD"], &[])
        .is_refused("NOT_A_CHILD")
        .await;

    let child = pristina.opens_a_case_for(person().of("IRQ").aged(15)).await;
    let name = child.head().to_owned();
    pristina.registers(&child, crate::support::USUAL).await;
    pristina.prepares_the_departure(&child).await;
    pristina
        .assesses_vulnerability(&child, &name, &["UNACCOMPANIED_CHILD"], &[])
        .await;
    // One part after the other, and after each exactly what is still missing.
    let parts: [(&str, Value, &str); 4] = [
        ("bestInterests", json!("RETURN"), "BEST_INTERESTS_MISSING"),
        (
            "guardianConsentedAt",
            json!(world.clock.now()),
            "GUARDIAN_CONSENT_MISSING",
        ),
        (
            "childConsentedAt",
            json!(world.clock.now()),
            "CHILD_CONSENT_MISSING",
        ),
        ("handoverParty", json!("An uncle"), "FAMILY_ASSESSMENT_MISSING"),
    ];
    let others = [
        "ESCORT_NOT_ASSIGNED",
        "ITINERARY_NOT_TICKETED",
        "TRAVEL_DOCUMENT_MISSING",
    ];
    let mut open: Vec<&str> = parts.iter().map(|(.., code)| *code).chain(others).collect();
    open.push("GUARDIAN_MISSING");
    open.sort_unstable();
    assert_eq!(missing(&pristina, &child).await, open);
    let [guardian, contact, authority] = GUARDIAN;
    let guardian = json!({ "name": guardian, "contact": contact, "authority": authority });
    pristina
        .records_for_the_child(&child, &name)
        .with("guardian", guardian)
        .await;
    open.retain(|code| *code != "GUARDIAN_MISSING");
    for (field, value, code) in parts {
        assert_eq!(missing(&pristina, &child).await, open);
        pristina
            .records_for_the_child(&child, &name)
            .with(field, value)
            .await;
        open.retain(|other| *other != code);
    }
    assert_eq!(missing(&pristina, &child).await, others);
    pristina
        .records_for_the_child(&child, &name)
        .with("bestInterests", "REMAIN")
        .await;
    assert!(
        missing(&pristina, &child)
            .await
            .contains(&"BEST_INTERESTS_AGAINST".to_owned())
    );
    // The usual case is none of this: it is ready.
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
}

async fn inv_13_an_embassy_sees_a_child_and_not_that_it_is_alone(world: &World) {
    let (pristina, iraq, baghdad) = (
        world.mission("Pristina"),
        world.embassy("Iraq", "Belgrade"),
        world.mission("Baghdad"),
    );
    let alone = pristina.opens_a_case_for(person().of("IRQ").aged(15)).await;
    let with_parents = pristina.opens_a_case_for(person().of("IRQ").aged(15)).await;
    for case in [&alone, &with_parents] {
        pristina.registers(case, crate::support::USUAL).await;
        pristina.requests_a_travel_document(case).await;
    }
    let name = alone.head().to_owned();
    let before = iraq.inbox().await;
    pristina
        .assesses_vulnerability(&alone, &name, &["UNACCOMPANIED_CHILD"], &["CHILD_CARE"])
        .await;
    pristina.records_everything_for_the_child(&alone, &name).await;
    let sees = async |case: &Case| iraq.sees(&case.person(), ALL_OF_A_PERSON).await;
    let (one, other) = (sees(&alone).await, sees(&with_parents).await);
    assert_eq!(one.row, other.row);
    assert_eq!(one.redactions, other.redactions);
    assert_eq!(one.row["minor"], true);
    assert_eq!(iraq.inbox().await, before, "the embassy was told");
    let seen = baghdad
        .sees(&alone.person(), "{ unaccompanied guardianName }")
        .await;
    assert_eq!(
        seen.row,
        json!({ "unaccompanied": true, "guardianName": GUARDIAN[0] })
    );
}

async fn a_victim_of_trafficking_looks_like_anybody_to_those_outside(world: &World) {
    let (victim, twin) = (
        world.a_usual_case(Until::Ready).await,
        world.a_usual_case(Until::Ready).await,
    );
    let pristina = victim.pristina.clone();
    for usual in [&victim, &twin] {
        let name = usual.case.head().to_owned();
        pristina
            .assesses_vulnerability(&usual.case, &name, &[], &["FEMALE_STAFF"])
            .await;
        let today = world.today();
        pristina
            .arranges_accommodation(&usual.case, "A shelter", (today, today))
            .await;
    }
    let outside = [
        victim.iraq.clone(),
        victim.police.clone(),
        victim.migration.clone(),
        world.dashboard(),
    ];
    let listing = format!("{{ cases(first: 10) {{ totalCount nodes {{ state airlineClearances {{ kind }}
        airportTransfer {{ provider }} temporaryAccommodations {{ place }} persons {ALL_OF_A_PERSON} }} }} }}");
    let mut before = Vec::new();
    for viewer in &outside {
        let inbox = if viewer.client.starts_with("dashboard") {
            Vec::new()
        } else {
            viewer.inbox().await
        };
        before.push((viewer.ask(&listing, json!({})).await, inbox));
    }
    let name = victim.case.head().to_owned();
    pristina
        .assesses_vulnerability(&victim.case, &name, &["VICTIM_OF_TRAFFICKING"], &["FEMALE_STAFF"])
        .await;
    let sent = pristina
        .sees(&victim.case.person(), "{ vulnerability { victimOfTrafficking } }")
        .await;
    assert_eq!(sent.row["vulnerability"]["victimOfTrafficking"], true);
    for (viewer, (answer, inbox)) in outside.iter().zip(before) {
        let now = viewer.ask(&listing, json!({})).await;
        let same =
            |answer: &crate::support::Answer| (answer.data.clone(), answer.extensions["redactions"].clone());
        assert_eq!(same(&now), same(&answer), "{} sees a difference", viewer.client);
        if !viewer.client.starts_with("dashboard") {
            assert_eq!(viewer.inbox().await, inbox, "{} was told", viewer.client);
            let of = async |usual: &Usual| {
                let person = viewer.id_of(&usual.case.person()).await.expect("the person");
                let seen = viewer.sees_by_id(&person, "Person", ALL_OF_A_PERSON).await;
                (seen.row, seen.redactions)
            };
            assert_eq!(
                of(&victim).await,
                of(&twin).await,
                "{} tells twins apart",
                viewer.client
            );
        }
    }
    // The receiving mission learns of it by an explicit consent, and by nothing else.
    let label = "{ vulnerability { victimOfTrafficking } }";
    let seen = victim.baghdad.sees(&victim.case.person(), label).await;
    assert_eq!(seen.row["vulnerability"]["victimOfTrafficking"], Value::Null);
    let protection = ("IOM_RECEIVING", "CASE_MANAGEMENT", "PROTECTION");
    pristina.records_consent(&victim.case, protection).await;
    let seen = victim.baghdad.sees(&victim.case.person(), label).await;
    assert_eq!(seen.row["vulnerability"]["victimOfTrafficking"], true);
}

async fn inv_12_a_medical_escort_has_to_be_recommended_by_health_staff(world: &World) {
    let usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let (health, name) = (pristina.health(), case.head().to_owned());
    usual.istanbul.confirms_transit(usual.itinerary()).await;
    usual.baghdad.confirms_reception(usual.itinerary()).await;
    pristina
        .recommends_escort(&case, &name, "MEDICAL")
        .is_refused("MEDICAL_ESCORT_NOT_RECOMMENDED")
        .await;
    pristina.requests_fitness(&case, &name).await;
    pristina.finds_fit(&case, &name, &[]).is_forbidden().await;
    world.time_passes(TimeDelta::days(7));
    let conditions = ["WHEELCHAIR", "MEDICAL_ESCORT"];
    health.finds_fit(&case, &name, &conditions).await;
    let lacking = ["AIRLINE_CLEARANCE_MISSING", "ESCORT_NOT_ASSIGNED"];
    assert_eq!(missing(&pristina, &case).await, lacking);
    pristina.recommends_escort(&case, &name, "MEDICAL").await;
    pristina.approves_escort(&case, 1).is_forbidden().await;
    pristina
        .assigns_escort(&case, 1, "Besa Krasniqi")
        .is_refused("WRONG_STATE")
        .await;
    pristina.supervisor().approves_escort(&case, 1).await;
    pristina.assigns_escort(&case, 1, "Besa Krasniqi").await;
    pristina.records_clearance(&case, "MEDICAL").await;
    pristina.marks_ready(&case).await;
    let handling = "{ specialHandling fitness { conditions } escorts { kind name } }";
    let seen = usual.istanbul.sees(&case.person(), handling).await;
    assert_eq!(seen.row["fitness"]["conditions"], json!(conditions));
    assert_eq!(seen.row["escorts"][0]["kind"], "MEDICAL");
    let seen = usual.police.sees(&case.person(), handling).await;
    let expected = json!({ "specialHandling": true, "fitness": null, "escorts": [{ "kind": "ESCORT", "name": "Besa Krasniqi" }] });
    assert_eq!(seen.row, expected);
}

async fn inv_12_who_is_found_unfit_does_not_leave(world: &World) {
    let usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let (health, name) = (pristina.health(), case.head().to_owned());
    usual.istanbul.confirms_transit(usual.itinerary()).await;
    usual.baghdad.confirms_reception(usual.itinerary()).await;
    pristina
        .assesses_vulnerability(&case, &name, &["MEDICAL_NEEDS"], &[])
        .await;
    assert_eq!(missing(&pristina, &case).await, ["FITNESS_MISSING"]);
    health.finds_fit(&case, &name, &[]).await;
    // Nine days ahead of the flight it does not hold long enough.
    assert_eq!(missing(&pristina, &case).await, ["FITNESS_EXPIRED"]);
    world.time_passes(TimeDelta::days(7));
    health.finds_fit(&case, &name, &[]).await;
    health.requires_test(&case, &name, "PCR_TEST").await;
    assert_eq!(missing(&pristina, &case).await, ["HEALTH_REQUIREMENT_MISSING"]);
    let until = world.clock.now() + TimeDelta::days(5);
    health.records_test(&case, &name, "PCR_TEST", until).await;
    pristina.marks_ready(&case).await;
    health.finds_unfit(&case, &name).await;
    let told = usual.police.inbox().await;
    assert_eq!(told.last().expect("a notice")["type"], "ITINERARY_CHANGED");
    pristina.confirms_departure(&case).is_refused("WRONG_STATE").await;
    assert_eq!(missing(&pristina, &case).await, ["UNFIT_TO_TRAVEL"]);
}

async fn diagnosis_and_medication_are_for_health_staff_alone(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let name = case.head().to_owned();
    pristina
        .health()
        .finds_fit(&case, &name, &["MEDICATION_ON_BOARD"])
        .with("diagnosis", "Diabetes")
        .with("medication", "Insulin")
        .await;
    let medical = "{ diagnosis medication }";
    let (secret, open) = (
        json!({ "diagnosis": null, "medication": null }),
        json!({ "diagnosis": "Diabetes", "medication": "Insulin" }),
    );
    assert_eq!(pristina.health().sees(&case.person(), medical).await.row, open);
    let viewers = [
        &pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.iraq,
        &usual.police,
        &usual.migration,
    ];
    for viewer in viewers {
        assert_eq!(
            viewer.sees(&case.person(), medical).await.row,
            secret,
            "{}",
            viewer.client
        );
    }
    let clinic = usual.baghdad.health();
    assert_eq!(clinic.sees(&case.person(), medical).await.row, secret);
    pristina
        .records_consent(&case, ("IOM_RECEIVING", "CASE_MANAGEMENT", "HEALTH"))
        .await;
    assert_eq!(clinic.sees(&case.person(), medical).await.row, open);
    assert_eq!(usual.baghdad.sees(&case.person(), medical).await.row, secret);
}

async fn a_detained_person_gets_to_the_embassy_and_the_embassy_learns_nothing_of_it(world: &World) {
    let mut usual = world.a_usual_case(Until::Requested).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let name = case.head().to_owned();
    let at = world.clock.now() + TimeDelta::days(3);
    pristina
        .requests_support(&case, &name, at)
        .is_refused("NOT_DETAINED")
        .await;
    let before = usual.iraq.sees(&case.person(), ALL_OF_A_PERSON).await.row;
    pristina.records_detention(&case, &name, "Vranidoll").await;
    pristina.requests_support(&case, &name, at).await;
    usual.police.supports_appointment(&case, 1).await;
    usual
        .migration
        .supports_appointment(&case, 1)
        .is_refused("WRONG_STATE")
        .await;
    usual.iraq.supports_appointment(&case, 1).is_forbidden().await;
    for authority in [&usual.police, &usual.migration] {
        let told = authority.inbox().await;
        assert!(
            told.iter().any(|notice| notice["type"] == "CONSULAR_APPOINTMENT"),
            "{}",
            authority.client
        );
        let seen = authority
            .sees(&case.person(), "{ consularAppointments { at } }")
            .await;
        assert_eq!(seen.row["consularAppointments"], json!([{ "at": at }]));
    }
    world.goes_on(&mut usual, Until::Requested, Until::Ticketed).await;
    usual
        .police
        .arranges_transfer(&case, "AUTHORITY", "Vranidoll", at + TimeDelta::days(1))
        .await;
    let transfer = "{ airportTransfer { pickUpFacility } }";
    let seen = pristina.sees(&case, transfer).await;
    assert_eq!(seen.row["airportTransfer"]["pickUpFacility"], "Vranidoll");
    assert_eq!(
        usual.iraq.sees(&case, transfer).await.row["airportTransfer"],
        Value::Null
    );
    assert_eq!(usual.iraq.sees(&case.person(), ALL_OF_A_PERSON).await.row, before);
}

async fn a_stale_version_is_refused_and_a_repetition_changes_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let name = case.head().to_owned();
    let assess = || pristina.assesses_vulnerability(&case, &name, &["AGED"], &[]);
    let body = assess().under_key("once").body().await;
    pristina.post(&body).await.ok();
    pristina.post(&body).await.ok();
    assess().with("expectedVersion", 1).is_refused("CONFLICT").await;
    let seen = pristina.sees(&case, "{ history { event } }").await;
    let history = seen.row["history"].as_array().expect("a history").iter();
    assert_eq!(
        history
            .filter(|entry| entry["event"] == "SAFEGUARDS_CHANGED")
            .count(),
        1
    );
}
