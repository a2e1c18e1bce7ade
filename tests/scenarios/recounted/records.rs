//! Indicators that are counted from records of missions: trainings, campaigns, surveys of partners and staff, outreach.

use super::{Counted, Rows};
use std::collections::{BTreeMap, BTreeSet};

/// What an indicator is counted from, on whichever day it was, and which rows count. A share has two expressions.
struct Record {
    code: &'static str,
    table: &'static str,
    day: &'static str,
    which: &'static str,
    numerator: &'static str,
    denominator: Option<&'static str>,
}

const LISTED: &str = "r.state IN ('LIST_SIGNED', 'EVALUATED')";

/// Indicators 3, 5, 7 to 11 and 13 to 15. A project counts what lies within its days.
#[rustfmt::skip] // a table
const RECORDS: [Record; 10] = [
    Record { code: "RIGHTS_BASED_ACCESS", table: "partner_surveys", day: "held_on", which: "r.respondents = 'PARTNERS'", numerator: "SUM(r.enabling)", denominator: Some("SUM(r.answered)") },
    Record { code: "KNOWLEDGE_APPLIED", table: "partner_surveys", day: "held_on", which: "1 = 1", numerator: "SUM(r.applying)", denominator: Some("SUM(r.answered)") },
    Record { code: "STAFF_TRAINED", table: "trainings", day: "held_on", which: LISTED, numerator: "SUM(r.staff_participants)", denominator: None },
    Record { code: "PARTNERS_TRAINED", table: "trainings", day: "held_on", which: LISTED, numerator: "SUM(r.partner_participants)", denominator: None },
    Record { code: "BETTER_UNDERSTANDING", table: "trainings", day: "held_on", which: "r.state = 'EVALUATED'", numerator: "SUM(r.sheets_better)", denominator: Some("SUM(r.sheets_returned)") },
    Record { code: "BENEFICIARIES_INFORMED", table: "outreach_visits", day: "visited_on", which: "1 = 1", numerator: "SUM(r.contacts)", denominator: None },
    Record { code: "OUTREACH_LOCATIONS", table: "outreach_visits", day: "visited_on", which: "1 = 1", numerator: "COUNT(DISTINCT r.territory || '/' || r.location)", denominator: None },
    Record { code: "CAMPAIGN_REACHED", table: "campaign_reports", day: "to_on", which: "1 = 1", numerator: "SUM(r.reached)", denominator: None },
    Record { code: "CAMPAIGN_ENGAGED", table: "campaign_reports", day: "to_on", which: "1 = 1", numerator: "SUM(r.engaged)", denominator: None },
    Record { code: "CAMPAIGN_TERRITORIES", table: "campaign_reports", day: "to_on", which: "1 = 1", numerator: "COUNT(DISTINCT r.territory)", denominator: None },
];

/// What is told of records agrees with them; a share of nobody is not told.
pub async fn agree(rows: &Rows, told: &BTreeMap<String, Option<Counted>>, project: &str) {
    for record in &RECORDS {
        let question = format!(
            "SELECT CAST(COALESCE({}, 0) AS TEXT), CAST(COALESCE({}, 0) AS TEXT) FROM {} r \
             JOIN projects p ON p.code = '{project}' WHERE r.{} BETWEEN p.starts_on AND p.ends_on AND {}",
            record.numerator,
            record.denominator.unwrap_or("0"),
            record.table,
            record.day,
            record.which
        );
        let numbers = rows.numbers(&question, 2).await;
        let denominator = record.denominator.map(|_| numbers[1]);
        let counted = (denominator != Some(0)).then_some((numbers[0], denominator));
        assert_eq!(told[record.code], counted, "{} of {project}", record.code);
    }
    assert_eq!(
        told["POPULATIONS_SERVED"],
        Some((populations(rows, project).await, None)),
        "of {project}"
    );
}

/// Indicator 6: the different countries of origin that outreach met, which a visit has as a list.
async fn populations(rows: &Rows, project: &str) -> i64 {
    let question = format!(
        "SELECT r.populations FROM outreach_visits r JOIN projects p ON p.code = '{project}' \
         WHERE r.visited_on BETWEEN p.starts_on AND p.ends_on"
    );
    let lists = rows.texts(&question, 1).await.into_iter();
    let lists = lists.map(|row| serde_json::from_str::<Vec<String>>(&row[0]).expect("a list of countries"));
    let met: BTreeSet<String> = lists.flatten().collect();
    i64::try_from(met.len()).expect("a number of countries")
}
