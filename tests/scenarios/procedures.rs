//! What the administration configures for a territory steers the next case there: whom the mission asks and tells, which
//! periods run, where persons leave, and in which currency they are paid.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// The types of what an actor was told.
async fn told(actor: &Actor) -> Vec<Value> {
    let inbox = actor.inbox().await.into_iter();
    inbox.map(|mut notice| notice["type"].take()).collect()
}

/// The police are asked, silence never counts, and the period is the territory's own.
async fn the_next_case_is_prepared_by_the_procedure_that_holds(world: &World) {
    let admin = world.admin();
    admin.configures_kosovo(1).await;
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.asks_for_objections(case).await;
    assert_eq!(told(&usual.police).await, ["OBJECTION_CHECK_REQUESTED"]);
    assert_eq!(told(&usual.migration).await, ["AVRR_REGISTERED"]);
    world.time_passes(TimeDelta::days(30));
    pristina
        .starts_pre_departure(case)
        .is_refused("OBJECTION_CHECK_NEEDED")
        .await;
    usual.police.does_not_object(case).await;
    pristina.starts_pre_departure(case).await;
    let mut inbox = pristina.listens_from_now().await;
    let period = pristina.sees(case, "{ statutoryPeriod { days } }").await.row;
    assert_eq!(period["statutoryPeriod"]["days"], 21);
    pristina
        .extends_the_period(case, 61, "OTHER")
        .is_refused("EXTENSION_TOO_LONG")
        .await;
    world.time_passes(TimeDelta::days(16));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"]).await;
    inbox.has_heard_everything().await;
    pristina.extends_the_period(case, 60, "OTHER").await;

    // Nobody is asked at all.
    admin
        .configures("XKX", 2)
        .with("objectionAuthority", Value::Null)
        .await;
    let other = world.a_usual_case(Until::Registered).await;
    pristina
        .asks_for_objections(&other.case)
        .is_refused("OBJECTION_NOT_ASKED")
        .await;
    pristina.starts_pre_departure(&other.case).await;
}

/// Who is not configured is neither told of a registration nor made a party.
async fn a_registration_is_told_to_those_who_are_configured(world: &World) {
    let admin = world.admin();
    admin
        .configures("XKX", 1)
        .with("toldOfRegistration", json!([]))
        .await;
    let nobody = world.a_usual_case(Until::Registered).await;
    let (police, migration) = (&nobody.police, &nobody.migration);
    for authority in [police, migration] {
        assert_eq!(told(authority).await, [""; 0]);
        authority.cannot_find(&nobody.case).await;
    }
    nobody.pristina.withdraws(&nobody.case).await;
    assert_eq!(
        told(migration).await,
        [""; 0],
        "nothing was said that is taken back"
    );

    admin
        .configures("XKX", 2)
        .with("toldOfRegistration", json!(["POLICE", "MIGRATION"]))
        .await;
    let both = world.a_usual_case(Until::Registered).await;
    for authority in [police, migration] {
        assert_eq!(told(authority).await, ["AVRR_REGISTERED"]);
        authority.sees(&both.case, "{ state }").await;
    }
    let without = usual_without(TO_THE_POLICE);
    let unwilling = world.a_case_with(&without, Until::Registered).await;
    assert_eq!(told(police).await.len(), 1, "not without consent");
    police.cannot_find(&unwilling.case).await;
    both.pristina.withdraws(&both.case).await;
    assert_eq!(told(police).await, ["AVRR_REGISTERED", "NOTICE_RETRACTED"]);
}

/// Whoever is told of registrations alone hears of no departure, and the other way round; what is taken back is taken back
/// from those who had been told.
async fn a_departure_is_told_to_those_who_are_configured(world: &World) {
    let admin = world.admin();
    admin
        .configures("XKX", 1)
        .with("toldOfDeparture", json!(["POLICE"]))
        .await;
    let departed = world.a_usual_case(Until::Departed).await;
    let (police, migration) = (&departed.police, &departed.migration);
    assert_eq!(told(police).await, ["DEPARTURE_PLANNED", "DEPARTED"]);
    let of_migration = told(migration).await;
    assert_eq!(of_migration, ["AVRR_REGISTERED", "OBJECTION_CHECK_REQUESTED"]);

    admin
        .configures("XKX", 2)
        .with("toldOfDeparture", json!(["MIGRATION"]))
        .await;
    let ready = world.a_usual_case(Until::Ready).await;
    assert_eq!(told(police).await.len(), 2);
    police.cannot_find(&ready.case).await;
    assert_eq!(told(migration).await.last(), Some(&json!("DEPARTURE_PLANNED")));
    ready.pristina.withdraws(&ready.case).await;
    assert_eq!(told(police).await.len(), 2, "nothing was said that is taken back");
    assert_eq!(
        told(migration).await.last(),
        Some(&json!("APPLICATION_WITHDRAWN"))
    );
}

/// A journey begins at a point of exit of the territory.
async fn a_journey_begins_at_a_point_of_exit(world: &World) {
    let admin = world.admin();
    let belgrade = world.mission("Belgrade");
    let case = belgrade.opens_a_case_for(person().of("IRQ")).await;
    belgrade.registers(&case, USUAL).await;
    belgrade.prepares_the_departure(&case).await;
    let request = belgrade.requests_a_travel_document(&case).await;
    let iraq = world.embassy("Iraq", "Belgrade");
    iraq.acknowledges(&request).await;
    iraq.confirms_nationality(&request).await;
    iraq.issues(&request, laissez_passer()).await;
    admin
        .configures("SRB", 1)
        .with("pointsOfExit", json!(["INI"]))
        .await;
    let refusal = belgrade
        .books(&case, "BEG-IST-BGW", 9)
        .is_refused("NOT_A_POINT_OF_EXIT")
        .await;
    assert_eq!(refusal["field"], "segments");
    let booked = belgrade.books(&case, "INI-IST-BGW", 9).await;
    belgrade
        .rebooks(&case, &booked, "BEG-IST-BGW", 10)
        .is_refused("NOT_A_POINT_OF_EXIT")
        .await;
    admin.configures("SRB", 2).await;
    belgrade.rebooks(&case, &booked, "BEG-IST-BGW", 10).await;
}

/// Grants are paid in the currencies of the territory.
async fn a_grant_is_paid_in_a_currency_of_the_territory(world: &World) {
    let admin = world.admin();
    admin
        .configures("XKX", 1)
        .with("currencies", json!(["CHF"]))
        .await;
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let refusal = pristina
        .proposes_a_grant(case, &[50_000, 50_000])
        .is_refused("CURRENCY_NOT_USED")
        .await;
    assert_eq!(refusal["field"], "amount");
    admin.configures("XKX", 2).await;
    pristina.proposes_a_grant(case, &[50_000, 50_000]).await;
    let nowhere = admin.configures("XKX", 3).with("pointsOfExit", json!([]));
    assert_eq!(nowhere.is_refused("INVALID").await["field"], "pointsOfExit");
}

/// An assessment of fitness holds for as long as the territory says.
async fn fitness_to_travel_holds_for_as_long_as_the_territory_says(world: &World) {
    let admin = world.admin();
    for (version, hours, refused) in [(1, 72, true), (2, 300, false)] {
        admin
            .configures("XKX", version)
            .with("fitnessWindowHours", hours)
            .await;
        let usual = world.a_usual_case(Until::Ticketed).await;
        let (pristina, case) = (&usual.pristina, &usual.case);
        usual.istanbul.confirms_transit(usual.itinerary()).await;
        usual.baghdad.confirms_reception(usual.itinerary()).await;
        pristina.health().finds_fit(case, case.head(), &[]).await;
        if refused {
            pristina.marks_ready(case).is_refused("FITNESS_EXPIRED").await;
        } else {
            pristina.marks_ready(case).await;
        }
    }
}

/// Bosnia and Herzegovina has two migration authorities: the administration names the one that is asked and those that are
/// told; who is named has to be an authority of the territory.
async fn the_authority_that_is_named_is_asked_and_told(world: &World) {
    let admin = world.admin();
    let sarajevo = world.mission("Sarajevo");
    let (asylum, foreigners) = (
        world.client("migration-bih-asylum"),
        world.client("migration-bih-foreigners"),
    );
    let asks = async || {
        let case = sarajevo.opens_a_case_for(person().of("PAK")).await;
        sarajevo.registers(&case, USUAL).await;
        sarajevo.asks_for_objections(&case).await;
        case
    };
    asks().await;
    assert_eq!(
        told(&asylum).await,
        ["AVRR_REGISTERED", "OBJECTION_CHECK_REQUESTED"],
        "the first by code"
    );
    assert_eq!(told(&foreigners).await, ["AVRR_REGISTERED"]);

    let named = admin.organisation("migration-bih-foreigners").await;
    admin
        .configures("BIH", 1)
        .with("authorityToAskId", named.as_str())
        .with("authoritiesToTellIds", json!([named]))
        .await;
    let second = asks().await;
    assert_eq!(told(&asylum).await.len(), 2);
    asylum.cannot_find(&second).await;
    assert_eq!(
        told(&foreigners).await[1..],
        ["AVRR_REGISTERED", "OBJECTION_CHECK_REQUESTED"]
    );
    foreigners.does_not_object(&second).await;
    let all = "{ jurisdictions { territory { code } authorityToAsk { code } authoritiesToTell { code } } }";
    let seen = sarajevo.ask(all, json!({})).await.ok();
    let bosnia = seen["jurisdictions"].as_array().into_iter().flatten();
    let bosnia = bosnia
        .filter(|row| row["territory"]["code"] == "BIH")
        .collect::<Vec<_>>();
    assert_eq!(bosnia[0]["authorityToAsk"]["code"], "migration-bih-foreigners");
    assert_eq!(
        bosnia[0]["authoritiesToTell"],
        json!([{ "code": "migration-bih-foreigners" }])
    );

    let police = admin.organisation("police-kosovo").await;
    for other in [
        admin.configures("BIH", 2),
        admin.configures("XKX", 1).with("objectionAuthority", "MIGRATION"),
    ] {
        let asked = other.with("authorityToAskId", police.as_str());
        let refusal = asked.is_refused("INVALID").await;
        assert_eq!(refusal["field"], "authorityToAskId");
    }
    let mission = admin.organisation("iom-sarajevo").await;
    let asked = admin.configures("BIH", 2).with("authorityToAskId", mission);
    assert_eq!(asked.is_refused("INVALID").await["field"], "authorityToAskId");
    let stranger = admin.organisation("migration-serbia").await;
    let told = admin
        .configures("BIH", 2)
        .with("authoritiesToTellIds", json!([stranger]))
        .is_refused("INVALID")
        .await;
    assert_eq!(told["field"], "authoritiesToTellIds");
}

/// That the asylum sector was asked says that there may be a claim: nobody who does not know of the claim anyway reads it
/// from a row, a notice or a confirmation (DOMAIN 4.4, channel 6).
async fn nobody_infers_a_claim_from_the_authority_that_was_asked(world: &World) {
    let admin = world.admin();
    let sarajevo = world.mission("Sarajevo");
    let asylum = world.client("migration-bih-asylum");
    let named = admin.organisation("migration-bih-asylum").await;
    admin
        .configures("BIH", 1)
        .with("authorityToAskId", named.as_str())
        .with("authoritiesToTellIds", json!([named]))
        .await;
    let case = sarajevo.opens_a_case_for(person().of("IRQ")).await;
    sarajevo.registers(&case, USUAL).await;
    sarajevo.asks_for_objections(&case).await;
    asylum.does_not_object(&case).await;
    sarajevo.starts_pre_departure(&case).await;
    asylum.extends_the_period(&case, 10, "FAMILY_LINKS").await;
    let request = sarajevo.requests_a_travel_document(&case).await;
    let iraq = world.embassy("Iraq", "Belgrade");
    iraq.acknowledges(&request).await;
    iraq.confirms_nationality(&request).await;
    iraq.issues(&request, laissez_passer()).await;
    let itinerary = sarajevo.books(&case, "SJJ-IST-BGW", 9).await;
    sarajevo.tickets(&itinerary).await;
    let (istanbul, baghdad) = (world.mission("Istanbul"), world.mission("Baghdad"));
    istanbul.confirms_transit(&itinerary).await;
    baghdad.confirms_reception(&itinerary).await;
    sarajevo.marks_ready(&case).await;
    let more = "{ cases { nodes { id
            history { event organisation { code name } }
            objectionChecks { state requestedAt decidedAt ground }
            statutoryPeriod { endsOn extensions { days confirmation } }
            itineraries { history { event organisation { code name } } } } }
        jurisdictions { objectionAuthority authorityToAsk { code } authoritiesToTell { code } } }";
    for outsider in [&iraq, &istanbul, &baghdad] {
        outsider.sees(&case, "{ id }").await;
        let everything = outsider.everything().await.text;
        let rest = outsider.ask(more, json!({})).await;
        let mut rest = rest.ok();
        // What a territory does with everybody says nothing of anybody; missions prepare by it.
        let ours = [&istanbul, &baghdad]
            .iter()
            .any(|mission| mission.client == outsider.client);
        if ours {
            rest["jurisdictions"].take();
        }
        for text in [everything, rest.to_string()] {
            // The name of the field itself stands wherever everything is asked for.
            let text = text.replace("asylumClaims", "");
            assert!(
                !text.to_lowercase().contains("asylum"),
                "{} reads of it: {text}",
                outsider.client
            );
        }
    }
}

on_both_databases!(
    the_next_case_is_prepared_by_the_procedure_that_holds,
    a_registration_is_told_to_those_who_are_configured,
    a_departure_is_told_to_those_who_are_configured,
    a_journey_begins_at_a_point_of_exit,
    a_grant_is_paid_in_a_currency_of_the_territory,
    fitness_to_travel_holds_for_as_long_as_the_territory_says,
    the_authority_that_is_named_is_asked_and_told,
    nobody_infers_a_claim_from_the_authority_that_was_asked,
);
