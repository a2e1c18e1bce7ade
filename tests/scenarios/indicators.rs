//! Figures for those who may read no row: told of once a month is over, with nobody in them to be found.

use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::domain::case::CaseState;
use avrr_gateway::domain::person::Sex;
use avrr_gateway::store::Programme;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

const FIGURES: &str = "{
    indicators(codes: [ASSISTED_TO_RETURN]) { code value numerator suppressed reason baseline target unit }
    returns(groupBy: [COUNTRY_OF_RETURN]) { threshold totalCases totalPersons totalReason withheldPersons
        rows { keys { dimension value label } cases persons suppressed reason } }
}";

/// Cases that are ready to depart: one more than the threshold.
fn eleven_are_ready(now: DateTime<Utc>) -> Programme {
    demo::ready_cases(11, "iom-pristina", now)
}

/// The same, in a project that goes on for another year.
fn eleven_are_ready_in_a_long_project(now: DateTime<Utc>) -> Programme {
    let mut programme = eleven_are_ready(now);
    for project in &mut programme.projects {
        project.ends_on = project.ends_on.max(now.date_naive() + chrono::Days::new(400));
    }
    programme
}

/// Six men and four women returned in a reporting period that is over.
fn six_men_and_four_women_returned(now: DateTime<Utc>) -> Programme {
    let mut programme = demo::ready_cases(10, "iom-pristina", now);
    for (nth, file) in programme.files.iter_mut().enumerate() {
        file.case.state = CaseState::Departed;
        file.case.departed_at = Some(now - TimeDelta::days(400));
        for person in &mut file.persons {
            person.sex = if nth < 6 { Sex::Male } else { Sex::Female };
        }
    }
    programme
}

/// All who are ready depart.
async fn everybody_departs(mission: &Actor) {
    for ready in mission.cases_ready_to_depart().await {
        let answer = mission.post(&ready.departure(mission.now())).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    }
}

/// The month is over, and so is the reporting period.
fn the_period_is_over(world: &World) {
    world.time_passes(TimeDelta::days(75));
}

/// A dashboard can read no row of any case, and counts those who returned, once their month is over.
async fn a_dashboard_counts_returns_once_they_are_published_and_reads_no_row(world: &World) {
    let (pristina, dashboard, public) = (
        world.mission("Pristina"),
        world.dashboard(),
        world.client("dashboard-public"),
    );
    world.time_passes(TimeDelta::days(1));
    everybody_departs(&pristina).await;
    let early = dashboard.ask(FIGURES, json!({})).await.ok();
    assert_eq!(
        early["indicators"][0],
        json!({ "code": "ASSISTED_TO_RETURN", "value": null, "numerator": null, "suppressed": true, "reason": "PRIMARY",
                "baseline": 2521, "target": 500, "unit": "NUMBER" }),
        "nobody is told of before the month is over"
    );
    assert_eq!(early["returns"]["totalReason"], "PRIMARY");

    the_period_is_over(world);
    let figures = dashboard.ask(FIGURES, json!({})).await.ok();
    assert_eq!(figures["indicators"][0]["value"], 11.0);
    let iraqi = json!({ "keys": [{ "dimension": "COUNTRY_OF_RETURN", "value": "IRQ", "label": "Iraq" }], "cases": 11, "persons": 11,
                        "suppressed": false, "reason": null });
    assert_eq!(
        figures["returns"],
        json!({ "threshold": 10, "totalCases": 11, "totalPersons": 11, "totalReason": null, "withheldPersons": 0, "rows": [iraqi] })
    );
    let by_territory = "{ returns(groupBy: [HOST_TERRITORY]) { totalCases rows { cases persons } } }";
    let table = dashboard.ask(by_territory, json!({})).await.ok();
    assert_eq!(
        table["returns"],
        json!({ "totalCases": 11, "rows": [{ "cases": 11, "persons": 11 }] }),
        "INV-16: two counters, where all persons of a case stand together"
    );
    for reader in [&public, &world.embassy("Iraq", "Belgrade")] {
        assert_eq!(
            reader.ask(FIGURES, json!({})).await.ok(),
            figures,
            "{}",
            reader.client
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

/// INV-20: a group below ten is suppressed, and so is what would give it away by subtraction; order tells nothing either.
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
    the_period_is_over(world);
    let figures = dashboard.ask(FIGURES, json!({})).await.ok();
    assert_eq!(figures["indicators"][0]["value"], 14.0);
    let by_region = FIGURES.replace("COUNTRY_OF_RETURN", "REGION");
    let figures = dashboard.ask(&by_region, json!({})).await.ok();
    let returns = &figures["returns"];
    assert_eq!(
        (&returns["totalPersons"], &returns["withheldPersons"]),
        (&json!(14), &json!(14))
    );
    let cells: Vec<(&str, &Value, &Value)> = returns["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            (
                row["keys"][0]["value"].as_str().expect("a code"),
                &row["persons"],
                &row["reason"],
            )
        })
        .collect();
    // Two Algerians and an Afghan are small, and 14 - 11 would tell that they are three: the Iraqis go too.
    let secondary = json!("SECONDARY");
    let gone = |code| (code, &Value::Null, &secondary);
    assert_eq!(
        cells,
        [
            gone("NORTHERN_AFRICA"),
            gone("SOUTHERN_ASIA"),
            gone("WESTERN_ASIA")
        ]
    );
    // By host territory nothing is small.
    let by_territory = "{ returns(groupBy: [HOST_TERRITORY]) { totalCases rows { keys { value label footnote } persons cases } } }";
    let data = dashboard.ask(by_territory, json!({})).await.ok();
    let row = &data["returns"]["rows"][0];
    assert_eq!(
        (&row["persons"], &row["cases"], &row["keys"][0]["label"]),
        (&json!(14), &json!(13), &json!("Kosovo*"))
    );
    assert!(
        row["keys"][0]["footnote"]
            .as_str()
            .is_some_and(|note| note.contains("UNSCR 1244"))
    );
}

/// Fewer than ten in all: they wait, and not even the total is told, however often somebody asks.
async fn fewer_than_the_threshold_are_never_told_of(world: &World) {
    world.a_usual_case(Until::Departed).await;
    for _ in 0..3 {
        the_period_is_over(world);
        let figures = world.dashboard().ask(FIGURES, json!({})).await.ok();
        let indicator = &figures["indicators"][0];
        assert_eq!(
            (&indicator["value"], &indicator["reason"]),
            (&Value::Null, &json!("PRIMARY"))
        );
        assert_eq!(
            figures["returns"],
            json!({ "threshold": 10, "totalCases": null, "totalPersons": null, "totalReason": "PRIMARY", "withheldPersons": 0, "rows": [] })
        );
    }
    let exact = world.auditor().ask(FIGURES, json!({})).await.ok();
    assert_eq!(
        exact["indicators"][0]["value"], 1.0,
        "oversight counts the rows as they are"
    );
}

/// What is out is never changed: who is recorded late waits for others, and yesterday's table cannot be subtracted.
async fn a_published_figure_never_moves_by_fewer_than_the_threshold(world: &World) {
    let (pristina, dashboard) = (world.mission("Pristina"), world.dashboard());
    world.time_passes(TimeDelta::days(1));
    everybody_departs(&pristina).await;
    world.time_passes(TimeDelta::days(35));
    let question = "{ indicators(codes: [ASSISTED_TO_RETURN]) { value asOf } returns(groupBy: [MONTH]) { publicationVersion rows { persons keys { value } } } }";
    let before = dashboard.ask(question, json!({})).await.ok();
    assert_eq!(before["indicators"][0]["value"], 11.0);
    let usual = world.a_usual_case(Until::Departed).await;
    assert_eq!(
        dashboard.ask(question, json!({})).await.ok()["returns"],
        before["returns"],
        "nothing tells that one more has departed"
    );
    world.time_passes(TimeDelta::days(35));
    let after = dashboard.ask(question, json!({})).await.ok();
    assert_eq!(after["indicators"][0]["value"], 11.0, "one alone waits");
    assert_eq!(after["returns"]["rows"], before["returns"]["rows"]);
    drop(usual);
}

/// INV-20: where even the names would say that each group is small, none is named, and a filter finds neither it nor its absence.
async fn inv_20_groups_that_are_too_few_together_are_not_even_named(world: &World) {
    let question = "query($filter: ReturnFilter) { returns(groupBy: [SEX], filter: $filter) { totalPersons totalReason atLeast withheldPersons rows { persons } } }";
    let dashboard = world.dashboard();
    let all = dashboard.ask(question, json!({})).await.ok();
    assert_eq!(
        all["returns"],
        json!({ "totalPersons": 10, "totalReason": null, "atLeast": false, "withheldPersons": 10, "rows": [] }),
        "six and four: by name each would be nine at most"
    );
    let mut answers = Vec::new();
    for sex in ["F", "M", "X"] {
        let answer = dashboard
            .ask(question, json!({ "filter": { "sex": sex } }))
            .await
            .ok();
        answers.push(answer["returns"].clone());
    }
    let unknown = json!({ "totalPersons": null, "totalReason": "SECONDARY", "atLeast": true, "withheldPersons": 10, "rows": [] });
    assert_eq!(answers, [unknown.clone(), unknown.clone(), unknown]);
}

/// Wrong questions get a code of their own, and are told what is allowed.
async fn wrong_questions_are_told_what_is_allowed(world: &World) {
    let dashboard = world.dashboard();
    let tomorrow = world.today() + chrono::Days::new(1);
    let future = format!(
        "{{ returns(groupBy: [], filter: {{ from: \"{tomorrow}\", to: \"{tomorrow}\" }}) {{ totalPersons }} }}"
    );
    for (question, code, told) in [
        (
            "{ indicators(codes: [HAPPINESS]) { value } }",
            "GRAPHQL_VALIDATION_FAILED",
            "ASSISTED_TO_RETURN",
        ),
        (
            "{ returns(groupBy: [SEX, AGE_BAND, HOST_TERRITORY, MONTH]) { totalPersons } }",
            "TOO_MANY_DIMENSIONS",
            "at most 3",
        ),
        (
            "{ returns(groupBy: [SEX, SEX]) { totalPersons } }",
            "TOO_MANY_DIMENSIONS",
            "different",
        ),
        (
            "{ returns(groupBy: [SEX, AGE_BAND, VULNERABILITY_GROUP]) { totalPersons } }",
            "DIMENSIONS_NOT_TOGETHER",
            "HOST_TERRITORY + SEX + AGE_BAND",
        ),
        (
            "{ returns(groupBy: [VULNERABILITY_GROUP], filter: { nationality: \"IRQ\" }) { totalPersons } }",
            "DIMENSIONS_NOT_TOGETHER",
            "small groups",
        ),
        (
            "{ returns(groupBy: [], filter: { from: \"2026-05-01\", to: \"2026-04-01\" }) { totalPersons } }",
            "INVALID_PERIOD",
            "before it begins",
        ),
        (
            "{ returns(groupBy: [], filter: { from: \"2026-05-01\" }) { totalPersons } }",
            "INVALID_PERIOD",
            "`from` and `to`",
        ),
        (future.as_str(), "INVALID_PERIOD", "to come"),
        (
            "{ indicators(filter: { project: \"NO-SUCH\" }) { value } }",
            "INVALID_ARGUMENT",
            "WB-RR-II",
        ),
        (
            "{ returns(groupBy: [], first: 0) { totalPersons } }",
            "INVALID_ARGUMENT",
            "1000",
        ),
        (
            "{ returns(groupBy: [SEX], after: \"bm8=\") { totalPersons } }",
            "INVALID_CURSOR",
            "",
        ),
    ] {
        let answer = dashboard.ask(question, json!({})).await;
        let message = answer
            .errors
            .first()
            .and_then(|error| error["message"].as_str())
            .unwrap_or_default()
            .to_owned();
        assert!(message.contains(told), "{question}: {message}");
        answer.is_refused(code);
    }
    for (closed, dimension) in [
        ("embassy-iraq-belgrade", "LEGAL_STATUS"),
        ("police-serbia", "VULNERABILITY_GROUP"),
    ] {
        let question = format!("{{ returns(groupBy: [{dimension}]) {{ totalPersons }} }}");
        world
            .client(closed)
            .ask(&question, json!({}))
            .await
            .is_refused("DIMENSION_WITHHELD");
    }
}

on_both_databases!(
    from eleven_are_ready:
    a_dashboard_counts_returns_once_they_are_published_and_reads_no_row,
    inv_20_small_cells_are_suppressed_and_cannot_be_told_from_the_total,
    fewer_than_the_threshold_are_never_told_of,
    wrong_questions_are_told_what_is_allowed,
);

mod of_so_few {
    use super::*;

    on_both_databases!(
        from six_men_and_four_women_returned:
        inv_20_groups_that_are_too_few_together_are_not_even_named,
    );
}

mod of_a_long_project {
    use super::*;

    on_both_databases!(
        from eleven_are_ready_in_a_long_project:
        a_published_figure_never_moves_by_fewer_than_the_threshold,
    );
}
