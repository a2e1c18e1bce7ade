//! What stands for what is not shown: a place, a word of a vocabulary, the name of a project, a figure about few.

use crate::support::verbs_safeguards::{GUARDIAN, HANDOVER_PARTY};
use crate::support::*;
use serde_json::{Value, json};

/// Who reads everything there is for it, in its listings and its inbox.
async fn records(seats: &[&Actor]) -> Vec<Record> {
    let mut records = Vec::new();
    for seat in seats {
        let mut record = seat.keeps_a_record();
        record.reads_everything().await;
        records.push(record);
    }
    records
}

#[track_caller]
fn nobody_says(records: &[Record], words: &[&str]) {
    for record in records {
        for word in words {
            assert_eq!(
                record.answers_that_say(word),
                0,
                "{} is told {word}",
                record.seat()
            );
        }
    }
}

/// 6: by no facility, address, status, referral or session does a consular post, the police, a mission on the way or a
/// dashboard learn that somebody asked for asylum. 5: nor do they learn the names of projects and of rules.
async fn nothing_stands_for_a_claim_of_asylum_or_names_who_pays(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let outside = [&usual.iraq, &usual.police, &usual.istanbul, &world.dashboard()];
    let told = records(&outside).await;
    assert!(
        told[0].answers_that_say(usual.case.head()) > 0,
        "the post reads nobody"
    );
    nobody_says(&told, &["asylum", "Magure", "ASYLUM_CENTRE", "MIM-20260045"]);
    nobody_says(
        &told[..2],
        &["WB-RR", "IDN-2000", "INCOME_GENERATION", "printing"],
    );
    // The mission itself reads all of it: the words are the right ones.
    let own = records(&[&usual.pristina]).await;
    for word in [
        "ASYLUM_REJECTED",
        "Magure",
        "ASYLUM_CENTRE",
        "MIM-20260045",
        "WB-RR",
        "INCOME_GENERATION",
    ] {
        assert!(
            own[0].answers_that_say(word) > 0,
            "the mission is not told {word}"
        );
    }
}

/// 7: neither what is wrong nor what is done about it (a service, a shelter, an escort's kind, a guardian, a gate, a social
/// service) reaches those outside, but what each needs of it.
async fn nothing_stands_for_trafficking_or_for_a_child_alone(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let name = case.head().to_owned();
    pristina
        .assesses_vulnerability(case, &name, &["VICTIM_OF_TRAFFICKING"], &["FEMALE_STAFF"])
        .await;
    let today = world.today();
    let nights = (today, today + chrono::Days::new(3));
    pristina
        .arranges_accommodation(case, "Shelter on the hill", nights)
        .await;
    pristina.recommends_escort(case, &name, "OPERATIONAL").await;
    let told = records(&[&usual.iraq, &usual.police, &usual.migration, &world.dashboard()]).await;
    nobody_says(
        &told,
        &["TRAFFICK", "FEMALE_STAFF", "Shelter", "safe-house", "OPERATIONAL"],
    );
    let iraq = &told[0];
    for word in ["escort", "vulnerab"] {
        let values = iraq
            .data()
            .filter(|data| says_as_a_value(&data["data"], word))
            .count();
        assert_eq!(values, 0, "the post is told {word}");
    }
    let own = records(&[pristina]).await;
    assert!(
        own[0].answers_that_say("\"victimOfTrafficking\":true") > 0 && own[0].answers_that_say("Shelter") > 0
    );

    let child = pristina.opens_a_case_for(person().of("IRQ").aged(15)).await;
    pristina
        .records_everything_for_the_child(&child, child.head())
        .await;
    let told = records(&[&usual.iraq, &usual.police, &usual.migration, &world.dashboard()]).await;
    nobody_says(
        &told,
        &[
            GUARDIAN[0],
            GUARDIAN[1],
            GUARDIAN[2],
            HANDOVER_PARTY,
            child.head(),
        ],
    );
}

/// 8: a finding, its conditions, a test, oxygen or an airline's clearance are told to nobody outside IOM, and the police
/// hear at most that somebody needs assistance.
async fn nothing_stands_for_what_health_staff_found(world: &World) {
    let usual = world.a_usual_case(Until::Booked).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let name = case.head().to_owned();
    pristina.requests_fitness(case, &name).await;
    pristina
        .health()
        .finds_fit(case, &name, &["WHEELCHAIR", "OXYGEN"])
        .with("diagnosis", "Tuberculosis, treated")
        .await;
    pristina
        .health()
        .records_test(
            case,
            &name,
            "PCR_TEST",
            world.clock.now() + chrono::TimeDelta::days(20),
        )
        .await;
    pristina.records_clearance(case, "MEDICAL").await;
    let told = records(&[&usual.iraq, &usual.police, &usual.migration, &world.dashboard()]).await;
    nobody_says(
        &told,
        &[
            "WHEELCHAIR",
            "OXYGEN",
            "Tuberculosis",
            "FIT_WITH",
            "NEGATIVE",
            "GRP-0045",
        ],
    );
    let own = records(&[&pristina.health()]).await;
    assert!(own[0].answers_that_say("OXYGEN") > 0 && own[0].answers_that_say("GRP-0045") > 0);
}

/// Whether a value of an answer, and not the name of a field, holds a word.
fn says_as_a_value(value: &Value, word: &str) -> bool {
    match value {
        Value::String(text) => text.to_lowercase().contains(word),
        Value::Array(values) => values.iter().any(|value| says_as_a_value(value, word)),
        Value::Object(fields) => fields.values().any(|value| says_as_a_value(value, word)),
        _ => false,
    }
}

/// 16: as far as figures are built: of fewer than ten nobody outside is told how many, in whatever they are counted by.
async fn a_figure_about_few_is_not_told(world: &World) {
    world.a_usual_case(Until::Departed).await;
    for by in ["HOST_TERRITORY", "COUNTRY_OF_RETURN", "SEX"] {
        let query = format!(
            "{{ returns(groupBy: [{by}]) {{ totalCases totalPersons rows {{ cases persons suppressed }} }}
                indicators(codes: [ASSISTED_TO_RETURN]) {{ value suppressed }} }}"
        );
        for seat in [world.dashboard(), world.client("dashboard-public")] {
            let data = seat.ask(&query, json!({})).await.ok();
            let few = |figure: &Value| figure.as_i64().is_some_and(|count| (1..10).contains(&count));
            let table = &data["returns"];
            assert!(
                !few(&table["totalCases"]) && !few(&table["totalPersons"]),
                "{by}: {table}"
            );
            for row in table["rows"].as_array().into_iter().flatten() {
                assert!(!few(&row["cases"]) && !few(&row["persons"]), "{by}: {row}");
            }
            assert!(!few(&data["indicators"][0]["value"]), "{}", data["indicators"]);
        }
    }
}

on_both_databases!(
    nothing_stands_for_a_claim_of_asylum_or_names_who_pays,
    nothing_stands_for_trafficking_or_for_a_child_alone,
    nothing_stands_for_what_health_staff_found,
    a_figure_about_few_is_not_told,
);
