//! What the administration does.

use super::actor::Actor;
use super::command::Command;
use serde_json::Value;

impl Actor {
    /// Says what holds in Kosovo* from now on: the police are asked, silence never counts, three weeks to depart.
    pub fn configures_kosovo(&self, version: i64) -> Command<'_, ()> {
        Command::new(
            self,
            ("configureJurisdiction", "jurisdiction"),
            "{ version }",
            |_| (),
        )
        .with("territory", "XK")
        .with("expectedVersion", version)
        .with("objectionAuthority", "POLICE")
        .with("silentApprovalDays", Value::Null)
        .with("statutoryDays", 21)
        .with("longestExtensionDays", 60)
        .with("warningDays", vec![5, 2])
        .with("toldOfRegistration", vec!["MIGRATION"])
        .with("toldOfDeparture", vec!["POLICE"])
        .with("currencies", vec!["EUR"])
        .with("pointsOfExit", vec!["PRN"])
    }
}
