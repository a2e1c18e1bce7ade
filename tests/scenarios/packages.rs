//! Reintegration packages, from the agreement to the follow-up: three ways of giving, one ceiling, four eyes.

use crate::support::verbs_aftercare::{an_exceptional_item, an_item};
use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

const ITEMS: &str =
    "{ state revision items { position state receiptReference } monitoringContacts { mode result } }";

async fn states_of(who: &Actor, package: &Row) -> (Value, Vec<Value>) {
    let sight = who.sees(package, ITEMS).await;
    let items = sight.row["items"].as_array().expect("items").iter();
    (
        sight.row["state"].clone(),
        items.map(|item| item["state"].clone()).collect(),
    )
}

/// A package with an item in kind, one in cash and one that is paid back, until it is closed.
async fn a_package_is_agreed_delivered_verified_and_followed_up(world: &World) {
    let mut usual = world.a_usual_case(Until::Registered).await;
    let (pristina, baghdad) = (usual.pristina.clone(), usual.baghdad.clone());
    let three = || {
        vec![
            an_item("IN_KIND", 90_000),
            an_item("CASH", 20_000),
            an_item("REIMBURSEMENT", 10_000),
        ]
    };
    let refusal = pristina
        .proposes_a_package(&usual.case, 150_000, &[])
        .with("items", three())
        .is_refused("CASH_NOT_ALLOWED")
        .await;
    assert_eq!(refusal["field"], "items");
    let package = pristina
        .proposes_a_package(&usual.case, 150_000, &[])
        .with("items", three())
        .with("cashAllowed", true)
        .await;
    pristina.agrees_on(&package).is_forbidden().await;
    baghdad.agrees_on(&package).await;
    baghdad.agrees_on(&package).is_refused("WRONG_STATE").await;
    // The plan may be agreed on before the departure; nothing is given before the return.
    baghdad.delivers(&package, 0).is_refused("WRONG_STATE").await;
    world.goes_on(&mut usual, Until::Registered, Until::Arrived).await;
    pristina.delivers(&package, 0).is_forbidden().await;
    baghdad
        .follows_up(&package, "PHONE")
        .is_refused("WRONG_STATE")
        .await;
    baghdad.delivers(&package, 3).is_refused("NO_SUCH_ITEM").await;
    baghdad
        .verifies_the_receipt_of(&package, 0)
        .is_refused("WRONG_STATE")
        .await;
    for item in 0..3 {
        baghdad.delivers(&package, item).await;
        baghdad.delivers(&package, item).is_refused("WRONG_STATE").await;
    }
    assert_eq!(states_of(&baghdad, &package).await.0, "DELIVERED");
    baghdad
        .verifies_the_receipt_of(&package, 0)
        .is_refused("FOUR_EYES")
        .await;
    baghdad.follows_up(&package, "PICTURE").await;
    baghdad.follows_up(&package, "VISIT").await;
    let tomorrow = (world.today() + TimeDelta::days(1)).to_string();
    baghdad
        .follows_up(&package, "VISIT")
        .with("on", tomorrow)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    let colleague = baghdad.supervisor();
    colleague.verifies_the_receipt_of(&package, 0).await;
    colleague.verifies_the_receipt_of(&package, 1).await;
    baghdad
        .closes_package(&package)
        .is_refused("RECEIPT_NOT_VERIFIED")
        .await;
    colleague.verifies_the_receipt_of(&package, 2).await;
    baghdad.closes_package(&package).await;
    let sight = pristina.sees(&package, ITEMS).await;
    assert_eq!(
        sight.row,
        json!({
            "state": "CLOSED", "revision": 1,
            "items": [
                { "position": 0, "state": "RECEIPT_VERIFIED", "receiptReference": "R-0" },
                { "position": 1, "state": "RECEIPT_VERIFIED", "receiptReference": "R-1" },
                { "position": 2, "state": "REIMBURSED", "receiptReference": "R-2" },
            ],
            "monitoringContacts": [{ "mode": "PICTURE", "result": "ON_TRACK" }, { "mode": "VISIT", "result": "ON_TRACK" }],
        })
    );
    baghdad
        .follows_up(&package, "VISIT")
        .is_refused("WRONG_STATE")
        .await;
}

/// A plan changes under the same ceiling; what is exceptional waits for the donor.
async fn a_plan_is_amended_under_its_ceiling_and_exceptions_need_the_donor(world: &World) {
    let usual = world.a_usual_case(Until::Arrived).await;
    let baghdad = &usual.baghdad;
    let package = baghdad
        .proposes_a_package(&usual.case, 150_000, &[100_000, 40_000])
        .await;
    baghdad
        .amends(&package, &[], vec![an_item("IN_KIND", 10_001)])
        .is_refused("CEILING_EXCEEDED")
        .await;
    baghdad
        .amends(&package, &[1], vec![an_exceptional_item(50_000)])
        .await;
    baghdad.agrees_on(&package).await;
    assert_eq!(
        states_of(baghdad, &package).await,
        (
            json!("AGREED"),
            vec![json!("APPROVED"), json!("DROPPED"), json!("PLANNED")]
        )
    );
    baghdad
        .delivers(&package, 2)
        .is_refused("DONOR_APPROVAL_MISSING")
        .await;
    baghdad
        .has_the_donor_s_word_on(&package, &[2])
        .is_forbidden()
        .await;
    let supervisor = baghdad.supervisor();
    supervisor
        .has_the_donor_s_word_on(&package, &[0])
        .is_refused("NO_SUCH_ITEM")
        .await;
    supervisor
        .has_the_donor_s_word_on(&package, &[2])
        .with("donorApprovalReference", " ")
        .is_refused("INVALID")
        .await;
    supervisor.has_the_donor_s_word_on(&package, &[2]).await;
    assert_eq!(states_of(baghdad, &package).await.0, "DONOR_APPROVED");
    baghdad.delivers(&package, 0).await;
    baghdad
        .amends(&package, &[0], vec![])
        .is_refused("WRONG_STATE")
        .await;
    // What is given up last leaves nothing to deliver.
    baghdad.amends(&package, &[2], vec![]).await;
    let sight = baghdad
        .sees(&package, "{ state revision donorApprovalReference }")
        .await;
    assert_eq!(
        sight.row,
        json!({ "state": "DELIVERED", "revision": 3, "donorApprovalReference": "DK-2026-117" })
    );
    baghdad
        .amends(&package, &[], vec![an_item("IN_KIND", 1)])
        .is_refused("WRONG_STATE")
        .await;
}

/// What nobody claims for ninety days may be given up, and no sooner; halted packages go on from where they stood.
async fn a_package_is_halted_resumed_and_forfeited_when_nobody_claims_it(world: &World) {
    let usual = world.a_usual_case(Until::Arrived).await;
    let baghdad = &usual.baghdad;
    let package = baghdad
        .proposes_a_package(&usual.case, 150_000, &[100_000, 40_000])
        .await;
    baghdad
        .suspends_package(&package, "CONTACT_LOST")
        .is_refused("WRONG_STATE")
        .await;
    baghdad.agrees_on(&package).await;
    baghdad.delivers(&package, 1).await;
    baghdad.suspends_package(&package, "CONTACT_LOST").await;
    baghdad.delivers(&package, 0).is_refused("WRONG_STATE").await;
    baghdad.resumes_package(&package).await;
    assert_eq!(states_of(baghdad, &package).await.0, "IN_DELIVERY");
    baghdad.suspends_package(&package, "CONTACT_LOST").await;
    baghdad.forfeits(&package).is_refused("CLAIM_WINDOW_OPEN").await;
    world.time_passes(TimeDelta::days(91));
    baghdad.forfeits(&package).await;
    assert_eq!(
        states_of(baghdad, &package).await,
        (json!("FORFEITED"), vec![json!("DROPPED"), json!("DELIVERED")])
    );
    baghdad.resumes_package(&package).is_refused("WRONG_STATE").await;
    baghdad.forfeits(&package).is_refused("WRONG_STATE").await;
}

/// A person who moves on is supported by another mission, which agrees with them anew.
async fn a_package_is_given_to_another_mission(world: &World) {
    let usual = world.a_usual_case(Until::Arrived).await;
    let (baghdad, kabul) = (&usual.baghdad, world.mission("Kabul"));
    let package = baghdad.proposes_a_package(&usual.case, 150_000, &[100_000]).await;
    baghdad.agrees_on(&package).await;
    kabul.cannot_find(&package).await;
    let police = baghdad.organisation("police-kosovo").await;
    let refusal = baghdad
        .transfers(&package, police)
        .is_refused("RECIPIENT_NOT_CONCERNED")
        .await;
    assert_eq!(refusal["field"], "toMissionId");
    baghdad
        .transfers(&package, baghdad.organisation("iom-kabul").await)
        .await;
    baghdad
        .delivers(&package, 0)
        .is_refused("HELD_BY_ANOTHER_MISSION")
        .await;
    kabul.delivers(&package, 0).is_refused("WRONG_STATE").await;
    kabul.agrees_on(&package).await;
    kabul.delivers(&package, 0).await;
    let sight = baghdad.sees(&package, "{ state transferredTo { code } }").await;
    assert_eq!(
        sight.row,
        json!({ "state": "DELIVERED", "transferredTo": { "code": "iom-kabul" } })
    );
}

/// What is made to order is quoted before the plan is signed, and ordered before it is given; what is bought over the
/// counter needs neither. A quote takes the place of the price that was planned, under the same ceiling.
async fn an_item_is_quoted_and_ordered_where_a_supplier_is_asked(world: &World) {
    const BOUGHT: &str = "{ items { state amount { amountMinor } quoteReference quotedAt orderedAt } }";
    let mut usual = world.a_usual_case(Until::Registered).await;
    let (pristina, baghdad) = (usual.pristina.clone(), usual.baghdad.clone());
    let package = pristina
        .proposes_a_package(&usual.case, 150_000, &[90_000, 30_000])
        .with(
            "items",
            vec![
                an_item("IN_KIND", 90_000),
                an_item("IN_KIND", 30_000),
                an_exceptional_item(20_000),
            ],
        )
        .await;
    let refusal = pristina
        .has_a_quote_for(&package, 0, 100_001)
        .is_refused("CEILING_EXCEEDED")
        .await;
    assert_eq!(refusal["field"], "amountMinor");
    pristina
        .has_a_quote_for(&package, 0, -1)
        .is_refused("INVALID")
        .await;
    let refusal = pristina
        .has_a_quote_for(&package, 0, 95_000)
        .with("quoteReference", " ")
        .is_refused("INVALID")
        .await;
    assert_eq!(refusal["field"], "quoteReference");
    pristina
        .has_a_quote_for(&package, 7, 1)
        .is_refused("NO_SUCH_ITEM")
        .await;
    pristina.has_a_quote_for(&package, 0, 100_000).await;
    // A better offer takes the place of the first.
    baghdad.has_a_quote_for(&package, 0, 85_000).await;
    let quoted = world.clock.now();
    baghdad.has_a_quote_for(&package, 2, 21_000).await;
    baghdad.orders(&package, 0).is_refused("WRONG_STATE").await;

    baghdad.agrees_on(&package).await;
    assert_eq!(
        states_of(&baghdad, &package).await.1,
        ["APPROVED", "APPROVED", "QUOTED"]
    );
    // Once it is approved its price stands.
    baghdad
        .has_a_quote_for(&package, 0, 80_000)
        .is_refused("WRONG_STATE")
        .await;
    pristina.orders(&package, 0).is_forbidden().await;
    baghdad.orders(&package, 0).await;
    let ordered = world.clock.now();
    baghdad.orders(&package, 0).is_refused("WRONG_STATE").await;
    baghdad
        .orders(&package, 2)
        .is_refused("DONOR_APPROVAL_MISSING")
        .await;
    baghdad.supervisor().has_the_donor_s_word_on(&package, &[2]).await;
    baghdad.orders(&package, 2).await;
    // An order can be called off while nothing has come of it.
    baghdad.amends(&package, &[2], vec![]).await;
    let sight = pristina.sees(&package, BOUGHT).await;
    assert_eq!(
        sight.row["items"][0],
        json!({ "state": "ORDERED", "amount": { "amountMinor": 85_000 }, "quoteReference": "Q-0",
                "quotedAt": quoted, "orderedAt": ordered })
    );

    world.goes_on(&mut usual, Until::Registered, Until::Arrived).await;
    baghdad.delivers(&package, 0).await;
    baghdad.delivers(&package, 1).await;
    assert_eq!(
        states_of(&baghdad, &package).await,
        (
            json!("DELIVERED"),
            vec![json!("DELIVERED"), json!("DELIVERED"), json!("DROPPED")]
        )
    );
    let history = pristina.sees(&package, "{ history { event } }").await.row;
    let events: Vec<&str> = history["history"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["event"].as_str())
        .collect();
    assert_eq!(
        events,
        [
            "REINTEGRATION_PACKAGE_PROPOSED",
            "PACKAGE_ITEM_QUOTED",
            "PACKAGE_ITEM_QUOTED",
            "PACKAGE_ITEM_QUOTED",
            "REINTEGRATION_PACKAGE_AGREED",
            "PACKAGE_ITEM_ORDERED",
            "DONOR_EXCEPTION_DECIDED",
            "PACKAGE_ITEM_ORDERED",
            "REINTEGRATION_PACKAGE_AMENDED",
            "PACKAGE_ITEM_DELIVERED",
            "PACKAGE_ITEM_DELIVERED",
        ]
    );
}

/// Whoever withdraws is given nothing more: what was planned, quoted or ordered is dropped.
async fn a_withdrawal_drops_what_was_not_delivered(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let package = usual
        .pristina
        .proposes_a_package(&usual.case, 150_000, &[100_000, 40_000])
        .await;
    usual.baghdad.agrees_on(&package).await;
    usual.baghdad.orders(&package, 1).await;
    let other = usual
        .pristina
        .proposes_a_package(&usual.case, 150_000, &[100_000, 40_000])
        .await;
    usual.pristina.has_a_quote_for(&other, 0, 90_000).await;
    usual.pristina.withdraws(&usual.case).await;
    for package in [&package, &other] {
        assert_eq!(
            states_of(&usual.pristina, package).await,
            (json!("FORFEITED"), vec![json!("DROPPED"), json!("DROPPED")])
        );
        let late = usual.baghdad.orders(package, 0);
        late.is_refused("WRONG_STATE").await;
    }
}

on_both_databases!(
    a_package_is_agreed_delivered_verified_and_followed_up,
    a_plan_is_amended_under_its_ceiling_and_exceptions_need_the_donor,
    a_package_is_halted_resumed_and_forfeited_when_nobody_claims_it,
    a_package_is_given_to_another_mission,
    an_item_is_quoted_and_ordered_where_a_supplier_is_asked,
    a_withdrawal_drops_what_was_not_delivered,
);
