//! What has been kept long enough is erased, and nothing before; the figures stay, and a certificate says what was done.

use crate::support::*;
use avrr_gateway::demo;
use avrr_gateway::domain::case::CaseState;
use avrr_gateway::store::Programme;
use chrono::{DateTime, Months, TimeDelta, Utc};
use serde_json::{Value, json};

const CANARIES: [(&str, &str); 5] = [
    ("placeOfBirth", "Canaryville"),
    ("parentsNames", "Canary Senior and Canaria Senior"),
    ("phone", "+38344707070"),
    ("hostAddress", "Canary street 5"),
    ("addressInCountryOfReturn", "Canary road 9"),
];

/// A case that is as full of words as an application makes it.
async fn a_case_of_canaries(pristina: &Actor) -> Case {
    let mut who = person()
        .of("IRQ")
        .with("familyName", "Canarius")
        .with("givenNames", "Canarina");
    for (field, value) in CANARIES {
        who = who.with(field, value);
    }
    let case = pristina
        .opens_a_case_for(vec![who.who_speaks_for_the_family()])
        .with("reference", "XK-CANARY")
        .await;
    pristina.registers(&case, USUAL).await;
    pristina.records_a_document(&case, passport().good_for(50)).await;
    case
}

/// Everything by which somebody could tell whose case it was.
fn tells_of(case: &Case) -> Vec<String> {
    let names = case.head().split_whitespace().map(str::to_owned);
    let canaries = CANARIES.iter().map(|(_, value)| (*value).to_owned());
    names.chain(canaries).chain(["XK-CANARY".to_owned()]).collect()
}

async fn is_told_of(world: &World, case: &Case) -> Vec<(String, Vec<String>)> {
    let mut told = Vec::new();
    for word in tells_of(case) {
        let columns = world.stage.columns_that_say(&word).await;
        if !columns.is_empty() {
            told.push((word, columns));
        }
    }
    told
}

/// Five years after its end nothing in the database says whose case it was; a day before, everything does. What oversight has
/// to see waits. A second run does nothing, and certificates hang on each other.
async fn a_case_is_pseudonymised_when_it_is_due_and_not_before(world: &World) {
    let pristina = world.mission("Pristina");
    let auditor = world.auditor();
    let (officer, colleague) = (
        auditor.in_the_name_of("officer"),
        auditor.in_the_name_of("colleague"),
    );
    let case = a_case_of_canaries(&pristina).await;
    pristina.withdraws(&case).await;
    let id = pristina.id_of(&case).await.expect("the case");
    assert_eq!(is_told_of(world, &case).await.len(), tells_of(&case).len());

    for who in [
        &pristina,
        &world.admin(),
        &world.mission("Baghdad"),
        &world.police("XKX"),
    ] {
        who.erases_what_is_due().is_forbidden().await;
    }
    assert_eq!(officer.erases_what_is_due().await, Value::Null, "nothing is due");

    world.time_passes(TimeDelta::days(5 * 365 - 2));
    officer.erases_what_is_due().await;
    assert_eq!(
        is_told_of(world, &case).await.len(),
        tells_of(&case).len(),
        "it is not due yet"
    );

    world.time_passes(TimeDelta::days(5));
    officer.asks_to_see(&case, 30).await;
    officer.erases_what_is_due().await;
    assert_eq!(
        is_told_of(world, &case).await.len(),
        tells_of(&case).len(),
        "oversight looks at it"
    );
    colleague.on_access("rejectBreakGlass", 0).await.await;

    let fresh = a_case_of_canaries_besides(&pristina).await;
    let certificate = officer.erases_what_is_due().await;
    assert_eq!(
        (&certificate["category"], &certificate["erased"]),
        (&json!("CASE_CORE"), &json!(1))
    );
    let words = tells_of(&case);
    for word in words {
        let columns = world.stage.columns_that_say(&word).await;
        assert_eq!(columns, Vec::<String>::new(), "{word}");
    }
    // Nor do the bytes of a SQLite file, in pages that nothing needs any more or in its log.
    for word in ["Canaryville", "Canary street 5", "XK-CANARY"] {
        assert_eq!(world.stage.files_that_hold(word), Vec::<String>::new(), "{word}");
    }
    let kept = pristina.sees(&fresh.person(), "{ fullName phone }").await.row;
    assert_eq!(kept["fullName"], fresh.head());

    let query = "query($id: ID!) { node(id: $id) { ... on Case { state reference persons { fullName sex nationality { code } dateOfBirth phone } } } }";
    let left = pristina.ask(query, json!({ "id": id })).await.ok();
    let (left, person) = (&left["node"], &left["node"]["persons"][0]);
    assert_eq!(
        (&left["state"], &person["nationality"]["code"]),
        (&json!("WITHDRAWN"), &json!("IRQ"))
    );
    assert_eq!(person["phone"], Value::Null);
    let born = person["dateOfBirth"].as_str().expect("a year");
    assert!(born.ends_with("-01-01"), "{born}");

    assert_eq!(
        officer.erases_what_is_due().await,
        Value::Null,
        "nothing is done twice"
    );
    let certificates = officer.certificates().await;
    for pair in certificates.windows(2) {
        assert_eq!(pair[1]["previousSha256"], pair[0]["sha256"]);
        assert_eq!(
            pair[1]["sequence"].as_i64(),
            pair[0]["sequence"].as_i64().map(|nth| nth + 1)
        );
    }
    assert!(certificates.iter().all(|one| one["madeBy"] == "officer"));
    assert_eq!(
        pristina
            .ask("{ retentionCertificates { totalCount } }", json!({}))
            .await
            .ok()["retentionCertificates"]["totalCount"],
        0
    );
    let rewritten = world
        .stage
        .by_hand("UPDATE retention_certificates SET erased = 7")
        .await;
    assert!(rewritten.is_err_and(|fault| fault.contains("never changed")));
}

/// Another case, which is not due.
async fn a_case_of_canaries_besides(pristina: &Actor) -> Case {
    pristina.opens_a_case_for(person().of("IRQ")).await
}

/// A year after its outcome the words of a disclosure go, once, and its digest stays; nothing else of it can be changed.
async fn a_disclosure_loses_its_words_and_keeps_its_digest(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let request = usual.request();
    let shown = |row: Value| row["disclosureSnapshot"].clone();
    let look = "{ disclosureSnapshot { content sha256 madeAt } }";
    let before = shown(usual.pristina.sees(request, look).await.row);
    assert!(!before["content"].is_null());
    for forgery in [
        "content = '{}'",
        "content = '', sha256 = 'x'",
        "made_at = made_at, policy_version = 'x'",
    ] {
        let forged = world
            .stage
            .by_hand(&format!("UPDATE disclosure_snapshots SET {forgery}"))
            .await;
        assert!(forged.is_err(), "{forgery}");
    }
    world.time_passes(TimeDelta::days(370));
    let certificate = world.auditor().erases_what_is_due().await;
    assert_eq!(certificate["category"], "DISCLOSURES");
    let after = shown(usual.pristina.sees(request, look).await.row);
    assert_eq!(after["content"], Value::Null);
    assert_eq!(
        (&after["sha256"], &after["madeAt"]),
        (&before["sha256"], &before["madeAt"])
    );
}

/// An inquiry that led to no application is forgotten after half a year.
async fn an_inquiry_is_forgotten_after_half_a_year(world: &World) {
    let (pristina, auditor) = (world.mission("Pristina"), world.auditor());
    let case = pristina
        .opens_a_case_for(person().of("IRQ").with("placeOfBirth", "Canaryville"))
        .await;
    pristina.counsels(&case).await;
    world.time_passes(TimeDelta::days(150));
    assert_eq!(auditor.erases_what_is_due().await, Value::Null);
    world.time_passes(TimeDelta::days(40));
    let certificate = auditor.erases_what_is_due().await;
    assert_eq!(certificate["category"], "INQUIRIES");
    assert_eq!(
        world.stage.columns_that_say("Canaryville").await,
        Vec::<String>::new()
    );
}

/// The key of a command is known for thirty days, and then forgotten by time alone.
async fn the_keys_of_commands_are_forgotten_after_thirty_days(world: &World) {
    let pristina = world.mission("Pristina");
    pristina.opens_a_case_for(person().of("IRQ")).await;
    let used = world.stage.count("idempotency_keys").await;
    assert!(used > 0);
    let kept = pristina
        .ask("{ serviceInfo { idempotencyKeyDays } }", json!({}))
        .await
        .ok();
    assert_eq!(kept["serviceInfo"]["idempotencyKeyDays"], 30);
    world.time_passes(TimeDelta::days(29));
    pristina.opens_a_case_for(person().of("IRQ")).await;
    assert!(
        world.stage.count("idempotency_keys").await > used,
        "none is forgotten"
    );
    world.time_passes(TimeDelta::days(2));
    let forgotten = async {
        while world.stage.count("idempotency_keys").await > used {
            tokio::task::yield_now().await;
        }
    };
    let forgotten = tokio::time::timeout(std::time::Duration::from_secs(30), forgotten).await;
    forgotten.expect("the old keys are gone");
    assert!(
        world.stage.count("idempotency_keys").await > 0,
        "the later ones are not"
    );
}

on_both_databases!(
    the_keys_of_commands_are_forgotten_after_thirty_days,
    a_case_is_pseudonymised_when_it_is_due_and_not_before,
    a_disclosure_loses_its_words_and_keeps_its_digest,
    an_inquiry_is_forgotten_after_half_a_year,
);

mod figures {
    use super::*;

    const RETURNED: usize = 14;

    /// Persons who returned six years ago, and whose cases were closed.
    fn long_ago(now: DateTime<Utc>) -> Programme {
        let mut programme = demo::ready_cases(RETURNED, "iom-pristina", now);
        programme.told.clear();
        let then = now.checked_sub_months(Months::new(72));
        for file in &mut programme.files {
            file.case.state = CaseState::Closed;
            (file.case.departed_at, file.case.arrived_at, file.case.ended_at) = (then, then, then);
        }
        programme
    }

    /// The figures are the same before and after, and nobody is left in them.
    async fn the_figures_stay_and_the_persons_go(world: &World) {
        let (auditor, dashboard) = (world.auditor(), world.dashboard());
        let figures = "{ returns(groupBy: [HOST_TERRITORY]) { totalCases totalPersons rows { cases persons suppressed } }
            indicators { code value suppressed } }";
        let before = dashboard.ask(figures, json!({})).await.ok();
        assert_eq!(before["returns"]["totalCases"], RETURNED);
        auditor.erases_what_is_due().await;
        let names = world.stage.words().await.into_iter();
        let names: Vec<String> = names
            .filter(|(column, _)| column == "persons.family_name")
            .map(|(_, name)| name)
            .collect();
        assert!(
            names.len() >= RETURNED && names.iter().all(|name| name == "ERASED"),
            "{names:?}"
        );
        assert_eq!(dashboard.ask(figures, json!({})).await.ok(), before);
        let erased: Vec<(String, i64)> = auditor
            .certificates()
            .await
            .iter()
            .map(|one| {
                (
                    one["category"].as_str().unwrap_or_default().to_owned(),
                    one["erased"].as_i64().unwrap_or(0),
                )
            })
            .collect();
        let all = i64::try_from(RETURNED).expect("a small number");
        assert!(erased.contains(&("CASE_CORE".to_owned(), all)), "{erased:?}");
        assert!(erased.contains(&("MEDICAL".to_owned(), all)), "{erased:?}");
        assert!(
            !erased.iter().any(|(category, _)| category == "FINANCE"),
            "seven years are not over"
        );
    }

    on_both_databases!(from long_ago: the_figures_stay_and_the_persons_go);
}
