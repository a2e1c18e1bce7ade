//! The period for voluntary departure by the clock (N3b, N3d, INV-11, scenario 12), and applications that lapse.

use crate::support::*;
use avrr_gateway::domain::territory::KOSOVO_FOOTNOTE;
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

async fn state(actor: &Actor, case: &Case) -> Value {
    actor.sees(case, "{ state }").await.row["state"].take()
}

async fn inv_11_a_departure_beyond_the_statutory_period_waits_for_an_extension_or_a_supervisor(
    world: &World,
) {
    let usual = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let refusal = pristina
        .books(case, "PRN-IST-BGW", 31)
        .is_refused("STATUTORY_PERIOD_EXCEEDED")
        .await;
    assert_eq!(refusal["field"], Value::Null);
    usual
        .migration
        .extends_the_period(case, 15, "CHILDREN_AT_SCHOOL")
        .await;
    let itinerary = pristina.books(case, "PRN-IST-BGW", 45).await;
    pristina
        .rebooks(case, &itinerary, "PRN-IST-BGW", 46)
        .is_refused("STATUTORY_PERIOD_EXCEEDED")
        .await;
    pristina
        .overrides_the_period(case, "CARRIER_DELAY")
        .is_forbidden()
        .await;
    pristina
        .supervisor()
        .overrides_the_period(case, "CARRIER_DELAY")
        .await;
    pristina.rebooks(case, &itinerary, "PRN-IST-BGW", 46).await;
    let history = pristina.sees(case, "{ history { event reason } }").await.row;
    let history = history["history"].as_array().expect("a history");
    for (event, reason) in [
        ("STATUTORY_PERIOD_EXTENDED", "CHILDREN_AT_SCHOOL"),
        ("STATUTORY_PERIOD_OVERRIDDEN", "CARRIER_DELAY"),
    ] {
        assert!(history.contains(&json!({ "event": event, "reason": reason })));
    }
}

/// A period that nobody extends any more: warnings seven and three days before, also after an extension; then it is over.
async fn a_period_warns_is_extended_and_lapses(world: &World) {
    let usual = world.a_usual_case(Until::PreDeparture).await;
    let (pristina, migration, case) = (&usual.pristina, &usual.migration, &usual.case);
    let mut inbox = pristina.listens_from_now().await;
    let mut authority = migration.listens_from_now().await;
    world.time_passes(TimeDelta::days(22));
    inbox.has_heard_everything().await;
    world.time_passes(TimeDelta::days(1));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"]).await;
    inbox.has_heard_everything().await;
    world.time_passes(TimeDelta::days(4));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"]).await;
    inbox.has_heard_everything().await;

    migration.extends_the_period(case, 15, "CHILDREN_AT_SCHOOL").await;
    inbox.hears(&["STATUTORY_PERIOD_EXTENDED"]).await;
    world.time_passes(TimeDelta::days(10));
    inbox.has_heard_everything().await;
    world.time_passes(TimeDelta::days(1));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"]).await;
    world.time_passes(TimeDelta::days(4));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"]).await;
    world.time_passes(TimeDelta::days(3));
    inbox.has_heard_everything().await;
    assert_eq!(
        state(pristina, case).await,
        "PRE_DEPARTURE",
        "the last day counts"
    );

    world.time_passes(TimeDelta::days(1));
    inbox.hears(&["APPLICATION_EXPIRED"]).await;
    authority.hears(&["APPLICATION_EXPIRED"]).await;
    authority.has_heard_everything().await;
    assert_eq!(state(pristina, case).await, "EXPIRED");
    let history = pristina
        .sees(case, "{ history { event command reason } }")
        .await
        .row;
    assert_eq!(
        history["history"].as_array().and_then(|history| history.last()),
        Some(&json!({ "event": "CASE_EXPIRED", "command": "time", "reason": "STATUTORY_PERIOD" }))
    );
    pristina
        .extends_the_period(case, 5, "OTHER")
        .is_refused("WRONG_STATE")
        .await;
}

/// The persons get the extension in writing (Return Directive, Article 14); the police read that it was confirmed, not by
/// which authority.
async fn an_extension_is_confirmed_in_writing(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let began = world.today();
    usual
        .migration
        .extends_the_period(case, 15, "CHILDREN_AT_SCHOOL")
        .await;
    let selection = "{ statutoryPeriod { extensions { confirmation } } }";
    let text = |row: &Value, nth: usize| {
        let confirmation = &row["statutoryPeriod"]["extensions"][nth]["confirmation"];
        confirmation.as_str().expect("a text").to_owned()
    };
    let confirmation = |authority: &str| {
        format!(
            "Confirmation that the period for voluntary departure is extended\n\
             (Directive 2008/115/EC, Article 14)\n\n\
             Territory: Kosovo*\n\
             Extended by: 15 days\n\
             Reason: Children at school.\n\
             Last day of the period: {}\n\
             Date of the confirmation: {began}\n\
             Authority: {authority}\n\n\
             * {KOSOVO_FOOTNOTE}",
            began + Days::new(45)
        )
    };
    let own = "Department for Citizenship, Asylum and Migration, Ministry of Internal Affairs";
    for reader in [pristina, &usual.migration] {
        let seen = reader.sees(case, selection).await.row;
        let read = text(&seen, 0);
        assert!(read.contains("Authority: Department for Citizenship"), "{read}");
        let named = read.lines().find_map(|line| line.strip_prefix("Authority: "));
        assert_eq!(read, confirmation(named.unwrap_or(own)));
    }
    let police = usual.police.sees(case, selection).await;
    assert_eq!(
        text(&police.row, 0),
        confirmation("the competent authority of Kosovo*")
    );
    assert!(police.redactions.contains(&(
        "statutoryPeriod.extensions.0.confirmation".to_owned(),
        "MASKED".to_owned()
    )));

    // What the mission records it holds in writing; a later extension leaves the earlier confirmation as it was.
    pristina.extends_the_period(case, 10, "DOCUMENT_DELAYED").await;
    let seen = pristina.sees(case, selection).await.row;
    assert!(text(&seen, 0).contains(&format!("Last day of the period: {}", began + Days::new(45))));
    let second = text(&seen, 1);
    assert!(second.contains(&format!("Last day of the period: {}", began + Days::new(55))));
    assert!(second.contains("Authority: as confirmed in writing to IOM Pristina"));
}

/// A signed application holds for as long as the territory says, until the statutory period begins.
async fn a_signed_application_lapses_where_the_territory_says_so(world: &World) {
    let admin = world.admin();
    let without = world.a_usual_case(Until::Registered).await;
    admin.configures("XKX", 1).with("applicationValidDays", 20).await;
    let registered = world.a_usual_case(Until::Registered).await;
    let asked = world.a_usual_case(Until::Registered).await;
    let prepared = world.a_usual_case(Until::PreDeparture).await;
    let (pristina, migration) = (&registered.pristina, &registered.migration);
    pristina.asks_for_objections(&asked.case).await;
    let valid = "{ applicationValidUntil }";
    assert_eq!(
        pristina.sees(&registered.case, valid).await.row["applicationValidUntil"],
        json!(world.today() + Days::new(20))
    );
    assert_eq!(
        pristina.sees(&without.case, valid).await.row["applicationValidUntil"],
        Value::Null
    );
    let mut inbox = pristina.listens_from_now().await;
    let mut authority = migration.listens_from_now().await;
    world.time_passes(TimeDelta::days(20));
    inbox.hears(&["OBJECTION_RESULT"]).await;
    inbox.has_heard_everything().await;
    assert_eq!(state(pristina, &asked.case).await, "OBJECTION_CHECK");
    world.time_passes(TimeDelta::days(1));
    inbox.hears(&["APPLICATION_EXPIRED"; 2]).await;
    authority.hears(&["APPLICATION_EXPIRED"; 2]).await;
    for (case, expected) in [
        (&registered.case, "EXPIRED"),
        (&asked.case, "EXPIRED"),
        (&prepared.case, "PRE_DEPARTURE"),
        (&without.case, "REGISTERED"),
    ] {
        assert_eq!(state(pristina, case).await, expected);
    }
    let history = pristina
        .sees(&asked.case, "{ history { event reason fromState } }")
        .await
        .row;
    assert_eq!(
        history["history"].as_array().and_then(|history| history.last()),
        Some(&json!({ "event": "CASE_EXPIRED", "reason": "APPLICATION", "fromState": "OBJECTION_CHECK" }))
    );
    world.time_passes(TimeDelta::minutes(1));
    // It can be taken up again with an application that is signed anew.
    pristina.supervisor().reopens(&registered.case, USUAL).await;
    assert_eq!(
        pristina.sees(&registered.case, valid).await.row["applicationValidUntil"],
        json!(world.today() + Days::new(20))
    );
}

on_both_databases!(
    inv_11_a_departure_beyond_the_statutory_period_waits_for_an_extension_or_a_supervisor,
    a_period_warns_is_extended_and_lapses,
    an_extension_is_confirmed_in_writing,
    a_signed_application_lapses_where_the_territory_says_so,
);
