//! What can come between the first conversation and the departure: an objection, a halt, an end, and a new beginning.

use crate::support::*;
use serde_json::{Value, json};

async fn state(actor: &Actor, case: &Case) -> Value {
    actor.sees(case, "{ state }").await.row["state"].clone()
}

/// The authority that was asked objects: the mission hears of it, and the departure is not prepared.
async fn an_authority_that_objects_is_heard(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let authority = pristina.authority_asked();
    authority
        .objects(case, "EXIT_BAN")
        .is_refused("OBJECTION_NOT_ASKED")
        .await;
    pristina
        .starts_pre_departure(case)
        .is_refused("OBJECTION_CHECK_NEEDED")
        .await;
    pristina.asks_for_objections(case).await;
    assert_eq!(
        authority.inbox().await.last().expect("a notice")["type"],
        "OBJECTION_CHECK_REQUESTED"
    );
    world.police("XKX").objects(case, "EXIT_BAN").is_not_found().await;
    authority
        .does_not_object(case)
        .with("outcome", "OBJECTED")
        .is_refused("REASON_NEEDED")
        .await;
    authority.objects(case, "EXIT_BAN").await;
    assert_eq!(state(pristina, case).await, "OBJECTED");
    assert_eq!(
        pristina.inbox().await.last().expect("a notice")["type"],
        "OBJECTION_RESULT"
    );

    pristina
        .starts_pre_departure(case)
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .books(case, "PRN-IST-BGW", 9)
        .is_refused("WRONG_STATE")
        .await;
    pristina.withdraws(case).await;
    assert_eq!(state(pristina, case).await, "WITHDRAWN");
}

/// Why an authority objects is read by itself and by the mission that asked; other authorities read that it does.
async fn why_an_authority_objects_is_read_by_no_other(world: &World) {
    let mut usual = world.a_usual_case(Until::Registered).await;
    usual.pristina.asks_for_objections(&usual.case).await;
    usual.migration.objects(&usual.case, "EXIT_BAN").await;
    // Asked again it does not; then the police hear of the departure, and read the case.
    world.goes_on(&mut usual, Until::Registered, Until::Ready).await;
    let selection = "{ objectionChecks { state ground } }";
    for knows in [&usual.pristina, &usual.migration] {
        let sight = knows.sees(&usual.case, selection).await;
        assert_eq!(
            sight.row["objectionChecks"],
            json!([{ "state": "OBJECTED", "ground": "EXIT_BAN" }, { "state": "CLEAR", "ground": null }])
        );
        assert!(sight.redactions.is_empty(), "{sight:?}");
    }
    let sight = usual.police.sees(&usual.case, selection).await;
    assert_eq!(
        sight.row["objectionChecks"],
        json!([{ "state": "OBJECTED", "ground": null }, { "state": "CLEAR", "ground": null }])
    );
    assert_eq!(sight.redactions.len(), 2, "{sight:?}");
}

/// A halted case goes on from where it stood, and the person may withdraw from a halt as from any other state.
async fn a_halted_case_goes_on_from_where_it_stood(world: &World) {
    let usual = world.a_usual_case(Until::PreDeparture).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.resumes(case).is_refused("WRONG_STATE").await;
    pristina.holds(case, "MEDICAL").await;
    assert_eq!(state(pristina, case).await, "ON_HOLD");
    pristina
        .books(case, "PRN-IST-BGW", 9)
        .is_refused("WRONG_STATE")
        .await;
    pristina.resumes(case).await;
    assert_eq!(state(pristina, case).await, "PRE_DEPARTURE");
    pristina.holds(case, "FAMILY_REASONS").await;
    pristina.withdraws(case).await;
    assert_eq!(state(pristina, case).await, "WITHDRAWN");
}

/// A supervisor ends an application: everything open ends as by a withdrawal. Taken up again, it begins with consents of
/// its own; the old ones do not revive.
async fn an_application_ends_and_begins_anew_without_its_old_consents(world: &World) {
    let usual = world.a_usual_case(Until::Ticketed).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.terminates(case, "NO_SHOW").is_forbidden().await;
    pristina.supervisor().terminates(case, "NO_SHOW").await;
    let ended = "{ state itineraries { state } cashGrants { state } reintegrationPackages { state } }";
    assert_eq!(
        pristina.sees(case, ended).await.row,
        json!({
            "state": "TERMINATED",
            "itineraries": [{ "state": "CANCELLED" }],
            "cashGrants": [{ "state": "VOIDED" }],
            "reintegrationPackages": [{ "state": "FORFEITED" }],
        })
    );
    let migration = world.migration("XKX");
    assert_eq!(
        migration.inbox().await.last().expect("a notice")["type"],
        "APPLICATION_TERMINATED"
    );
    pristina
        .supervisor()
        .terminates(case, "OTHER")
        .is_refused("WRONG_STATE")
        .await;

    pristina.reopens(case, &[]).is_forbidden().await;
    pristina.supervisor().reopens(case, &[]).await;
    let seen = pristina.sees(case, "{ state consents { active } }").await.row;
    assert_eq!(seen["state"], "REGISTERED");
    let mut consents = seen["consents"].as_array().expect("consents").iter();
    assert!(
        consents.all(|consent| consent["active"] == false),
        "an old consent revived: {seen}"
    );
    pristina
        .asks_for_objections(case)
        .is_refused("CONSENT_MISSING")
        .await;
}

/// The authority of the host territory extends the statutory period; nobody else outside IOM can.
async fn the_authority_extends_the_statutory_period(world: &World) {
    let usual = world.a_usual_case(Until::PreDeparture).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let migration = world.migration("XKX");
    migration
        .extends_the_period(case, 31, "CHILDREN_AT_SCHOOL")
        .is_refused("EXTENSION_TOO_LONG")
        .await;
    usual
        .iraq
        .extends_the_period(case, 15, "CHILDREN_AT_SCHOOL")
        .is_not_found()
        .await;
    migration.extends_the_period(case, 15, "CHILDREN_AT_SCHOOL").await;
    assert_eq!(
        pristina.inbox().await.last().expect("a notice")["type"],
        "STATUTORY_PERIOD_EXTENDED"
    );
}

on_both_databases!(
    an_authority_that_objects_is_heard,
    why_an_authority_objects_is_read_by_no_other,
    a_halted_case_goes_on_from_where_it_stood,
    an_application_ends_and_begins_anew_without_its_old_consents,
    the_authority_extends_the_statutory_period,
);
