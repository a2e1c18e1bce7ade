//! What missions do to prepare persons for the departure, in the words of the programme.

use super::actor::Actor;
use super::command::Command;
use super::row::Case;
use serde_json::json;

impl Actor {
    /// Records how a person lives: in an asylum centre, in medical treatment.
    pub fn records_circumstances(&self, case: &Case, name: &str, needs: &[&str]) -> Command<'_, ()> {
        self.prepares_for(case, "recordPreDepartureCircumstances")
            .on("personId", &case.person_named(name))
            .with("accommodation", "ASYLUM_CENTRE")
            .with("medicalTreatment", true)
            .with("travelNeeds", needs.to_vec())
    }

    /// Records what a person was given today, by an authority of this name.
    pub fn records_assistance(&self, case: &Case, name: &str, kind: &str, by: &str) -> Command<'_, ()> {
        self.prepares_for(case, "recordAssistanceProvision")
            .on("personId", &case.person_named(name))
            .with("kind", kind)
            .with("provider", "AUTHORITY")
            .with("providerName", by)
            .with("providedOn", self.now().date_naive().to_string())
    }

    /// Records that the persons were told of their flights, of 30 kilograms of luggage, and of what they are entitled to.
    pub fn briefs(&self, case: &Case) -> Command<'_, ()> {
        self.prepares_for(case, "recordMigrantBriefing")
            .with("flightDetailsGiven", true)
            .with("luggageAllowanceKg", 30)
            .with("entitlementsExplained", true)
            .with("briefedAt", json!(self.now()))
    }

    fn prepares_for(&self, case: &Case, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
    }
}
