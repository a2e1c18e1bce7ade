//! One complaint of the story, from its lodging to its end, and who handles it.

use super::census::{Register, named};
use super::rows::Rows;
use super::seats::Seat;
use super::truth::{Row, Truth, Whose};
use crate::support::verbs_papers::COMPLAINTS_DESK;
use crate::support::{Case, World};
use avrr_gateway::policy::relation::Relation;
use serde_json::json;

/// The seat of whoever handles complaints.
pub fn desk(world: &World, register: &Register) -> Seat {
    Seat {
        actor: world.client(COMPLAINTS_DESK),
        to_the_cases: Relation::Oversight,
        ids: register.ids_of(COMPLAINTS_DESK),
    }
}

/// A complaint about the police is lodged in Pristina, looked into and resolved.
pub async fn told(world: &World, case: &Case, register: &Register, rows: &mut Rows) {
    let (pristina, desk) = (world.mission("Pristina"), world.complaints_desk());
    let case = pristina.id_to_name(case).await;
    let text = "I was made to wait for a day.";
    let lodged = pristina.complains("police-kosovo", text).await;
    let reference = lodged.with("caseId", case).await;
    let received = world.clock.now();
    let listed = desk.complaints().await;
    let complaint = desk.moves_complaint(&listed[0], "acknowledgeComplaint").await;
    let acknowledged = world.clock.now();
    let complaint = desk.moves_complaint(&complaint, "investigateComplaint").await;
    let resolved = desk.moves_complaint(&complaint, "resolveComplaint");
    let findings = "The police have said so themselves.";
    let resolved = resolved
        .with("outcome", "UPHELD")
        .with("findings", findings)
        .await;
    let values = json!({
        "reference": reference,
        "kind": "CONDUCT",
        "channel": "CENTRE",
        "text": text,
        "state": "RESOLVED",
        "receivedAt": received,
        "acknowledgedAt": acknowledged,
        "endedAt": world.clock.now(),
        "outcome": "UPHELD",
        "findings": findings,
        "version": 4,
    });
    let others = [
        ("id", Truth::Id),
        ("case", Truth::One("Case")),
        ("about", Truth::One("Organisation")),
        ("lodgedBy", Truth::One("Organisation")),
        ("history", Truth::Many("RegistryEntry")),
    ];
    let id = named(&register.ids_of(COMPLAINTS_DESK), &resolved["id"]);
    let row = Row::new("Complaint", Whose::Anybody, values, &others);
    rows.insert(("Complaint", (id, "0".to_owned())), row);
}
