//! Before they leave, persons live somewhere, are cared for by somebody, and are told what awaits them (SOP N2a, I3b, I4e).
//! What they were told is for the missions at both ends; how they live and who cares for them is for nobody else.

use crate::support::*;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// What the persons are told, and which attempt the flight details were of: a rebooking has to be explained anew.
async fn what_persons_were_told_is_known_at_both_ends_and_nowhere_else(world: &World) {
    let mut usual = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (usual.pristina.clone(), usual.case.clone());
    let refusal = pristina.briefs(&case).is_refused("WRONG_STATE").await;
    assert_eq!(refusal["field"], "flightDetailsGiven", "no flight is booked");
    let before_the_booking = pristina.now();
    world.goes_on(&mut usual, Until::Issued, Until::Booked).await;
    pristina
        .briefs(&case)
        .with("briefedAt", json!(before_the_booking))
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    let tomorrow = pristina.now() + TimeDelta::days(1);
    pristina
        .briefs(&case)
        .with("briefedAt", json!(tomorrow))
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    for kilograms in [-1, 101] {
        let refusal = pristina
            .briefs(&case)
            .with("luggageAllowanceKg", kilograms)
            .is_refused("INVALID")
            .await;
        assert_eq!(refusal["field"], "luggageAllowanceKg");
    }
    pristina
        .briefs(&case)
        .with("flightDetailsGiven", false)
        .with("luggageAllowanceKg", Value::Null)
        .with("entitlementsExplained", false)
        .is_refused("INVALID")
        .await;

    pristina.briefs(&case).await;
    let next = pristina
        .rebooks(&case, usual.itinerary(), "PRN-IST-BGW", 12)
        .await;
    let told = "{ migrantBriefings { attemptNo luggageAllowanceKg entitlementsExplained } }";
    let first = json!({ "attemptNo": 1, "luggageAllowanceKg": 30, "entitlementsExplained": true });
    let sight = pristina.sees(&case, told).await;
    assert_eq!(
        sight.row,
        json!({ "migrantBriefings": [first] }),
        "nobody has told them of the other flights yet"
    );
    pristina
        .briefs(&case)
        .with("luggageAllowanceKg", Value::Null)
        .await;
    let second = json!({ "attemptNo": 2, "luggageAllowanceKg": null, "entitlementsExplained": true });
    for mission in [&pristina, &usual.baghdad] {
        let sight = mission.sees(&case, told).await;
        assert_eq!(
            sight.row,
            json!({ "migrantBriefings": [first, second] }),
            "{}",
            mission.client
        );
    }
    for partner in [&usual.istanbul, &usual.iraq, &usual.migration] {
        let sight = partner.sees(&case, told).await;
        assert_eq!(
            sight.row,
            json!({ "migrantBriefings": null }),
            "{}",
            partner.client
        );
        let withheld = ("migrantBriefings".to_owned(), "WITHHELD".to_owned());
        assert_eq!(sight.redactions, [withheld], "{}", partner.client);
    }
    usual.baghdad.briefs(&case).is_forbidden().await;

    pristina.tickets(&next).await;
    next.is_confirmed_by(&[&usual.istanbul], &usual.baghdad).await;
    pristina.marks_ready(&case).await;
    world.time_passes(TimeDelta::days(12));
    pristina.confirms_departure(&case).await;
    pristina.briefs(&case).is_refused("WRONG_STATE").await;
}

/// An asylum centre, a treatment, a clinic: not one byte of what anybody else reads changes when they are recorded, and
/// nobody is told.
async fn how_persons_live_and_who_cares_for_them_changes_nothing_for_anybody_else(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let seats = [
        &usual.iraq,
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &usual.migration,
        &world.dashboard(),
    ];
    let without_versions = |actor: &Actor, answer: Answer| {
        let mut data = answer.data;
        // A mission that decides on a case counts its changes, whatever they are.
        if actor.client == usual.baghdad.client {
            data["cases"]["nodes"][0]["version"].take();
        }
        (data, answer.extensions)
    };
    let mut before = Vec::new();
    for seat in seats {
        before.push(without_versions(seat, seat.everything().await));
    }
    let name = case.head();
    pristina
        .records_circumstances(case, name, &["MEDICAL_ATTENTION"])
        .await;
    pristina
        .records_assistance(case, name, "MEDICAL_CARE", "Family medicine centre, Pristina")
        .await;
    for (seat, known) in seats.into_iter().zip(before) {
        let now = without_versions(seat, seat.everything().await);
        assert_eq!(now, known, "{}", seat.client);
    }

    let private = "{ persons { preDepartureCircumstances { accommodation medicalTreatment travelNeeds }
        assistanceProvisions { kind provider providerName providedOn } } }";
    let row = pristina.sees(case, private).await.row;
    let expected = json!({ "persons": [{
        "preDepartureCircumstances": {
            "accommodation": "ASYLUM_CENTRE", "medicalTreatment": true, "travelNeeds": ["MEDICAL_ATTENTION"],
        },
        "assistanceProvisions": [{
            "kind": "MEDICAL_CARE", "provider": "AUTHORITY", "providerName": "Family medicine centre, Pristina",
            "providedOn": world.today(),
        }],
    }] });
    assert_eq!(row, expected);
    for partner in &seats[..5] {
        let sight = partner.sees(case, private).await;
        let nothing =
            json!({ "persons": [{ "preDepartureCircumstances": null, "assistanceProvisions": null }] });
        assert_eq!(sight.row, nothing, "{}", partner.client);
        assert!(
            sight.redactions.iter().all(|(_, access)| access == "WITHHELD"),
            "{}",
            partner.client
        );
        assert_eq!(sight.redactions.len(), 2, "{}", partner.client);
    }
}

/// The last word on how a person lives counts; what was given adds up; and neither can be recorded of somebody else, of a
/// day to come, or by nobody.
async fn circumstances_are_replaced_and_assistance_adds_up(world: &World) {
    let usual = world.a_usual_case(Until::Registered).await;
    let (pristina, case, name) = (&usual.pristina, &usual.case, usual.case.head());
    pristina.records_circumstances(case, name, &["INTERPRETER"]).await;
    pristina
        .records_circumstances(case, name, &[])
        .with("accommodation", "PRIVATE")
        .with("medicalTreatment", false)
        .await;
    pristina
        .records_assistance(case, name, "MATERIAL_HELP", "Centre for Social Work")
        .await;
    pristina
        .records_assistance(case, name, "LEGAL_AID", "IOM Pristina")
        .with("provider", "IOM")
        .await;
    let refusal = pristina
        .records_assistance(case, name, "LEGAL_AID", "  ")
        .is_refused("INVALID")
        .await;
    assert_eq!(refusal["field"], "providerName");
    let tomorrow = world.today().succ_opt().expect("a day").to_string();
    pristina
        .records_assistance(case, name, "LEGAL_AID", "IOM Pristina")
        .with("providedOn", tomorrow)
        .is_refused("DATE_OUT_OF_ORDER")
        .await;
    let row = pristina
        .sees(
            case,
            "{ persons { preDepartureCircumstances { accommodation medicalTreatment travelNeeds }
                assistanceProvisions { kind provider } } }",
        )
        .await
        .row;
    let expected = json!({ "persons": [{
        "preDepartureCircumstances": { "accommodation": "PRIVATE", "medicalTreatment": false, "travelNeeds": [] },
        "assistanceProvisions": [
            { "kind": "MATERIAL_HELP", "provider": "AUTHORITY" },
            { "kind": "LEGAL_AID", "provider": "IOM" },
        ],
    }] });
    assert_eq!(row, expected);

    let other = world.a_usual_case(Until::Opened).await;
    let foreign = pristina.id_of(&other.case.person()).await.expect("an id");
    pristina
        .records_circumstances(case, name, &[])
        .with("personId", foreign)
        .is_refused("NOT_ON_THIS_CASE")
        .await;
    pristina.withdraws(case).await;
    pristina
        .records_circumstances(case, name, &[])
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .records_assistance(case, name, "LEGAL_AID", "IOM Pristina")
        .is_refused("WRONG_STATE")
        .await;
}

/// A mediator at the counselling, and what health staff recommend of an escort, are for the mission that assists.
async fn who_mediates_and_who_recommends_an_escort_is_on_record(world: &World) {
    let usual = world.a_usual_case(Until::Opened).await;
    let (pristina, case, name) = (&usual.pristina, &usual.case, usual.case.head());
    pristina
        .counsels(case)
        .with("mode", "JOINT")
        .with("culturalMediator", true)
        .await;
    pristina.counsels(case).await;
    let blank = pristina
        .recommends_escort(case, name, "OPERATIONAL")
        .with("mhdReference", " ")
        .is_refused("INVALID")
        .await;
    assert_eq!(blank["field"], "mhdReference");
    pristina
        .recommends_escort(case, name, "OPERATIONAL")
        .with("mhdReference", "MHD-2026-17")
        .await;
    let selection = "{ counsellingSessions { mode culturalMediator } persons { escorts { mhdReference } } }";
    let row = pristina.sees(case, selection).await.row;
    let expected = json!({
        "counsellingSessions": [
            { "mode": "JOINT", "culturalMediator": true },
            { "mode": "IN_PERSON", "culturalMediator": false },
        ],
        "persons": [{ "escorts": [{ "mhdReference": "MHD-2026-17" }] }],
    });
    assert_eq!(row, expected);
}

/// A return decision was served on some day, not before it was issued and not in days to come (N1b).
async fn a_return_decision_is_served_after_it_was_issued(world: &World) {
    let usual = world.a_usual_case(Until::Opened).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    pristina.counsels(case).await;
    pristina.finds_eligible(case).await;
    pristina.has_signed(case, USUAL).await;
    let served = |day: &str| json!({ "number": "RD-7", "issuedOn": "2026-02-10", "servedOn": day, "authority": "Department for Citizenship", "mentionsAvrr": true });
    for day in ["2026-02-09", "2026-03-03"] {
        let refusal = pristina
            .registers_signed(case)
            .with("returnDecision", served(day))
            .is_refused("DATE_OUT_OF_ORDER")
            .await;
        assert_eq!(refusal["field"], "returnDecision.servedOn", "{day}");
    }
    pristina
        .registers_signed(case)
        .with("returnDecision", served("2026-02-12"))
        .await;
    let selection = "{ returnDecision { issuedOn servedOn mentionsAvrr } }";
    let expected = json!({ "issuedOn": "2026-02-10", "servedOn": "2026-02-12", "mentionsAvrr": true });
    for reader in [pristina, &usual.migration] {
        let row = reader.sees(case, selection).await.row;
        assert_eq!(row["returnDecision"], expected, "{}", reader.client);
    }
    let row = usual.baghdad.sees(case, selection).await.row;
    assert_eq!(row["returnDecision"], Value::Null);
}

on_both_databases!(
    a_return_decision_is_served_after_it_was_issued,
    who_mediates_and_who_recommends_an_escort_is_on_record,
    what_persons_were_told_is_known_at_both_ends_and_nowhere_else,
    how_persons_live_and_who_cares_for_them_changes_nothing_for_anybody_else,
    circumstances_are_replaced_and_assistance_adds_up,
);
