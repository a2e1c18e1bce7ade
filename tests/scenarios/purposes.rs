//! What a request is made for decides what it reaches: cases for the work on cases alone, and what persons have consented
//! to for that purpose (DOMAIN 4.1, 2).

use crate::support::ledger::behind_the_program;
use crate::support::*;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

/// Registers another client of an organisation, for these purposes. The registry gives a kind of organisation the purposes
/// of its kind alone; what it would not give is written past it, because the rule under test does not lean on the registry.
async fn another_client(world: &World, of: &Actor, purposes: &[&str]) -> Actor {
    let admin = world.admin();
    let name = format!("{}-more", of.client);
    let register = "mutation($input: RegisterClientInput!) { registerClient(input: $input) { client { clientId } errors { code } } }";
    let organisation = admin.organisation(&of.client).await;
    let mut given = 0;
    for purpose in purposes {
        let input = json!({
            "idempotencyKey": format!("{name} {purpose}"),
            "clientId": name,
            "organisationId": organisation,
            "purposes": [purpose],
        });
        let registered = admin.ask(register, json!({ "input": input })).await.ok();
        if registered["registerClient"]["errors"] == json!([]) {
            given += 1;
            break;
        }
    }
    assert_eq!(given, 1, "{name}");
    let database = behind_the_program(&world.stage.url).await;
    let all = json!(purposes);
    let update = format!("UPDATE clients SET purposes = '{all}' WHERE client_id = '{name}'");
    database.execute_unprepared(&update).await.expect("a client");
    world.client(&name)
}

/// For a purpose that persons are not known for there is no case: in no listing, by no id, behind no notice, for no command.
async fn a_partner_reaches_cases_for_its_own_purpose_alone(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let cast = [
        (&usual.iraq, "TRAVEL_DOCUMENT"),
        (&usual.police, "DEPARTURE_NOTICE"),
        (&usual.migration, "DEPARTURE_NOTICE"),
    ];
    for (partner, purpose) in cast {
        let all = [
            "CASE_MANAGEMENT",
            "TRAVEL_DOCUMENT",
            "DEPARTURE_NOTICE",
            "REINTEGRATION",
            "STATISTICS",
        ];
        let other = another_client(world, partner, &all).await;
        let right = other.for_purpose(purpose);
        assert_eq!(right.id_of(&usual.case).await, partner.id_of(&usual.case).await);
        assert!(right.counts("notices").await > 0);
        for wrong in all.iter().filter(|wrong| **wrong != purpose) {
            let asks = other.for_purpose(wrong);
            // It is given the ids that it knows from before.
            asks.cannot_find(&usual.case).await;
            asks.cannot_find(&usual.case.person()).await;
            for listing in [
                "cases",
                "travelDocumentRequests",
                "itineraries",
                "movements",
                "notices",
            ] {
                assert_eq!(
                    asks.counts(listing).await,
                    0,
                    "{listing} for {wrong} by {}",
                    asks.client
                );
            }
        }
    }
    let other = world
        .client(&format!("{}-more", usual.iraq.client))
        .for_purpose("REINTEGRATION");
    other.acknowledges(usual.request()).is_not_found().await;
}

/// A mission works on its cases for any purpose of the work on cases. To count, it needs to know nobody, and takes nobody in.
async fn a_mission_that_counts_reaches_no_case(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let more = another_client(
        world,
        &usual.pristina,
        &["TRAVEL_DOCUMENT", "DEPARTURE_NOTICE", "STATISTICS"],
    )
    .await;
    for purpose in ["TRAVEL_DOCUMENT", "DEPARTURE_NOTICE"] {
        more.for_purpose(purpose).sees(&usual.case, "{ state }").await;
    }
    let counts = more.for_purpose("STATISTICS");
    counts.cannot_find(&usual.case).await;
    counts.cannot_find(usual.itinerary()).await;
    assert_eq!(counts.counts("notices").await, 0);
    counts.opens_a_case_for(person()).is_forbidden().await;
    counts.holds(&usual.case, "MEDICAL").is_not_found().await;
    let figures = counts
        .ask("{ returns(groupBy: [HOST_TERRITORY]) { threshold } }", json!({}))
        .await;
    assert!(figures.ok()["returns"]["threshold"].is_number());
}

/// Data protection reads all rows to look after them, and for nothing else.
async fn an_auditor_reads_rows_for_oversight_alone(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let auditor = world.auditor();
    auditor.sees(&usual.case, "{ state }").await;
    let more = another_client(world, &auditor, &["OVERSIGHT", "STATISTICS", "CASE_MANAGEMENT"]).await;
    more.for_purpose("OVERSIGHT").sees(&usual.case, "{ state }").await;
    for other in ["STATISTICS", "CASE_MANAGEMENT"] {
        let asks = more.for_purpose(other);
        asks.cannot_find(&usual.case).await;
        assert_eq!(
            (asks.counts("cases").await, asks.counts("notices").await),
            (0, 0),
            "{other}"
        );
    }
}

/// What a consent opens it opens for its purpose: the same mission, asking for something else, is shown less.
async fn a_consent_opens_a_field_for_the_purpose_that_it_names(world: &World) {
    const TRAFFICKED: &str = "{ vulnerability { victimOfTrafficking } }";
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let name = case.head().to_owned();
    pristina
        .assesses_vulnerability(case, &name, &["VICTIM_OF_TRAFFICKING"], &[])
        .await;
    let purposes = ["CASE_MANAGEMENT", "REINTEGRATION", "TRAVEL_DOCUMENT"];
    let baghdad = another_client(world, &usual.baghdad, &purposes).await;
    let reads = async |purpose: &str| {
        let sight = baghdad
            .for_purpose(purpose)
            .sees(&case.person(), TRAFFICKED)
            .await;
        sight.row["vulnerability"]["victimOfTrafficking"].clone()
    };
    let to_reintegrate = ("IOM_RECEIVING", "REINTEGRATION", "PROTECTION");
    pristina.records_consent(case, to_reintegrate).await;
    assert_eq!(reads("REINTEGRATION").await, true);
    // For what nobody consents to with this class, what it mainly needs to know counts.
    for other in ["CASE_MANAGEMENT", "TRAVEL_DOCUMENT"] {
        assert_eq!(reads(other).await, Value::Null, "{other}");
    }
    let to_manage = ("IOM_RECEIVING", "CASE_MANAGEMENT", "PROTECTION");
    pristina.records_consent(case, to_manage).await;
    pristina.revokes_consent(case, to_reintegrate).await;
    assert_eq!(reads("REINTEGRATION").await, Value::Null);
    for other in ["CASE_MANAGEMENT", "TRAVEL_DOCUMENT"] {
        assert_eq!(reads(other).await, true, "{other}");
    }
}

on_both_databases!(
    a_partner_reaches_cases_for_its_own_purpose_alone,
    a_mission_that_counts_reaches_no_case,
    an_auditor_reads_rows_for_oversight_alone,
    a_consent_opens_a_field_for_the_purpose_that_it_names,
);
