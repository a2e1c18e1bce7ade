//! Oversight sees one case for a while as its sending mission does: for a reason, with the word of a second person, and the
//! mission is told (DOMAIN 4.3).

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

const NAMES: &str = "{ fullName dateOfBirth phone }";

/// Who of oversight plays a part: one asks, another answers.
fn officers(world: &World) -> (Actor, Actor) {
    let auditor = world.auditor();
    (
        auditor.in_the_name_of("officer"),
        auditor.in_the_name_of("colleague"),
    )
}

/// What somebody reads of the head of a household: the name, and whether the telephone number is told.
async fn reads(who: &Actor, case: &Case) -> (Value, bool) {
    let row = who.sees(&case.person(), NAMES).await.row;
    (row["fullName"].clone(), !row["phone"].is_null())
}

/// Masked, as oversight sees a person as a rule.
fn initials(case: &Case) -> Value {
    let letters = case.head().split_whitespace();
    let letters: Vec<String> = letters.map(|name| format!("{}.", &name[..1])).collect();
    json!(letters.join(" "))
}

/// A step on an access whose time is over, whether or not that was written down already.
async fn comes_too_late(who: &Actor, step: &'static str) {
    let data = who.on_access(step, 0).await.answer().await.ok();
    let code = data[step]["errors"][0]["code"].as_str().unwrap_or_default();
    assert!(["WRONG_STATE", "CONFLICT"].contains(&code), "{data}");
}

/// Nobody opens a case alone. Opened by a second person it shows what the sending mission sees, but for what health staff
/// alone see, and to whoever asked alone; the mission hears of it once, and the clock ends it.
async fn two_persons_open_a_case_and_the_clock_closes_it(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let case = &usual.case;
    let (officer, colleague) = officers(world);
    let closed = (initials(case), false);
    let open = (json!(case.head()), true);
    let mut at_the_mission = usual.pristina.listens_from_now().await;

    officer.asks_to_see(case, 241).is_refused("INVALID").await;
    officer.asks_to_see(case, 0).is_refused("INVALID").await;
    let blank = officer.asks_to_see(case, 30).with("explanation", " ");
    blank.is_refused("INVALID").await;
    assert_eq!(officer.asks_to_see(case, 30).await["state"], "REQUESTED");
    officer.asks_to_see(case, 30).is_refused("ALREADY_EXISTS").await;
    assert_eq!(reads(&officer, case).await, closed, "nobody has approved it");
    let alone = officer.on_access("approveBreakGlass", 0).await;
    alone.is_refused("FOUR_EYES").await;
    let alone = officer.on_access("rejectBreakGlass", 0).await;
    alone.is_refused("FOUR_EYES").await;
    assert_eq!(reads(&officer, case).await, closed, "nobody approves alone");

    let approved = colleague.on_access("approveBreakGlass", 0).await.await;
    let until = world.clock.now() + TimeDelta::minutes(30);
    assert_eq!(approved, json!({ "state": "APPROVED", "openUntil": until }));
    assert_eq!(reads(&officer, case).await, open);
    assert_eq!(reads(&colleague, case).await, closed, "only who asked sees");
    let whole = officer.sees(case, "{ reference legalStatusAtApplication persons { diagnosis } travelDocumentRequests { disclosureSnapshot { content } } }").await;
    let mission = usual
        .pristina
        .sees(case, "{ reference legalStatusAtApplication }")
        .await
        .row;
    assert_eq!(
        whole.row["legalStatusAtApplication"],
        mission["legalStatusAtApplication"]
    );
    assert_ne!(
        whole.row["reference"], mission["reference"],
        "nobody joins by reference"
    );
    assert!(!whole.row["travelDocumentRequests"][0]["disclosureSnapshot"]["content"].is_null());
    let medical = ("persons.0.diagnosis".to_owned(), "WITHHELD".to_owned());
    assert!(whole.redactions.contains(&medical), "{:?}", whole.redactions);

    at_the_mission.hears(&["BREAK_GLASS_OPENED"]).await;
    at_the_mission.has_heard_everything().await;
    let told = &usual.pristina.accesses().await[0];
    assert_eq!(told["explanation"], Value::Null);
    assert_eq!(
        (&told["organisation"]["code"], &told["reason"], &told["openUntil"]),
        (&json!("auditor"), &Value::Null, &json!(until)),
        "why may tell of a complaint about the mission"
    );

    world.time_passes(TimeDelta::minutes(30));
    assert_eq!(reads(&officer, case).await, closed, "its time is over");
    comes_too_late(&colleague, "closeBreakGlass").await;
    at_the_mission.has_heard_everything().await;

    let history = usual
        .pristina
        .sees(case, "{ history { event reason } }")
        .await
        .row;
    let history: Vec<Value> = history["history"].as_array().expect("a history").clone();
    let of_glass: Vec<&str> = history
        .iter()
        .filter_map(|entry| entry["event"].as_str())
        .filter(|event| event.starts_with("BREAK_GLASS"))
        .collect();
    assert_eq!(of_glass[..2], ["BREAK_GLASS_REQUESTED", "BREAK_GLASS_APPROVED"]);
    assert!(history.iter().all(|entry| entry["reason"] != "COMPLAINT"));
}

/// What is rejected, or taken back, opens nothing; what is closed shows nothing from the next read on. Another case is never
/// opened with it.
async fn what_is_rejected_or_closed_shows_nothing(world: &World) {
    let (one, other) = (
        world.a_usual_case(Until::Registered).await,
        world.a_usual_case(Until::Registered).await,
    );
    let case = &one.case;
    let (officer, colleague) = officers(world);
    let closed = (initials(case), false);
    officer.asks_to_see(case, 60).await;
    let rejected = colleague.on_access("rejectBreakGlass", 0).await.await;
    assert_eq!(rejected["state"], "REJECTED");
    assert_eq!(reads(&officer, case).await, closed);
    for step in ["approveBreakGlass", "rejectBreakGlass", "closeBreakGlass"] {
        colleague.on_access(step, 0).await.is_refused("WRONG_STATE").await;
    }
    let told = one.pristina.inbox().await;
    assert!(told.iter().all(|notice| notice["type"] != "BREAK_GLASS_OPENED"));

    officer.asks_to_see(case, 60).await;
    colleague.on_access("approveBreakGlass", 0).await.await;
    assert_eq!(reads(&officer, case).await.0, json!(case.head()));
    assert_eq!(reads(&officer, &other.case).await, (initials(&other.case), false));
    let names = officer
        .ask(
            "{ cases(first: 100) { nodes { family { members { fullName } } persons { fullName } } } }",
            json!({}),
        )
        .await;
    assert!(names.text.contains(case.head()));
    assert!(!names.text.contains(other.case.head()), "one case opens no other");
    assert_eq!(
        other.pristina.accesses().await.len(),
        2,
        "both cases are of one mission"
    );
    assert_eq!(one.baghdad.accesses().await, Vec::<Value>::new());
    officer.on_access("closeBreakGlass", 0).await.await;
    assert_eq!(reads(&officer, case).await, closed, "closed is closed at once");
}

/// Whoever is not of oversight neither asks for an access nor answers one.
async fn nobody_else_opens_a_case(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let case = &usual.case;
    let (officer, _) = officers(world);
    for who in [
        &usual.pristina,
        &usual.baghdad,
        &usual.istanbul,
        &usual.police,
        &usual.migration,
        &usual.iraq,
    ] {
        who.asks_to_see(case, 30).is_forbidden().await;
    }
    officer.asks_to_see(case, 30).await;
    for step in ["approveBreakGlass", "rejectBreakGlass", "closeBreakGlass"] {
        let by_the_mission = usual.pristina.on_access(step, 0).await;
        by_the_mission.is_forbidden().await;
    }
    // Nobody answers for a day.
    world.time_passes(TimeDelta::hours(25));
    let (_, colleague) = officers(world);
    comes_too_late(&colleague, "approveBreakGlass").await;
    assert_eq!(reads(&officer, case).await, (initials(case), false));
}

/// Every read is authorised anew: what hangs on the case is open with it, and closed with it, wherever it is listed.
async fn whatever_hangs_on_the_case_is_open_as_long_as_it(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let case = &usual.case;
    let (officer, colleague) = officers(world);
    let lists = [
        "{ travelDocumentRequests(first: 100) { nodes { applicant { fullName } } } }",
        "{ cases(first: 100) { nodes { persons { fullName } } } }",
    ];
    officer.asks_to_see(case, 10).await;
    colleague.on_access("approveBreakGlass", 0).await.await;
    for list in lists {
        assert!(
            officer.ask(list, json!({})).await.text.contains(case.head()),
            "{list}"
        );
        assert!(
            !colleague.ask(list, json!({})).await.text.contains(case.head()),
            "{list}"
        );
    }
    world.time_passes(TimeDelta::minutes(10));
    for list in lists {
        assert!(
            !officer.ask(list, json!({})).await.text.contains(case.head()),
            "{list}"
        );
    }
}

on_both_databases!(
    two_persons_open_a_case_and_the_clock_closes_it,
    what_is_rejected_or_closed_shows_nothing,
    nobody_else_opens_a_case,
    whatever_hangs_on_the_case_is_open_as_long_as_it,
);
