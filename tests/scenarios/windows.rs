//! From when to when a party reaches a case, as an installation has set it; and one mission that is something else to each
//! case of a page (DOMAIN 4.6, row scope).

use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::policy::windows::Windows;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Shorter windows than usual, of which one closes at once, and a longer one.
const SET: Windows = Windows {
    consular_days: 60,
    police_days: 0,
    transit_hours: 5,
    migration_days: 1,
};

async fn windows_are_as_long_as_they_are_set(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    // The police are told of the departure, and read nothing more of it.
    usual.police.cannot_find(&usual.case).await;
    let told = usual.police.inbox().await;
    assert!(told.iter().any(|notice| notice["type"] == "DEPARTED"));
    assert!(told.iter().all(|notice| notice["case"].is_null()), "{told:?}");
    usual.migration.sees(&usual.case, "{ state }").await;
    usual.istanbul.sees(&usual.case, "{ state }").await;
    world.time_passes(TimeDelta::hours(23));
    usual.migration.sees(&usual.case, "{ state }").await;
    usual.istanbul.cannot_find(&usual.case).await;
    usual.istanbul.cannot_find(usual.itinerary()).await;
    world.time_passes(TimeDelta::hours(2));
    usual.migration.cannot_find(&usual.case).await;
    // The document was issued nine days before the departure.
    world.time_passes(TimeDelta::days(48));
    usual.iraq.sees(usual.request(), "{ state }").await;
    world.time_passes(TimeDelta::days(4));
    usual.iraq.cannot_find(usual.request()).await;
    usual.iraq.cannot_find(&usual.case).await;
}

fn with_windows_set(database: Database) {
    play_with(
        database,
        |config| config.windows = SET,
        |now| Some(the_register(now)),
        windows_are_as_long_as_they_are_set,
    );
}

#[test]
fn windows_are_as_long_as_they_are_set_on_sqlite() {
    with_windows_set(Database::Sqlite);
}

#[test]
fn windows_are_as_long_as_they_are_set_on_postgres() {
    with_windows_set(Database::Postgres);
}

/// The mission in the country of return counsels the persons before they return: from the signature, and not before.
async fn the_receiving_mission_takes_part_from_the_signature(world: &World) {
    let usual = Usual::opened(world).await;
    let (pristina, baghdad, case) = (&usual.pristina, &usual.baghdad, &usual.case);
    pristina.counsels(case).await;
    pristina.finds_eligible(case).await;
    baghdad.cannot_find(case).await;
    pristina.has_signed(case, USUAL).await;
    assert_eq!(
        baghdad.sees(case, "{ state }").await.row["state"],
        "APPLICATION_SIGNED"
    );
    for outside in [&usual.iraq, &usual.police, &usual.migration, &usual.istanbul] {
        outside.cannot_find(case).await;
    }
}

/// Whoever looks after persons who are stranded goes on reaching them, however long it takes.
async fn a_mission_reaches_whom_it_looks_after_until_they_fly_on(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let (istanbul, journey) = (&usual.istanbul, usual.itinerary());
    world.time_passes(TimeDelta::hours(6));
    istanbul.reports(journey, 1, "MISSED_CONNECTION").await;
    world.time_passes(TimeDelta::days(5));
    istanbul.sees(&usual.case, "{ state }").await;
    // They come by another way, and nobody says when they left.
    usual.baghdad.confirms_arrival(&usual.case).await;
    world.time_passes(TimeDelta::hours(71));
    istanbul.sees(&usual.case, "{ state }").await;
    world.time_passes(TimeDelta::hours(2));
    istanbul.cannot_find(&usual.case).await;
}

/// Sending for one case, on the way of the next, receiving for the third: each row of the page shows what the mission is to it.
async fn one_page_shows_a_mission_what_it_is_to_each_case(world: &World) {
    let belgrade = world.mission("Belgrade");
    let usual = world.a_usual_case(Until::Issued).await;
    usual.pristina.books(&usual.case, "PRN-BEG-BGW", 9).await;
    let sarajevo = world.mission("Sarajevo");
    let home = sarajevo.opens_a_case_for(person().of("SRB").aged(40)).await;
    sarajevo.counsels(&home).await;
    sarajevo.finds_eligible(&home).await;
    sarajevo.has_signed(&home, &[]).await;
    let own = belgrade.opens_a_case_for(person().of("IRQ").aged(33)).await;

    let page = "{ cases(first: 100) { totalCount nodes { state returnMode legalStatusAtApplication
        openedAt persons { fullName dateOfBirth phone hostAddress } cashGrants { id } } } }";
    let answer = belgrade.ask(page, json!({})).await;
    let redacted = |place: usize| -> Vec<(String, String)> {
        let all = answer.extensions["redactions"].as_array().into_iter().flatten();
        let here = all.filter(|redaction| redaction["path"][2] == place);
        here.map(|redaction| {
            let word = |field: &str| redaction[field].as_str().unwrap_or_default().to_owned();
            (word("field"), word("access"))
        })
        .collect()
    };
    let said = |field: &str, access: &str| (field.to_owned(), access.to_owned());
    let (sending, receiving, on_the_way) = (redacted(0), redacted(1), redacted(2));
    let data = answer.clone().ok();
    assert_eq!(data["cases"]["totalCount"], 3);
    let rows = data["cases"]["nodes"].as_array().expect("a page");
    let names: Vec<&Value> = rows.iter().map(|row| &row["persons"][0]["fullName"]).collect();
    assert_eq!(names, [own.head(), home.head(), usual.case.head()]);

    assert_eq!(rows[2]["state"], "ACTIVE");
    assert_eq!(
        on_the_way,
        [
            said("Case.state", "MASKED"),
            said("Case.returnMode", "WITHHELD"),
            said("Case.legalStatusAtApplication", "WITHHELD"),
            said("Case.openedAt", "WITHHELD"),
            said("Person.dateOfBirth", "MASKED"),
            said("Person.phone", "MASKED"),
            said("Person.hostAddress", "WITHHELD"),
            said("Case.cashGrants", "WITHHELD"),
        ]
    );
    assert_eq!(rows[2]["persons"][0]["dateOfBirth"], "18-30");
    assert_eq!(rows[1]["state"], "APPLICATION_SIGNED");
    assert_eq!(rows[1]["legalStatusAtApplication"], "NOT_DISCLOSED");
    assert_eq!(
        receiving,
        [
            said("Case.legalStatusAtApplication", "MASKED"),
            said("Person.hostAddress", "WITHHELD"),
        ]
    );
    assert!(rows[1]["persons"][0]["phone"].is_string());
    assert_eq!(rows[0]["legalStatusAtApplication"], "ASYLUM_REJECTED");
    assert_eq!(sending, Vec::new());
    assert!(rows[0]["persons"][0]["hostAddress"].is_string());
    // An order by when cases were opened is one of those of which the mission may know it.
    let ordered =
        "{ cases(first: 100, orderBy: OPENED_ASCENDING) { totalCount nodes { persons { fullName } } } }";
    let ordered = belgrade.ask(ordered, json!({})).await.ok();
    let of_whom = |place: usize| &ordered["cases"]["nodes"][place]["persons"][0]["fullName"];
    assert_eq!(ordered["cases"]["totalCount"], 2);
    assert_eq!([of_whom(0), of_whom(1)], [home.head(), own.head()]);
}

on_both_databases!(
    the_receiving_mission_takes_part_from_the_signature,
    a_mission_reaches_whom_it_looks_after_until_they_fly_on,
    one_page_shows_a_mission_what_it_is_to_each_case,
);
