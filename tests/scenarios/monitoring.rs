//! What returnees are asked, and what outreach counts.

use crate::support::*;
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

const ASKED: &str = "{ surveyResponses { instrument round outcome heldOn outsideWindow person { fullName } answers { question answer } } }";

/// INV-15: taking part is voluntary, and each instrument has a window; outside of it only a supervisor decides.
async fn inv_15_a_returnee_is_asked_voluntarily_and_within_the_instrument_s_window(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let baghdad = world.mission("Baghdad");
    baghdad
        .surveys(&usual.case, "AVR_PMS")
        .is_refused("SURVEY_WINDOW")
        .await;
    baghdad.confirms_arrival(&usual.case).await;

    world.time_passes(TimeDelta::days(20));
    baghdad.surveys(&usual.case, "AVR_PMS").await;
    let silent = baghdad.surveys(&usual.case, "AVR_PMS").with("answers", json!([]));
    silent.is_refused("INVALID").await;
    let declined = baghdad
        .surveys(&usual.case, "AVR_PMS")
        .with("outcome", "DECLINED");
    declined.is_refused("INVALID").await;
    baghdad
        .surveys(&usual.case, "AVR_PMS")
        .with("outcome", "DECLINED")
        .with("answers", json!([]))
        .await;
    let tomorrow = world.today() + Days::new(1);
    let early = baghdad
        .surveys(&usual.case, "AVR_PMS")
        .with("heldOn", tomorrow.to_string());
    early.is_refused("DATE_OUT_OF_ORDER").await;

    world.time_passes(TimeDelta::days(25));
    baghdad
        .surveys(&usual.case, "AVR_PMS")
        .is_refused("SURVEY_WINDOW")
        .await;
    baghdad
        .surveys(&usual.case, "AVR_PMS")
        .with("outsideWindow", "SECURITY")
        .is_refused("SUPERVISOR_NEEDED")
        .await;
    baghdad
        .supervisor()
        .surveys(&usual.case, "AVR_PMS")
        .with("outsideWindow", "SECURITY")
        .await;
    baghdad
        .surveys(&usual.case, "RSS")
        .is_refused("SURVEY_WINDOW")
        .await;

    let seen = baghdad.sees(&usual.case, ASKED).await.row;
    let asked = seen["surveyResponses"].as_array().expect("responses");
    let rounds: Vec<_> = asked.iter().map(|one| (&one["round"], &one["outcome"])).collect();
    assert_eq!(
        rounds,
        [
            (&json!(1), &json!("SUBMITTED")),
            (&json!(2), &json!("DECLINED")),
            (&json!(3), &json!("SUBMITTED"))
        ]
    );
    assert_eq!(asked[1]["answers"], json!([]));
    assert_eq!(asked[2]["outsideWindow"], "SECURITY");

    // Candid answers stay with those who asked.
    let sight = usual.pristina.sees(&usual.case, ASKED).await;
    assert_eq!(sight.row["surveyResponses"][0]["answers"], Value::Null);
    assert!(
        sight
            .redactions
            .contains(&("surveyResponses.0.answers".to_owned(), "WITHHELD".to_owned()))
    );
    usual
        .pristina
        .surveys(&usual.case, "AVR_PMS")
        .is_forbidden()
        .await;
}

/// Answers are looked at by somebody else than the interviewer, once; who did not answer has nothing to look at.
async fn answers_are_validated_by_somebody_else_than_the_interviewer(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let baghdad = world.mission("Baghdad");
    baghdad.confirms_arrival(&usual.case).await;
    baghdad.surveys(&usual.case, "AVR_PMS").await;
    let declined = baghdad.surveys(&usual.case, "AVR_PMS");
    declined
        .with("outcome", "DECLINED")
        .with("answers", json!([]))
        .await;

    let (case, interviewer, other) = (&usual.case, &baghdad, baghdad.supervisor());
    interviewer
        .validates_survey(case, "AVR_PMS", 1)
        .is_refused("FOUR_EYES")
        .await;
    other
        .validates_survey(case, "AVR_PMS", 3)
        .is_refused("INVALID")
        .await;
    other
        .validates_survey(case, "AVR_PMS", 2)
        .is_refused("WRONG_STATE")
        .await;
    other.validates_survey(case, "AVR_PMS", 1).await;
    other
        .validates_survey(case, "AVR_PMS", 1)
        .is_refused("WRONG_STATE")
        .await;
    usual
        .pristina
        .validates_survey(case, "AVR_PMS", 1)
        .is_forbidden()
        .await;
    let seen = usual
        .pristina
        .sees(case, "{ surveyResponses { round state validatedAt } }")
        .await
        .row;
    let [validated, declined] = [&seen["surveyResponses"][0], &seen["surveyResponses"][1]];
    assert_eq!(
        (&validated["round"], &validated["state"]),
        (&json!(1), &json!("VALIDATED"))
    );
    assert!(!validated["validatedAt"].is_null());
    assert_eq!(
        *declined,
        json!({ "round": 2, "state": "DECLINED", "validatedAt": null })
    );
}

/// INV-18: the same people met twice are twice as many contacts, and nothing calls them persons.
async fn inv_18_outreach_counts_contacts_and_never_calls_them_persons(world: &World) {
    let (pristina, skopje) = (world.mission("Pristina"), world.mission("Skopje"));
    let visit = pristina.visits("Bus station", 40).await;
    assert_eq!(visit["contacts"], 40);
    assert!(
        visit["territory"]["footnote"]
            .as_str()
            .is_some_and(|note| note.contains("UNSCR 1244"))
    );
    pristina.visits("Bus station", 40).await;
    skopje.visits("Reception centre", 5).await;
    pristina.visits("Bus station", -1).is_refused("INVALID").await;
    pristina.visits(" ", 1).is_refused("INVALID").await;

    let query = "{ indicators(codes: [BENEFICIARIES_INFORMED]) { name unit value baseline target } }";
    let informed = world.dashboard().ask(query, json!({})).await.ok()["indicators"][0].take();
    assert_eq!(
        (&informed["value"], &informed["unit"]),
        (&json!(85.0), &json!("CONTACTS"))
    );
    assert!(
        informed["name"]
            .as_str()
            .is_some_and(|name| name.contains("not unique persons"))
    );

    assert_eq!(pristina.counts("outreachVisits").await, 2, "its own visits");
    for nobody in [
        world.police("XKX"),
        world.embassy("Iraq", "Belgrade"),
        world.dashboard(),
    ] {
        assert_eq!(nobody.counts("outreachVisits").await, 0, "{}", nobody.client);
        nobody.visits("Bus station", 1).is_forbidden().await;
    }
}

on_both_databases!(
    inv_15_a_returnee_is_asked_voluntarily_and_within_the_instrument_s_window,
    answers_are_validated_by_somebody_else_than_the_interviewer,
    inv_18_outreach_counts_contacts_and_never_calls_them_persons,
);
