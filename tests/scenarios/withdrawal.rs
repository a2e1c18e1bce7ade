//! A person may step back at any moment before departure. Then everything that is open is cancelled, and everybody who
//! had been told is told, with no word of why to those whom it does not concern.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Every moment before departure, with what each partner hears when the person then withdraws.
const BEFORE_DEPARTURE: [(Until, &[(&str, &str)]); 10] = [
    (Until::Opened, &[]),
    (
        Until::Registered,
        &[("migration-kosovo", "APPLICATION_WITHDRAWN")],
    ),
    (
        Until::PreDeparture,
        &[("migration-kosovo", "APPLICATION_WITHDRAWN")],
    ),
    (
        Until::Requested,
        &[
            ("migration-kosovo", "APPLICATION_WITHDRAWN"),
            ("embassy-iraq-belgrade", "TDR_CANCELLED"),
        ],
    ),
    (
        Until::Acknowledged,
        &[
            ("migration-kosovo", "APPLICATION_WITHDRAWN"),
            ("embassy-iraq-belgrade", "TDR_CANCELLED"),
        ],
    ),
    (
        Until::Confirmed,
        &[
            ("migration-kosovo", "APPLICATION_WITHDRAWN"),
            ("embassy-iraq-belgrade", "TDR_CANCELLED"),
        ],
    ),
    (Until::Issued, &[("migration-kosovo", "APPLICATION_WITHDRAWN")]),
    (
        Until::Booked,
        &[
            ("migration-kosovo", "APPLICATION_WITHDRAWN"),
            ("iom-istanbul", "NOTICE_RETRACTED"),
            ("iom-baghdad", "NOTICE_RETRACTED"),
        ],
    ),
    (
        Until::Ticketed,
        &[
            ("migration-kosovo", "APPLICATION_WITHDRAWN"),
            ("iom-istanbul", "NOTICE_RETRACTED"),
            ("iom-baghdad", "NOTICE_RETRACTED"),
        ],
    ),
    (
        Until::Ready,
        &[
            ("migration-kosovo", "APPLICATION_WITHDRAWN"),
            ("iom-istanbul", "NOTICE_RETRACTED"),
            ("iom-baghdad", "NOTICE_RETRACTED"),
            ("police-kosovo", "NOTICE_RETRACTED"),
        ],
    ),
];

/// INV-03 and INV-04, for every state before departure: nothing is needed but the wish, everything open is cancelled,
/// and exactly those who had been told are told.
async fn inv_03_and_04_whenever_a_person_withdraws_everything_open_ends_and_those_told_are_told(
    world: &World,
) {
    for (until, told) in BEFORE_DEPARTURE {
        let usual = world.a_usual_case(until).await;
        let mut before = Vec::new();
        for partner in world.everybody().into_iter().filter(Actor::has_an_inbox) {
            before.push((partner.inbox().await.len(), partner));
        }
        usual.pristina.withdraws(&usual.case).await;
        assert_nothing_is_open(&usual, until).await;
        for (count, partner) in before {
            let expected = told.iter().find(|(client, _)| *client == partner.client);
            let inbox = partner.inbox().await;
            let heard: Vec<&Value> = inbox[count..].iter().map(|notice| &notice["type"]).collect();
            let expected: Vec<Value> = expected.iter().map(|(_, kind)| json!(kind)).collect();
            assert_eq!(
                heard,
                expected.iter().collect::<Vec<_>>(),
                "{} at {until:?}",
                partner.client
            );
        }
    }
}

async fn assert_nothing_is_open(usual: &Usual, until: Until) {
    let selection = "{ state withdrawalReason travelDocumentRequests { state } itineraries { state }
        cashGrants { state tranches { state } } reintegrationPackages { state } }";
    let row = usual.pristina.sees(&usual.case, selection).await.row;
    let request = match until {
        Until::Opened | Until::Registered | Until::PreDeparture => json!([]),
        Until::Requested | Until::Acknowledged | Until::Confirmed => json!([{ "state": "CANCELLED" }]),
        _ => json!([{ "state": "ISSUED" }]),
    };
    let journey = if until < Until::Booked {
        json!([])
    } else {
        json!([{ "state": "CANCELLED" }])
    };
    let voided = json!([{ "state": "VOIDED", "tranches": [{ "state": "VOIDED" }, { "state": "VOIDED" }] }]);
    let assisted = until >= Until::Ticketed;
    let expected = json!({
        "state": "WITHDRAWN",
        "withdrawalReason": "CHANGED_MIND",
        "travelDocumentRequests": request,
        "itineraries": journey,
        "cashGrants": if assisted { voided } else { json!([]) },
        "reintegrationPackages": if assisted { json!([{ "state": "FORFEITED" }]) } else { json!([]) },
    });
    assert_eq!(row, expected, "{until:?}");
}

/// INV-03, the other half: who has departed has departed, and who has withdrawn may say so again, and nobody is told twice.
async fn inv_03_after_departure_nobody_withdraws(world: &World) {
    let mut usual = world.a_usual_case(Until::Departed).await;
    usual
        .pristina
        .withdraws(&usual.case)
        .is_refused("WRONG_STATE")
        .await;
    world.goes_on(&mut usual, Until::Departed, Until::Arrived).await;
    usual
        .pristina
        .withdraws(&usual.case)
        .is_refused("WRONG_STATE")
        .await;
    let sight = usual
        .pristina
        .sees(&usual.case, "{ state itineraries { state } }")
        .await;
    assert_eq!(
        sight.row,
        json!({ "state": "ARRIVED", "itineraries": [{ "state": "COMPLETED" }] })
    );

    let other = world.a_usual_case(Until::Ready).await;
    other.pristina.withdraws(&other.case).under_key("once").await;
    let told = other.baghdad.inbox().await.len();
    other.pristina.withdraws(&other.case).under_key("once").await;
    other.pristina.withdraws(&other.case).await;
    assert_eq!(other.baghdad.inbox().await.len(), told, "nobody is told twice");
}

/// What was said of the case is taken back notice by notice, and points to the notice that takes it back.
async fn inv_04_what_was_announced_is_marked_as_retracted(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    usual.pristina.pays(usual.grant(), 1).await;
    let mut police = usual.police.listens().await;
    police.hears(&["DEPARTURE_PLANNED"]).await;
    usual.pristina.withdraws(&usual.case).await;
    police.hears(&["NOTICE_RETRACTED"]).await;

    for (partner, retraction) in [
        (&usual.baghdad, 5),
        (&usual.istanbul, 3),
        (&usual.police, 2),
        (&usual.migration, 4),
    ] {
        let inbox = partner.inbox().await;
        let (last, earlier) = inbox.split_last().expect("notices");
        assert_eq!(
            (&last["sequence"], &last["retractedAt"]),
            (&json!(retraction), &Value::Null)
        );
        for notice in earlier {
            assert!(notice["retractedAt"].is_string(), "{}: {notice}", partner.client);
            assert!(
                notice["supersededBy"]["sequence"].is_number(),
                "{}: {notice}",
                partner.client
            );
        }
    }
    // What is paid is paid; the rest will not be.
    let sight = usual
        .pristina
        .sees(usual.grant(), "{ state tranches { number state } }")
        .await;
    let tranches = json!([{ "number": 1, "state": "PAID" }, { "number": 2, "state": "VOIDED" }]);
    assert_eq!(sight.row, json!({ "state": "RECOVERY", "tranches": tranches }));
}

/// The post learns that its request is taken back, in the same words whether the person withdrew or the mission only
/// took the request back; after it has issued the document it learns nothing at all.
async fn an_embassy_cannot_tell_a_withdrawal_from_a_request_taken_back(world: &World) {
    let withdrawn = world.a_usual_case(Until::Acknowledged).await;
    let taken_back = world.a_usual_case(Until::Acknowledged).await;
    withdrawn.pristina.withdraws(&withdrawn.case).await;
    taken_back.pristina.cancels_request(taken_back.request()).await;

    let iraq = &withdrawn.iraq;
    let selection =
        "{ state withdrawalReason version registeredAt openedAt departedAt legalStatusAtApplication
        travelDocumentRequests { state refusalReason version document { number } }
        persons { sex nationality { code } } consents { active recipientClass } itineraries { id } }";
    let one = iraq.sees(&withdrawn.case, selection).await;
    let other = iraq.sees(&taken_back.case, selection).await;
    assert_eq!(one.row["travelDocumentRequests"][0]["state"], "CANCELLED");
    assert_eq!((one.row, one.redactions), (other.row, other.redactions));
    let types: Vec<Value> = iraq
        .inbox()
        .await
        .iter()
        .map(|notice| notice["type"].clone())
        .collect();
    assert_eq!(
        types,
        ["TDR_SUBMITTED", "TDR_SUBMITTED", "TDR_CANCELLED", "TDR_CANCELLED"]
    );
    let retracted = iraq
        .inbox()
        .await
        .iter()
        .all(|notice| notice["retractedAt"].is_null());
    assert!(retracted, "nothing is taken back from a post but its request");
    for case in [&withdrawn, &taken_back] {
        iraq.acknowledges(case.request()).is_refused("WRONG_STATE").await;
    }

    // Both go out of its reach at the same time.
    world.time_passes(TimeDelta::days(30));
    iraq.cannot_find(&withdrawn.case).await;
    iraq.cannot_find(&taken_back.case).await;

    let issued = world.a_usual_case(Until::Ready).await;
    let known = iraq.everything().await;
    issued.pristina.withdraws(&issued.case).await;
    iraq.everything()
        .await
        .is_the_same_as(&known, "after a withdrawal");
}

/// Why a person withdrew stays with the mission that was told.
async fn nobody_but_the_sending_mission_learns_why(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    usual
        .pristina
        .withdraws(&usual.case)
        .with("reason", "FAMILY_REASONS")
        .await;
    let auditor = world.auditor();
    for partner in [
        &usual.istanbul,
        &usual.baghdad,
        &usual.iraq,
        &usual.police,
        &usual.migration,
        &auditor,
    ] {
        let sight = partner.sees(&usual.case, "{ withdrawalReason }").await;
        assert_eq!(
            sight.row,
            json!({ "withdrawalReason": null }),
            "{}",
            partner.client
        );
        let withheld = ("withdrawalReason".to_owned(), "WITHHELD".to_owned());
        assert_eq!(sight.redactions, [withheld], "{}", partner.client);
    }
    let silent = world.a_usual_case(Until::Opened).await;
    silent
        .pristina
        .withdraws(&silent.case)
        .with("reason", Value::Null)
        .await;
    let sight = silent.pristina.sees(&silent.case, "{ withdrawalReason }").await;
    assert_eq!(sight.row, json!({ "withdrawalReason": "NOT_STATED" }));
}

/// After a withdrawal each partner keeps the case for as long as its window says, to the hour.
async fn each_partner_loses_the_case_when_its_window_closes(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    usual.pristina.withdraws(&usual.case).await;
    let mut passed = TimeDelta::zero();
    for (partner, window) in [
        (&usual.istanbul, TimeDelta::hours(72)),
        (&usual.police, TimeDelta::days(7)),
        (&usual.migration, TimeDelta::days(30)),
    ] {
        world.time_passes(window - passed - TimeDelta::minutes(1));
        partner.sees(&usual.case, "{ id }").await;
        world.time_passes(TimeDelta::minutes(1));
        passed = window;
        partner.cannot_find(&usual.case).await;
        let unread = partner.inbox().await;
        assert!(
            unread.iter().all(|notice| notice["case"].is_null()),
            "{}",
            partner.client
        );
        assert!(
            !unread.is_empty(),
            "the inbox keeps the notices of {}",
            partner.client
        );
    }
    usual.baghdad.sees(&usual.case, "{ id }").await;
    usual.pristina.sees(&usual.case, "{ id }").await;
}

/// Whoever may not be told any more hears that the consent is gone, and of the end of the case nothing.
async fn who_may_no_longer_be_told_hears_of_the_revocation_and_of_nothing_more(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let mut police = usual.police.listens().await;
    police.hears(&["DEPARTURE_PLANNED"]).await;
    usual.pristina.revokes_consent(&usual.case, TO_THE_POLICE).await;
    let notice = police.next().await;
    assert_eq!(notice["type"], "CONSENT_REVOKED");
    assert_eq!(
        (&notice["case"], &notice["itinerary"]),
        (&Value::Null, &Value::Null)
    );
    usual.pristina.withdraws(&usual.case).await;
    // The others are told; the police have heard everything that they ever will.
    let others = usual.migration.inbox().await;
    assert_eq!(others.last().expect("notices")["type"], "APPLICATION_WITHDRAWN");
    police.has_heard_everything().await;
    let inbox = usual.police.inbox().await;
    assert_eq!(inbox[0]["supersededBy"]["type"], "CONSENT_REVOKED");
    assert_eq!(inbox[0]["retractedAt"], Value::Null);
}

/// A clerk need not have read the case anew; one who says which version was read is held to it.
async fn a_withdrawal_needs_no_version(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let refusal = usual
        .pristina
        .withdraws(&usual.case)
        .with("expectedVersion", 1)
        .is_refused("CONFLICT")
        .await;
    assert!(refusal["currentVersion"].as_i64() > Some(1), "{refusal}");
    usual.baghdad.withdraws(&usual.case).is_forbidden().await;
    usual
        .istanbul
        .withdraws(&usual.case)
        .is_refused("WRONG_STATE")
        .await;
    usual.pristina.withdraws(&usual.case).await;
}

on_both_databases!(
    inv_03_and_04_whenever_a_person_withdraws_everything_open_ends_and_those_told_are_told,
    inv_03_after_departure_nobody_withdraws,
    inv_04_what_was_announced_is_marked_as_retracted,
    an_embassy_cannot_tell_a_withdrawal_from_a_request_taken_back,
    nobody_but_the_sending_mission_learns_why,
    each_partner_loses_the_case_when_its_window_closes,
    who_may_no_longer_be_told_hears_of_the_revocation_and_of_nothing_more,
    a_withdrawal_needs_no_version,
);
