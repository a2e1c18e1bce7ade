//! What oversight does with single cases.

use super::actor::Actor;
use super::command::Command;
use super::row::Case;
use serde_json::{Value, json};

const ACCESSES: &str =
    "{ breakGlassAccesses(first: 100) { totalCount nodes { id version state reason explanation minutes
    requestedAt decidedAt openUntil endedAt organisation { code } history { event command } } } }";

impl Actor {
    /// The accesses of oversight to cases that the actor sees, the newest first.
    pub async fn accesses(&self) -> Vec<Value> {
        let data = self.ask(ACCESSES, json!({})).await.ok();
        let nodes = data["breakGlassAccesses"]["nodes"].as_array().expect("nodes");
        assert_eq!(data["breakGlassAccesses"]["totalCount"], nodes.len());
        nodes.clone()
    }

    /// Asks to see a case as its sending mission does, for so many minutes.
    pub fn asks_to_see(&self, case: &Case, minutes: i32) -> Command<'_, Value> {
        let row = ("requestBreakGlass", "breakGlassAccess");
        Command::new(self, row, "{ state openUntil }", Value::clone)
            .on_case(case)
            .with("reason", "COMPLAINT")
            .with("explanation", "A letter of the applicant's lawyer")
            .with("minutes", minutes)
    }

    /// Approves, rejects or closes the access at a place among those that the actor sees, the newest first.
    pub async fn on_access(&self, step: &'static str, nth: usize) -> Command<'_, Value> {
        let seen = self.accesses().await;
        Command::new(
            self,
            (step, "breakGlassAccess"),
            "{ state openUntil }",
            Value::clone,
        )
        .with("breakGlassAccessId", seen[nth]["id"].clone())
        .with("expectedVersion", seen[nth]["version"].clone())
    }

    /// Erases what has been kept long enough; gives the last certificate, and null where nothing was due.
    pub fn erases_what_is_due(&self) -> Command<'_, Value> {
        let row = ("runRetention", "retentionCertificate");
        let selection = "{ sequence category erased rowsSha256 previousSha256 sha256 }";
        Command::new(self, row, selection, Value::clone)
    }

    /// The certificates of what was erased, the oldest first.
    pub async fn certificates(&self) -> Vec<Value> {
        let query = "{ retentionCertificates(first: 100) { nodes { sequence category erased previousSha256 sha256 madeBy } } }";
        let data = self.ask(query, json!({})).await.ok();
        let mut nodes = data["retentionCertificates"]["nodes"]
            .as_array()
            .expect("nodes")
            .clone();
        nodes.reverse();
        nodes
    }
}
