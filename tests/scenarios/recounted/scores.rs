//! Scores of the Reintegration Sustainability Survey, worked out from the answers and the table of weights, in whole
//! billionths.

use super::{Counted, PAYS_FOR_THE_CASE, Rows};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("../../../assets/instruments/rss-provisional-1.json");

/// A decimal in billionths.
fn billionths(text: &Value) -> i128 {
    let text = text.as_str().expect("a decimal");
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{places:0<9}").parse().expect("a decimal")
}

/// What is weighed: points, the weight of what was answered, and all weight.
#[derive(Clone, Copy, Default)]
struct Weighed {
    points: i128,
    answered: i128,
    all: i128,
}

impl Weighed {
    fn add(&mut self, weight: i128, value: Option<i128>) {
        self.all += weight;
        if let Some(value) = value {
            self.answered += weight;
            self.points += weight * value;
        }
    }

    /// Whether enough was answered: four fifths of the weight.
    fn is_enough(self) -> bool {
        self.answered > 0 && self.answered * 10 >= self.all * 8
    }

    fn is_half_or_more(self) -> bool {
        self.points * 2 >= self.answered * 1_000_000_000
    }
}

/// Whether the composite score is 0.5 or more, and whether each dimension's is; nothing where a dimension has none.
fn scores(table: &Value, answers: &Value) -> Option<(bool, bool)> {
    let mut dimensions: BTreeMap<&str, Weighed> = BTreeMap::new();
    let mut composite = Weighed::default();
    for question in table["questions"].as_array().expect("questions") {
        let Some(dimension) = question["dimension"].as_str() else {
            continue;
        };
        let answer = answers[question["code"].as_str().expect("a code")].as_str();
        let value = answer
            .map(|answer| &question["answers"][answer])
            .filter(|value| !value.is_null());
        let value = value.map(billionths);
        dimensions
            .entry(dimension)
            .or_default()
            .add(billionths(&question["dimensionWeight"]), value);
        composite.add(billionths(&question["compositeWeight"]), value);
    }
    let all = dimensions.len() == 3 && dimensions.values().all(|weighed| weighed.is_enough());
    all.then(|| {
        (
            composite.is_half_or_more(),
            dimensions.values().all(|weighed| weighed.is_half_or_more()),
        )
    })
}

/// Indicators 2 and 22 of a project.
pub async fn counted(rows: &Rows, project: &str) -> Vec<(&'static str, Counted)> {
    let table: Value = serde_json::from_str(TABLE).expect("a table of weights");
    let query = format!(
        "SELECT {}, s.answers FROM survey_responses s JOIN persons p ON p.id = s.person_id \
         JOIN cases c ON c.id = p.case_id WHERE s.instrument = 'RSS' AND s.instrument_version = '1' \
         AND s.outside_window IS NULL AND s.outcome = 'SUBMITTED' \
         AND {PAYS_FOR_THE_CASE} = (SELECT id FROM projects WHERE code = '{project}') \
         ORDER BY s.held_on DESC, s.round DESC",
        rows.id("s.person_id")
    );
    let (mut persons, mut sustainable, mut sufficient) = (BTreeSet::new(), 0, 0);
    for row in rows.texts(&query, 2).await {
        let answers: Value = serde_json::from_str(&row[1]).expect("answers");
        let Some((composite, each)) = scores(&table, &answers) else {
            continue;
        };
        // The latest round that gives a score.
        if persons.insert(row[0].clone()) {
            sustainable += i64::from(composite);
            sufficient += i64::from(each);
        }
    }
    let of = i64::try_from(persons.len()).expect("a number of persons");
    vec![
        ("REINTEGRATION_SCORE", (sustainable, Some(of))),
        ("SUFFICIENT_LEVELS", (sufficient, Some(of))),
    ]
}
