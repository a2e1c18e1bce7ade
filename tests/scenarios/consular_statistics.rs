//! How long consular posts take, how often they refuse, and how long requests wait: what missions are told, and nobody else.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

const POST: &str = "embassy-iraq-belgrade";

const STATISTICS: &str = "query ($posts: [String!]) { consularStatistics(consularPosts: $posts) {
    consularPost { code } threshold suppressed reason waitedUntil
    answers { fromMonth toMonth documents averageDays medianDays }
    refusals { answered refused refusalRate }
    waiting { band atLeast atMost }
} }";

/// What a mission is told of the embassy of Iraq.
async fn told(seat: &Actor) -> Value {
    let answer = seat.ask(STATISTICS, json!({ "posts": [POST] })).await.ok();
    answer["consularStatistics"][0].clone()
}

/// Somebody from Iraq, registered, of whom the embassy was asked.
async fn asked(mission: &Actor) -> Row {
    let case = mission.opens_a_case_for(person().of("IRQ")).await;
    mission.registers(&case, USUAL).await;
    mission.requests_a_travel_document(&case).await
}

async fn issues(post: &Actor, requests: &[Row]) {
    for request in requests {
        post.confirms_nationality(request).await;
        post.issues(request, laissez_passer()).await;
    }
}

/// INV-20. Two missions ask, the embassy answers some of them: once the month is over every mission reads how long it took,
/// but of fewer than five persons nothing, and of refusals only once they and the documents are three each. How many of
/// one part were refused does not follow from anything.
async fn inv_20_missions_learn_how_long_a_post_takes_and_nothing_of_few(world: &World) {
    let (pristina, belgrade, skopje) = (
        world.mission("Pristina"),
        world.mission("Belgrade"),
        world.mission("Skopje"),
    );
    let iraq = world.embassy("Iraq", "Belgrade");
    let mut requests = Vec::new();
    for mission in [&pristina, &belgrade, &pristina, &belgrade, &pristina, &belgrade] {
        requests.push(asked(mission).await);
    }
    world.time_passes(TimeDelta::days(10));
    issues(&iraq, &requests[..2]).await;
    world.time_passes(TimeDelta::days(10));
    issues(&iraq, &requests[2..4]).await;
    world.time_passes(TimeDelta::days(35));
    let few = told(&skopje).await;
    assert_eq!(few["answers"], json!([]), "four documents name somebody");
    assert_eq!(
        (&few["suppressed"], &few["reason"], &few["threshold"]),
        (&json!(true), &json!("PRIMARY"), &json!(5))
    );
    assert_eq!(
        few["waiting"][0],
        json!({ "band": "UP_TO_14_DAYS", "atLeast": 0, "atMost": 4 })
    );

    issues(&iraq, &requests[4..5]).await;
    iraq.refuses(&requests[5], "NATIONALITY_NOT_CONFIRMED").await;
    assert_eq!(told(&skopje).await["answers"], json!([]), "the month is not over");
    world.time_passes(TimeDelta::days(31));
    let first = told(&skopje).await;
    let answer = &first["answers"][0];
    assert_eq!(
        (
            &answer["documents"],
            &answer["averageDays"],
            &answer["medianDays"]
        ),
        (&json!(5), &json!(23), &json!(20)),
        "10, 10, 20, 20 and 55 days"
    );
    assert_eq!(first["suppressed"], false);
    assert_eq!(first["refusals"], json!([]), "one was refused");

    let mut more = Vec::new();
    for _ in 0..5 {
        more.push(asked(&belgrade).await);
    }
    world.time_passes(TimeDelta::days(3));
    for request in &more[..4] {
        iraq.refuses(request, "INCOMPLETE_REQUEST").await;
    }
    issues(&iraq, &more[4..]).await;
    world.time_passes(TimeDelta::days(31));
    let second = told(&skopje).await;
    assert_eq!(
        second["answers"],
        json!([answer]),
        "one document is one person, and waits"
    );
    assert_eq!(second["refusals"], json!([]), "its four refusals wait with it");

    let mut more = Vec::new();
    for _ in 0..4 {
        more.push(asked(&belgrade).await);
    }
    world.time_passes(TimeDelta::days(4));
    issues(&iraq, &more).await;
    world.time_passes(TimeDelta::days(31));
    let third = told(&skopje).await;
    let answers = third["answers"].as_array().expect("answers");
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[1], *answer, "what is out never changes");
    assert_eq!(
        (
            &answers[0]["documents"],
            &answers[0]["averageDays"],
            &answers[0]["medianDays"]
        ),
        (&json!(5), &json!(4), &json!(4))
    );
    let until = answers[1]["toMonth"].as_str().expect("a month");
    assert!(answers[0]["fromMonth"].as_str().expect("a month") > until);
    assert_eq!(
        third["refusals"],
        json!([{ "answered": 15, "refused": 5, "refusalRate": 33.3 }])
    );
}

/// Requests that wait are counted in steps of five, so that no month tells of a single one.
async fn who_waits_is_told_of_in_steps(world: &World) {
    let pristina = world.mission("Pristina");
    for _ in 0..6 {
        asked(&pristina).await;
    }
    world.time_passes(TimeDelta::days(62));
    let waiting = told(&world.mission("Skopje")).await;
    let bands = waiting["waiting"].as_array().expect("bands");
    assert_eq!(bands.len(), 5);
    let met: Vec<&Value> = bands.iter().filter(|band| band["atLeast"] != 0).collect();
    assert_eq!(met.len(), 1, "{bands:?}");
    assert_eq!((&met[0]["atLeast"], &met[0]["atMost"]), (&json!(5), &json!(9)));
    assert!(waiting["waitedUntil"].is_string());

    // A post at which nobody waits is told of as one at which a few do.
    let nobody = world
        .mission("Skopje")
        .ask(STATISTICS, json!({ "posts": ["embassy-tunisia-belgrade"] }))
        .await
        .ok();
    let nobody = &nobody["consularStatistics"][0];
    assert_eq!(nobody["waitedUntil"], waiting["waitedUntil"]);
    let bands = nobody["waiting"].as_array().expect("bands");
    assert_eq!(bands.len(), 5);
    assert!(
        bands
            .iter()
            .all(|band| (&band["atLeast"], &band["atMost"]) == (&json!(0), &json!(4)))
    );
}

/// The figures are for missions and oversight; a post, a police force and a dashboard are told of no post.
async fn nobody_but_missions_and_oversight_is_told(world: &World) {
    let question = "{ consularStatistics { threshold suppressed consularPost { code } answers { documents } refusals { refused } waiting { band } } }";
    for seat in [
        world.embassy("Iraq", "Belgrade"),
        world.police("XKX"),
        world.migration("SRB"),
        world.dashboard(),
        world.admin(),
        world.service(),
    ] {
        let data = seat.ask(question, json!({})).await.ok();
        assert_eq!(data["consularStatistics"], json!([]), "{}", seat.client);
    }
    for seat in [world.mission("Skopje"), world.auditor()] {
        let posts = seat.ask(question, json!({})).await.ok();
        assert!(posts["consularStatistics"].as_array().expect("posts").len() > 5);
        seat.ask(STATISTICS, json!({ "posts": ["embassy-of-nowhere"] }))
            .await
            .is_refused("INVALID_ARGUMENT");
    }
}

on_both_databases!(
    inv_20_missions_learn_how_long_a_post_takes_and_nothing_of_few,
    who_waits_is_told_of_in_steps,
    nobody_but_missions_and_oversight_is_told,
);
