//! What posts and missions do about a travel document besides asking, confirming and issuing.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::Document;
use super::row::{Case, Row};
use chrono::TimeDelta;
use serde_json::json;

impl Actor {
    /// Wishes to know more.
    pub fn asks_for_more(&self, request: &Row, items: &[&str]) -> Command<'_, ()> {
        self.answers(request, "requestMoreInformation")
            .with("items", json!(items))
    }

    /// Answers what the post wished to know.
    pub fn answers_the_post(&self, request: &Row, answer: &str) -> Command<'_, ()> {
        self.answers(request, "answerInformationRequest")
            .with("answer", answer)
    }

    /// Settles an interview at the post, so many days ahead.
    pub fn schedules_an_interview(&self, request: &Row, days: i64) -> Command<'_, ()> {
        self.answers(request, "scheduleConsularInterview")
            .with("at", json!(self.now() + TimeDelta::days(days)))
            .with("mode", "IN_PERSON")
            .with("place", "Consular section")
    }

    /// Receives a document from the post.
    pub fn receives_the_document(&self, request: &Row) -> Command<'_, ()> {
        self.answers(request, "receiveTravelDocument")
    }

    /// Hands a document over.
    pub fn hands_the_document(&self, request: &Row, to: &str) -> Command<'_, ()> {
        self.answers(request, "handOverTravelDocument").with("to", to)
    }

    /// Reports a document lost.
    pub fn reports_lost(&self, request: &Row) -> Command<'_, ()> {
        self.answers(request, "reportTravelDocumentLost")
    }

    /// Records a document that the head of the household holds, issued a year ago.
    pub fn records_a_document(&self, case: &Case, document: Document) -> Command<'_, ()> {
        self.records_a_document_for(case, case.head(), document)
    }

    /// The same of a person on the case.
    pub fn records_a_document_for(&self, case: &Case, name: &str, document: Document) -> Command<'_, ()> {
        let today = self.now().date_naive();
        Command::new(self, ("recordPersonalDocument", "case"), "{ id }", |_| ())
            .on_case(case)
            .on("personId", &case.person_named(name))
            .with("documentType", document.kind)
            .with("number", document.number)
            .with("issuingState", "IRQ")
            .with("issuedOn", (today - TimeDelta::days(365)).to_string())
            .with("expiresOn", document.expires(today))
    }
}
