//! What actors do for persons who need particular care, in the words of the programme. Each verb is one mutation.

use super::actor::Actor;
use super::command::Command;
use super::row::Case;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

/// The guardian of a child: name, contact, authority.
pub const GUARDIAN: [&str; 3] = ["Drita Hoxha", "+38344777777", "Centre for Social Work, Pristina"];
/// Who receives a child.
pub const HANDOVER_PARTY: &str = "Department of Child Protection";

impl Actor {
    /// Finds out why a person needs particular care, and what has to be done.
    pub fn assesses_vulnerability(
        &self,
        case: &Case,
        name: &str,
        categories: &[&str],
        needs: &[&str],
    ) -> Command<'_, ()> {
        self.looks_after(case, name, "recordVulnerabilityAssessment")
            .with("categories", categories.to_vec())
            .with("needs", needs.to_vec())
            .with("assessedOn", self.now().date_naive().to_string())
    }

    /// Records something for a child; what, the story adds.
    pub fn records_for_the_child(&self, case: &Case, name: &str) -> Command<'_, ()> {
        self.looks_after(case, name, "recordChildSafeguards")
    }

    /// Records everything that a child needs who travels without parents.
    pub fn records_everything_for_the_child(&self, case: &Case, name: &str) -> Command<'_, ()> {
        let [guardian, contact, authority] = GUARDIAN;
        self.records_for_the_child(case, name)
            .with("bestInterests", "RETURN")
            .with(
                "guardian",
                json!({ "name": guardian, "contact": contact, "authority": authority }),
            )
            .with("guardianConsentedAt", json!(self.now()))
            .with("childConsentedAt", json!(self.now()))
            .with("familyAssessedOn", self.now().date_naive().to_string())
            .with("handoverParty", HANDOVER_PARTY)
    }

    /// Asks health staff whether a person is fit to travel.
    pub fn requests_fitness(&self, case: &Case, name: &str) -> Command<'_, ()> {
        self.looks_after(case, name, "requestFitnessToTravel")
    }

    /// Finds a person fit to travel, under conditions where there are some.
    pub fn finds_fit(&self, case: &Case, name: &str, conditions: &[&str]) -> Command<'_, ()> {
        let result = if conditions.is_empty() {
            "FIT"
        } else {
            "FIT_WITH_CONDITIONS"
        };
        self.examines(case, name, result)
            .with("conditions", conditions.to_vec())
    }

    /// Finds a person unfit to travel.
    pub fn finds_unfit(&self, case: &Case, name: &str) -> Command<'_, ()> {
        self.examines(case, name, "UNFIT")
    }

    fn examines(&self, case: &Case, name: &str, result: &str) -> Command<'_, ()> {
        self.looks_after(case, name, "recordFitnessToTravel")
            .with("result", result)
            .with("performedAt", json!(self.now()))
    }

    /// Records a test with a negative result that holds until a moment.
    pub fn records_test(&self, case: &Case, name: &str, test: &str, until: DateTime<Utc>) -> Command<'_, ()> {
        self.requires_test(case, name, test)
            .with("result", "NEGATIVE")
            .with("validUntil", json!(until))
    }

    /// Records that a test is demanded, and outstanding.
    pub fn requires_test(&self, case: &Case, name: &str, test: &str) -> Command<'_, ()> {
        self.looks_after(case, name, "recordHealthRequirement")
            .with("requirement", test)
    }

    /// Recommends that somebody travels along.
    pub fn recommends_escort(&self, case: &Case, name: &str, kind: &str) -> Command<'_, ()> {
        self.looks_after(case, name, "recommendEscort").with("kind", kind)
    }

    /// Agrees to an escort.
    pub fn approves_escort(&self, case: &Case, number: i32) -> Command<'_, ()> {
        self.changes_escort(case, "approveEscort", number)
    }

    /// Says who travels along.
    pub fn assigns_escort(&self, case: &Case, number: i32, name: &str) -> Command<'_, ()> {
        self.changes_escort(case, "assignEscort", number)
            .with("name", name)
    }

    /// Takes an escort one step further.
    pub fn changes_escort(&self, case: &Case, mutation: &'static str, number: i32) -> Command<'_, ()> {
        self.arranges(case, mutation).with("number", number)
    }

    /// Records that the airline has agreed.
    pub fn records_clearance(&self, case: &Case, kind: &str) -> Command<'_, ()> {
        self.arranges(case, "recordAirlineClearance")
            .with("kind", kind)
            .with("reference", "GRP-0045")
    }

    /// Records that a person has been detained for ten days.
    pub fn records_detention(&self, case: &Case, name: &str, facility: &str) -> Command<'_, ()> {
        let since = self.now().date_naive() - TimeDelta::days(10);
        self.looks_after(case, name, "recordDetention")
            .with("facility", facility)
            .with("since", since.to_string())
    }

    /// Asks the authorities to bring a person to an appointment.
    pub fn requests_support(&self, case: &Case, name: &str, at: DateTime<Utc>) -> Command<'_, ()> {
        self.looks_after(case, name, "requestAppointmentSupport")
            .with("at", json!(at))
    }

    /// Agrees to bring a person to an appointment.
    pub fn supports_appointment(&self, case: &Case, number: i32) -> Command<'_, ()> {
        Command::new(self, ("supportConsularAppointment", "case"), "{ id }", |_| ())
            .on_case(case)
            .with("number", number)
    }

    /// Arranges how the persons get to the airport.
    pub fn arranges_transfer(
        &self,
        case: &Case,
        provider: &str,
        facility: &str,
        at: DateTime<Utc>,
    ) -> Command<'_, ()> {
        Command::new(self, ("arrangeAirportTransfer", "case"), "{ id }", |_| ())
            .on_case(case)
            .with("provider", provider)
            .with("pickUpFacility", facility)
            .with("pickUpAt", json!(at))
    }

    /// Arranges where the persons stay before they leave.
    pub fn arranges_accommodation(
        &self,
        case: &Case,
        place: &str,
        (from, until): (NaiveDate, NaiveDate),
    ) -> Command<'_, ()> {
        self.arranges(case, "arrangeTemporaryAccommodation")
            .with("place", place)
            .with("from", from.to_string())
            .with("until", until.to_string())
    }

    fn looks_after(&self, case: &Case, name: &str, mutation: &'static str) -> Command<'_, ()> {
        self.arranges(case, mutation)
            .on("personId", &case.person_named(name))
    }

    fn arranges(&self, case: &Case, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
    }
}
