//! What missions record of the programme itself: trainings, campaigns, surveys among partners, and whom outreach serves.

use crate::support::verbs_programme::TRAINING;
use crate::support::*;
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

/// A training is planned, held, listed and evaluated, in this order, by the mission that planned it.
async fn a_training_counts_step_by_step_and_is_its_mission_s_own(world: &World) {
    let (pristina, skopje) = (world.mission("Pristina"), world.mission("Skopje"));
    pristina
        .trains("GENDER", 3, Some((1, 1)))
        .is_refused("INVALID")
        .await;
    pristina.trains("GENDER", 0, None).is_refused("INVALID").await;
    pristina
        .trains("GENDER", 0, Some((-1, 1)))
        .is_refused("INVALID")
        .await;
    let planned = pristina.trains("GENDER", 3, None).await;
    assert_eq!(planned["state"], "SCHEDULED");
    assert_eq!(planned["territory"]["code"], "XKX");

    let early = pristina
        .gives_training(&planned, (2, 9))
        .is_refused("DATE_OUT_OF_ORDER");
    assert_eq!(early.await["field"], "heldOn");
    pristina
        .signs_list(&planned, "LIST-1")
        .is_refused("WRONG_STATE")
        .await;
    world.time_passes(TimeDelta::days(4));
    pristina
        .gives_training(&planned, (2, -9))
        .is_refused("INVALID")
        .await;
    let held = pristina.gives_training(&planned, (2, 9)).await;
    assert_eq!((&held["state"], &held["version"]), (&json!("HELD"), &json!(2)));
    pristina
        .gives_training(&held, (2, 9))
        .is_refused("WRONG_STATE")
        .await;
    let stale = pristina.signs_list(&planned, "LIST-1").is_refused("CONFLICT");
    assert_eq!(stale.await["currentVersion"], 2);

    pristina.signs_list(&held, " ").is_refused("INVALID").await;
    pristina.evaluates(&held, 10, 9).is_refused("WRONG_STATE").await;
    let signed = pristina.signs_list(&held, "LIST-1").await;
    pristina.evaluates(&signed, 12, 9).is_refused("INVALID").await;
    pristina.evaluates(&signed, 10, 11).is_refused("INVALID").await;
    let evaluated = pristina.evaluates(&signed, 10, 9).await;
    assert_eq!(evaluated["state"], "EVALUATED");
    assert_eq!(
        (&evaluated["sheetsReturned"], &evaluated["sheetsBetter"]),
        (&json!(10), &json!(9))
    );

    // By whatever id: to another mission there is no such training.
    for id in [
        evaluated["id"].clone(),
        skopje.trains("OTHER", 0, Some((1, 0))).await["id"].clone(),
    ] {
        let other = if id == evaluated["id"] { &skopje } else { &pristina };
        let named = json!({ "id": id, "version": 1 });
        other.signs_list(&named, "LIST-2").is_not_found().await;
        let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on Training {TRAINING} }} }}");
        let found = other.ask(&query, json!({ "id": id })).await.ok();
        assert_eq!(found["node"], Value::Null);
    }
}

/// What a platform says of a campaign is recorded as it says it, as far as it can be.
async fn a_campaign_is_recorded_as_its_platform_reports_it(world: &World) {
    let pristina = world.mission("Pristina");
    let report = pristina.reports_campaign("SUPPORT_TO_MIGRANTS", (900, 80)).await;
    assert_eq!(
        (
            &report["reached"],
            &report["engaged"],
            &report["territory"]["code"]
        ),
        (&json!(900), &json!(80), &json!("XKX"))
    );
    let (tomorrow, today) = (world.today() + Days::new(1), world.today());
    let facebook = |figures| pristina.reports_campaign("FACEBOOK", figures);
    for (refused, code, field) in [
        (facebook((80, 900)), "INVALID", "engaged"),
        (facebook((80, -1)), "INVALID", "engaged"),
        (facebook((-1, 0)), "INVALID", "reached"),
        (facebook((80, 9)).with("source", " "), "INVALID", "source"),
        (
            facebook((80, 9)).with("toOn", tomorrow.to_string()),
            "DATE_OUT_OF_ORDER",
            "toOn",
        ),
        (
            facebook((80, 9)).with("toOn", (today - Days::new(31)).to_string()),
            "DATE_OUT_OF_ORDER",
            "toOn",
        ),
    ] {
        assert_eq!(refused.is_refused(code).await["field"], field);
    }
    world
        .mission("Istanbul")
        .reports_campaign("FACEBOOK", (80, 9))
        .is_refused("INVALID")
        .await;
}

/// Partners and staff give no names: what is recorded are tallies that fit one another.
async fn a_survey_among_partners_is_a_few_tallies_that_fit_one_another(world: &World) {
    let pristina = world.mission("Pristina");
    let survey = pristina.surveys_partners("PARTNERS", (20, 12));
    let survey = survey.with("enabling", 9).with("applying", 12).await;
    assert_eq!(
        (&survey["enabling"], &survey["applying"]),
        (&json!(9), &json!(12))
    );
    let staff = pristina
        .surveys_partners("STAFF", (5, 5))
        .with("applying", 4)
        .await;
    assert_eq!(staff["enabling"], Value::Null);

    let partners = |invited, answered, enabling: i32| {
        let survey = pristina.surveys_partners("PARTNERS", (invited, answered));
        survey.with("enabling", enabling)
    };
    let tomorrow = (world.today() + Days::new(1)).to_string();
    for (refused, code, field) in [
        (partners(20, 21, 0), "INVALID", "answered"),
        (partners(-1, 0, 0), "INVALID", "invited"),
        (partners(20, 12, 13), "INVALID", "enabling"),
        (
            pristina.surveys_partners("PARTNERS", (20, 12)),
            "INVALID",
            "enabling",
        ),
        (
            pristina.surveys_partners("STAFF", (20, 12)).with("enabling", 1),
            "INVALID",
            "enabling",
        ),
        (partners(20, 12, 9).with("applying", 13), "INVALID", "applying"),
        (
            partners(20, 12, 9).with("heldOn", tomorrow),
            "DATE_OUT_OF_ORDER",
            "heldOn",
        ),
    ] {
        assert_eq!(refused.is_refused(code).await["field"], field);
    }
}

/// Of each visit it may be said from where those came who were met, each country once.
async fn a_visit_says_which_populations_it_served(world: &World) {
    let pristina = world.mission("Pristina");
    pristina
        .visits("Bus station", 40)
        .with("populations", json!(["IRQ", "AF", "IRQ"]))
        .await;
    let listed = "{ outreachVisits { nodes { populations { code } } } }";
    let data = pristina.ask(listed, json!({})).await.ok();
    assert_eq!(
        data["outreachVisits"]["nodes"][0]["populations"],
        json!([{ "code": "AFG" }, { "code": "IRQ" }])
    );
}

/// A list of visits is recorded as a whole or not at all; where it is not, each row says why.
async fn a_list_of_visits_is_recorded_as_a_whole_or_not_at_all(world: &World) {
    let pristina = world.mission("Pristina");
    let wrong = [("Bus station", 40), (" ", 3), ("Market", -1), ("Centre", 7)];
    let refused = pristina
        .visits_all("ALL_OR_NOTHING", &wrong)
        .under_key("a list")
        .await;
    assert_eq!(
        (&refused["recorded"], &refused["refused"]),
        (&json!(0), &json!(2))
    );
    let row = |index, code: Value, field: Value| json!({ "index": index, "code": code, "field": field, "outreachVisit": null });
    assert_eq!(
        refused["rows"],
        json!([
            row(0, Value::Null, Value::Null),
            row(1, "INVALID".into(), "location".into()),
            row(2, "INVALID".into(), "contacts".into()),
            row(3, Value::Null, Value::Null),
        ])
    );
    assert_eq!(pristina.counts("outreachVisits").await, 0);
    pristina
        .visits_all("ALL_OR_NOTHING", &[])
        .is_refused("INVALID")
        .await;

    // Nothing was done, so that the corrected list may come under the same key; then the key is its own.
    let right = [("Bus station", 40), ("Station", 3), ("Market", 1), ("Centre", 7)];
    let once = pristina
        .visits_all("ALL_OR_NOTHING", &right)
        .under_key("a list")
        .await;
    assert_eq!((&once["recorded"], &once["refused"]), (&json!(4), &json!(0)));
    assert_eq!(once["rows"][3]["outreachVisit"]["location"], "Centre");
    let other = pristina.visits_all("ALL_OR_NOTHING", &wrong).under_key("a list");
    other.is_refused("IDEMPOTENCY_MISMATCH").await;
    assert_eq!(pristina.counts("outreachVisits").await, 4);
    let query = "{ indicators(codes: [BENEFICIARIES_INFORMED]) { value } }";
    let informed = world.dashboard().ask(query, json!({})).await.ok();
    assert_eq!(informed["indicators"][0]["value"], 51.0);
}

/// Each visit of a list by itself: the good ones are recorded once, however often and however late the list is sent.
async fn the_good_visits_of_a_list_are_recorded_once_however_often_it_is_sent(world: &World) {
    let (pristina, skopje) = (world.mission("Pristina"), world.mission("Skopje"));
    let tomorrow = (world.today() + Days::new(1)).to_string();
    let today = world.today().to_string();
    let mut visits: Vec<Value> = (0..498)
        .map(|nth| json!({ "location": format!("Place {nth}"), "visitedOn": today, "contacts": 2, "populations": ["IRQ"] }))
        .collect();
    visits.insert(
        7,
        json!({ "location": "Ahead", "visitedOn": tomorrow, "contacts": 2 }),
    );
    visits.push(json!({ "location": "x".repeat(201), "visitedOn": today, "contacts": 2 }));
    let sends = || {
        let list = pristina.visits_all("EACH_BY_ITSELF", &[]);
        list.with("visits", visits.clone()).under_key("an import")
    };
    let first = sends().await;
    assert_eq!((&first["recorded"], &first["refused"]), (&json!(498), &json!(2)));
    let refused: Vec<_> = first["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| !row["code"].is_null())
        .map(|row| (&row["index"], &row["code"], &row["field"]))
        .collect();
    assert_eq!(
        refused,
        [
            (&json!(7), &json!("DATE_OUT_OF_ORDER"), &json!("visitedOn")),
            (&json!(499), &json!("INVALID"), &json!("location")),
        ]
    );
    assert_eq!(
        first["rows"][8]["outreachVisit"],
        json!({ "location": "Place 7", "contacts": 2, "populations": [{ "code": "IRQ" }] })
    );

    // What lay ahead lies behind now, and the same key still gives the same answer.
    world.time_passes(TimeDelta::days(2));
    assert_eq!(sends().await, first);
    assert_eq!(pristina.counts("outreachVisits").await, 498);
    assert_eq!(skopje.counts("outreachVisits").await, 0);
    let many = sends()
        .with("visits", vec![visits[0].clone(); 501])
        .answer()
        .await;
    assert!(!many.text.contains("\"recorded\":"), "{}", many.text);
}

/// What is recorded of the programme is each mission's own, and oversight's; nobody but missions records any of it.
async fn each_mission_lists_its_own_and_nobody_else_records_anything(world: &World) {
    let (pristina, skopje) = (world.mission("Pristina"), world.mission("Skopje"));
    let training = pristina.trains("GENDER", 0, Some((1, 2))).await;
    skopje.trains("GENDER", 0, Some((1, 2))).await;
    skopje.trains("GENDER", 1, None).await;
    pristina.reports_campaign("FACEBOOK", (9, 1)).await;
    pristina.surveys_partners("STAFF", (9, 1)).await;
    for (actor, trainings, others) in [(&pristina, 1, 1), (&skopje, 2, 0), (&world.auditor(), 3, 1)] {
        assert_eq!(actor.counts("trainings").await, trainings, "{}", actor.client);
        assert_eq!(actor.counts("campaignReports").await, others, "{}", actor.client);
        assert_eq!(actor.counts("partnerSurveys").await, others, "{}", actor.client);
    }
    for nobody in [
        world.police("XKX"),
        world.migration("XKX"),
        world.embassy("Iraq", "Belgrade"),
        world.dashboard(),
        world.auditor(),
    ] {
        nobody.trains("GENDER", 0, Some((1, 2))).is_forbidden().await;
        nobody.signs_list(&training, "LIST-1").answer().await;
        nobody.reports_campaign("FACEBOOK", (9, 1)).is_forbidden().await;
        nobody.surveys_partners("STAFF", (9, 1)).is_forbidden().await;
        nobody
            .visits_all("EACH_BY_ITSELF", &[("Station", 1)])
            .is_forbidden()
            .await;
        if nobody.client != world.auditor().client {
            for listing in ["trainings", "campaignReports", "partnerSurveys"] {
                assert_eq!(nobody.counts(listing).await, 0, "{} {listing}", nobody.client);
            }
        }
    }
    let same = pristina.signs_list(&training, "LIST-1").await;
    assert_eq!(same["version"], 2, "nobody else has moved it");
}

on_both_databases!(
    a_training_counts_step_by_step_and_is_its_mission_s_own,
    a_campaign_is_recorded_as_its_platform_reports_it,
    a_survey_among_partners_is_a_few_tallies_that_fit_one_another,
    a_visit_says_which_populations_it_served,
    a_list_of_visits_is_recorded_as_a_whole_or_not_at_all,
    the_good_visits_of_a_list_are_recorded_once_however_often_it_is_sent,
    each_mission_lists_its_own_and_nobody_else_records_anything,
);
