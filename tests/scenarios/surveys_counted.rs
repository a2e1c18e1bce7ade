//! What returnees answer, counted: inside the windows of the instruments, voluntarily, and by the latest round that says something.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Scenario 18: windows hold, rounds outside them are kept and not counted, who declines counts among those asked alone.
async fn scenario_18_surveys_count_in_their_windows_and_whoever_declines_only_among_those_asked(
    world: &World,
) {
    let usual = world.a_usual_case(Until::Departed).await;
    let (case, baghdad) = (&usual.case, world.mission("Baghdad"));
    let auditor = world.auditor();
    let counted = async |code: &str| {
        let question = format!("{{ indicators(codes: [{code}]) {{ numerator denominator responseRate }} }}");
        auditor.ask(&question, json!({})).await.ok()["indicators"][0].take()
    };
    let other = world.a_usual_case(Until::Departed).await;
    baghdad.confirms_arrival(&other.case).await;
    baghdad
        .surveys(&other.case, "AVR_PMS")
        .with("outcome", "DECLINED")
        .with("answers", json!([]))
        .await;
    assert_eq!(
        counted("SAFE_RETURN").await,
        json!({ "numerator": 0, "denominator": 0, "responseRate": 0.0 }),
        "whoever declines counts among those asked, and in no denominator"
    );
    baghdad.confirms_arrival(case).await;
    world.time_passes(TimeDelta::days(20));
    baghdad.surveys(case, "AVR_PMS").await;
    assert_eq!(
        counted("SAFE_RETURN").await,
        json!({ "numerator": 1, "denominator": 1, "responseRate": 50.0 })
    );
    baghdad
        .surveys(case, "AVR_PMS")
        .with("instrumentVersion", "unknown")
        .is_refused("INVALID")
        .await;
    let unknown = json!([{ "question": "SAFE_RETURN", "answer": "PERHAPS" }]);
    baghdad
        .surveys(case, "AVR_PMS")
        .with("answers", unknown)
        .is_refused("INVALID")
        .await;
    world.time_passes(TimeDelta::days(25));
    baghdad.surveys(case, "AVR_PMS").is_refused("SURVEY_WINDOW").await;
    let no = json!([{ "question": "SAFE_RETURN", "answer": "NO" }]);
    baghdad
        .supervisor()
        .surveys(case, "AVR_PMS")
        .with("outsideWindow", "SECURITY")
        .with("answers", no)
        .await;
    assert_eq!(
        counted("SAFE_RETURN").await["numerator"],
        1,
        "day 45 lies outside the window: it is kept, and the latest round inside is used"
    );

    world.time_passes(TimeDelta::days(105));
    baghdad.surveys(case, "RSS").is_refused("SURVEY_WINDOW").await;
    world.time_passes(TimeDelta::days(90));
    baghdad.forfeits(usual.package.as_ref().expect("a package")).await;
    baghdad
        .surveys(case, "RSS")
        .with("answers", every_answer_of_the_rss(true))
        .await;
    assert_eq!(
        counted("REINTEGRATION_SCORE").await,
        json!({ "numerator": 1, "denominator": 1, "responseRate": 100.0 })
    );
    world.time_passes(TimeDelta::days(40));
    baghdad
        .surveys(case, "RSS")
        .with("answers", every_answer_of_the_rss(false))
        .await;
    assert_eq!(
        counted("REINTEGRATION_SCORE").await["numerator"],
        0,
        "the latest valid round is used"
    );
    let too_few = json!([{ "question": "ACCESS_TO_HOUSING", "answer": "VERY_GOOD" }]);
    baghdad.surveys(case, "RSS").with("answers", too_few).await;
    assert_eq!(
        counted("REINTEGRATION_SCORE").await["denominator"],
        1,
        "a round that gives no score leaves the one before it standing"
    );
    world.time_passes(TimeDelta::days(150));
    baghdad
        .supervisor()
        .surveys(case, "RSS")
        .with("outsideWindow", "SUPPORT_PROLONGED")
        .with("answers", every_answer_of_the_rss(true))
        .await;
    assert_eq!(
        counted("SUFFICIENT_LEVELS").await["numerator"],
        0,
        "month 14 is kept, and not counted"
    );
}

/// The best or the worst answer to every question of the RSS.
fn every_answer_of_the_rss(best: bool) -> Value {
    use avrr_gateway::domain::instrument::embedded_version;
    use avrr_gateway::domain::survey::Instrument;
    let version = embedded_version(Instrument::Rss, "1").expect("the carried version");
    let answers = version.questions.iter().filter_map(|question| {
        let scored = question.answers.iter().filter(|answer| answer.value.is_some());
        let answer = if best {
            scored.max_by_key(|answer| answer.value)
        } else {
            scored.min_by_key(|answer| answer.value)
        };
        Some(json!({ "question": question.code, "answer": answer?.code }))
    });
    answers.collect()
}

on_both_databases!(scenario_18_surveys_count_in_their_windows_and_whoever_declines_only_among_those_asked);
