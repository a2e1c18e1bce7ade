//! A country is closed: the cases that it concerns are halted by the system, and go on one by one, by hand, once it is
//! open again (INV-19, scenario 16). Outside IOM nobody learns of it.

use crate::support::*;
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

const STATE: &str = "{ state holdReason }";

/// What an actor was told, from a place on, and of which case.
async fn told(actor: &Actor, from: usize) -> Vec<Value> {
    let inbox = actor.inbox().await.into_iter().skip(from);
    inbox.map(|mut notice| notice["type"].take()).collect()
}

/// How many cases of an actor's wait to be resumed after the first suspension, and how many it concerned.
async fn to_resume(actor: &Actor) -> (usize, usize) {
    let query = "{ operationsSuspensions { affectedCases { id } casesToResume { id state } } }";
    let data = actor.ask(query, json!({})).await.ok();
    let suspension = &data["operationsSuspensions"][0];
    let count = |list: &str| suspension[list].as_array().map_or(0, Vec::len);
    (count("casesToResume"), count("affectedCases"))
}

async fn inv_19_a_closed_country_halts_its_cases_until_they_are_resumed_by_hand(world: &World) {
    let admin = world.admin();
    let registered = world.a_usual_case(Until::Registered).await;
    let ready = world.a_usual_case(Until::Ready).await;
    let (pristina, baghdad, istanbul) = (&ready.pristina, &ready.baghdad, &ready.istanbul);
    let elsewhere = pristina.opens_a_case_for(person().of("PAK")).await;
    let ill = world.a_usual_case(Until::Registered).await;
    pristina.holds(&ill.case, "MEDICAL").await;
    pristina
        .holds(&registered.case, "OPERATIONS_SUSPENDED")
        .is_refused("INVALID")
        .await;
    let heard = [
        told(pristina, 0).await.len(),
        told(baghdad, 0).await.len(),
        told(istanbul, 0).await.len(),
    ];

    admin.suspends_operations("IRQ", "COUNTRY_CLOSED").await;
    let on_hold = json!({ "state": "ON_HOLD", "holdReason": "OPERATIONS_SUSPENDED" });
    for case in [&registered.case, &ready.case] {
        assert_eq!(pristina.sees(case, STATE).await.row, on_hold);
    }
    let other = pristina.sees(&ill.case, STATE).await.row;
    assert_eq!(other["holdReason"], "MEDICAL", "it is on hold for its own reason");
    assert_eq!(pristina.sees(&elsewhere, STATE).await.row["state"], "INQUIRY");
    let history = "{ history { event command fromState toState reason organisation { code } } }";
    let history = pristina.sees(&ready.case, history).await.row["history"].take();
    assert_eq!(
        history.as_array().and_then(|history| history.last()),
        Some(&json!({
            "event": "OPERATIONS_SUSPENDED",
            "command": "suspendOperations",
            "fromState": "READY_TO_DEPART",
            "toState": "ON_HOLD",
            "reason": "COUNTRY_CLOSED",
            "organisation": null,
        }))
    );
    assert_eq!(
        told(pristina, heard[0]).await,
        ["OPERATIONS_SUSPENDED"; 3],
        "one for each case, and none for the hold"
    );
    assert_eq!(told(baghdad, heard[1]).await, ["OPERATIONS_SUSPENDED"; 3]);
    assert_eq!(told(istanbul, heard[2]).await, ["OPERATIONS_SUSPENDED"]);

    // Documents are looked after meanwhile; nobody goes on, and whoever wishes to steps back.
    pristina.requests_a_travel_document(&registered.case).await;
    pristina
        .requests_a_travel_document(&ill.case)
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .rebooks(&ready.case, ready.itinerary(), "PRN-IST-BGW", 12)
        .is_refused("OPERATIONS_SUSPENDED")
        .await;
    for case in [&registered.case, &ready.case, &ill.case] {
        let refusal = pristina.resumes(case).is_refused("OPERATIONS_SUSPENDED").await;
        assert_eq!(refusal["field"], Value::Null);
    }
    assert_eq!(to_resume(pristina).await, (2, 3));
    pristina.withdraws(&registered.case).await;
    let withdrawn = json!({ "state": "WITHDRAWN", "holdReason": null });
    assert_eq!(pristina.sees(&registered.case, STATE).await.row, withdrawn);

    // Lifting it lets nothing go on by itself.
    admin.resumes_operations("IRQ", 1).await;
    assert_eq!(pristina.sees(&ready.case, STATE).await.row, on_hold);
    assert_eq!(to_resume(pristina).await, (1, 3));
    pristina
        .rebooks(&ready.case, ready.itinerary(), "PRN-IST-BGW", 12)
        .is_refused("WRONG_STATE")
        .await;
    pristina.resumes(&ready.case).await;
    assert_eq!(
        pristina.sees(&ready.case, STATE).await.row,
        json!({ "state": "READY_TO_DEPART", "holdReason": null })
    );
    assert_eq!(to_resume(pristina).await, (0, 3));
    assert_eq!(to_resume(&ready.iraq).await, (0, 0));
}

/// The journey lies beyond the known end of the suspension: the missions are told, and the case goes on.
async fn a_journey_after_the_known_end_of_a_suspension_goes_on(world: &World) {
    let booked = world.a_usual_case(Until::Booked).await;
    let pristina = &booked.pristina;
    let until = pristina.now() + TimeDelta::days(5);
    let suspending = world.admin();
    suspending
        .suspends_operations("IRQ", "SECURITY")
        .with("until", json!(until))
        .await;
    assert_eq!(
        told(pristina, 0).await.last(),
        Some(&json!("OPERATIONS_SUSPENDED"))
    );
    assert_eq!(
        pristina.sees(&booked.case, STATE).await.row["state"],
        "PRE_DEPARTURE"
    );
    pristina.tickets(booked.itinerary()).await;

    // Whoever has no journey yet waits until that end, which needs no lifting.
    let waiting = world.a_usual_case(Until::Registered).await;
    suspending.resumes_operations("IRQ", 1).await;
    let until = pristina.now() + TimeDelta::days(5);
    suspending
        .suspends_operations("IRQ", "SECURITY")
        .with("until", json!(until))
        .await;
    pristina
        .resumes(&waiting.case)
        .is_refused("OPERATIONS_SUSPENDED")
        .await;
    world.time_passes(TimeDelta::days(5));
    pristina.resumes(&waiting.case).await;
}

/// The authorities and the post see what they saw, and what they do is answered as before.
async fn nobody_outside_iom_learns_of_a_suspension(world: &World) {
    let ready = world.a_usual_case(Until::Ready).await;
    let asked = world.a_usual_case(Until::Registered).await;
    let objecting = world.a_usual_case(Until::Registered).await;
    let (pristina, migration) = (&ready.pristina, &ready.migration);
    for case in [&asked.case, &objecting.case] {
        pristina.asks_for_objections(case).await;
    }
    let request = pristina.requests_a_travel_document(&asked.case).await;
    let outside = [&ready.police, migration, &ready.iraq, &world.dashboard()].map(Clone::clone);
    let period = "{ cases { nodes { statutoryPeriod { endsOn daysOnHold holdStopsPeriod } } } }";
    let look = async |actor: &Actor| {
        let answer = actor.everything().await;
        let suspended = "{ operationsSuspensions { country { code } casesToResume { id } } }";
        let periods = actor.ask(period, json!({})).await.ok();
        let suspensions = actor.ask(suspended, json!({})).await.ok();
        (
            answer.data,
            answer.extensions["redactions"].clone(),
            periods,
            suspensions,
        )
    };
    let mut before = Vec::new();
    for actor in &outside {
        before.push(look(actor).await);
    }
    assert_eq!(before[0].0["cases"]["nodes"][0]["state"], "PLANNED");
    world.admin().suspends_operations("IRQ", "COUNTRY_CLOSED").await;
    for (actor, before) in outside.iter().zip(&before) {
        assert_eq!(&look(actor).await, before, "{} learns of it", actor.client);
    }

    // What they were asked before goes on.
    ready.iraq.acknowledges(&request).await;
    migration.does_not_object(&asked.case).await;
    migration.objects(&objecting.case, "EXIT_BAN").await;
    let halted = pristina.sees(&asked.case, STATE).await.row;
    assert_eq!(halted["state"], "ON_HOLD");
    world.admin().resumes_operations("IRQ", 1).await;
    for (case, state) in [(&asked.case, "OBJECTION_CHECK"), (&objecting.case, "OBJECTED")] {
        pristina.resumes(case).await;
        assert_eq!(pristina.sees(case, STATE).await.row["state"], state);
    }
    pristina.starts_pre_departure(&asked.case).await;
}

/// The authority that was asked is silent for long enough, also while the case is on hold, of which it knows nothing.
async fn silence_counts_while_a_case_is_on_hold(world: &World) {
    let asked = world.a_usual_case(Until::Registered).await;
    let pristina = &asked.pristina;
    pristina.asks_for_objections(&asked.case).await;
    world.admin().suspends_operations("IRQ", "COUNTRY_CLOSED").await;
    let mut inbox = pristina.listens_from_now().await;
    world.time_passes(TimeDelta::days(7));
    inbox.hears(&["OBJECTION_RESULT"]).await;
    world.admin().resumes_operations("IRQ", 1).await;
    pristina.resumes(&asked.case).await;
    pristina.starts_pre_departure(&asked.case).await;
}

/// A halted journey may be given up: the case then goes on from the preparation, not from a readiness that is gone.
async fn a_halted_case_whose_journey_is_given_up_is_prepared_again(world: &World) {
    let ready = world.a_usual_case(Until::Ready).await;
    let pristina = &ready.pristina;
    world.admin().suspends_operations("TUR", "COUNTRY_CLOSED").await;
    pristina.suspends(ready.itinerary(), "COUNTRY_CLOSED").await;
    assert_eq!(pristina.sees(&ready.case, STATE).await.row["state"], "ON_HOLD");
    assert_eq!(
        ready.police.inbox().await.last().expect("a notice")["type"],
        "ITINERARY_SUSPENDED"
    );
    pristina.resumes(&ready.case).await;
    assert_eq!(
        pristina.sees(&ready.case, STATE).await.row["state"],
        "PRE_DEPARTURE"
    );
    pristina
        .rebooks(&ready.case, ready.itinerary(), "PRN-VIE-BGW", 12)
        .await;
}

const PERIOD: &str = "{ state statutoryPeriod { endsOn daysOnHold holdStopsPeriod } }";

/// Whether the days of such a hold count is the territory's own law: where they do the case lapses on hold, where they do
/// not the end moves with the hold.
async fn the_statutory_clock_stands_still_where_the_territory_says_so(world: &World) {
    let admin = world.admin();
    admin
        .configures("XKX", 1)
        .with("suspensionStopsPeriod", true)
        .await;
    let stopped = world.a_usual_case(Until::Issued).await;
    let began = world.today();
    world.time_passes(TimeDelta::days(1));
    admin.configures("XKX", 2).await;
    let running = world.a_usual_case(Until::PreDeparture).await;
    let pristina = &running.pristina;
    let mut inbox = pristina.listens_from_now().await;

    world.time_passes(TimeDelta::days(9));
    admin.suspends_operations("IRQ", "COUNTRY_CLOSED").await;
    inbox
        .hears(&["OPERATIONS_SUSPENDED", "OPERATIONS_SUSPENDED"])
        .await;
    world.time_passes(TimeDelta::days(10));
    let period = |days: u64, held: i32, stops: bool, state: &str| {
        json!({ "state": state, "statutoryPeriod": {
            "endsOn": began + Days::new(days), "daysOnHold": held, "holdStopsPeriod": stops } })
    };
    assert_eq!(
        pristina.sees(&running.case, PERIOD).await.row,
        period(31, 10, false, "ON_HOLD"),
        "days on hold are days like any other"
    );
    assert_eq!(
        pristina.sees(&stopped.case, PERIOD).await.row,
        period(40, 10, true, "ON_HOLD")
    );

    // Had the clock not stopped, the one that began a day earlier would lapse first.
    world.time_passes(TimeDelta::days(12));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"; 2]).await;
    inbox.hears(&["APPLICATION_EXPIRED"]).await;
    assert_eq!(pristina.sees(&running.case, PERIOD).await.row["state"], "EXPIRED");
    assert_eq!(
        pristina.sees(&stopped.case, PERIOD).await.row,
        period(52, 22, true, "ON_HOLD")
    );
    admin.resumes_operations("IRQ", 1).await;
    pristina.resumes(&stopped.case).await;
    world.time_passes(TimeDelta::days(1));
    assert_eq!(
        pristina.sees(&stopped.case, PERIOD).await.row,
        period(52, 22, true, "PRE_DEPARTURE"),
        "the clock goes on"
    );
    pristina
        .books(&stopped.case, "PRN-IST-BGW", 20)
        .is_refused("STATUTORY_PERIOD_EXCEEDED")
        .await;
    pristina.books(&stopped.case, "PRN-IST-BGW", 19).await;
    inbox.has_heard_everything().await;
    world.time_passes(TimeDelta::days(13));
    inbox.hears(&["STATUTORY_PERIOD_EXPIRING"]).await;
}

/// A ticket through a closed country is worth nothing, whatever the case is ready for: the persons go around it, or wait.
async fn nobody_leaves_by_way_of_a_closed_country_on_an_old_ticket(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    world.admin().suspends_operations("TUR", "COUNTRY_CLOSED").await;
    assert_eq!(pristina.sees(case, STATE).await.row["state"], "ON_HOLD");
    pristina.resumes(case).await;
    world.time_passes(TimeDelta::days(9));
    pristina
        .confirms_departure(case)
        .is_refused("OPERATIONS_SUSPENDED")
        .await;
    world.admin().resumes_operations("TUR", 1).await;
    pristina.confirms_departure(case).await;
}

on_both_databases!(
    inv_19_a_closed_country_halts_its_cases_until_they_are_resumed_by_hand,
    a_journey_after_the_known_end_of_a_suspension_goes_on,
    nobody_outside_iom_learns_of_a_suspension,
    silence_counts_while_a_case_is_on_hold,
    a_halted_case_whose_journey_is_given_up_is_prepared_again,
    the_statutory_clock_stands_still_where_the_territory_says_so,
    nobody_leaves_by_way_of_a_closed_country_on_an_old_ticket,
);
