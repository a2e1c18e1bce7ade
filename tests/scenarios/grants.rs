//! Grants under a rule: what a family may have across its cases, who may approve, how it is paid and taken back (DOMAIN 2.6).

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// The persons of a project that grants 2,000 dollars a person and 10,000 a family, all from Iraq.
async fn a_project_with_a_cap(world: &World) -> Actor {
    let pristina = world.mission("Pristina");
    let admin = world.admin();
    admin.registers_project("CAP-1", &[&pristina]).await.await;
    let rule = admin.defines_rule("CAP-1", "CAP-R1", &["IRQ"], (200_000, Some(1_000_000)));
    rule.await.await;
    pristina
}

async fn registered(mission: &Actor, persons: usize, of: &str) -> Case {
    let mut family: Vec<Person> = (0..persons).map(|_| person().of(of)).collect();
    if let Some(head) = family.pop() {
        family.insert(
            0,
            if persons > 1 {
                head.who_speaks_for_the_family()
            } else {
                head
            },
        );
    }
    let case = mission.opens_a_case_for(family).await;
    mission.registers(&case, USUAL).await;
    case
}

/// Puts forward what the rule leaves for each person, approved one after the other.
async fn grants_each(mission: &Actor, case: &Case) -> Vec<i64> {
    let mut amounts = Vec::new();
    for person in case.names().to_owned() {
        let answer = mission
            .proposes_what_the_rule_leaves(case, &person)
            .answer()
            .await
            .ok();
        if answer["proposeCashGrant"]["errors"] == json!([]) {
            let number = amounts.iter().filter(|amount| **amount > 0).count() + 1;
            let grant = case.grant(number);
            mission.supervisor().approves(&grant).await;
            let sight = mission.sees(&grant, "{ amount { amountMinor } }").await;
            amounts.push(sight.row["amount"]["amountMinor"].as_i64().expect("an amount"));
        } else {
            assert_eq!(
                answer["proposeCashGrant"]["errors"][0]["code"],
                "FAMILY_CAP_EXCEEDED"
            );
            amounts.push(0);
        }
    }
    amounts
}

/// Scenario 4, INV-08: five of six exhaust the cap, and the sixth, who travels later in a case of their own, gets nothing.
async fn inv_08_a_cap_holds_across_the_cases_of_a_family(world: &World) {
    let pristina = a_project_with_a_cap(world).await;
    let five = registered(&pristina, 5, "IRQ").await;
    let before = pristina.id_of(&five).await.expect("the case");
    let sixth = pristina
        .opens_a_case_for(person().of("IRQ"))
        .with("familyOf", before)
        .await;
    pristina.registers(&sixth, USUAL).await;
    assert_eq!(grants_each(&pristina, &five).await, [200_000; 5]);
    assert_eq!(grants_each(&pristina, &sixth).await, [0]);

    // The grant says which rule applied, and how the amount came about.
    let sight = pristina
        .sees(
            &five.grant(5),
            "{ rule { code project { code } } computation { persons householdAmount { amountMinor currency }
               familyCap { amountMinor } grantedToFamily { amountMinor } entitlement { amountMinor } } }",
        )
        .await;
    let expected = json!({
        "rule": { "code": "CAP-R1", "project": { "code": "CAP-1" } },
        "computation": { "persons": 6, "householdAmount": { "amountMinor": 1_200_000, "currency": "USD" },
            "familyCap": { "amountMinor": 1_000_000 }, "grantedToFamily": { "amountMinor": 800_000 },
            "entitlement": { "amountMinor": 200_000 } },
    });
    assert_eq!(sight.row, expected);
    let family = pristina
        .sees(&sixth, "{ family { householdSize members { id } } }")
        .await;
    assert_eq!(family.row["family"]["householdSize"], 6);
    assert_eq!(family.row["family"]["members"].as_array().map(Vec::len), Some(6));

    // What is voided is free again for the sixth.
    pristina.supervisor().voids(&five.grant(1)).await;
    assert_eq!(grants_each(&pristina, &sixth).await, [200_000]);
    pristina
        .proposes_what_the_rule_leaves(&sixth, sixth.head())
        .is_refused("PERSON_AMOUNT_EXCEEDED")
        .await;
    // More than the rule leaves takes the donor's approval.
    pristina
        .proposes_what_the_rule_leaves(&sixth, sixth.head())
        .with("amount", json!({ "amountMinor": 50_000, "currency": "USD" }))
        .is_refused("PERSON_AMOUNT_EXCEEDED")
        .await;
}

/// INV-07: of two that are approved at the same moment, one gets what is left under the cap, in whatever case.
async fn inv_07_two_approvals_at_once_do_not_exceed_the_cap(world: &World) {
    let pristina = a_project_with_a_cap(world).await;
    let five = registered(&pristina, 5, "IRQ").await;
    let before = pristina.id_of(&five).await.expect("the case");
    let sixth = pristina
        .opens_a_case_for(person().of("IRQ"))
        .with("familyOf", before)
        .await;
    pristina.registers(&sixth, USUAL).await;
    // All six are put forward before anything is approved.
    let mut grants = Vec::new();
    for case in [&five, &sixth] {
        for name in case.names().to_owned() {
            grants.push(pristina.proposes_what_the_rule_leaves(case, &name).await);
        }
    }
    let (last, first) = grants.split_at(4);
    for grant in last {
        pristina.supervisor().approves(grant).await;
    }
    let supervisor = pristina.supervisor();
    let bodies = [
        supervisor.approves(&first[0]).body().await,
        supervisor.approves(&first[1]).body().await,
    ];
    let (one, other) = tokio::join!(supervisor.post(&bodies[0]), supervisor.post(&bodies[1]));
    let codes: Vec<Value> = [one, other]
        .into_iter()
        .map(|answer| answer.ok()["approveCashGrant"]["errors"][0]["code"].clone())
        .collect();
    assert!(
        codes.contains(&Value::Null) && codes.contains(&json!("FAMILY_CAP_EXCEEDED")),
        "one of two gets what is left: {codes:?}"
    );
    let granted = pristina
        .all("cashGrants", "{ state amount { amountMinor } }")
        .await;
    let approved = granted.iter().filter(|grant| grant["state"] == "APPROVED");
    let sum: i64 = approved
        .map(|grant| grant["amount"]["amountMinor"].as_i64().unwrap_or(0))
        .sum();
    assert_eq!(sum, 1_000_000);
}

/// The rule says what it is: another cap, one person alone, a shared cap with what does not divide for the head.
async fn inv_07_each_rule_has_limits_of_its_own(world: &World) {
    let pristina = world.mission("Pristina");
    let admin = world.admin();
    admin.registers_project("IDN-1", &[&pristina]).await.await;
    let rule = admin.defines_rule("IDN-1", "IDN-A", &["AFG", "PAK"], (100_000, Some(500_000)));
    rule.await.await;
    let shared = admin
        .defines_rule("IDN-1", "IDN-B", &[], (200_000, Some(1_000_000)))
        .await;
    shared.with("splitPolicy", "PRO_RATA").await;
    // A rule is never edited: another for the same persons has to wait until it is ended.
    let again = admin.defines_rule("IDN-1", "IDN-C", &["AFG"], (1, None)).await;
    again.is_refused("RULE_OVERLAPS").await;
    let six = registered(&pristina, 6, "AFG").await;
    assert_eq!(
        grants_each(&pristina, &six).await,
        [100_000, 100_000, 100_000, 100_000, 100_000, 0]
    );
    let alone = registered(&pristina, 1, "PAK").await;
    assert_eq!(grants_each(&pristina, &alone).await, [100_000]);
    let sharing = registered(&pristina, 6, "IRQ").await;
    let each = grants_each(&pristina, &sharing).await;
    assert_eq!(each, [166_670, 166_666, 166_666, 166_666, 166_666, 166_666]);
    admin.ends_rule("IDN-A").await.await;
    world.time_passes(TimeDelta::days(1));
    let today = world.today().to_string();
    let next = admin.defines_rule("IDN-1", "IDN-C", &["AFG"], (1, None)).await;
    next.with("validFrom", today).await;
}

/// A payment in another currency names its rate; without one it is not put forward.
async fn a_rate_is_named_where_currencies_differ(world: &World) {
    let pristina = a_project_with_a_cap(world).await;
    let case = registered(&pristina, 1, "IRQ").await;
    let euros = |minor: i64| json!({ "amountMinor": minor, "currency": "EUR" });
    let proposing = |minor| {
        let proposing = pristina.proposes_what_the_rule_leaves(&case, case.head());
        proposing.with("amount", euros(minor))
    };
    proposing(100_000).is_refused("EXCHANGE_RATE_MISSING").await;
    let admin = world.admin();
    admin
        .records_rate("EUR", "USD", "1,25")
        .is_refused("INVALID")
        .await;
    admin.records_rate("EUR", "USD", "1.25").await;
    // 2,000 dollars are 1,600 euros: a cent more is too much.
    proposing(160_001).is_refused("PERSON_AMOUNT_EXCEEDED").await;
    let grant = proposing(160_000).await;
    let sight = pristina
        .sees(&grant, "{ exchangeRate { rate validOn source } }")
        .await;
    let rate =
        json!({ "rate": "1.25", "validOn": "2026-03-01", "source": "UN operational rates of exchange" });
    assert_eq!(sight.row["exchangeRate"], rate);
}

/// INV-09: two tranches, or one for a reason that the receiving mission gives; and never a third under the same rule.
async fn inv_09_a_single_tranche_takes_a_reason(world: &World) {
    let pristina = a_project_with_a_cap(world).await;
    let baghdad = world.mission("Baghdad");
    let case = registered(&pristina, 1, "IRQ").await;
    let of = |mission: &Actor, minor: i64| {
        (
            mission.clone(),
            json!({ "amountMinor": minor, "currency": "USD" }),
        )
    };
    let (mission, amount) = of(&baghdad, 50_000);
    let single = || {
        let proposing = mission.proposes_what_the_rule_leaves(&case, case.head());
        let proposing = proposing.with("amount", amount.clone());
        proposing.with("trancheAmountsMinor", json!([50_000]))
    };
    single().is_refused("SINGLE_TRANCHE_REASON_MISSING").await;
    let by_pristina = pristina.proposes_what_the_rule_leaves(&case, case.head());
    by_pristina
        .with("singleTrancheReason", "INSECURE_AREA")
        .is_refused("NOT_THE_RECEIVING_MISSION")
        .await;
    let first = single().with("singleTrancheReason", "INSECURE_AREA").await;
    mission.approves(&first).is_forbidden().await;
    mission.supervisor().approves(&first).await;
    let two = mission.proposes_what_the_rule_leaves(&case, case.head());
    two.is_refused("TOO_MANY_TRANCHES").await;
    let second = single().with("singleTrancheReason", "SELF_EMPLOYMENT").await;
    mission.supervisor().approves(&second).await;
    let third = single().with("singleTrancheReason", "SELF_EMPLOYMENT");
    third.is_refused("TOO_MANY_TRANCHES").await;
}

/// Four eyes: nobody approves what they put forward, or verifies the receipt that they recorded.
async fn nobody_approves_or_verifies_their_own(world: &World) {
    let mut usual = world.a_usual_case(Until::Ready).await;
    let supervisor = usual.pristina.supervisor();
    let own = supervisor.proposes_a_grant(&usual.case, &[600, 400]).await;
    supervisor.approves(&own).is_refused("FOUR_EYES").await;
    supervisor.rejects(&own).is_refused("FOUR_EYES").await;
    let (grant, pristina) = (usual.grant().clone(), usual.pristina.clone());
    pristina
        .records_receipt(&grant, 1)
        .is_refused("WRONG_STATE")
        .await;
    pristina.pays(&grant, 1).await;
    pristina.moves_tranche(&grant, "reportFailedPayment", 1).await;
    pristina.pays(&grant, 1).await;
    pristina
        .records_receipt(&grant, 3)
        .is_refused("NO_SUCH_TRANCHE")
        .await;
    pristina.records_receipt(&grant, 1).await;
    pristina.verifies_receipt(&grant, 1).is_refused("FOUR_EYES").await;
    supervisor.verifies_receipt(&grant, 1).await;

    // The second is the receiving mission's, once something shows what became of the first.
    let baghdad = usual.baghdad.clone();
    pristina
        .pays(&grant, 2)
        .is_refused("NOT_THE_RECEIVING_MISSION")
        .await;
    baghdad.pays(&grant, 2).is_refused("WRONG_STATE").await;
    world.goes_on(&mut usual, Until::Ready, Until::Arrived).await;
    let unproven = baghdad.pays(&grant, 2).with("milestone", Value::Null);
    unproven.is_refused("MILESTONE_EVIDENCE_MISSING").await;
    let held = baghdad.supervisor();
    held.moves_tranche(&grant, "withholdTranche", 2)
        .with("reason", "MISUSE")
        .await;
    baghdad.pays(&grant, 2).is_refused("WRONG_STATE").await;
    held.moves_tranche(&grant, "releaseTranche", 2).await;
    baghdad.pays(&grant, 2).await;
    let told: Vec<Value> = pristina
        .inbox()
        .await
        .iter()
        .map(|notice| notice["type"].clone())
        .collect();
    assert!(
        told.contains(&json!("TRANCHE_PAID")),
        "the other mission is told: {told:?}"
    );
    baghdad.records_receipt(&grant, 2).await;
    held.verifies_receipt(&grant, 2).await;
    assert_eq!(
        pristina.sees(&grant, "{ state }").await.row["state"],
        "RECONCILED"
    );
}

/// What was paid before somebody withdraws waits for a decision; what was not is voided.
async fn a_withdrawal_leaves_what_was_paid_to_be_decided(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, grant) = (&usual.pristina, usual.grant());
    pristina.pays(grant, 1).await;
    pristina.withdraws(&usual.case).await;
    let state = "{ state recovery endReason tranches { state } }";
    let expected = |recovery: Value, reason: &str| {
        json!({ "state": "RECOVERY", "recovery": recovery, "endReason": reason,
                "tranches": [{ "state": "PAID" }, { "state": "VOIDED" }] })
    };
    assert_eq!(
        pristina.sees(grant, state).await.row,
        expected(Value::Null, "APPLICATION_ENDED")
    );
    let supervisor = pristina.supervisor();
    supervisor
        .voids(grant)
        .is_refused("RECOVERY_DECISION_MISSING")
        .await;
    supervisor.voids(grant).with("recovery", "WAIVE").await;
    assert_eq!(
        pristina.sees(grant, state).await.row,
        expected(json!("WAIVE"), "DUPLICATE")
    );
    supervisor
        .voids(grant)
        .with("recovery", "RECOVER")
        .is_refused("WRONG_STATE")
        .await;
}

on_both_databases!(
    inv_08_a_cap_holds_across_the_cases_of_a_family,
    inv_07_two_approvals_at_once_do_not_exceed_the_cap,
    inv_07_each_rule_has_limits_of_its_own,
    a_rate_is_named_where_currencies_differ,
    inv_09_a_single_tranche_takes_a_reason,
    nobody_approves_or_verifies_their_own,
    a_withdrawal_leaves_what_was_paid_to_be_decided,
);
