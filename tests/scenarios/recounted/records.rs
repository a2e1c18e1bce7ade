//! Indicators that are counted from records of missions: outreach, and later campaigns, trainings and surveys of partners.

use super::{Counted, Rows};
use std::collections::BTreeMap;

/// Whether the program counts these records yet. Turn it on with `Store::count_records`.
const COUNTED: bool = false;

/// An indicator, and what it is counted from: a share has two expressions. A project counts what lies within its days.
///
/// To come, with the tables that they are counted from: 3 and 5 (`partner_surveys`), 6 (`outreach_visits`),
/// 7, 8 and 9 (`trainings`), 13, 14 and 15 (`campaign_reports`).
const RECORDS: [(&str, &str, &str, &str, Option<&str>); 2] = [
    (
        "BENEFICIARIES_INFORMED",
        "outreach_visits",
        "visited_on",
        "COALESCE(SUM(r.contacts), 0)",
        None,
    ),
    (
        "OUTREACH_LOCATIONS",
        "outreach_visits",
        "visited_on",
        "COUNT(DISTINCT r.territory || '/' || r.location)",
        None,
    ),
];

/// What is told of records agrees with them.
pub async fn agree(rows: &Rows, told: &BTreeMap<String, Option<Counted>>, project: &str) {
    for (code, table, day, numerator, denominator) in RECORDS {
        let question = format!(
            "SELECT CAST({numerator} AS TEXT), CAST({} AS TEXT) FROM {table} r JOIN projects p ON p.code = '{project}' \
             WHERE r.{day} BETWEEN p.starts_on AND p.ends_on",
            denominator.unwrap_or("0")
        );
        let numbers = rows.numbers(&question, 2).await;
        let counted = (numbers[0], denominator.map(|_| numbers[1]));
        assert!(counted.0 >= 0, "{code} of {project}");
        if COUNTED {
            assert_eq!(told[code], Some(counted), "{code} of {project}");
        }
    }
}
