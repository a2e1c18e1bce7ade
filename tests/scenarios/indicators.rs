//! Figures for those who may read no row: counted from the rows, with nobody in them to be found.

use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

const FIGURES: &str = "{
    indicators(codes: [ASSISTED_TO_RETURN]) { code value suppressed baseline target unit asOf }
    returns(groupBy: [NATIONALITY]) { threshold totalCases totalPersons asOf rows { keys { dimension value label } cases persons suppressed } }
}";

/// Cases that are ready to depart: one more than the threshold.
fn eleven_are_ready(now: DateTime<Utc>) -> Programme {
    demo::ready_cases(11, "iom-pristina", now)
}

/// All who are ready depart.
async fn everybody_departs(mission: &Actor) {
    for ready in mission.cases_ready_to_depart().await {
        let answer = mission.post(&ready.departure(mission.now())).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    }
}

/// A dashboard can read no row of any case, and counts those who returned.
async fn a_dashboard_counts_returns_and_reads_no_row(world: &World) {
    let (pristina, dashboard, public) = (
        world.mission("Pristina"),
        world.dashboard(),
        world.client("dashboard-public"),
    );
    world.time_passes(TimeDelta::days(1));
    let before = dashboard.ask(FIGURES, json!({})).await.ok();
    assert_eq!(
        before["indicators"][0]["value"], 0,
        "who is ready has not returned"
    );
    everybody_departs(&pristina).await;
    let figures = dashboard.ask(FIGURES, json!({})).await.ok();
    let now = moment(world.clock.now());
    assert_eq!(
        figures["indicators"][0],
        json!({ "code": "ASSISTED_TO_RETURN", "value": 11, "suppressed": false, "baseline": 2521, "target": 500,
                "unit": "NUMBER", "asOf": now })
    );
    let iraqi = json!({ "keys": [{ "dimension": "NATIONALITY", "value": "IRQ", "label": "Iraq" }], "cases": 11, "persons": 11, "suppressed": false });
    assert_eq!(
        figures["returns"],
        json!({ "threshold": 10, "totalCases": 11, "totalPersons": 11, "asOf": now, "rows": [iraqi] })
    );
    for reader in [
        &public,
        &world.auditor(),
        &world.embassy("Iraq", "Belgrade"),
        &pristina,
    ] {
        assert_eq!(
            reader.ask(FIGURES, json!({})).await.ok(),
            figures,
            "the same figures for everybody"
        );
    }
    for viewer in [&dashboard, &public] {
        let everything = viewer.everything().await;
        for listing in [
            "cases",
            "travelDocumentRequests",
            "itineraries",
            "cashGrants",
            "reintegrationPackages",
            "notices",
        ] {
            assert_eq!(
                everything.data[listing],
                json!({ "totalCount": 0, "nodes": [] }),
                "{listing}"
            );
        }
        let case =
            pristina.ask("{ cases { nodes { id } } }", json!({})).await.ok()["cases"]["nodes"][0]["id"]
                .take();
        let node = viewer
            .ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": case }))
            .await
            .ok();
        assert_eq!(node, json!({ "node": null }));
    }
}

/// INV-20: a cell below ten is suppressed, and so is what would give it away by subtraction; order tells nothing either.
async fn inv_20_small_cells_are_suppressed_and_cannot_be_told_from_the_total(world: &World) {
    let (pristina, dashboard) = (world.mission("Pristina"), world.dashboard());
    for (nationality, post, family) in [
        ("DZA", "embassy-algeria-rome", 2),
        ("AFG", "embassy-afghanistan-sofia", 1),
    ] {
        let persons: Vec<Person> = (0..family)
            .map(|nth| person().of(nationality).with("headOfHousehold", nth == 0))
            .collect();
        let case = pristina.opens_a_case_for(persons).await;
        pristina.registers(&case, USUAL).await;
        pristina.prepares_the_departure(&case).await;
        for name in case.names().to_owned() {
            let request = pristina.requests_a_travel_document_for(&case, &name).await;
            world.client(post).confirms_nationality(&request).await;
            world.client(post).issues(&request, laissez_passer()).await;
        }
        let route = format!("PRN-IST-{}", home_airport(nationality));
        let journey = pristina.books(&case, &route, 1).await;
        pristina.tickets(&journey).await;
        let home = world.mission(home_city(nationality));
        journey
            .is_confirmed_by(&[&world.mission("Istanbul")], &home)
            .await;
        pristina.marks_ready(&case).await;
    }
    world.time_passes(TimeDelta::days(1));
    everybody_departs(&pristina).await;
    let figures = dashboard.ask(FIGURES, json!({})).await.ok();
    assert_eq!(figures["indicators"][0]["value"], 14);
    let returns = &figures["returns"];
    assert_eq!(
        (&returns["totalCases"], &returns["totalPersons"]),
        (&json!(13), &json!(14)),
        "INV-16: two counters"
    );
    let cells: Vec<(&str, &Value, &Value)> = returns["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            (
                row["keys"][0]["value"].as_str().expect("a code"),
                &row["persons"],
                &row["suppressed"],
            )
        })
        .collect();
    // Two Algerians and an Afghan are small, and 14 - 11 would tell that they are three: the Iraqis go too.
    let gone = |code| (code, &Value::Null, &Value::Bool(true));
    assert_eq!(cells, [gone("AFG"), gone("DZA"), gone("IRQ")]);

    // By host territory nothing is small.
    let by_territory =
        "{ returns(groupBy: [HOST_TERRITORY]) { rows { keys { value label footnote } persons } } }";
    let data = dashboard.ask(by_territory, json!({})).await.ok();
    let row = &data["returns"]["rows"][0];
    assert_eq!(
        (&row["persons"], &row["keys"][0]["label"]),
        (&json!(14), &json!("Kosovo*"))
    );
    assert!(
        row["keys"][0]["footnote"]
            .as_str()
            .is_some_and(|note| note.contains("UNSCR 1244"))
    );
}

/// Fewer than ten in all: not even the total is shown.
async fn a_total_below_the_threshold_is_suppressed(world: &World) {
    world.a_usual_case(Until::Departed).await;
    let figures = world.dashboard().ask(FIGURES, json!({})).await.ok();
    let indicator = &figures["indicators"][0];
    assert_eq!(
        (&indicator["value"], &indicator["suppressed"]),
        (&Value::Null, &json!(true))
    );
    let returns = &figures["returns"];
    assert_eq!(
        (&returns["totalCases"], &returns["totalPersons"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(returns["rows"][0]["persons"], Value::Null);
    for several in ["[]", "[NATIONALITY, SEX]"] {
        let query = format!("{{ returns(groupBy: {several}) {{ totalCases }} }}");
        world
            .dashboard()
            .ask(&query, json!({}))
            .await
            .is_refused("INVALID_ARGUMENT");
    }
}

on_both_databases!(
    from eleven_are_ready:
    a_dashboard_counts_returns_and_reads_no_row,
    inv_20_small_cells_are_suppressed_and_cannot_be_told_from_the_total,
    a_total_below_the_threshold_is_suppressed,
);
