//! A withdrawal meets whatever others do at the same moment, each with a client of its own. However the database puts them
//! in order, in the end either the persons have left and the withdrawal was refused, or it holds: then nothing is open,
//! what was paid is paid, and everybody who had been told is told once (INV-03, INV-04).

use crate::support::*;
use chrono::TimeDelta;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Barrier;

/// Where the races begin.
const BEGINNINGS: [Until; 5] = [
    Until::Requested,
    Until::Confirmed,
    Until::Booked,
    Until::Ticketed,
    Until::Ready,
];

/// How many races: each beginning, with and without the departure among the rivals.
const RACES: usize = 10;

/// What a rival was answered: the command, and the code that refused it, if one did.
type Ending = (String, Option<String>);

/// Gives a command at the same moment as all others. The body was written before, as a clerk's form would be.
async fn gives(actor: Actor, body: Value, start: Arc<Barrier>) -> Ending {
    start.wait().await;
    let answer = actor.post(&body).await;
    let (command, payload) = answer
        .data
        .as_object()
        .and_then(|data| data.iter().next())
        .map(|(command, payload)| (command.clone(), payload.clone()))
        .unwrap_or_default();
    let code = match payload["errors"].as_array() {
        Some(errors) => errors
            .first()
            .map(|error| error["code"].as_str().expect("a code").to_owned()),
        None => Some(answer.code().to_owned()),
    };
    let whole = ["NOT_FOUND", "FORBIDDEN"];
    assert!(
        payload["errors"].is_array() || whole.contains(&answer.code()),
        "{} is no answer to a rival: {}",
        answer.code(),
        answer.text
    );
    (command, code)
}

/// The rivals of a withdrawal at a stage, each with its form filled in for the case as it is.
async fn rivals(usual: &Usual, until: Until, departs: bool) -> Vec<(Actor, Value)> {
    let (pristina, case) = (&usual.pristina, &usual.case);
    let mut rivals = vec![
        (
            pristina.clone(),
            pristina.proposes_a_grant(case, &[6_000, 4_000]).body().await,
        ),
        (
            usual.baghdad.clone(),
            usual
                .baghdad
                .proposes_a_package(case, 9_000, &[4_000])
                .body()
                .await,
        ),
        (pristina.clone(), pristina.holds(case, "MEDICAL").body().await),
    ];
    if until <= Until::Confirmed {
        let (iraq, request) = (&usual.iraq, usual.request());
        let answer = if until == Until::Requested {
            iraq.acknowledges(request)
        } else {
            iraq.issues(request, laissez_passer())
        };
        rivals.push((iraq.clone(), answer.body().await));
    }
    if until == Until::Confirmed {
        rivals.push((
            pristina.clone(),
            pristina.books(case, "PRN-IST-BGW", 9).body().await,
        ));
    }
    if until >= Until::Booked {
        let journey = usual.itinerary();
        let supervisor = pristina.supervisor();
        rivals.push((
            supervisor.clone(),
            supervisor.rebooks(case, journey, "PRN-IST-BGW", 12).body().await,
        ));
        rivals.push((
            pristina.clone(),
            pristina.suspends(journey, "PUBLIC_HEALTH").body().await,
        ));
    }
    if until == Until::Booked {
        rivals.push((pristina.clone(), pristina.tickets(usual.itinerary()).body().await));
    }
    if until >= Until::Booked && until < Until::Ready {
        let (istanbul, baghdad) = (&usual.istanbul, &usual.baghdad);
        rivals.push((
            istanbul.clone(),
            istanbul.confirms_transit(usual.itinerary()).body().await,
        ));
        rivals.push((
            baghdad.clone(),
            baghdad.confirms_reception(usual.itinerary()).body().await,
        ));
        rivals.push((pristina.clone(), pristina.marks_ready(case).body().await));
    }
    if until >= Until::Ticketed {
        rivals.push((pristina.clone(), pristina.pays(usual.grant(), 1).body().await));
    }
    if departs {
        // Only the withdrawal may stop who is about to board.
        let boarding = |(_, body): &(Actor, Value)| {
            let query = body["query"].as_str().unwrap_or_default();
            !["rebookItinerary", "suspendItinerary", "holdCase"]
                .iter()
                .any(|command| query.contains(command))
        };
        rivals.retain(boarding);
        rivals.push((pristina.clone(), pristina.confirms_departure(case).body().await));
    }
    rivals
}

async fn a_withdrawal_and_its_rivals_leave_one_truth(world: &World) {
    let mut ends = BTreeSet::new();
    for race in 0..RACES {
        let until = BEGINNINGS[race % BEGINNINGS.len()];
        let departs = until == Until::Ready && race < BEGINNINGS.len();
        let usual = world.a_usual_case(until).await;
        if until == Until::Ready {
            world.time_passes(TimeDelta::days(9));
        }
        let mut forms = rivals(&usual, until, departs).await;
        let withdrawal = usual.pristina.withdraws(&usual.case).body().await;
        // Who is first in the queue is another in each race.
        forms.insert(race % (forms.len() + 1), (usual.pristina.clone(), withdrawal));
        let start = Arc::new(Barrier::new(forms.len()));
        let runs: Vec<_> = forms
            .into_iter()
            .map(|(actor, body)| tokio::spawn(gives(actor, body, start.clone())))
            .collect();
        let mut endings = Vec::new();
        for run in runs {
            endings.push(run.await.expect("a rival that is answered"));
        }
        ends.insert(one_truth(&usual, &endings, &format!("{until:?} {endings:?}")).await);
    }
    assert!(ends.contains("WITHDRAWN"), "{ends:?}");
}

/// Checks that a case has ended in one way, and gives its state.
async fn one_truth(usual: &Usual, endings: &[Ending], race: &str) -> String {
    let selection = "{ state travelDocumentRequests { state } itineraries { state segments { state } transitHandlings { state } }
        cashGrants { state tranches { number state paidAt } } reintegrationPackages { state items { state } } }";
    let row = usual.pristina.sees(&usual.case, selection).await.row;
    let ending = |command: &str| endings.iter().find(|(given, _)| given == command);
    let (_, refused) = ending("withdrawCase").expect("a withdrawal");
    let state = row["state"].as_str().expect("a state").to_owned();
    if let Some(code) = refused {
        assert_eq!(
            (code.as_str(), state.as_str()),
            ("WRONG_STATE", "DEPARTED"),
            "{race}"
        );
        assert_eq!(
            ending("confirmDeparture").map(|(_, code)| code),
            Some(&None),
            "{race}"
        );
        assert_eq!(row["itineraries"][0]["state"], "DEPARTED", "{race}");
        return state;
    }
    assert_eq!(state, "WITHDRAWN", "{race}");
    let open = [
        "SUBMITTED",
        "ACKNOWLEDGED",
        "NATIONALITY_CONFIRMED",
        "BOOKED",
        "TICKETED",
        "DEPARTED",
        "SCHEDULED",
        "RETIMED",
        "REQUESTED",
        "CONFIRMED",
        "PROPOSED",
        "APPROVED",
        "DUE",
        "PLANNED",
        "AGREED",
    ];
    let mut states = Vec::new();
    states_below(&row, &mut states);
    let left: Vec<&String> = states
        .iter()
        .filter(|state| open.contains(&state.as_str()))
        .collect();
    assert!(left.is_empty(), "{left:?} is open: {race}\n{row}");
    let paid = ending("payTranche").is_some_and(|(_, code)| code.is_none());
    let payments = row["cashGrants"].as_array().into_iter().flatten();
    let payments: Vec<&Value> = payments
        .flat_map(|grant| grant["tranches"].as_array().into_iter().flatten())
        .filter(|tranche| tranche["state"] == "PAID" && !tranche["paidAt"].is_null())
        .collect();
    assert_eq!(payments.len(), usize::from(paid), "{race}");
    for partner in [&usual.istanbul, &usual.baghdad, &usual.police, &usual.migration] {
        everybody_was_told_once(partner, &usual.case, race).await;
    }
    state
}

fn states_below(value: &Value, states: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str().filter(|_| name == "state") {
                    Some(state) => states.push(state.to_owned()),
                    None => states_below(value, states),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| states_below(value, states)),
        _ => {}
    }
}

/// Of a case that ended, whoever had heard something hears once that it no longer holds, last of all, and all of it is taken
/// back; whoever had heard nothing hears nothing.
async fn everybody_was_told_once(partner: &Actor, case: &Case, race: &str) {
    let id = partner.id_of(case).await;
    let inbox = partner.inbox().await;
    let of_case: Vec<&Value> = inbox
        .iter()
        .filter(|notice| id.is_some() && notice["case"]["id"].as_str() == id.as_deref())
        .collect();
    let Some((last, earlier)) = of_case.split_last() else {
        return;
    };
    let endings = ["NOTICE_RETRACTED", "APPLICATION_WITHDRAWN"];
    assert!(
        endings.iter().any(|ending| last["type"] == *ending),
        "{} hears {} last: {race}",
        partner.client,
        last["type"]
    );
    assert_eq!(last["retractedAt"], Value::Null, "{}: {race}", partner.client);
    for notice in earlier {
        assert!(
            notice["retractedAt"].is_string() && !endings.iter().any(|ending| notice["type"] == *ending),
            "{}: {notice}: {race}",
            partner.client
        );
    }
}

on_both_databases!(a_withdrawal_and_its_rivals_leave_one_truth);
