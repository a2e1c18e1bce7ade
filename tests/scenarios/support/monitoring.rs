//! Asking returnees, and telling migrants of assisted return.

use super::actor::Actor;
use super::command::Command;
use super::row::Case;
use serde_json::{Value, json};

impl Actor {
    /// Asks the head of the household today, by telephone, who answers one question.
    pub fn surveys(&self, case: &Case, instrument: &str) -> Command<'_, ()> {
        let (question, answer) = match instrument {
            "RSS" => ("ACCESS_TO_HOUSING", "VERY_GOOD"),
            "RASS" => ("NEEDS_MET", "YES"),
            _ => ("SAFE_RETURN", "YES"),
        };
        Command::new(self, ("recordSurveyResponse", "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
            .on("personId", &case.person())
            .with("instrument", instrument)
            .with("instrumentVersion", "1")
            .with("outcome", "SUBMITTED")
            .with("heldOn", self.now().date_naive().to_string())
            .with("mode", "PHONE")
            .with("language", "ar")
            .with("answers", json!([{ "question": question, "answer": answer }]))
    }

    /// Finds what the head of the household answered in a round complete.
    pub fn validates_survey(&self, case: &Case, instrument: &str, round: i32) -> Command<'_, ()> {
        Command::new(self, ("validateSurveyResponse", "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
            .on("personId", &case.person())
            .with("instrument", instrument)
            .with("round", round)
    }

    /// Visits a place with a mobile team today; gives the visit as recorded.
    pub fn visits(&self, location: &str, contacts: i32) -> Command<'_, Value> {
        let selection = "{ territory { code name footnote } location visitedOn contacts }";
        Command::new(
            self,
            ("recordOutreachVisit", "outreachVisit"),
            selection,
            Value::clone,
        )
        .with("location", location)
        .with("visitedOn", self.now().date_naive().to_string())
        .with("contacts", contacts)
    }
}
