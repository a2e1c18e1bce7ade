//! A young man from Diwaniya has lived in the asylum centre of Magure for a year. Twice his flight home is suspended because
//! of the pandemic; on 5 November 2020 he leaves Pristina for Istanbul and Baghdad (DOMAIN 1.4, scenario 1). Whatever is
//! read from any seat meanwhile is kept as it came, and looked through at the end.

use crate::support::world::{play_on, the_register};
use crate::support::*;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

fn at(month: u32, day: u32, hour: u32) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(2020, month, day).expect("a day");
    date.and_hms_opt(hour, 0, 0).expect("an hour").and_utc()
}

/// Time passes until a moment.
fn it_is(world: &World, moment: DateTime<Utc>) {
    world.time_passes(moment - world.clock.now());
}

async fn everybody_reads(records: &mut [Record]) {
    for record in records {
        record.reads_everything().await;
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one story, told from its beginning to its end"
)]
async fn karrar_returns_at_the_third_attempt(world: &World) {
    let (pristina, iraq) = (world.mission("Pristina"), world.embassy("Iraq", "Belgrade"));
    let (istanbul, baghdad) = (world.mission("Istanbul"), world.mission("Baghdad"));
    let (police, migration) = (world.police("XKX"), world.migration("XKX"));
    let seats = [&pristina, &iraq, &istanbul, &baghdad, &police, &migration];
    let mut records = seats.map(Actor::keeps_a_record);
    let mut at_istanbul = istanbul.listens().await;
    let mut at_baghdad = baghdad.listens().await;
    let mut at_the_police = police.listens().await;
    let mut at_the_embassy = iraq.listens().await;

    // In Magure he signs up for the return, and the authority does not object.
    let karrar = person().of("IRQ").with("dateOfBirth", "1995-03-20");
    let case = pristina
        .opens_a_case_for(karrar)
        .with("destinationCity", "Diwaniya")
        .await;
    pristina.registers(&case, USUAL).await;
    let name = case.head().to_owned();
    pristina
        .records_circumstances(&case, &name, &["INTERPRETER"])
        .await;
    pristina.prepares_the_departure(&case).await;
    everybody_reads(&mut records).await;

    // The embassy in Belgrade issues a laissez-passer that is good for 25 days.
    let request = pristina.requests_a_travel_document(&case).await;
    at_the_embassy.hears(&["TDR_SUBMITTED"]).await;
    iraq.acknowledges(&request).await;
    iraq.confirms_nationality(&request).await;
    iraq.issues(&request, laissez_passer().good_for(25)).await;

    // The first flight is booked and ticketed, and suspended.
    let first = pristina.books(&case, "PRN-IST-BGW", 9).await;
    pristina.tickets(&first).await;
    everybody_reads(&mut records).await;
    it_is(world, at(10, 8, 9));
    pristina.suspends(&first, "PUBLIC_HEALTH").await;
    everybody_reads(&mut records).await;

    // The second is booked in its place, and the flight from Istanbul is moved by two hours.
    let second = pristina.rebooks(&case, &first, "PRN-IST-BGW", 12).await;
    let later = (at(10, 20, 13), at(10, 20, 16));
    pristina.retimes(&second, 1, later).await;
    at_istanbul
        .hears(&[
            "ITINERARY_BOOKED",
            "ITINERARY_SUSPENDED",
            "ITINERARY_BOOKED",
            "ITINERARY_CHANGED",
        ])
        .await;
    everybody_reads(&mut records).await;

    // Istanbul loses its socket, and the second flight is suspended as well.
    at_istanbul.drops_its_socket();
    it_is(world, at(10, 15, 9));
    pristina.suspends(&second, "COUNTRY_CLOSED").await;
    everybody_reads(&mut records).await;

    // The third flight is on 5 November: beyond the life of the laissez-passer, and then beyond the statutory period.
    let to_november = || pristina.rebooks(&case, &second, "PRN-IST-BGW", 21);
    to_november().is_refused("TRAVEL_DOCUMENT_EXPIRES").await;
    let again = pristina.requests_a_travel_document(&case).await;
    iraq.acknowledges(&again).await;
    iraq.confirms_nationality(&again).await;
    iraq.issues(&again, laissez_passer())
        .with("number", "LP0045902")
        .await;
    to_november().is_refused("STATUTORY_PERIOD_EXCEEDED").await;
    migration.extends_the_period(&case, 15, "OTHER").await;
    let third = to_november().await;
    pristina.tickets(&third).await;
    pristina.briefs(&case).await;
    at_istanbul.returns().await;
    at_istanbul
        .hears(&["ITINERARY_SUSPENDED", "ITINERARY_BOOKED"])
        .await;

    // Money for the first days, and a printing shop for afterwards.
    let grant = pristina.proposes_a_grant(&case, &[36_900, 24_600]).await;
    pristina.supervisor().approves(&grant).await;
    let shop = json!({
        "category": "INCOME_GENERATION",
        "modality": "IN_KIND",
        "description": "Printing shop: a press and a first stock of paper",
        "amountMinor": 150_000,
    });
    let package = pristina
        .proposes_a_package(&case, 150_000, &[])
        .with("items", json!([shop]))
        .await;
    third.is_confirmed_by(&[&istanbul], &baghdad).await;

    // Nobody boards without a test; on the day before it is negative.
    let health = pristina.health();
    health.requires_test(&case, &name, "PCR_TEST").await;
    it_is(world, at(11, 4, 10));
    pristina
        .marks_ready(&case)
        .is_refused("HEALTH_REQUIREMENT_MISSING")
        .await;
    health.records_test(&case, &name, "PCR_TEST", at(11, 6, 10)).await;
    pristina
        .records_assistance(&case, &name, "MATERIAL_HELP", "Magure asylum centre")
        .await;
    pristina.marks_ready(&case).await;
    at_the_police.hears(&["DEPARTURE_PLANNED"]).await;
    everybody_reads(&mut records).await;

    // 5 November 2020, Pristina: the first tranche, the declaration, the departure.
    it_is(world, at(11, 5, 6));
    pristina.pays(&grant, 1).await;
    pristina
        .confirms_departure(&case)
        .with("declarationSignedAt", Value::Null)
        .is_refused("DECLARATION_NOT_SIGNED")
        .await;
    pristina.confirms_departure(&case).await;
    at_the_police.hears(&["DEPARTED"]).await;
    at_istanbul.hears(&["DEPARTURE_PLANNED", "DEPARTED"]).await;
    everybody_reads(&mut records).await;

    // Istanbul, Baghdad: he is met, and counselled, and the printing shop is on its way.
    it_is(world, at(11, 5, 9));
    istanbul.lands(&third, 0).await;
    it_is(world, at(11, 5, 11));
    istanbul.boards(&third, 1).await;
    it_is(world, at(11, 5, 15));
    baghdad.confirms_arrival(&case).await;
    baghdad.starts_reintegration(&case).await;
    baghdad.agrees_on(&package).await;
    baghdad.delivers(&package, 0).await;
    everybody_reads(&mut records).await;
    at_baghdad
        .hears(&[
            "ITINERARY_BOOKED",
            "ITINERARY_SUSPENDED",
            "ITINERARY_BOOKED",
            "ITINERARY_CHANGED",
        ])
        .await;
    at_baghdad
        .hears(&[
            "ITINERARY_SUSPENDED",
            "ITINERARY_BOOKED",
            "GRANT_APPROVED",
            "DEPARTURE_PLANNED",
            "TRANCHE_PAID",
            "DEPARTED",
            "SEGMENT_LANDED",
            "SEGMENT_BOARDED",
        ])
        .await;
    at_the_embassy.hears(&["TDR_SUBMITTED"]).await;
    for (record, inbox) in
        records[1..5]
            .iter_mut()
            .zip([&at_the_embassy, &at_istanbul, &at_baghdad, &at_the_police])
    {
        inbox.has_heard_everything().await;
        record.keeps(inbox);
    }

    it_was_one_case_in_three_attempts(&pristina, &case).await;
    for mission in [&istanbul, &baghdad] {
        each_notice_of_the_journey_superseded_the_last(mission).await;
    }
    nobody_read_what_was_not_theirs(&records);
}

/// One case, whose attempts are numbered, each in the place of the one before.
async fn it_was_one_case_in_three_attempts(pristina: &Actor, case: &Case) {
    assert_eq!(pristina.counts("cases").await, 1);
    let selection = "{ state departedAt itineraries { attemptNo state replacesAttemptNo }
        reintegrationPackages { state items { description state } } }";
    let sight = pristina.sees(case, selection).await;
    assert_eq!(sight.row["state"], "REINTEGRATION");
    let departed = sight.row["departedAt"].as_str().expect("a moment");
    assert!(departed.starts_with("2020-11-05T"), "{departed}");
    let attempts = json!([
        { "attemptNo": 1, "state": "SUSPENDED", "replacesAttemptNo": null },
        { "attemptNo": 2, "state": "SUSPENDED", "replacesAttemptNo": 1 },
        { "attemptNo": 3, "state": "COMPLETED", "replacesAttemptNo": 2 },
    ]);
    assert_eq!(sight.row["itineraries"], attempts);
    let shop = &sight.row["reintegrationPackages"][0];
    assert_eq!(shop["items"][0]["state"], "DELIVERED");
    assert!(
        shop["items"][0]["description"]
            .as_str()
            .is_some_and(|it| it.starts_with("Printing shop"))
    );
}

/// Numbered without a gap, and each notice of the journey points to the one after it.
async fn each_notice_of_the_journey_superseded_the_last(mission: &Actor) {
    let inbox = mission.inbox().await;
    let numbers: Vec<&Value> = inbox.iter().map(|notice| &notice["sequence"]).collect();
    let expected: Vec<Value> = (1..=inbox.len()).map(|number| json!(number)).collect();
    assert_eq!(numbers, expected.iter().collect::<Vec<_>>(), "{}", mission.client);
    let of_the_journey = |notice: &&Value| {
        !["GRANT_APPROVED", "TRANCHE_PAID"].contains(&notice["type"].as_str().unwrap_or_default())
    };
    let journey: Vec<&Value> = inbox.iter().filter(of_the_journey).collect();
    for pair in journey.windows(2) {
        assert_eq!(
            pair[0]["supersededBy"]["sequence"], pair[1]["sequence"],
            "{}: {}",
            mission.client, pair[0]
        );
    }
    let last = journey.last().expect("a notice");
    assert_eq!(last["supersededBy"], Value::Null, "{}", mission.client);
}

/// Of everything that was ever read or heard: where he lived and what he had asked for stays with the mission that assists
/// him and the authority that hosts him; the embassy reads nothing but its requests; Kosovo* has its footnote.
fn nobody_read_what_was_not_theirs(records: &[Record; 6]) {
    let [pristina, iraq, istanbul, baghdad, police, migration] = records;
    for (record, word) in [
        (pristina, "Magure"),
        (pristina, "asylum"),
        (migration, "Magure"),
        (istanbul, "TK1018"),
        (police, "TK1018"),
        (baghdad, "Printing shop"),
        (iraq, "LP0045902"),
    ] {
        assert!(
            record.answers_that_say(word) > 0,
            "{} reads of {word}",
            record.seat()
        );
    }
    for record in [iraq, istanbul, baghdad, police] {
        assert!(record.kept().len() > 20, "{} read all the while", record.seat());
        for word in ["Magure", "asylum"] {
            assert_eq!(record.answers_that_say(word), 0, "{} reads {word}", record.seat());
        }
    }
    for (record, word) in [
        (iraq, "TK1018"),
        (iraq, "QX7P2K"),
        (iraq, "IST"),
        (iraq, "Printing shop"),
        (iraq, "PCR"),
        (iraq, "iom-istanbul"),
        (istanbul, "Printing shop"),
        (istanbul, "LP0045671"),
        (police, "Printing shop"),
    ] {
        let said = record
            .kept()
            .iter()
            .filter(|text| text.contains(&format!("\"{word}")));
        assert_eq!(said.count(), 0, "{} reads {word}", record.seat());
    }
    let withheld = [
        "state",
        "itineraries",
        "cashGrants",
        "reintegrationPackages",
        "destinationCity",
        "legalStatusAtApplication",
        "migrantBriefings",
    ];
    for data in iraq.data() {
        for case in data["data"]["cases"]["nodes"].as_array().into_iter().flatten() {
            for field in withheld {
                assert!(case[field].is_null(), "the embassy reads {field}: {case}");
            }
        }
    }
    for record in records {
        assert!(
            record.names_kosovo_with_its_footnote() > 0,
            "{} reads the host territory",
            record.seat()
        );
    }
}

mod sqlite {
    use super::{Database, at, karrar_returns_at_the_third_attempt, play_on, the_register};

    #[test]
    fn karrar_returns_at_the_third_attempt_with_everybody_told_their_part_and_no_more() {
        play_on(
            Database::Sqlite,
            at(10, 5, 9),
            the_register,
            karrar_returns_at_the_third_attempt,
        );
    }
}

mod postgres {
    use super::{Database, at, karrar_returns_at_the_third_attempt, play_on, the_register};

    #[test]
    fn karrar_returns_at_the_third_attempt_with_everybody_told_their_part_and_no_more() {
        play_on(
            Database::Postgres,
            at(10, 5, 9),
            the_register,
            karrar_returns_at_the_third_attempt,
        );
    }
}
