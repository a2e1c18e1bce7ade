//! Money and help: grants in one or two tranches, packages under a ceiling, and who knows of them.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// INV-09: a grant is paid in one or two tranches, each positive, which add up to it.
async fn inv_09_a_grant_is_paid_in_one_or_two_tranches_that_add_up(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    for parts in [
        json!([]),
        json!([60_000]),
        json!([60_000, 50_000]),
        json!([100_000, 0]),
        json!([150_000, -50_000]),
    ] {
        let refusal = pristina
            .proposes_a_grant(case, &[60_000, 40_000])
            .with("trancheAmountsMinor", parts)
            .is_refused("TRANCHES_DO_NOT_ADD_UP")
            .await;
        assert_eq!(refusal["field"], "trancheAmountsMinor");
    }
    pristina
        .proposes_a_grant(case, &[30_000, 30_000, 40_000])
        .is_refused_whole("GRAPHQL_VALIDATION_FAILED")
        .await;
    for amount in [0, -100_000] {
        let money = json!({ "amountMinor": amount, "currency": "EUR" });
        let refusal = pristina
            .proposes_a_grant(case, &[1])
            .with("amount", money)
            .is_refused("INVALID")
            .await;
        assert_eq!(refusal["field"], "amount");
    }
    let nowhere = json!({ "amountMinor": 1, "currency": "XYZ" });
    pristina
        .proposes_a_grant(case, &[1])
        .with("amount", nowhere)
        .is_refused_whole("GRAPHQL_VALIDATION_FAILED")
        .await;

    for tranches in [vec![100_000], vec![60_000, 40_000]] {
        let grant = match tranches.len() {
            1 => {
                usual
                    .baghdad
                    .proposes_a_grant(case, &tranches)
                    .with("singleTrancheReason", "INSECURE_AREA")
                    .await
            }
            _ => pristina.proposes_a_grant(case, &tranches).await,
        };
        let sight = pristina
            .sees(
                &grant,
                "{ state amount { amountMinor currency } tranches { number amount { amountMinor } state } }",
            )
            .await;
        let parts: Vec<Value> = (1..)
            .zip(&tranches)
            .map(|(number, amount)| json!({ "number": number, "amount": { "amountMinor": amount }, "state": "SCHEDULED" }))
            .collect();
        let expected = json!({ "state": "PROPOSED", "amount": { "amountMinor": 100_000, "currency": "EUR" }, "tranches": parts });
        assert_eq!(sight.row, expected);
    }
}

/// Tranches are paid in order, each once, from the airport on, and only of a grant that was approved.
async fn tranches_are_paid_in_order_and_each_once(world: &World) {
    let mut usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, grant) = (usual.pristina.clone(), usual.grant().clone());
    let proposed = pristina.proposes_a_grant(&usual.case, &[3_000, 2_000]).await;
    pristina
        .supervisor()
        .approves(&grant)
        .is_refused("WRONG_STATE")
        .await;
    pristina.pays(&grant, 1).is_refused("WRONG_STATE").await;
    world.goes_on(&mut usual, Until::Ticketed, Until::Ready).await;
    pristina.pays(&proposed, 1).is_refused("WRONG_STATE").await;
    for number in [2, 0, 3] {
        let refusal = pristina
            .pays(&grant, number)
            .is_refused("TRANCHE_OUT_OF_ORDER")
            .await;
        assert_eq!(refusal["field"], "number");
    }
    pristina.pays(&grant, 1).await;
    pristina.pays(&grant, 1).is_refused("TRANCHE_OUT_OF_ORDER").await;
    let state = async |who: &Actor| who.sees(&grant, "{ state tranches { state } }").await.row;
    let partly =
        json!({ "state": "PARTIALLY_PAID", "tranches": [{ "state": "PAID" }, { "state": "SCHEDULED" }] });
    assert_eq!(state(&pristina).await, partly);

    // The second is Baghdad's to pay, after the arrival.
    world.goes_on(&mut usual, Until::Ready, Until::Arrived).await;
    usual.baghdad.pays(&grant, 2).await;
    usual.baghdad.pays(&grant, 2).is_refused("WRONG_STATE").await;
    let paid = json!({ "state": "PAID", "tranches": [{ "state": "PAID" }, { "state": "PAID" }] });
    assert_eq!(state(&pristina).await, paid);
    assert_eq!(state(&usual.baghdad).await, paid);
    let told = usual.baghdad.inbox().await;
    assert!(
        told.iter().any(|notice| notice["type"] == "TRANCHE_PAID"),
        "Baghdad is told of the first"
    );
}

/// The items of a package may cost what its ceiling allows, to the cent, and no more.
async fn a_package_stays_under_its_ceiling(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    for costs in [
        &[150_001][..],
        &[100_000, 50_001],
        &[i64::from(i32::MAX), i64::from(i32::MAX)],
    ] {
        let refusal = pristina
            .proposes_a_package(case, 150_000, costs)
            .is_refused("CEILING_EXCEEDED")
            .await;
        assert_eq!(refusal["field"], "items");
    }
    pristina
        .proposes_a_package(case, 150_000, &[200_000, -100_000])
        .is_refused("INVALID")
        .await;
    let package = pristina
        .proposes_a_package(case, 150_000, &[100_000, 50_000])
        .await;
    let selection = "{ state plan ceiling { amountMinor currency } items { amount { amountMinor } category modality description } }";
    let sight = pristina.sees(&package, selection).await;
    assert_eq!(sight.row["items"][1]["amount"], json!({ "amountMinor": 50_000 }));
    assert_eq!(
        (&sight.row["state"], &sight.row["plan"]),
        (
            &json!("PROPOSED"),
            &json!("Opens a printing shop with his brothers.")
        )
    );
}

/// Both missions counsel: the receiving one may propose too, before and after the return.
async fn assistance_is_proposed_by_either_mission_for_a_person_on_the_case(world: &World) {
    let mut usual = world.a_usual_case(Until::Opened).await;
    usual
        .pristina
        .proposes_a_grant(&usual.case, &[600, 400])
        .is_refused("WRONG_STATE")
        .await;
    usual
        .pristina
        .proposes_a_package(&usual.case, 1_000, &[])
        .is_refused("WRONG_STATE")
        .await;
    world.goes_on(&mut usual, Until::Opened, Until::Registered).await;
    let other = world.a_usual_case(Until::Registered).await;
    for mission in [&usual.pristina, &usual.baghdad] {
        let grant = mission.proposes_a_grant(&usual.case, &[600, 400]).await;
        mission.supervisor().approves(&grant).await;
        mission.proposes_a_package(&usual.case, 1_000, &[1_000]).await;
        let stranger = mission.id_of(&other.case.person()).await;
        let refusal = mission
            .proposes_a_grant(&usual.case, &[600, 400])
            .with("personId", stranger)
            .is_refused("NOT_ON_THIS_CASE")
            .await;
        assert_eq!(refusal["field"], "personId");
    }
    usual.pristina.withdraws(&usual.case).await;
    usual
        .pristina
        .proposes_a_grant(&usual.case, &[600, 400])
        .is_refused("WRONG_STATE")
        .await;
}

/// Money in somebody's pocket is a danger to them: nobody but the two missions and the auditor learns of it.
async fn nobody_else_learns_of_money(world: &World) {
    let mut usual = world.a_usual_case(Until::Ready).await;
    usual.pristina.pays(usual.grant(), 1).await;
    let package = usual.package.clone().expect("a package");
    for partner in [
        &usual.istanbul,
        &usual.iraq,
        &usual.police,
        &usual.migration,
        &world.dashboard(),
        &world.admin(),
    ] {
        partner.cannot_find(usual.grant()).await;
        partner.cannot_find(&package).await;
        for listing in ["cashGrants", "reintegrationPackages"] {
            assert_eq!(partner.counts(listing).await, 0, "{}", partner.client);
        }
        partner.approves(usual.grant()).is_not_found().await;
        partner.pays(usual.grant(), 2).is_not_found().await;
    }
    for partner in [&usual.istanbul, &usual.iraq, &usual.police, &usual.migration] {
        partner.proposes_a_grant(&usual.case, &[1]).is_forbidden().await;
        let sight = partner
            .sees(&usual.case, "{ cashGrants { id } reintegrationPackages { id } }")
            .await;
        assert_eq!(
            sight.row,
            json!({ "cashGrants": null, "reintegrationPackages": null }),
            "{}",
            partner.client
        );
        let text = partner.everything().await.text;
        assert!(
            !text.contains("amountMinor\":60000") && !text.contains("printing"),
            "{}",
            partner.client
        );
    }
    // The auditor sees the sums, not the person's own words.
    let sight = world
        .auditor()
        .sees(
            &package,
            "{ plan ceiling { amountMinor } items { description amount { amountMinor } } }",
        )
        .await;
    assert_eq!(
        (&sight.row["plan"], &sight.row["items"][0]["description"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(sight.row["ceiling"], json!({ "amountMinor": 150_000 }));
    world.time_passes(TimeDelta::minutes(1));
    world.goes_on(&mut usual, Until::Ready, Until::Arrived).await;
    usual.istanbul.cannot_find(usual.grant()).await;
}

on_both_databases!(
    inv_09_a_grant_is_paid_in_one_or_two_tranches_that_add_up,
    tranches_are_paid_in_order_and_each_once,
    a_package_stays_under_its_ceiling,
    assistance_is_proposed_by_either_mission_for_a_person_on_the_case,
    nobody_else_learns_of_money,
);
