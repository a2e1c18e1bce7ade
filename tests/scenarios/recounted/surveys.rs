//! What returnees answered: for each question the latest round inside the window that says something of it.

use super::{Counted, PAYS_FOR_THE_CASE, PAYS_FOR_THE_PACKAGE, Rows};

/// An indicator, the instrument and the question that it is counted from, and the answers that meet it.
const ASKED: [(&str, &str, &str, &[&str]); 8] = [
    ("SAFE_RETURN", "AVR_PMS", "SAFE_RETURN", &["YES"]),
    ("INFORMED_DECISION", "AVR_PMS", "INFORMATION_SUFFICIENT", &["YES"]),
    ("HEARD_THROUGH_OUTREACH", "AVR_PMS", "HEARD_THROUGH", &OUTREACH),
    (
        "PRE_DEPARTURE_INFORMATION",
        "AVR_PMS",
        "PRE_DEPARTURE_INFORMATION_CLEAR",
        &["YES"],
    ),
    (
        "ORGANISED_AND_DIGNIFIED",
        "AVR_PMS",
        "ORGANISED_AND_DIGNIFIED",
        &["YES"],
    ),
    (
        "LOGISTICS_SATISFIED",
        "AVR_PMS",
        "LOGISTICS_SATISFACTION",
        &SATISFIED,
    ),
    (
        "REINTEGRATION_SATISFIED",
        "RASS",
        "ASSISTANCE_SATISFACTION",
        &SATISFIED,
    ),
    ("NEEDS_MET", "RASS", "NEEDS_MET", &["YES"]),
];

/// Tools of outreach.
const OUTREACH: [&str; 7] = [
    "MOBILE_TEAM",
    "INFORMATION_SESSION",
    "SOCIAL_MEDIA",
    "WEBSITE",
    "LEAFLET",
    "MIGAPP",
    "HOTLINE",
];

/// The two best of five answers.
const SATISFIED: [&str; 2] = ["VERY_SATISFIED", "SATISFIED"];

/// The indicators of single questions, of a project.
pub async fn counted(rows: &Rows, project: &str) -> Vec<(&'static str, Counted)> {
    let mut counted = Vec::new();
    for (code, instrument, question, good) in ASKED {
        let paid_by = if instrument == "RASS" {
            PAYS_FOR_THE_PACKAGE
        } else {
            PAYS_FOR_THE_CASE
        };
        let answer = rows.answer(question);
        // Several answers stand in one text, with commas between them.
        let good: Vec<String> = good
            .iter()
            .map(|answer| format!("',' || said.answer || ',' LIKE '%,{answer},%'"))
            .collect();
        let query = format!(
            "WITH said AS (SELECT s.person_id, s.held_on, s.round, {answer} AS answer FROM survey_responses s \
             WHERE s.instrument = '{instrument}' AND s.instrument_version = '1' AND s.outside_window IS NULL \
             AND s.outcome = 'SUBMITTED' AND {answer} IS NOT NULL AND {answer} <> 'NO_ANSWER') \
             SELECT CAST(COALESCE(SUM(CASE WHEN {} THEN 1 ELSE 0 END), 0) AS TEXT), CAST(COUNT(*) AS TEXT) \
             FROM said JOIN persons p ON p.id = said.person_id JOIN cases c ON c.id = p.case_id \
             WHERE {paid_by} = (SELECT id FROM projects WHERE code = '{project}') \
             AND NOT EXISTS (SELECT 1 FROM said later WHERE later.person_id = said.person_id \
             AND (later.held_on > said.held_on OR (later.held_on = said.held_on AND later.round > said.round)))",
            good.join(" OR ")
        );
        let numbers = rows.numbers(&query, 2).await;
        counted.push((code, (numbers[0], Some(numbers[1]))));
    }
    counted
}
