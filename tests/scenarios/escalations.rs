//! A departure that nobody acknowledges wakes somebody up: step by step, by the clock, each step once, until somebody
//! takes note; and whoever is late reopens nothing.

mod leases;

use crate::support::world::play_with;
use crate::support::*;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// The story with a worker of the server's own, or with none.
fn play(database: Database, works: bool, story: impl AsyncFnOnce(&World)) {
    play_with(database, |config| config.escalation.run = works, |_| None, story);
}

macro_rules! with_a_worker {
    ($works:literal: $($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { super::play(crate::support::Database::Sqlite, $works, super::$story); })+
        }
        mod postgres {
            $(#[test] fn $story() { super::play(crate::support::Database::Postgres, $works, super::$story); })+
        }
    };
}

fn moment(value: &Value) -> DateTime<Utc> {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("a moment")
}

/// Somebody who is not in the story takes note of everything.
async fn takes_note_of_all(actor: &Actor) {
    actor.acknowledges_notices(10_000, "on duty").await;
}

fn steps(escalation: &Value) -> Vec<(String, bool)> {
    let steps = escalation["steps"].as_array().expect("steps").iter();
    steps
        .map(|step| {
            let action = step["action"].as_str().expect("an action").to_owned();
            (action, !step["doneAt"].is_null())
        })
        .collect()
}

async fn metrics(world: &World) -> String {
    let address = format!("http://{}/metrics", world.address);
    let answer = crate::support::world::browser().get(address).send().await;
    answer.expect("an answer").text().await.expect("text")
}

/// Baghdad sleeps: it is reminded twice, then Pristina is told, and an hour before the landing both are alarmed.
async fn a_departure_that_nobody_acknowledges_wakes_somebody_up(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, baghdad) = (&usual.pristina, &usual.baghdad);
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&usual.case).await;
    takes_note_of_all(&usual.istanbul).await;
    let mut asleep = baghdad.listens_from_now().await;
    let mut sending = pristina.listens_from_now().await;
    let departed = asleep.last();
    let open = pristina.escalation_of(baghdad).await;
    let began = moment(&open["beganAt"]);
    assert_eq!(
        moment(&open["nextStepAt"]) - began,
        TimeDelta::minutes(15),
        "{open}"
    );
    assert_eq!(
        (&open["noticeType"], &open["ruleVersion"], &open["outcome"]),
        (&json!("DEPARTED"), &json!(1), &Value::Null)
    );

    world.time_passes(TimeDelta::minutes(10));
    asleep.has_heard_everything().await;
    world.time_passes(began + TimeDelta::minutes(15) - world.clock.now());
    asleep.hears(&["NOTICE_UNACKNOWLEDGED"]).await;
    let reminder = asleep.heard().last().expect("a reminder").clone();
    assert_eq!(moment(&reminder["occurredAt"]), began + TimeDelta::minutes(15));
    world.time_passes(TimeDelta::minutes(15));
    asleep.hears(&["NOTICE_UNACKNOWLEDGED"]).await;
    sending.has_heard_everything().await;
    world.time_passes(TimeDelta::minutes(15));
    sending.hears(&["RECIPIENT_SILENT"]).await;
    asleep.has_heard_everything().await;

    // The last flight lands in the afternoon.
    let landing = pristina
        .sees(usual.itinerary(), "{ segments { arrivesAt } }")
        .await
        .row;
    let landing = moment(&landing["segments"][1]["arrivesAt"]);
    let waiting = pristina.escalation_of(baghdad).await;
    assert_eq!(moment(&waiting["nextStepAt"]), landing - TimeDelta::hours(1));
    world.time_passes(landing - TimeDelta::hours(1) - world.clock.now());
    asleep.hears(&["UNACKNOWLEDGED_ALARM"]).await;
    sending.hears(&["UNACKNOWLEDGED_ALARM"]).await;

    let inbox = baghdad.proves_its_inbox().await;
    let reminders: Vec<&Value> = inbox
        .iter()
        .filter(|notice| notice["sequence"].as_i64() > Some(departed))
        .collect();
    assert_eq!(reminders.len(), 3);
    for reminder in reminders {
        assert_eq!(reminder["remindsOf"]["sequence"], departed, "{reminder}");
    }
    let exhausted = pristina.escalation_of(baghdad).await;
    assert!(steps(&exhausted).iter().all(|(_, done)| *done), "{exhausted}");
    assert_eq!(
        (
            &exhausted["nextStepAt"],
            &exhausted["outcome"],
            &exhausted["endedAt"]
        ),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    let counted = metrics(world).await;
    for line in [
        "avrr_open_escalations{steps=\"ahead\"} 0",
        "avrr_open_escalations{steps=\"none\"} 1",
        "avrr_oldest_unacknowledged_seconds{type=\"DEPARTED\"}",
        "avrr_lease_takeovers_total 0",
    ] {
        assert!(counted.contains(line), "{line} is not in {counted}");
    }

    // Late is late: it ends, and a day later nothing has followed.
    baghdad
        .takes_note(&inbox[usize::try_from(departed - 1).expect("a place")])
        .await;
    let late = pristina.escalation_of(baghdad).await;
    assert_eq!(late["outcome"], "ACKNOWLEDGED");
    assert_eq!(pristina.escalations(Some(true)).await, Vec::<Value>::new());
    world.time_passes(TimeDelta::days(1));
    asleep.has_heard_everything().await;
    sending.has_heard_everything().await;
    assert_eq!(steps(&pristina.escalation_of(baghdad).await), steps(&late));
}

/// A word of the recipient stops it in the same moment, also where it answers the reminder; another case goes on.
async fn an_acknowledgement_stops_it_and_whoever_acts_has_taken_note(world: &World) {
    let first = world.a_usual_case(Until::Ready).await;
    let second = world.a_usual_case(Until::Ready).await;
    let (pristina, baghdad, istanbul) = (&first.pristina, &first.baghdad, &first.istanbul);
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&first.case).await;
    let mut inbox = baghdad.listens_from_now().await;
    world.time_passes(TimeDelta::minutes(15));
    inbox.hears(&["NOTICE_UNACKNOWLEDGED"]).await;

    // The transit mission sees the persons get off.
    istanbul.lands(first.itinerary(), 0).await;
    assert_eq!(pristina.escalation_of(istanbul).await["outcome"], "ACTED");
    inbox.hears(&["SEGMENT_LANDED"]).await;

    let notices = baghdad.proves_its_inbox().await;
    let reminder = notices
        .iter()
        .find(|notice| notice["type"] == "NOTICE_UNACKNOWLEDGED")
        .expect("a reminder");
    baghdad.takes_note(reminder).await;
    let first_seen = pristina.escalation_of(baghdad).await;
    assert_eq!(first_seen["outcome"], "ACKNOWLEDGED");
    let notices = baghdad.proves_its_inbox().await;
    for kind in ["NOTICE_UNACKNOWLEDGED", "DEPARTED"] {
        let told = notices.iter().find(|notice| notice["type"] == kind).expect("it");
        assert!(!told["acknowledgement"].is_null(), "{told}");
        assert!(!told["deliveredAt"].is_null(), "{told}");
    }

    // What is due of the second case comes after everything that would have been due of the first.
    pristina.confirms_departure(&second.case).await;
    inbox.hears(&["DEPARTED"]).await;
    world.time_passes(TimeDelta::minutes(16));
    inbox.hears(&["NOTICE_UNACKNOWLEDGED"]).await;
    let heard = inbox.heard().last().expect("a reminder").clone();
    assert_ne!(heard["case"]["id"], reminder["case"]["id"]);
    inbox.has_heard_everything().await;
    let again = pristina.escalations(None).await;
    let of_the_first = again
        .iter()
        .find(|one| one["beganAt"] == first_seen["beganAt"] && one["recipient"]["code"] == "iom-baghdad");
    assert_eq!(
        of_the_first,
        Some(&first_seen),
        "a step followed the acknowledgement"
    );
}

/// A rule that is changed holds for what is told from then on.
async fn a_changed_rule_holds_for_what_is_told_from_then_on(world: &World) {
    let admin = world.admin();
    let first = world.a_usual_case(Until::Ready).await;
    let second = world.a_usual_case(Until::Ready).await;
    let (pristina, baghdad) = (&first.pristina, &first.baghdad);
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&first.case).await;
    let quick = json!([{ "action": "REPEAT", "minutes": 5 }]);
    for who in [pristina, baghdad, &world.auditor(), &world.police("XKX")] {
        who.configures_escalation(1, quick.clone()).is_forbidden().await;
    }
    admin
        .configures_escalation(0, quick.clone())
        .is_refused("CONFLICT")
        .await;
    for (wrong, field) in [
        (json!([{ "action": "REPEAT", "minutes": 0 }]), "steps"),
        (
            json!([{ "action": "ALARM", "minutes": -1, "beforeLanding": true }]),
            "steps",
        ),
    ] {
        let refusal = admin.configures_escalation(1, wrong).is_refused("INVALID").await;
        assert_eq!(refusal["field"], field);
    }
    let refusal = admin
        .configures_escalation(0, quick.clone())
        .with("noticeType", "NOTICE_UNACKNOWLEDGED")
        .is_refused("INVALID")
        .await;
    assert_eq!(refusal["field"], "noticeType");
    let rule = admin.configures_escalation(1, quick).under_key("quick").await;
    assert_eq!(
        (&rule["version"], &rule["endedAt"], &rule["steps"][0]["minutes"]),
        (&json!(2), &Value::Null, &json!(5))
    );

    pristina.confirms_departure(&second.case).await;
    let seen = pristina.escalations(Some(true)).await;
    let versions: Vec<(&Value, &Value)> = seen
        .iter()
        .filter(|one| one["recipient"]["code"] == "iom-baghdad")
        .map(|one| (&one["ruleVersion"], &one["steps"][0]["minutes"]))
        .collect();
    assert_eq!(versions, [(&json!(2), &json!(5)), (&json!(1), &json!(15))]);
    let mut inbox = baghdad.listens_from_now().await;
    world.time_passes(TimeDelta::minutes(5));
    inbox.hears(&["NOTICE_UNACKNOWLEDGED"]).await;
    let id = |case: Value| case["id"].clone();
    let of_second = baghdad.id_of(&second.case).await.expect("the case");
    assert_eq!(id(inbox.heard().last().expect("it")["case"].clone()), of_second);
    let rules = pristina
        .ask(
            "{ escalationRules { noticeType recipient version endedAt } }",
            json!({}),
        )
        .await
        .ok();
    let of_receiving: Vec<(&Value, bool)> = rules["escalationRules"]
        .as_array()
        .expect("rules")
        .iter()
        .filter(|rule| rule["recipient"] == "RECEIVING")
        .map(|rule| (&rule["version"], rule["endedAt"].is_null()))
        .collect();
    assert_eq!(of_receiving, [(&json!(1), false), (&json!(2), true)]);
}

/// What is taken back needs no answer; and who has no part in a case learns nothing of its escalations.
async fn what_is_taken_back_lapses_and_strangers_learn_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, istanbul, baghdad) = (&usual.pristina, &usual.istanbul, &usual.baghdad);
    world.time_passes(TimeDelta::days(9));
    pristina.confirms_departure(&usual.case).await;
    istanbul.lands(usual.itinerary(), 0).await;
    istanbul.withdraws(&usual.case).await;
    let lapsed = pristina.escalation_of(baghdad).await;
    assert_eq!(
        (&lapsed["outcome"], &lapsed["nextStepAt"]),
        (&json!("LAPSED"), &Value::Null)
    );
    assert_eq!(world.auditor().escalations(None).await.len(), 2);
    for stranger in [
        baghdad,
        istanbul,
        &world.mission("Skopje"),
        &usual.police,
        &usual.iraq,
        &world.admin(),
        &world.dashboard(),
    ] {
        let seen = stranger
            .ask("{ escalations { totalCount nodes { beganAt } } }", json!({}))
            .await
            .ok();
        assert_eq!(
            seen["escalations"],
            json!({ "totalCount": 0, "nodes": [] }),
            "{}",
            stranger.client
        );
    }
    let withheld = world
        .police("XKX")
        .ask("{ escalations(open: true) { totalCount } }", json!({}))
        .await;
    withheld.is_refused("FIELD_WITHHELD");
}

with_a_worker!(true:
    a_departure_that_nobody_acknowledges_wakes_somebody_up,
    an_acknowledgement_stops_it_and_whoever_acts_has_taken_note,
    a_changed_rule_holds_for_what_is_told_from_then_on,
    what_is_taken_back_lapses_and_strangers_learn_nothing,
);
