//! Persons who were not assisted before: taken in by the mission of their country once it has admitted them, for
//! reintegration alone (S3:128).

use crate::support::*;
use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

/// Scenario 9: a man is returned by force to Kabul, taken in after his admission, and supported there.
async fn a_man_returned_by_force_is_taken_in_and_supported_in_kabul(world: &World) {
    let kabul = world.mission("Kabul");
    world.admin().registers_project("AF-1", &[&kabul]).await.await;
    let case = kabul
        .takes_in_after_the_return(person().of("AFG").aged(31))
        .with("reference", "KBL-7")
        .await;
    let selection =
        "{ reference state returnMode fundingProject { code } hostTerritory { code } countryOfReturn { code }
        sendingMission { code } receivingMission { code } aftercare { admittedOn returningState { code } } }";
    let sight = kabul.sees(&case, selection).await;
    assert_eq!(
        sight.row,
        json!({
            "reference": "KBL-7", "state": "POST_ARRIVAL_INTAKE", "returnMode": "FORCED",
            "fundingProject": { "code": "AF-1" }, "hostTerritory": { "code": "AUT" }, "countryOfReturn": { "code": "AFG" },
            "sendingMission": { "code": "iom-kabul" }, "receivingMission": { "code": "iom-kabul" },
            "aftercare": { "admittedOn": world.today().to_string(), "returningState": { "code": "AUT" } },
        })
    );
    for stranger in [
        world.mission("Pristina"),
        world.mission("Baghdad"),
        world.migration("XKX"),
    ] {
        stranger.cannot_find(&case).await;
    }

    let package = kabul.proposes_a_package(&case, 150_000, &[90_000]).await;
    let paying = kabul.sees(&package, "{ fundingProject { code } }").await.row;
    assert_eq!(paying["fundingProject"]["code"], "AF-1");
    kabul.agrees_on(&package).await;
    kabul.starts_reintegration(&case).await;
    kabul.delivers(&package, 0).await;
    kabul.supervisor().verifies_the_receipt_of(&package, 0).await;
    kabul.follows_up(&package, "OFFICE").await;
    kabul.closes_package(&package).await;
    kabul.closes(&case).is_forbidden().await;
    kabul.supervisor().closes(&case).await;
    assert_eq!(kabul.sees(&case, "{ state }").await.row["state"], "CLOSED");

    // Nobody was assisted to return: no figure counts him. Oversight is told so; nobody else learns whether there are few or
    // none.
    let figures = "{ indicators(codes: [ASSISTED_TO_RETURN]) { code value suppressed } returns(groupBy: [COUNTRY_OF_RETURN]) { totalCases rows { cases } } }";
    for (seat, value) in [(world.auditor(), json!(0.0)), (world.dashboard(), Value::Null)] {
        let data = seat.ask(figures, json!({})).await.ok();
        assert_eq!(data["indicators"][0]["code"], "ASSISTED_TO_RETURN");
        assert_eq!(data["indicators"][0]["value"], value, "{}", seat.client);
        assert_eq!(
            data["indicators"][0]["suppressed"],
            value.is_null(),
            "{}",
            seat.client
        );
        assert_eq!(data["returns"]["rows"], json!([]));
    }
}

/// INV-01: nothing of a journey can be arranged for somebody who was returned by force, or came back of themselves.
async fn inv_01_no_journey_ticket_or_embassy_request_for_a_forced_return(world: &World) {
    for (mode, mission) in [("FORCED", "Kabul"), ("SPONTANEOUS", "Baghdad")] {
        let mission = world.mission(mission);
        let nationality = if mode == "FORCED" { "AFG" } else { "IRQ" };
        let case = mission
            .takes_in_after_the_return(person().of(nationality).aged(40))
            .with("returnMode", mode)
            .await;
        // The receiving mission may not even ask; nobody is there who might.
        mission.requests_a_travel_document(&case).is_forbidden().await;
        mission.books(&case, "PRN-IST-BGW", 9).is_forbidden().await;
        mission.marks_ready(&case).is_forbidden().await;
        mission.confirms_departure(&case).is_forbidden().await;
        // What the receiving mission may do on a voluntary return is refused by the rule.
        mission
            .confirms_arrival(&case)
            .is_refused("REMOVAL_ASSISTANCE_FORBIDDEN")
            .await;
        let sight = mission
            .sees(&case, "{ itineraries { id } travelDocumentRequests { id } }")
            .await;
        assert_eq!(
            sight.row,
            json!({ "itineraries": [], "travelDocumentRequests": [] })
        );
    }
    let assisted = world
        .mission("Kabul")
        .takes_in_after_the_return(person().of("AFG").aged(40))
        .with("returnMode", "ASSISTED_VOLUNTARY")
        .is_refused("INVALID")
        .await;
    assert_eq!(assisted["field"], "returnMode");
}

/// INV-02: before their country has admitted them, nobody who was returned by force can be given anything.
async fn inv_02_no_assistance_before_the_admission(world: &World) {
    let kabul = world.mission("Kabul");
    let tomorrow = (world.today() + Days::new(1)).to_string();
    let refusal = kabul
        .takes_in_after_the_return(person().of("AFG").aged(31))
        .with("admittedOn", tomorrow.as_str())
        .is_refused("NOT_YET_ADMITTED")
        .await;
    assert_eq!(refusal["field"], "admittedOn");
    kabul
        .takes_in_after_the_return(person().of("AFG").aged(31))
        .with("admittedOn", Value::Null)
        .is_refused_whole("GRAPHQL_VALIDATION_FAILED")
        .await;
    assert_eq!(kabul.counts("cases").await, 0);

    world.time_passes(TimeDelta::days(1));
    let case = kabul
        .takes_in_after_the_return(person().of("AFG").aged(31))
        .with("admittedOn", tomorrow.as_str())
        .await;
    kabul.proposes_a_package(&case, 1_000, &[1_000]).await;
}

/// The intake is checked as every other: whose country it is, which territory, who heads the household.
async fn an_intake_names_where_the_persons_came_from(world: &World) {
    let kabul = world.mission("Kabul");
    let family = || [person().of("AFG").aged(31), person().of("AFG").aged(8)];
    for (field, value, code) in [
        ("returningState", json!("AFG"), "INVALID"),
        ("hostTerritory", json!("AUT"), "INVALID"),
        ("reference", json!(" "), "INVALID"),
    ] {
        let refusal = kabul
            .takes_in_after_the_return(family())
            .with(field, value)
            .is_refused(code)
            .await;
        assert_eq!(refusal["field"], field);
    }
    let case = kabul
        .takes_in_after_the_return(family())
        .with("reference", "KBL-1")
        .with("hostTerritory", "SRB")
        .await;
    let sight = kabul.sees(&case, "{ hostTerritory { code } personCount }").await;
    assert_eq!(
        sight.row,
        json!({ "hostTerritory": { "code": "SRB" }, "personCount": 2 })
    );
    kabul
        .takes_in_after_the_return(family())
        .with("reference", "KBL-1")
        .is_refused("ALREADY_EXISTS")
        .await;
    for other in [
        world.police("XKX"),
        world.migration("XKX"),
        world.embassy("Iraq", "Belgrade"),
        world.auditor(),
    ] {
        other.takes_in_after_the_return(family()).is_forbidden().await;
    }
    kabul.withdraws(&case).is_forbidden().await;
}

on_both_databases!(
    a_man_returned_by_force_is_taken_in_and_supported_in_kabul,
    inv_01_no_journey_ticket_or_embassy_request_for_a_forced_return,
    inv_02_no_assistance_before_the_admission,
    an_intake_names_where_the_persons_came_from,
);
