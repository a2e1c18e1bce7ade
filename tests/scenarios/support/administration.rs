//! What the administration does.

use super::actor::Actor;
use super::command::Command;
use avrr_gateway::domain::jurisdiction::Jurisdiction;
use avrr_gateway::domain::money::CurrencyCode;
use avrr_gateway::domain::territory::CountryCode;
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

    /// Says again what holds in a territory by default; a story changes what it is about.
    pub fn configures(&self, territory: &str, version: i64) -> Command<'_, ()> {
        let place = CountryCode::parse(territory).expect("a territory");
        let usual = Jurisdiction::by_default(place);
        let currencies: Vec<&str> = usual.currencies.iter().map(CurrencyCode::as_str).collect();
        let asked = usual.objection_authority.map(|kind| kind.to_string());
        Command::new(
            self,
            ("configureJurisdiction", "jurisdiction"),
            "{ version }",
            |_| (),
        )
        .with("territory", territory)
        .with("expectedVersion", version)
        .with("objectionAuthority", asked)
        .with("silentApprovalDays", usual.silent_approval_days)
        .with("statutoryDays", usual.statutory_days)
        .with("longestExtensionDays", usual.longest_extension_days)
        .with("warningDays", usual.warning_days)
        .with("toldOfRegistration", vec!["MIGRATION"])
        .with("toldOfDeparture", vec!["POLICE", "MIGRATION"])
        .with("currencies", currencies)
        .with("pointsOfExit", usual.points_of_exit)
    }
}
