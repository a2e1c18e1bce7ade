//! A group travels together: its manifest is never behind its cases, and tells everybody who travels, and nobody why
//! somebody does not (scenario 10).

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// A family of so many adults, prepared as far as a journey may be booked: everybody has a passport.
pub async fn a_family(mission: &Actor, size: usize) -> Case {
    let mut persons: Vec<Person> = (0..size).map(|_| person().of("IRQ")).collect();
    persons[0].input["headOfHousehold"] = true.into();
    let case = mission.opens_a_case_for(persons).await;
    mission.registers(&case, USUAL).await;
    mission.prepares_the_departure(&case).await;
    for name in case.names() {
        mission.records_a_document_for(&case, name, passport()).await;
    }
    case
}

/// The case is listed, ticketed and received, and everything is in place.
async fn is_ready_to_fly(world: &World, mission: &Actor, case: &Case, charter: &Movement) -> Row {
    let journey = mission.lists(case, charter).await;
    mission.tickets(&journey).await;
    world.mission("Baghdad").confirms_reception(&journey).await;
    mission.marks_ready(case).await;
    journey
}

/// What an actor sees of a movement.
pub async fn seen(actor: &Actor, charter: &Movement, selection: &str) -> Value {
    let found = actor.finds_movement(charter, selection).await;
    found.unwrap_or_else(|| panic!("{} does not find {charter:?}", actor.client))
}

/// How many lines of a manifest are in a state.
pub fn how_many(manifest: &Value, state: &str) -> usize {
    let lines = manifest.as_array().expect("a manifest").iter();
    lines.filter(|line| line["state"] == state).count()
}

pub async fn types_told(actor: &Actor, from: usize) -> Vec<Value> {
    let inbox = actor.inbox().await.into_iter().skip(from);
    inbox.map(|mut notice| notice["type"].take()).collect()
}

/// Forty are on the charter. Three do not come, one withdraws at the gate, one is found unfit: thirty-five fly.
#[expect(
    clippy::too_many_lines,
    reason = "one day of one charter, told from its beginning to its end"
)]
async fn forty_are_listed_and_thirty_five_fly(world: &World) {
    let (pristina, baghdad) = (world.mission("Pristina"), world.mission("Baghdad"));
    let (police, auditor) = (world.police("XKX"), world.auditor());
    let charter = pristina.drafts_movement("CHARTER-7", "PRN-BGW", 9, 40).await;
    pristina
        .drafts_movement("CHARTER-7", "PRN-BGW", 9, 40)
        .is_refused("ALREADY_EXISTS")
        .await;
    let mut flying = Vec::new();
    for _ in 0..5 {
        flying.push(a_family(&pristina, 7).await);
    }
    let late = a_family(&pristina, 3).await;
    let withdrawing = a_family(&pristina, 1).await;
    let unfit = a_family(&pristina, 1).await;
    let one_more = a_family(&pristina, 1).await;

    pristina
        .lists(&flying[0], &charter)
        .is_refused("MANIFEST_NOT_OPEN")
        .await;
    pristina.takes_movement(&charter, "openManifest").await;
    for case in flying.iter().chain([&withdrawing, &unfit]) {
        is_ready_to_fly(world, &pristina, case, &charter).await;
    }
    let missed = is_ready_to_fly(world, &pristina, &late, &charter).await;
    pristina
        .lists(&one_more, &charter)
        .is_refused("MOVEMENT_FULL")
        .await;
    pristina.takes_movement(&charter, "lockManifest").await;
    pristina
        .lists(&one_more, &charter)
        .is_refused("MANIFEST_NOT_OPEN")
        .await;

    let manifest = "state listedAtLock travelling boarded manifest { state person { fullName } }
        changesSinceLock { from to changedAt person { fullName } }";
    let before = seen(&police, &charter, manifest).await;
    assert_eq!(
        (&before["listedAtLock"], &before["travelling"]),
        (&json!(40), &json!(40))
    );
    assert_eq!(how_many(&before["manifest"], "CONFIRMED"), 40);
    assert_eq!(before["changesSinceLock"], json!([]));

    pristina
        .takes_movement(&charter, "clearMovement")
        .is_refused("AIRLINE_CLEARANCE_MISSING")
        .await;
    pristina
        .confirms_departure(&flying[0])
        .is_refused("MOVEMENT_NOT_CLEARED")
        .await;
    pristina.records_clearance(&flying[0], "GROUP").await;
    pristina.takes_movement(&charter, "clearMovement").await;
    pristina
        .records_no_show(&missed)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    let told = [
        types_told(&police, 0).await.len(),
        types_told(&baghdad, 0).await.len(),
    ];

    // The day of the departure.
    world.time_passes(TimeDelta::days(8) + TimeDelta::hours(18));
    pristina.records_no_show(&missed).await;
    pristina.withdraws(&withdrawing).await;
    pristina.health().finds_unfit(&unfit, unfit.head()).await;
    pristina
        .takes_movement(&charter, "departMovement")
        .is_refused("PASSENGERS_UNACCOUNTED")
        .await;
    assert_eq!(
        types_told(&police, told[0]).await,
        ["ITINERARY_CANCELLED", "NOTICE_RETRACTED", "ITINERARY_CHANGED"]
    );
    for case in &flying {
        pristina.confirms_departure(case).await;
    }
    pristina.takes_movement(&charter, "departMovement").await;

    // The police: forty, less five, and not a word of why.
    let after = seen(&police, &charter, manifest).await;
    assert_eq!(
        (&after["listedAtLock"], &after["travelling"], &after["boarded"]),
        (&json!(40), &json!(35), &json!(35))
    );
    assert_eq!(how_many(&after["manifest"], "BOARDED"), 35);
    assert_eq!(how_many(&after["manifest"], "NOT_TRAVELLING"), 5);
    let changes = after["changesSinceLock"].as_array().expect("changes");
    let off: Vec<&Value> = changes
        .iter()
        .filter(|change| change["to"] == "NOT_TRAVELLING")
        .collect();
    assert_eq!((changes.len(), off.len()), (40, 5));
    assert!(off.iter().all(|change| change["from"] == "CONFIRMED"));
    let gone: Vec<&Value> = off.iter().map(|change| &change["person"]["fullName"]).collect();
    let names = late
        .names()
        .iter()
        .chain(withdrawing.names())
        .chain(unfit.names());
    for name in names {
        assert!(gone.contains(&&json!(name)), "{name} is not told of");
    }
    let text = after.to_string() + &police.everything().await.text;
    for word in ["NO_SHOW", "WITHDRAWN", "STOOD_DOWN", "UNFIT"] {
        assert!(!text.contains(word), "the police read {word}");
    }
    let shown = police.sees(&missed, "{ state movement { reference } }").await;
    assert_eq!(
        shown.row,
        json!({ "state": "CANCELLED", "movement": { "reference": "CHARTER-7" } })
    );

    // The receiving mission prepares for thirty-five, told once of each case; who comes late hears the same.
    let arriving = seen(&baghdad, &charter, manifest).await;
    assert_eq!(arriving["boarded"], 35);
    for (state, count) in [
        ("BOARDED", 35),
        ("NO_SHOW", 3),
        ("WITHDRAWN", 1),
        ("STOOD_DOWN", 1),
    ] {
        assert_eq!(how_many(&arriving["manifest"], state), count, "{state}");
    }
    let news = types_told(&baghdad, told[1]).await;
    let expected = ["ITINERARY_CANCELLED", "NOTICE_RETRACTED", "ITINERARY_CHANGED"];
    assert_eq!(news[..3], expected);
    assert_eq!(news[3..], vec![json!("DEPARTED"); flying.len()]);
    let from = i64::try_from(told[1]).expect("a small number");
    let mut subscriber = baghdad.listens_after(from).await;
    subscriber.hears(&expected).await;
    subscriber.hears(&["DEPARTED"; 5]).await;
    subscriber.has_heard_everything().await;
    let mut later_still = baghdad.listens().await;
    let whole = baghdad.proves_its_inbox().await;
    for notice in &whole {
        assert_eq!(later_still.next().await["type"], notice["type"]);
    }
    later_still.has_heard_everything().await;
    police.proves_its_inbox().await;

    // Whoever is fit again after all needs another flight; whoever did not come as well.
    pristina.health().finds_fit(&unfit, unfit.head(), &[]).await;
    pristina
        .marks_ready(&unfit)
        .is_refused("NOT_ON_THE_MANIFEST")
        .await;
    pristina.books(&late, "PRN-IST-BGW", 12).await;

    pristina
        .takes_movement(&charter, "landMovement")
        .is_refused("NOT_THE_MISSION_THERE")
        .await;
    world.time_passes(TimeDelta::hours(6));
    baghdad.takes_movement(&charter, "landMovement").await;
    for (nth, case) in flying.iter().enumerate() {
        pristina
            .takes_movement(&charter, "reconcileMovement")
            .is_refused("ARRIVALS_DO_NOT_RECONCILE")
            .await;
        baghdad.confirms_arrival(case).await;
        assert_eq!(
            types_told(&pristina, 0)
                .await
                .iter()
                .filter(|told| *told == "ARRIVED")
                .count(),
            nth + 1
        );
    }
    pristina.takes_movement(&charter, "reconcileMovement").await;
    pristina
        .takes_movement(&charter, "cancelMovement")
        .is_refused("WRONG_STATE")
        .await;

    let history = seen(&pristina, &charter, "history { event command fromState toState }").await;
    let steps: Vec<&Value> = history["history"]
        .as_array()
        .expect("a history")
        .iter()
        .map(|entry| &entry["event"])
        .collect();
    assert_eq!(
        steps,
        [
            "MOVEMENT_DRAFTED",
            "MANIFEST_OPENED",
            "MANIFEST_LOCKED",
            "MOVEMENT_CLEARED",
            "MOVEMENT_DEPARTED",
            "MOVEMENT_LANDED",
            "MOVEMENT_RECONCILED"
        ]
    );
    let counted = seen(&auditor, &charter, manifest).await;
    assert_eq!(
        counted["manifest"],
        Value::Null,
        "oversight counts, and reads no names"
    );
    assert_eq!(
        (&counted["listedAtLock"], &counted["boarded"]),
        (&json!(40), &json!(35))
    );
}

/// One seat is left, and two clerks want it.
async fn two_clerks_compete_for_the_last_seat(world: &World) {
    let pristina = world.mission("Pristina");
    let charter = pristina.drafts_movement("CHARTER-1", "PRN-BGW", 9, 1).await;
    pristina.takes_movement(&charter, "openManifest").await;
    let (one, other) = (a_family(&pristina, 1).await, a_family(&pristina, 1).await);
    let (first, second) = tokio::join!(
        pristina.lists(&one, &charter).answer(),
        pristina.lists(&other, &charter).answer()
    );
    let mut codes = Vec::new();
    for answer in [first, second] {
        let data = answer.ok();
        codes.push(data["listOnManifest"]["errors"][0]["code"].clone());
    }
    codes.sort_by_key(|code| code.as_str().map(str::to_owned));
    assert_eq!(codes, [Value::Null, json!("MOVEMENT_FULL")]);
    let taken = seen(&pristina, &charter, "travelling manifest { state }").await;
    assert_eq!(
        (&taken["travelling"], &taken["manifest"]),
        (&json!(1), &json!([{ "state": "LISTED" }]))
    );

    // Whoever steps back leaves the seat to the other.
    let (listed, waiting) = match pristina.id_of(&one.itinerary(1)).await {
        Some(_) => (one, other),
        None => (other, one),
    };
    pristina
        .takes_movement(&charter, "cancelMovement")
        .is_refused("MANIFEST_NOT_EMPTY")
        .await;
    pristina.cancels_itinerary(&listed.itinerary(1)).await;
    let journey = pristina.lists(&waiting, &charter).await;
    let states = seen(&pristina, &charter, "travelling manifest { state }").await;
    assert_eq!(
        (&states["travelling"], &states["manifest"]),
        (
            &json!(1),
            &json!([{ "state": "STOOD_DOWN" }, { "state": "LISTED" }])
        )
    );
    pristina.suspends(&journey, "CARRIER_CANCELLED").await;
    pristina.takes_movement(&charter, "cancelMovement").await;
    let cancelled = seen(&pristina, &charter, "state travelling").await;
    assert_eq!(
        (&cancelled["state"], &cancelled["travelling"]),
        (&json!("CANCELLED"), &json!(0))
    );
}

/// A charter calls at Pristina on its way from Sarajevo: each mission sends its own, and sees no more of the other's than
/// its part in them allows. Whoever has no part in anybody on it finds nothing.
async fn two_missions_share_a_charter_and_strangers_find_nothing(world: &World) {
    let (sarajevo, pristina) = (world.mission("Sarajevo"), world.mission("Pristina"));
    let charter = sarajevo.drafts_movement("CHARTER-2", "SJJ-PRN-BGW", 9, 10).await;
    sarajevo.takes_movement(&charter, "openManifest").await;
    let (theirs, ours) = (a_family(&sarajevo, 2).await, a_family(&pristina, 1).await);
    assert_eq!(
        pristina.finds_movement(&charter, "").await,
        None,
        "nobody of Pristina's is on it"
    );
    pristina
        .lists(&ours, &Movement::of("CHARTER-3"))
        .is_refused("NO_SUCH_MOVEMENT")
        .await;
    let on_the_way = pristina.lists(&ours, &charter).await;
    let part = pristina
        .sees(
            &on_the_way,
            "{ segments { position departureAirport arrivalAirport } transitHandlings { state } }",
        )
        .await;
    assert_eq!(
        part.row,
        json!({
            "segments": [{ "position": 0, "departureAirport": "PRN", "arrivalAirport": "BGW" }],
            "transitHandlings": [],
        })
    );
    let counts = "travelling manifest { case { id } }";
    assert_eq!(seen(&pristina, &charter, counts).await["travelling"], 1);
    assert_eq!(
        seen(&sarajevo, &charter, counts).await["travelling"],
        0,
        "Pristina's case is no business of Sarajevo's"
    );
    let whole = sarajevo.lists(&theirs, &charter).await;
    let flown = sarajevo.sees(&whole, "{ segments { departureAirport } }").await;
    assert_eq!(flown.row["segments"].as_array().map(Vec::len), Some(2));
    assert_eq!(seen(&sarajevo, &charter, counts).await["travelling"], 2);
    assert_eq!(
        seen(&pristina, &charter, counts).await["travelling"],
        3,
        "Pristina assists Sarajevo's on the way"
    );
    pristina
        .takes_movement(&charter, "lockManifest")
        .is_forbidden()
        .await;

    let strangers = [
        world.mission("Skopje"),
        world.embassy("Iraq", "Belgrade"),
        world.migration("XKX"),
        world.police("XKX"),
        world.police("SRB"),
        world.dashboard(),
        world.admin(),
    ];
    let id = seen(&sarajevo, &charter, "").await["id"].clone();
    let by_id = "query($id: ID!) { node(id: $id) { id } }";
    for stranger in strangers {
        assert_eq!(
            stranger.finds_movement(&charter, "").await,
            None,
            "{}",
            stranger.client
        );
        let found = stranger.ask(by_id, json!({ "id": id })).await.ok();
        assert_eq!(found["node"], Value::Null, "{}", stranger.client);
        stranger
            .takes_movement(&charter, "lockManifest")
            .is_not_found()
            .await;
    }
}

on_both_databases!(
    forty_are_listed_and_thirty_five_fly,
    two_clerks_compete_for_the_last_seat,
    two_missions_share_a_charter_and_strangers_find_nothing,
);
