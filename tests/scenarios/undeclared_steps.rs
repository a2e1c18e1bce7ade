//! Parts of a row have machines as well: a flight, a payment, an item. A step that no machine declares is refused with its
//! code, wherever the part stands; the machines of rows are tried by `random_walks`.

use crate::random_walks::MACHINES_OF_ROWS;
use crate::support::fixtures::USUAL;
use crate::support::verbs_referral::{refers, steps};
use crate::support::*;
use avrr_gateway::domain::lifecycles::LIFECYCLES;
use chrono::TimeDelta;
use serde_json::json;
use std::collections::BTreeSet;

const TO_PROVIDERS: ConsentLine = ("SERVICE_PROVIDER", "REINTEGRATION", "IDENTITY");

/// The machines that the stories below try.
const TRIED: [&str; 15] = [
    "BreakGlassAccess",
    "Complaint",
    "Consent",
    "Escort",
    "FitnessAssessment",
    "ManifestLine",
    "ObjectionCheck",
    "PackageItem",
    "Referral",
    "Segment",
    "SurveyResponse",
    "Training",
    "Tranche",
    "TransitHandling",
    "Webhook",
];

/// A machine that is added has a story here, or rows that commands name.
#[test]
fn every_machine_is_tried() {
    let machines: BTreeSet<&str> = LIFECYCLES.iter().map(|machine| machine.name()).collect();
    let tried: BTreeSet<&str> = MACHINES_OF_ROWS.into_iter().chain(TRIED).collect();
    assert_eq!(machines, tried);
}

/// Escorts, assessments, objections and referrals, before the departure.
async fn what_prepares_a_departure_takes_no_step_out_of_turn(world: &World) {
    let usual = world.a_case_with(&usual_and(TO_PROVIDERS), Until::Ticketed).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let (supervisor, name) = (pristina.supervisor(), case.head());

    usual
        .migration
        .does_not_object(case)
        .is_refused("WRONG_STATE")
        .await;
    pristina.asks_for_objections(case).is_refused("WRONG_STATE").await;

    pristina.requests_fitness(case, name).await;
    pristina
        .requests_fitness(case, name)
        .is_refused("ALREADY_EXISTS")
        .await;

    pristina.recommends_escort(case, name, "OPERATIONAL").await;
    for step in ["documentEscort", "recordEscortHandover", "recordEscortReturn"] {
        pristina
            .changes_escort(case, step, 1)
            .is_refused("WRONG_STATE")
            .await;
    }
    pristina
        .assigns_escort(case, 1, "Drita Hoxha")
        .is_refused("WRONG_STATE")
        .await;
    supervisor.approves_escort(case, 1).await;
    supervisor
        .approves_escort(case, 1)
        .is_refused("WRONG_STATE")
        .await;
    pristina.changes_escort(case, "cancelEscort", 1).await;
    for step in ["cancelEscort", "documentEscort"] {
        pristina
            .changes_escort(case, step, 1)
            .is_refused("WRONG_STATE")
            .await;
    }

    let provider = json!({ "provider": "A shelter" });
    assert_eq!(refers(world, pristina, case, provider, json!(null)).await, "SENT");
    for step in ["startReferral", "completeReferral"] {
        assert_eq!(steps(world, pristina, step, 0).await, "WRONG_STATE", "{step}");
    }
    assert_eq!(steps(world, pristina, "rejectReferral", 0).await, "REJECTED");
    for step in [
        "acceptReferral",
        "rejectReferral",
        "startReferral",
        "revokeReferral",
    ] {
        assert_eq!(steps(world, pristina, step, 0).await, "WRONG_STATE", "{step}");
    }
}

/// Flights and the assistance between them, payments, and items of a plan, on the way and after it.
async fn what_happens_on_the_way_and_after_takes_no_step_out_of_turn(world: &World) {
    let mut usual = world.a_usual_case(Until::Ready).await;
    let pristina = usual.pristina.clone();
    let (istanbul, baghdad) = (usual.istanbul.clone(), usual.baghdad.clone());
    let journey = usual.itinerary().clone();
    let (grant, package) = (usual.grant().clone(), usual.package.clone().expect("a package"));

    istanbul
        .confirms_transit(&journey)
        .is_refused("WRONG_STATE")
        .await;
    istanbul.lands(&journey, 0).is_refused("WRONG_STATE").await;
    istanbul.boards(&journey, 1).is_refused("WRONG_STATE").await;

    pristina
        .records_receipt(&grant, 1)
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .supervisor()
        .verifies_receipt(&grant, 1)
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .supervisor()
        .moves_tranche(&grant, "releaseTranche", 1)
        .is_refused("WRONG_STATE")
        .await;
    pristina
        .moves_tranche(&grant, "reportFailedPayment", 1)
        .is_refused("WRONG_STATE")
        .await;
    pristina.pays(&grant, 1).await;
    pristina.pays(&grant, 1).is_refused("TRANCHE_OUT_OF_ORDER").await;

    baghdad.delivers(&package, 0).is_refused("WRONG_STATE").await;
    world.goes_on(&mut usual, Until::Ready, Until::Departed).await;
    let moved = (
        pristina.now() + TimeDelta::hours(1),
        pristina.now() + TimeDelta::hours(2),
    );
    pristina
        .retimes(&journey, 0, moved)
        .is_refused("WRONG_STATE")
        .await;
    istanbul.boards(&journey, 1).is_refused("WRONG_STATE").await;
    world.time_passes(TimeDelta::hours(4));
    istanbul.lands(&journey, 0).await;
    istanbul.lands(&journey, 0).is_refused("WRONG_STATE").await;
    world.goes_on(&mut usual, Until::Departed, Until::Arrived).await;
    istanbul.boards(&journey, 1).is_refused("WRONG_STATE").await;

    baghdad.delivers(&package, 0).is_refused("WRONG_STATE").await;
    baghdad.agrees_on(&package).await;
    baghdad.agrees_on(&package).is_refused("WRONG_STATE").await;
    baghdad
        .verifies_the_receipt_of(&package, 0)
        .is_refused("WRONG_STATE")
        .await;
    baghdad.delivers(&package, 0).await;
    baghdad.delivers(&package, 0).is_refused("WRONG_STATE").await;
    baghdad
        .amends(&package, &[0], Vec::new())
        .is_refused("WRONG_STATE")
        .await;
}

/// A consent that was taken back, a place on a manifest that was given up, answers that were looked at.
async fn what_has_ended_takes_no_step_any_more(world: &World) {
    let usual = world.a_usual_case(Until::Issued).await;
    let (pristina, case) = (&usual.pristina, &usual.case);
    let charter = pristina.drafts_movement("U-1", "PRN-IST-BGW", 9, 3).await;
    pristina.takes_movement(&charter, "openManifest").await;
    let journey = pristina.lists(case, &charter).await;
    pristina.cancels_itinerary(&journey).await;
    pristina.records_no_show(&journey).is_refused("WRONG_STATE").await;
    let (of_the_police, of_the_embassy) = (USUAL[1], USUAL[0]);
    for line in [of_the_police, of_the_embassy] {
        pristina.revokes_consent(case, line).await;
        pristina
            .revokes_consent(case, line)
            .is_refused("WRONG_STATE")
            .await;
    }

    let returned = world.a_usual_case(Until::Arrived).await;
    let (baghdad, case) = (&returned.baghdad, &returned.case);
    baghdad.surveys(case, "AVR_PMS").await;
    let other = baghdad.supervisor();
    other.validates_survey(case, "AVR_PMS", 1).await;
    other
        .validates_survey(case, "AVR_PMS", 1)
        .is_refused("WRONG_STATE")
        .await;
}

/// A complaint is taken on once, and has one end.
async fn what_is_complained_of_takes_no_step_out_of_turn(world: &World) {
    let (pristina, desk) = (world.mission("Pristina"), world.complaints_desk());
    for end in ["resolveComplaint", "referComplaint"] {
        pristina
            .complains("police-kosovo", "Nobody listened.")
            .await
            .await;
        let words = |step: &str| match step {
            "resolveComplaint" => ("outcome", "NOT_UPHELD"),
            _ => ("referredTo", "The ombudsperson"),
        };
        let mut complaint = desk.complaints().await[0].clone();
        let out_of_turn = ["investigateComplaint", "resolveComplaint", "referComplaint"];
        for step in out_of_turn {
            let command = desk.moves_complaint(&complaint, step);
            let command = match step {
                "investigateComplaint" => command,
                _ => command.with(words(step).0, words(step).1),
            };
            command.is_refused("WRONG_STATE").await;
        }
        for step in ["acknowledgeComplaint", "investigateComplaint"] {
            complaint = desk.moves_complaint(&complaint, step).await;
            desk.moves_complaint(&complaint, step)
                .is_refused("WRONG_STATE")
                .await;
        }
        let (field, word) = words(end);
        complaint = desk.moves_complaint(&complaint, end).with(field, word).await;
        for step in ["acknowledgeComplaint", "investigateComplaint"] {
            desk.moves_complaint(&complaint, step)
                .is_refused("WRONG_STATE")
                .await;
        }
        desk.moves_complaint(&complaint, end)
            .with(field, word)
            .is_refused("WRONG_STATE")
            .await;
    }
}

/// An access that was asked for is not closed twice, and one that was answered not answered again.
async fn an_access_of_oversight_takes_no_step_out_of_turn(world: &World) {
    let usual = world.a_usual_case(Until::Opened).await;
    let auditor = world.auditor();
    let (officer, colleague) = (
        auditor.in_the_name_of("officer"),
        auditor.in_the_name_of("colleague"),
    );
    officer.asks_to_see(&usual.case, 30).await;
    colleague.on_access("approveBreakGlass", 0).await.await;
    for step in ["approveBreakGlass", "rejectBreakGlass"] {
        colleague.on_access(step, 0).await.is_refused("WRONG_STATE").await;
    }
    officer.on_access("closeBreakGlass", 0).await.await;
    for step in ["approveBreakGlass", "rejectBreakGlass", "closeBreakGlass"] {
        colleague.on_access(step, 0).await.is_refused("WRONG_STATE").await;
    }
}

/// A training is held, listed and evaluated once, one after the other.
async fn a_training_takes_no_step_out_of_turn(world: &World) {
    let pristina = world.mission("Pristina");
    let mut training = pristina.trains("GENDER", 1, None).await;
    world.time_passes(TimeDelta::days(2));
    let step = |training: &serde_json::Value, nth: usize| match nth {
        0 => pristina.gives_training(training, (2, 3)),
        1 => pristina.signs_list(training, "LIST-1"),
        _ => pristina.evaluates(training, 5, 4),
    };
    for turn in 0..=3 {
        for nth in (0..3).filter(|nth| *nth != turn) {
            step(&training, nth).is_refused("WRONG_STATE").await;
        }
        if turn < 3 {
            training = step(&training, turn).await;
        }
    }
    assert_eq!(training["state"], "EVALUATED");
}

/// A webhook is paused once, and resumed where there is something to resume.
async fn a_webhook_takes_no_step_out_of_turn(world: &World) {
    let police = world.police("XKX");
    let webhook = police.registers_webhook(&world.receiver.url("/")).await.webhook;
    police
        .moves_webhook(&webhook, "resumeWebhook")
        .is_refused("WRONG_STATE")
        .await;
    let webhook = police.moves_webhook(&webhook, "pauseWebhook").await;
    police
        .moves_webhook(&webhook, "pauseWebhook")
        .is_refused("WRONG_STATE")
        .await;
    // What keeps the state is done whether it is paused or not.
    let webhook = police.rotates_key(&webhook).await.webhook;
    assert_eq!(webhook["state"], "PAUSED");
    let webhook = police
        .moves_webhook(&webhook, "redeliverNotices")
        .with("fromSequence", 1)
        .await;
    assert_eq!(webhook["state"], "PAUSED");
    let webhook = police.moves_webhook(&webhook, "resumeWebhook").await;
    assert_eq!(webhook["state"], "ACTIVE");
    // What was taken away comes back by nothing.
    let webhook = police.moves_webhook(&webhook, "removeWebhook").await;
    assert_eq!(webhook["state"], "REMOVED");
    for step in ["pauseWebhook", "resumeWebhook", "removeWebhook"] {
        police
            .moves_webhook(&webhook, step)
            .is_refused("WRONG_STATE")
            .await;
    }
    police.rotates_key(&webhook).is_refused("WRONG_STATE").await;
}

on_both_databases!(
    a_training_takes_no_step_out_of_turn,
    a_webhook_takes_no_step_out_of_turn,
    an_access_of_oversight_takes_no_step_out_of_turn,
    what_is_complained_of_takes_no_step_out_of_turn,
    what_prepares_a_departure_takes_no_step_out_of_turn,
    what_happens_on_the_way_and_after_takes_no_step_out_of_turn,
    what_has_ended_takes_no_step_any_more,
);
