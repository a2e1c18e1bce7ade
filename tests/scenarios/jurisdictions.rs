//! Each host territory has its own procedure: whom the mission asks and tells, and which periods run.

use crate::support::*;
use serde_json::{Value, json};

const ALL: &str =
    "{ jurisdictions { territory { code name footnote } objectionAuthority silentApprovalDays statutoryDays
    longestExtensionDays warningDays toldOfRegistration toldOfDeparture currencies pointsOfExit officesAtPointsOfExit
    version } }";

/// The administration changes what holds in a territory without a release; a stale change does not overwrite it.
async fn the_administration_changes_a_territory_s_procedure(world: &World) {
    let before = world.admin().ask(ALL, json!({})).await.ok();
    let of = |data: &Value, code: &str| {
        let all = data["jurisdictions"].as_array().expect("jurisdictions").clone();
        let found = all.into_iter().find(|row| row["territory"]["code"] == code);
        found.unwrap_or_else(|| panic!("no {code}"))
    };
    assert_eq!(before["jurisdictions"].as_array().map(Vec::len), Some(6));
    assert_eq!(of(&before, "ALB")["objectionAuthority"], "POLICE");
    assert_eq!(of(&before, "SRB")["silentApprovalDays"], 7);

    let admin = world.admin();
    admin
        .configures_kosovo(1)
        .with("officesAtPointsOfExit", json!(["PRN"]))
        .await;
    admin.configures_kosovo(1).is_refused("CONFLICT").await;

    let after = world.mission("Pristina").ask(ALL, json!({})).await.ok();
    let kosovo = of(&after, "XKX");
    assert_eq!(kosovo["statutoryDays"], 21);
    assert_eq!(kosovo["silentApprovalDays"], Value::Null);
    assert_eq!(kosovo["toldOfDeparture"], json!(["POLICE"]));
    assert_eq!(kosovo["officesAtPointsOfExit"], json!(["PRN"]));
    assert_eq!(of(&after, "SRB")["officesAtPointsOfExit"], json!([]));
    assert!(
        kosovo["territory"]["footnote"]
            .as_str()
            .is_some_and(|note| note.contains("UNSCR 1244"))
    );
    assert_eq!(of(&after, "SRB")["statutoryDays"], 30);
}

/// What cannot hold is refused, and nobody but the administration decides.
async fn a_procedure_that_cannot_hold_is_refused(world: &World) {
    let admin = world.admin();
    for (field, value) in [
        ("statutoryDays", json!(0)),
        ("warningDays", json!([21])),
        ("objectionAuthority", json!("CONSULAR")),
        ("toldOfDeparture", json!(["TRANSIT"])),
        ("pointsOfExit", json!(["BEG"])),
        ("officesAtPointsOfExit", json!(["BEG"])),
    ] {
        let refusal = admin
            .configures_kosovo(1)
            .with(field, value)
            .is_refused("INVALID")
            .await;
        assert_eq!(refusal["field"], field);
    }
    let elsewhere = admin.configures_kosovo(1).with("territory", "IRQ");
    assert_eq!(elsewhere.is_refused("INVALID").await["field"], "territory");
    for other in [
        world.mission("Pristina"),
        world.auditor(),
        world.embassy("Iraq", "Belgrade"),
    ] {
        let body = admin.configures_kosovo(1).body().await;
        other.post(&body).await.is_refused("FORBIDDEN");
    }
    for nobody in [world.embassy("Iraq", "Belgrade"), world.dashboard()] {
        assert_eq!(
            nobody.ask(ALL, json!({})).await.ok(),
            json!({ "jurisdictions": [] })
        );
    }
}

on_both_databases!(
    the_administration_changes_a_territory_s_procedure,
    a_procedure_that_cannot_hold_is_refused,
);
