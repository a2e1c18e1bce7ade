//! What actors do after the return: take in, hand over, agree, deliver, follow up, close.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::{Household, Person};
use super::row::{Case, Row};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the references of intakes.
static INTAKES: AtomicU64 = AtomicU64::new(1);

impl Actor {
    /// Takes in persons who were returned by force and admitted today.
    pub fn takes_in_after_the_return(&self, household: impl Into<Household>) -> Command<'_, Case> {
        let persons = household.into().0;
        let names = persons.iter().map(Person::full_name).collect();
        let inputs: Vec<Value> = persons.into_iter().map(|person| person.input).collect();
        let nth = INTAKES.fetch_add(1, Ordering::Relaxed);
        Command::new(self, ("admitPostArrivalCase", "case"), "{ id }", move |row| {
            self.remembers(Case::of(names, false), row)
        })
        .with("reference", format!("PA-{nth:04}"))
        .with("returnMode", "FORCED")
        .with("admittedOn", self.now().date_naive().to_string())
        .with("returningState", "AUT")
        .with("persons", inputs)
    }

    /// Records that somebody of the case was handed over, and who signed for them.
    pub fn hands_over(&self, case: &Case, relation: &str, to: &str) -> Command<'_, ()> {
        Command::new(self, ("recordHandover", "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
            .on("personId", &case.person())
            .with("to", to)
            .with("relation", relation)
            .with("at", json!(self.now()))
            .with("outcome", json!({ "acceptedBy": to }))
    }

    /// Begins the support after return, after counselling just now.
    pub fn starts_reintegration(&self, case: &Case) -> Command<'_, ()> {
        Command::new(self, ("startReintegration", "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
            .with("counselledAt", json!(self.now()))
    }

    /// Closes a case, with the surveys offered and planned.
    pub fn closes(&self, case: &Case) -> Command<'_, ()> {
        let in_eight_months = self.now().date_naive() + chrono::Months::new(8);
        Command::new(self, ("closeCase", "case"), "{ id }", |_| ())
            .on_case(case)
            .at_version_of_case(case)
            .with("satisfactionSurveyOffered", true)
            .with("sustainabilitySurveyOn", in_eight_months.to_string())
    }

    /// Agrees with the returnee on a package.
    pub fn agrees_on(&self, package: &Row) -> Command<'_, ()> {
        self.with_package(package, "agreeReintegrationPackage")
            .with("signedAt", json!(self.now()))
    }

    /// Changes a plan: gives items up by their position, and adds others.
    pub fn amends(&self, package: &Row, dropped: &[i32], added: Vec<Value>) -> Command<'_, ()> {
        self.with_package(package, "amendReintegrationPackage")
            .with("dropItems", dropped.to_vec())
            .with("addItems", added)
    }

    /// Records that the donor approves items.
    pub fn has_the_donor_s_word_on(&self, package: &Row, items: &[i32]) -> Command<'_, ()> {
        self.with_package(package, "approveDonorException")
            .with("items", items.to_vec())
            .with("donorApprovalReference", "DK-2026-117")
    }

    /// Records what a supplier asks for an item.
    pub fn has_a_quote_for(&self, package: &Row, item: i32, amount: i64) -> Command<'_, ()> {
        self.with_package(package, "quotePackageItem")
            .with("item", item)
            .with("amountMinor", amount)
            .with("quoteReference", format!("Q-{item}"))
    }

    /// Orders an item.
    pub fn orders(&self, package: &Row, item: i32) -> Command<'_, ()> {
        self.with_package(package, "orderPackageItem").with("item", item)
    }

    /// Gives an item.
    pub fn delivers(&self, package: &Row, item: i32) -> Command<'_, ()> {
        self.with_package(package, "deliverPackageItem")
            .with("item", item)
    }

    /// Checks the receipt of an item.
    pub fn verifies_the_receipt_of(&self, package: &Row, item: i32) -> Command<'_, ()> {
        self.with_package(package, "verifyPackageReceipt")
            .with("item", item)
            .with("receiptReference", format!("R-{item}"))
    }

    /// Looks how the returnee fares.
    pub fn follows_up(&self, package: &Row, mode: &str) -> Command<'_, ()> {
        self.with_package(package, "recordMonitoringContact")
            .with("mode", mode)
            .with("result", "ON_TRACK")
            .with("on", self.now().date_naive().to_string())
    }

    /// Halts a package.
    pub fn suspends_package(&self, package: &Row, reason: &str) -> Command<'_, ()> {
        self.with_package(package, "suspendReintegrationPackage")
            .with("reason", reason)
    }

    /// Gives a package to the mission with this id.
    pub fn transfers(&self, package: &Row, mission: String) -> Command<'_, ()> {
        self.with_package(package, "transferReintegrationPackage")
            .with("toMissionId", mission)
    }

    /// Lets a halted package go on.
    pub fn resumes_package(&self, package: &Row) -> Command<'_, ()> {
        self.with_package(package, "resumeReintegrationPackage")
    }

    /// Gives a package up that nobody claimed.
    pub fn forfeits(&self, package: &Row) -> Command<'_, ()> {
        self.with_package(package, "forfeitReintegrationPackage")
    }

    /// Closes a package.
    pub fn closes_package(&self, package: &Row) -> Command<'_, ()> {
        self.with_package(package, "closeReintegrationPackage")
    }

    fn with_package(&self, package: &Row, mutation: &'static str) -> Command<'_, ()> {
        Command::new(self, (mutation, "reintegrationPackage"), "{ id }", |_| ())
            .on("reintegrationPackageId", package)
            .at_version_of(package)
    }
}

/// An item of a plan: how it is given and what it costs, in euro cents.
pub fn an_item(modality: &str, cost: i64) -> Value {
    json!({
        "category": "INCOME_GENERATION",
        "modality": modality,
        "description": "Tools for the workshop",
        "amountMinor": cost,
    })
}

/// The same, where the donor has to approve it.
pub fn an_exceptional_item(cost: i64) -> Value {
    json!({
        "category": "HEALTH",
        "modality": "REIMBURSEMENT",
        "description": "A wheelchair",
        "amountMinor": cost,
        "exceptional": true,
    })
}
