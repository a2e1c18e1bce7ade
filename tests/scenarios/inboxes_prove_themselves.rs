//! An inbox proves of itself that nothing is missing, says what is not kept any more, and knows when it was handed over.

use crate::support::socket::Heard;
use crate::support::verbs_notices::{START, chained};
use crate::support::world::play_with;
use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

macro_rules! with_short_memory {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $story() { super::play(crate::support::Database::Sqlite, super::$story); })+
        }
        mod postgres {
            $(#[test] fn $story() { super::play(crate::support::Database::Postgres, super::$story); })+
        }
    };
}

/// Notices forget what they are about after a month, and are forgotten after two.
fn play(database: Database, story: impl AsyncFnOnce(&World)) {
    let short = |config: &mut avrr_gateway::config::Config| {
        config.notices.payload_days = 30;
        config.notices.envelope_days = 60;
    };
    play_with(database, short, |_| None, story);
}

/// Everybody computes the chain of its own inbox from what it was given, over whatever it read it; nobody's is another's.
async fn every_recipient_proves_that_it_has_everything(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let mut heads = Vec::new();
    for partner in world.everybody() {
        let head = partner.head().await;
        let kind = partner.ask("{ viewer { kind } }", json!({})).await.ok()["viewer"]["kind"].take();
        let told = !["AUDITOR", "ADMIN", "DASHBOARD"]
            .iter()
            .any(|nobody| kind == *nobody);
        assert_eq!(!head.is_null(), told, "{}", partner.client);
        if !told {
            continue;
        }
        let notices = partner.proves_its_inbox().await;
        if notices.is_empty() {
            assert_eq!(
                head,
                json!({ "sequence": 0, "count": 0, "chain": START, "oldestSequence": 1, "oldestChain": START }),
                "{}",
                partner.client
            );
        } else {
            heads.push(head["chain"].clone());
        }
    }
    assert!(heads.len() > 4);
    let all = heads.len();
    heads.sort_by_key(Value::to_string);
    heads.dedup();
    assert_eq!(heads.len(), all, "two inboxes have one chain");

    // A subscriber that was away computes on from where it stood.
    let baghdad = &usual.baghdad;
    let known = baghdad.proves_its_inbox().await;
    let mut chain = baghdad.head().await["chain"]
        .as_str()
        .expect("a chain")
        .to_owned();
    usual.istanbul.lands(usual.itinerary(), 0).await;
    usual.istanbul.boards(usual.itinerary(), 1).await;
    let query = "query($after: Int!) { notices(filter: { afterSequence: $after }) { nodes { id sequence type occurredAt } } }";
    let data = baghdad.ask(query, json!({ "after": known.len() })).await.ok();
    let new = data["notices"]["nodes"].as_array().expect("nodes");
    assert_eq!(new.len(), 2);
    for notice in new {
        chain = chained(&chain, notice);
    }
    assert_eq!(baghdad.head().await["chain"], chain);
    // One that missed a notice, or has one twice, notices.
    assert_ne!(chained(&chain, &new[0]), chain);
    let before = known.last().and_then(|last| last["id"].as_str()).expect("an id");
    assert_ne!(chained(before, &new[1]), chain);
}

/// A withdrawal refers to everything that it takes back, a correction to what it corrects.
async fn corrections_refer_to_what_they_correct(world: &World) {
    let mut usual = world.a_usual_case(Until::Ticketed).await;
    let baghdad = usual.baghdad.clone();
    usual
        .pristina
        .suspends(usual.itinerary(), "CARRIER_CANCELLED")
        .await;
    usual.itinerary = Some(usual.pristina.books(&usual.case, "PRN-IST-BGW", 9).await);
    usual.pristina.withdraws(&usual.case).await;
    let inbox = baghdad.proves_its_inbox().await;
    let last = inbox.last().expect("a retraction");
    assert_eq!(last["type"], "NOTICE_RETRACTED");
    let sequences = |notices: &Value| -> Vec<i64> {
        let notices = notices.as_array().expect("notices").iter();
        notices.filter_map(|notice| notice["sequence"].as_i64()).collect()
    };
    let retracted: Vec<i64> = inbox
        .iter()
        .filter(|notice| !notice["retractedAt"].is_null())
        .filter_map(|notice| notice["sequence"].as_i64())
        .collect();
    assert!(retracted.len() >= 3, "{inbox:?}");
    assert_eq!(sequences(&last["corrects"]), retracted);
    let suspended = inbox
        .iter()
        .find(|notice| notice["type"] == "ITINERARY_SUSPENDED")
        .expect("it");
    let booked = inbox
        .iter()
        .find(|notice| notice["type"] == "ITINERARY_BOOKED")
        .expect("it");
    assert!(sequences(&suspended["corrects"]).contains(&booked["sequence"].as_i64().expect("a place")));
    assert_eq!(booked["supersededBy"]["sequence"], suspended["sequence"]);
}

/// To be handed a notice and to take note of it are two facts; the first is noted once, and not by oversight's reading.
async fn delivered_and_acknowledged_are_two_facts(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let query = "{ notices(first: 100) { nodes { id deliveredAt deliveredVia acknowledgement { at } recipient { code } } } }";
    let baghdad = &usual.baghdad;
    let seen_by_oversight = async || {
        let data = world.auditor().ask(query, json!({})).await.ok();
        let nodes = data["notices"]["nodes"].as_array().expect("nodes").clone();
        let own = nodes
            .into_iter()
            .find(|notice| notice["recipient"]["code"] == "iom-baghdad");
        own.expect("a notice of Baghdad's")
    };
    assert_eq!(seen_by_oversight().await["deliveredAt"], Value::Null);
    assert_eq!(
        seen_by_oversight().await["deliveredAt"],
        Value::Null,
        "oversight's reading is no delivery"
    );
    baghdad.ask(query, json!({})).await.ok();
    let read = world.clock.now();
    // It is noted after the answer, and so may not be there at once.
    let mut noted = seen_by_oversight().await;
    for _ in 0..500 {
        if noted["deliveredAt"].is_null() {
            noted = seen_by_oversight().await;
        }
    }
    assert_eq!(
        (
            &noted["deliveredAt"],
            &noted["deliveredVia"],
            &noted["acknowledgement"]
        ),
        (&json!(read), &json!("PULL"), &Value::Null)
    );
    world.time_passes(TimeDelta::hours(1));
    baghdad.ask(query, json!({})).await.ok();
    baghdad.acknowledges_notices(10, "").await;
    let taken = seen_by_oversight().await;
    assert_eq!(taken["deliveredAt"], json!(read));
    assert!(!taken["acknowledgement"].is_null());
}

/// What a notice is about goes before its envelope, and only once its case has ended; who comes back too late is told so.
async fn what_is_not_kept_any_more_is_said_and_never_skipped(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let (baghdad, auditor) = (&usual.baghdad, world.auditor());
    usual.pristina.withdraws(&usual.case).await;
    let ended = baghdad.proves_its_inbox().await;
    let ended = ended.last().expect("a retraction")["case"]["id"].clone();
    let other = world.a_usual_case(Until::Departed).await;
    let whole = baghdad.proves_its_inbox().await;
    let page = "query($after: String) { notices(first: 1, after: $after) { nodes { sequence } pageInfo { endCursor } } }";
    let data = baghdad.ask(page, json!({})).await.ok();
    let first_page = data["notices"]["pageInfo"]["endCursor"].clone();

    world.time_passes(TimeDelta::days(31));
    auditor.erases_what_is_due().await;
    let after_a_month = baghdad.proves_its_inbox().await;
    assert_eq!(after_a_month.len(), whole.len(), "envelopes stay");
    let of_case = |notices: &[Value], id: &Value| {
        let of_it = notices.iter().filter(|notice| notice["case"]["id"] == *id);
        of_it.count()
    };
    assert!(of_case(&whole, &ended) > 1);
    assert_eq!(
        of_case(&after_a_month, &ended),
        0,
        "of a case that ended a month ago"
    );
    let going_on = json!(baghdad.id_of(&other.case).await);
    assert_eq!(
        of_case(&after_a_month, &going_on),
        of_case(&whole, &going_on),
        "of a case that goes on"
    );

    // The oldest notice is of the case that ended: from the beginning on, envelopes go up to the first that is kept.
    world.time_passes(TimeDelta::days(30));
    auditor.erases_what_is_due().await;
    let head = baghdad.head().await;
    let oldest = head["oldestSequence"].as_i64().expect("a place");
    assert!(oldest > 1, "{head}");
    let left = baghdad.proves_its_inbox().await;
    assert_eq!(left.first().expect("a notice")["case"]["id"], going_on);
    assert_eq!(head["sequence"], whole.len());

    let after = "query($after: Int) { notices(filter: { afterSequence: $after }) { nodes { sequence } } }";
    for place in [0, oldest - 2] {
        let refused = baghdad.ask(after, json!({ "after": place })).await;
        refused.is_refused("CURSOR_EXPIRED");
        assert_eq!(refused.errors[0]["extensions"]["oldestSequence"], oldest);
    }
    let kept = baghdad.ask(after, json!({ "after": oldest - 1 })).await.ok();
    assert_eq!(kept["notices"]["nodes"][0]["sequence"], oldest);
    let nowhere = baghdad.ask(after, json!({ "after": -1 })).await;
    nowhere.is_refused("INVALID_ARGUMENT");
    let refused = baghdad.ask(page, json!({ "after": first_page })).await;
    refused.is_refused("CURSOR_EXPIRED");
    assert_eq!(refused.errors[0]["extensions"]["oldestSequence"], oldest);

    for field in ["notices", "departures"] {
        let mut socket = baghdad.connects().await;
        let query = format!("subscription {{ {field}(afterSequence: 0) {{ sequence }} }}");
        socket.start("late", &query, &json!({})).await;
        let Heard::Message(message) = socket.hear().await else {
            panic!("no word about {field}")
        };
        let text = message.to_string();
        assert!(
            text.contains("CURSOR_EXPIRED") && text.contains("oldestSequence"),
            "{text}"
        );
    }
    // The notices that come now go on where the inbox stood, and it can still be proven.
    world.a_usual_case(Until::Booked).await;
    let grown = baghdad.proves_its_inbox().await;
    assert!(grown.len() > left.len(), "{} and {}", grown.len(), left.len());
}

/// Whatever its age, what is still escalating is kept.
async fn what_is_still_escalating_is_kept_whole(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let (pristina, baghdad, auditor) = (&usual.pristina, &usual.baghdad, world.auditor());
    let waiting = pristina.escalation_of(baghdad).await;
    assert!(!waiting["nextStepAt"].is_null());
    let ended = "UPDATE cases SET ended_at = opened_at";
    world
        .stage
        .by_hand(ended)
        .await
        .expect("cases that ended long ago");
    world.time_passes(TimeDelta::days(61));
    auditor.erases_what_is_due().await;
    let inbox = baghdad.proves_its_inbox().await;
    let departed = inbox
        .iter()
        .find(|notice| notice["type"] == "DEPARTED")
        .expect("it is kept");
    assert_eq!(inbox.len(), 1, "what came before it is gone: {inbox:?}");
    assert!(!departed["case"].is_null(), "{departed}");
    baghdad.takes_note(departed).await;
    auditor.erases_what_is_due().await;
    assert_eq!(baghdad.proves_its_inbox().await, Vec::<Value>::new());
    let head = baghdad.head().await;
    assert_eq!(head["count"], 0);
    assert_eq!(head["chain"], head["oldestChain"]);
}

with_short_memory!(
    every_recipient_proves_that_it_has_everything,
    corrections_refer_to_what_they_correct,
    delivered_and_acknowledged_are_two_facts,
    what_is_not_kept_any_more_is_said_and_never_skipped,
    what_is_still_escalating_is_kept_whole,
);
