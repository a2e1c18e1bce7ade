//! From the airport of arrival to the closing: handover, counselling, support, and what a case is closed with.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::json;

/// I5f: an uncle is refused at the airport; the child-protection body signs for the person, and the sending mission is told.
async fn who_cannot_be_left_alone_is_handed_over_or_an_alternative_is_recorded(world: &World) {
    let usual = world.a_usual_case(Until::Arrived).await;
    let (pristina, baghdad, case) = (&usual.pristina, &usual.baghdad, &usual.case);
    baghdad
        .hands_over(case, "RELATIVE", "The uncle")
        .with("at", json!(world.clock.now() + TimeDelta::hours(1)))
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    baghdad
        .hands_over(case, "RELATIVE", "The uncle")
        .with("outcome", json!({ "refused": "IDENTITY_NOT_CONFIRMED" }))
        .await;
    let confirmed = async || {
        let told = pristina.inbox().await;
        told.iter()
            .filter(|notice| notice["type"] == "HANDOVER_CONFIRMED")
            .count()
    };
    assert_eq!(confirmed().await, 0);
    baghdad
        .starts_reintegration(case)
        .is_refused("HANDOVER_MISSING")
        .await;
    baghdad
        .hands_over(case, "CHILD_PROTECTION_BODY", "Directorate for children")
        .await;
    assert_eq!(confirmed().await, 1);
    baghdad
        .hands_over(case, "PARENT", "A mother")
        .is_refused("ALREADY_EXISTS")
        .await;
    let selection = "{ handovers { relation acceptedBy refusal } }";
    let expected = json!({ "handovers": [
        { "relation": "RELATIVE", "acceptedBy": null, "refusal": "IDENTITY_NOT_CONFIRMED" },
        { "relation": "CHILD_PROTECTION_BODY", "acceptedBy": "Directorate for children", "refusal": null },
    ] });
    for mission in [pristina, baghdad] {
        assert_eq!(mission.sees(case, selection).await.row, expected);
    }
    // That somebody was handed over says what they are: nobody else learns of it.
    for partner in [&usual.istanbul, &usual.iraq, &usual.police, &usual.migration] {
        partner
            .hands_over(case, "PARENT", "A mother")
            .is_forbidden()
            .await;
        let text = partner.everything().await.text;
        assert!(
            !text.contains("Directorate") && !text.contains("RELATIVE"),
            "{}",
            partner.client
        );
        assert_eq!(
            partner.sees(case, "{ handovers { to } }").await.row["handovers"],
            json!(null)
        );
    }
}

/// A case is closed by a supervisor once its packages are, and the surveys are offered and planned; both missions are told.
async fn a_case_is_closed_once_everything_has_been_done(world: &World) {
    let usual = world.a_usual_case(Until::Arrived).await;
    let (pristina, baghdad, case) = (&usual.pristina, &usual.baghdad, &usual.case);
    let package = usual.package.clone().expect("a package");
    pristina.starts_reintegration(case).is_forbidden().await;
    baghdad
        .starts_reintegration(case)
        .with("counselledAt", json!(null))
        .is_refused("COUNSELLING_MISSING")
        .await;
    pristina.supervisor().closes(case).is_refused("WRONG_STATE").await;
    baghdad.starts_reintegration(case).await;
    baghdad.starts_reintegration(case).is_refused("WRONG_STATE").await;

    // Everything that is missing is named at once.
    let answer = pristina
        .supervisor()
        .closes(case)
        .with("satisfactionSurveyOffered", false)
        .with("sustainabilitySurveyOn", json!(null))
        .answer()
        .await
        .ok();
    let errors = answer["closeCase"]["errors"].as_array().expect("errors").iter();
    let codes: Vec<_> = errors.map(|error| error["code"].clone()).collect();
    assert_eq!(
        codes,
        [
            "PACKAGE_NOT_CLOSED",
            "SATISFACTION_SURVEY_NOT_OFFERED",
            "SUSTAINABILITY_SURVEY_NOT_PLANNED"
        ]
    );

    world.time_passes(TimeDelta::days(91));
    baghdad.forfeits(&package).await;
    pristina.closes(case).is_forbidden().await;
    pristina
        .supervisor()
        .closes(case)
        .with("sustainabilitySurveyOn", json!(null))
        .with("sustainabilitySurveyWaived", "NO_ASSISTANCE")
        .await;
    for mission in [pristina, baghdad] {
        let told = mission.inbox().await;
        assert!(
            told.iter().any(|notice| notice["type"] == "CASE_CLOSED"),
            "{}",
            mission.client
        );
        let sight = mission
            .sees(case, "{ state aftercare { sustainabilitySurveyWaived } }")
            .await;
        assert_eq!(
            sight.row,
            json!({ "state": "CLOSED", "aftercare": { "sustainabilitySurveyWaived": "NO_ASSISTANCE" } })
        );
    }
    for partner in [&usual.istanbul, &usual.iraq, &usual.police, &usual.migration] {
        let told = partner.inbox().await;
        assert!(
            told.iter().all(|notice| notice["type"] != "CASE_CLOSED"),
            "{}",
            partner.client
        );
    }
    baghdad
        .proposes_a_package(case, 1_000, &[])
        .is_refused("WRONG_STATE")
        .await;
}

on_both_databases!(
    who_cannot_be_left_alone_is_handed_over_or_an_alternative_is_recorded,
    a_case_is_closed_once_everything_has_been_done,
);
