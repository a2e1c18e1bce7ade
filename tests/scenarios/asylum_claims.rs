//! Procedures for international protection: known to the sending mission and to the authority whose procedure it is. For
//! everybody else a case with a claim and a case without one are the same, whatever they ask and whenever they ask it.

use crate::support::*;
use serde_json::{Value, json};

const CLAIMS: &str = "{ asylumClaims { stage number lodgedOn decidedOn authority { code } version } }";

fn lodged_with(authority: &str) -> Value {
    json!([{
        "stage": "LODGED", "number": "A-2025-117", "lodgedOn": "2025-09-01", "decidedOn": null,
        "authority": { "code": authority }, "version": 1,
    }])
}

/// The mission and the authority read the claim; for all others nothing has changed: no field, no version, no history, no
/// notice, no number.
async fn nobody_else_learns_of_a_claim(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let partners = [
        &usual.iraq,
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &world.dashboard(),
        &world.auditor(),
    ];
    let mut before = Vec::new();
    for partner in partners {
        before.push((partner.everything().await, partner.inbox().await));
    }
    let history = "{ version history { event subject occurredAt command } }";
    let own = usual.pristina.sees(&usual.case, history).await.row;
    let received = usual.baghdad.sees(&usual.case, history).await.row;
    let told = usual.migration.inbox().await;

    usual.migration.records_its_claim(&usual.case, "LODGED").await;
    for knows in [&usual.pristina, &usual.migration] {
        let sight = knows.sees(&usual.case, CLAIMS).await;
        assert_eq!(sight.row["asylumClaims"], lodged_with("migration-kosovo"));
        assert!(sight.redactions.is_empty(), "{sight:?}");
    }
    for (partner, (everything, inbox)) in partners.into_iter().zip(before) {
        let when = format!("what {} learns of a claim", partner.client);
        partner.everything().await.is_the_same_as(&everything, &when);
        assert_eq!(partner.inbox().await, inbox, "{when}");
        if partner.client.starts_with("dashboard") {
            continue;
        }
        let sight = partner.sees(&usual.case, CLAIMS).await;
        assert_eq!(sight.row["asylumClaims"], Value::Null, "{when}");
        assert_eq!(
            sight.redactions,
            [("asylumClaims".to_owned(), "WITHHELD".to_owned())],
            "{when}"
        );
    }
    // Neither the version of the case nor its history moves for those who read them.
    assert_eq!(usual.pristina.sees(&usual.case, history).await.row, own);
    assert_eq!(usual.baghdad.sees(&usual.case, history).await.row, received);
    assert_eq!(usual.migration.inbox().await, told);
    // What happened to the claim is told with the claim, to the sending mission alone.
    let of_the_claim = "{ asylumClaims { history { event subject command organisation { code } } } }";
    let sight = usual.pristina.sees(&usual.case, of_the_claim).await;
    assert_eq!(
        sight.row["asylumClaims"][0]["history"],
        json!([{
            "event": "ASYLUM_CLAIM_RECORDED", "subject": "AsylumClaim", "command": "recordAsylumClaim",
            "organisation": { "code": "migration-kosovo" },
        }])
    );
    let sight = usual.migration.sees(&usual.case, of_the_claim).await;
    assert_eq!(sight.row["asylumClaims"][0]["history"], Value::Null);
}

/// Bosnia and Herzegovina has an authority for foreigners and one for asylum: the former can tell neither that the latter
/// examines a claim, nor that it does not, not even by what it is answered when it records one of its own.
async fn an_authority_sees_its_own_procedure_alone(world: &World) {
    let sarajevo = world.mission("Sarajevo");
    let (asylum, foreigners) = (
        world.client("migration-bih-asylum"),
        world.client("migration-bih-foreigners"),
    );
    let (case, other) = (
        sarajevo.opens_a_case_for(person().of("PAK")).await,
        sarajevo.opens_a_case_for(person().of("PAK")).await,
    );
    for case in [&case, &other] {
        sarajevo.registers(case, USUAL).await;
    }
    let before = foreigners.everything().await;
    let claim = sarajevo
        .records_a_claim(&case, "migration-bih-asylum", "LODGED")
        .await;
    claim.await;
    foreigners
        .everything()
        .await
        .is_the_same_as(&before, "what the authority for foreigners learns");
    for case in [&case, &other] {
        let sight = foreigners.sees(case, CLAIMS).await;
        assert_eq!(sight.row["asylumClaims"], json!([]));
        assert!(sight.redactions.is_empty(), "{sight:?}");
    }
    assert_eq!(
        asylum.sees(&case, CLAIMS).await.row["asylumClaims"],
        lodged_with("migration-bih-asylum")
    );

    // A version that is not its own does not tell of another's.
    let mut answers = Vec::new();
    for case in [&case, &other] {
        let late = foreigners
            .records_its_claim(case, "LODGED")
            .with("expectedVersion", 1);
        answers.push(late.is_refused("CONFLICT").await);
        foreigners.records_its_claim(case, "LODGED").await;
        assert_eq!(
            foreigners.sees(case, CLAIMS).await.row["asylumClaims"],
            lodged_with("migration-bih-foreigners")
        );
    }
    assert_eq!(answers[0], answers[1]);
    let all = sarajevo.sees(&case, CLAIMS).await.row["asylumClaims"].take();
    assert_eq!(all.as_array().map(Vec::len), Some(2), "{all}");
    assert_eq!(
        asylum.sees(&case, CLAIMS).await.row["asylumClaims"],
        lodged_with("migration-bih-asylum")
    );
}

/// A claim has a version of its own; what cannot be is refused, and so is another authority's name.
async fn a_claim_is_recorded_once_and_then_changed(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, migration, case) = (&usual.pristina, &usual.migration, &usual.case);
    for (field, value) in [
        ("number", json!(" ")),
        ("decidedOn", json!("2026-01-20")),
        ("lodgedOn", json!("2031-01-01")),
    ] {
        let code = if field == "lodgedOn" {
            "DATE_OUT_OF_ORDER"
        } else {
            "INVALID"
        };
        let refusal = migration
            .records_its_claim(case, "LODGED")
            .with(field, value)
            .is_refused(code)
            .await;
        assert_eq!(refusal["field"], field);
    }
    for (decided, code) in [
        (json!(null), "INVALID"),
        (json!("2025-08-31"), "DATE_OUT_OF_ORDER"),
    ] {
        let refusal = migration
            .records_its_claim(case, "REJECTED")
            .with("decidedOn", decided)
            .is_refused(code)
            .await;
        assert_eq!(refusal["field"], "decidedOn");
    }
    let unnamed = pristina.records_its_claim(case, "LODGED");
    assert_eq!(unnamed.is_refused("INVALID").await["field"], "authorityId");
    let elsewhere = pristina.records_a_claim(case, "migration-serbia", "LODGED").await;
    assert_eq!(elsewhere.is_refused("INVALID").await["field"], "authorityId");

    migration.records_its_claim(case, "LODGED").await;
    migration
        .records_its_claim(case, "LODGED")
        .is_refused("CONFLICT")
        .await;
    let withdrawn = pristina
        .records_a_claim(case, "migration-kosovo", "WITHDRAWN")
        .await;
    withdrawn.with("expectedVersion", 1).await;
    let claims = migration.sees(case, CLAIMS).await.row["asylumClaims"].take();
    assert_eq!(
        (claims[0]["stage"].as_str(), claims[0]["version"].as_i64()),
        (Some("WITHDRAWN"), Some(2))
    );

    pristina.withdraws(case).await;
    migration
        .records_its_claim(case, "LODGED")
        .with("expectedVersion", 2)
        .is_refused("WRONG_STATE")
        .await;
}

/// Nobody else may record one: a post is refused as for any command that is not its own, and a stranger finds no case.
async fn a_claim_is_not_for_others_to_record(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    for other in [&usual.iraq, &usual.istanbul, &usual.baghdad, &usual.police] {
        other
            .records_its_claim(&usual.case, "LODGED")
            .is_forbidden()
            .await;
    }
    world
        .migration("SRB")
        .records_its_claim(&usual.case, "LODGED")
        .is_not_found()
        .await;
}

on_both_databases!(
    nobody_else_learns_of_a_claim,
    an_authority_sees_its_own_procedure_alone,
    a_claim_is_recorded_once_and_then_changed,
    a_claim_is_not_for_others_to_record,
);
