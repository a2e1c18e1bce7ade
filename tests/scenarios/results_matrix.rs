//! What a donor reads: the results matrix and the figures of the demo programme.

use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::store::Programme;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The demo programme, whole.
fn the_demo_programme(now: DateTime<Utc>) -> Programme {
    demo::programme(7, now)
}

/// Of a disaggregated figure it is said how much of it the groups tell, and of how many the group is not known.
async fn what_groups_leave_out_is_said(world: &World) {
    let question = "query ($by: [Dimension!]!) {
        indicators(codes: [ASSISTED_TO_RETURN], by: $by, filter: { project: \"WB-RR-I\" }) { value coverage unknown values { value } }
        returns(groupBy: $by, filter: { project: \"WB-RR-I\" }) { totalPersons withheldPersons coverage unknown rows { persons } } }";
    let told = async |by: Value| {
        let data = world.dashboard().ask(question, json!({ "by": by })).await.ok();
        (data["indicators"][0].clone(), data["returns"].clone())
    };
    let (indicator, table) = told(json!(["SEX"])).await;
    for figure in [&indicator, &table] {
        assert_eq!(
            (&figure["coverage"], &figure["unknown"]),
            (&json!(100.0), &json!(0)),
            "{figure}"
        );
    }
    let (indicator, table) = told(json!(["HOST_TERRITORY", "SEX", "AGE_BAND"])).await;
    let sum = |rows: &Value, field: &str| {
        let rows = rows.as_array().expect("rows").iter();
        rows.filter_map(|row| row[field].as_f64()).sum::<f64>()
    };
    assert!(
        table["withheldPersons"].as_i64().expect("a number") > 0,
        "the demo withholds something"
    );
    for (figure, shown) in [
        (&indicator, sum(&indicator["values"], "value")),
        (&table, sum(&table["rows"], "persons")),
    ] {
        let share = (shown * 1_000.0 / 2_521.0).round() / 10.0;
        assert_eq!(figure["coverage"], share, "{figure}");
        assert_eq!(
            figure["unknown"],
            Value::Null,
            "somebody is withheld: whether of sex X is not said"
        );
    }
    let (indicator, table) = told(json!([])).await;
    assert_eq!(
        (&indicator["coverage"], &table["coverage"]),
        (&Value::Null, &json!(100.0))
    );
    assert_eq!(
        (&indicator["unknown"], &table["unknown"]),
        (&Value::Null, &Value::Null)
    );
}

/// Scenario 15: the matrix as it is, the first phase as its baselines, a refused combination, and months that add up.
#[expect(
    clippy::too_many_lines,
    reason = "what a donor reads, one question after the other"
)]
async fn scenario_15_a_donor_reads_the_matrix_and_the_baselines_of_the_first_phase(world: &World) {
    let denmark = world.dashboard();
    let question = "{ indicators(filter: { project: \"WB-RR-I\" }) { number code unit baseline target value numerator denominator suppressed methodStatus responseRate isPartial fromMonth toMonth provenance } }";
    let matrix = denmark.ask(question, json!({})).await.ok()["indicators"].take();
    let rows: BTreeMap<i64, Value> = matrix
        .as_array()
        .expect("indicators")
        .iter()
        .map(|row| (row["number"].as_i64().expect("a number"), row.clone()))
        .collect();
    assert_eq!(rows.len(), 25);
    let stated: Vec<(Option<i64>, i64)> = rows
        .values()
        .map(|row| {
            (
                row["baseline"].as_i64(),
                row["target"].as_i64().expect("a target"),
            )
        })
        .collect();
    assert_eq!(
        stated,
        [
            (None, 80),
            (None, 80),
            (Some(0), 70),
            (None, 80),
            (None, 70),
            (None, 6),
            (Some(0), 20),
            (Some(0), 20),
            (None, 70),
            (Some(60_000), 75_000),
            (Some(49), 50),
            (Some(76), 85),
            (Some(0), 1_000_000),
            (Some(0), 150_000),
            (Some(0), 6),
            (Some(2_000), 3_000),
            (Some(250), 300),
            (Some(0), 80),
            (Some(2_521), 500),
            (None, 80),
            (Some(571), 250),
            (None, 50),
            (Some(0), 80),
            (Some(0), 70),
            (None, 70)
        ]
    );
    for number in [10, 11, 12, 16, 17, 19, 21] {
        let row = &rows[&number];
        assert_eq!(row["value"].as_f64(), row["baseline"].as_f64(), "{row}");
        assert_eq!(row["suppressed"], false);
    }
    assert_eq!(
        (&rows[&12]["numerator"], &rows[&12]["denominator"]),
        (&json!(304), &json!(400))
    );
    assert_eq!(rows[&12]["responseRate"], 85.0, "400 of 460 answered");
    for (number, row) in &rows {
        let expected = if [2, 22].contains(number) {
            json!("PROVISIONAL")
        } else {
            Value::Null
        };
        assert_eq!(row["methodStatus"], expected, "{number}");
        assert_eq!(row["provenance"], Value::Null, "queries are for oversight");
    }
    // Cumulative months differ by months that were published by themselves.
    let months = "{ returns(groupBy: [MONTH], filter: { project: \"WB-RR-I\" }) { totalPersons totalCases rows { persons cases } } }";
    let months = denmark.ask(months, json!({})).await.ok()["returns"].take();
    assert_eq!(months["totalPersons"], 2521);
    let counted = |what: &str| -> Vec<i64> {
        let rows = months["rows"].as_array().expect("rows").iter();
        rows.map(|row| row[what].as_i64().expect("told")).collect()
    };
    assert_eq!(counted("persons").iter().sum::<i64>(), 2521);
    assert!(
        counted("persons")
            .into_iter()
            .chain(counted("cases"))
            .all(|count| count >= 10)
    );
    // Men and women, by territory: margins are the sums of what is told and what is withheld.
    let table = "{ returns(groupBy: [HOST_TERRITORY, SEX, AGE_BAND], filter: { project: \"WB-RR-I\" }) { totalPersons withheldPersons advice
        rows { persons suppressed reason atLeast keys { value } } margins { persons keys { dimension value } } } }";
    let table = denmark.ask(table, json!({})).await.ok()["returns"].take();
    let shown: i64 = table["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["persons"].as_i64())
        .sum();
    assert_eq!(shown + table["withheldPersons"].as_i64().expect("withheld"), 2521);
    assert!(
        table["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .all(|row| row["persons"].as_i64().is_none_or(|persons| persons >= 10))
    );
    assert!(table["margins"].as_array().expect("margins").len() >= 8);
    denmark
        .ask(
            "{ returns(groupBy: [SEX, AGE_BAND, VULNERABILITY_GROUP, NATIONALITY]) { totalPersons } }",
            json!({}),
        )
        .await
        .is_refused("TOO_MANY_DIMENSIONS");
    // Steps, and what a mission is told beside.
    let steps = "{ indicators(codes: [ASSISTED_TO_RETURN, OUTREACH_LOCATIONS], step: YEAR, filter: { project: \"WB-RR-I\" }) { trend achieved values { period numerator value } } }";
    let steps = denmark.ask(steps, json!({})).await.ok()["indicators"].take();
    let yearly = |row: &Value| -> i64 {
        row["values"]
            .as_array()
            .expect("values")
            .iter()
            .filter_map(|step| step["numerator"].as_i64())
            .sum()
    };
    assert_eq!(yearly(&steps[1]), 2521);
    assert_eq!(
        steps[1]["achieved"], 504.2,
        "2,521 of a target of 500, never of the baseline"
    );
    let inside = world
        .mission("Belgrade")
        .ask(
            "{ returns(groupBy: [VULNERABILITY_GROUP]) { threshold } }",
            json!({}),
        )
        .await
        .ok();
    assert_eq!(inside["returns"]["threshold"], 5);
}

on_both_databases!(
    from the_demo_programme:
    what_groups_leave_out_is_said,
    scenario_15_a_donor_reads_the_matrix_and_the_baselines_of_the_first_phase,
);
