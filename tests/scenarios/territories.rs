//! Each system is shown the code that it takes for Kosovo*, as its client is registered, and the name never stands alone.
//! (* This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 and the ICJ Opinion
//! on the Kosovo declaration of independence.)

use crate::support::*;
use avrr_gateway::domain::territory::KOSOVO_FOOTNOTE;
use serde_json::{Value, json};

const PLACE: &str = "{ cases { nodes { hostTerritory { code name footnote } } } }";

async fn place_of(actor: &Actor) -> Value {
    let data = actor.ask(PLACE, json!({})).await.ok();
    data["cases"]["nodes"][0]["hostTerritory"].clone()
}

/// Registers one more system of the migration authority that the case is told to.
async fn one_more_system(world: &World, name: &str, profile: Option<&str>) -> Actor {
    let admin = world.admin();
    let mut input = json!({
        "idempotencyKey": name,
        "clientId": name,
        "organisationId": admin.organisation("migration-kosovo").await,
        "purposes": ["DEPARTURE_NOTICE"],
    });
    if let Some(profile) = profile {
        input["territoryProfile"] = json!(profile);
    }
    let query = "mutation($input: RegisterClientInput!) { registerClient(input: $input) {
        client { territoryProfile } errors { code } } }";
    let data = admin.ask(query, json!({ "input": input })).await.ok();
    let shown = &data["registerClient"]["client"]["territoryProfile"];
    assert_eq!(*shown, profile.unwrap_or("XKX"), "{data}");
    world.client(name)
}

async fn inv_17_each_system_is_shown_the_code_that_it_takes_and_always_the_footnote(world: &World) {
    world.a_usual_case(Until::Registered).await;
    for (name, profile, code) in [
        ("their-register", Some("UNK"), "UNK"),
        ("their-archive", Some("XK"), "XK"),
        ("their-statistics", Some("XKK"), "XKK"),
        ("their-website", None, "XKX"),
    ] {
        let system = one_more_system(world, name, profile).await;
        let expected = json!({ "code": code, "name": "Kosovo*", "footnote": KOSOVO_FOOTNOTE });
        assert_eq!(place_of(&system).await, expected, "{name}");
    }
}

/// What is in use in passports and in partners' systems is understood, whatever the client itself is shown.
async fn inv_17_every_code_in_use_is_understood(world: &World) {
    let query = "mutation($input: RegisterOrganisationInput!) { registerOrganisation(input: $input) {
        organisation { territory { code } } errors { code } } }";
    for code in ["XK", "XKX", "XKK", "UNK", "RKS"] {
        let name = format!("police-of-{}", code.to_lowercase());
        let input = json!({ "idempotencyKey": name, "code": name, "name": name, "kind": "POLICE", "territory": code });
        let data = world.admin().ask(query, json!({ "input": input })).await.ok();
        let place = &data["registerOrganisation"]["organisation"]["territory"];
        assert_eq!(*place, json!({ "code": "XKX" }), "{code}");
    }
}

on_both_databases!(
    inv_17_each_system_is_shown_the_code_that_it_takes_and_always_the_footnote,
    inv_17_every_code_in_use_is_understood,
);
