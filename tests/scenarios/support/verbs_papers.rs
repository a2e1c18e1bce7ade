//! Pictures of persons and of their papers; and complaints.

use super::actor::Actor;
use super::command::Command;
use super::fixtures::A_PICTURE;
use super::row::{Case, Row};
use super::world::World;
use serde_json::{Value, json};

/// Whoever handles complaints.
pub const COMPLAINTS_DESK: &str = "auditor-complaints";

impl World {
    /// Whoever handles complaints.
    pub fn complaints_desk(&self) -> Actor {
        self.client(COMPLAINTS_DESK)
    }
}

impl Actor {
    /// Records a photo of a person on a case.
    pub fn photographs(&self, case: &Case, name: &str) -> Command<'_, ()> {
        Command::new(self, ("recordPhoto", "case"), "{ id }", |_| ())
            .on_case(case)
            .on("personId", &case.person_named(name))
            .with("content", A_PICTURE)
    }

    /// Takes the photo of a person away.
    pub fn removes_photo(&self, case: &Case, name: &str) -> Command<'_, ()> {
        Command::new(self, ("removePhoto", "case"), "{ id }", |_| ())
            .on_case(case)
            .on("personId", &case.person_named(name))
    }

    /// Attaches a copy of a paper to a request.
    pub fn attaches(&self, request: &Row, kind: &str) -> Command<'_, ()> {
        self.answers(request, "attachToTravelDocumentRequest")
            .with("kind", kind)
            .with("content", A_PICTURE)
    }

    /// Takes a copy of a paper away from a request.
    pub fn detaches(&self, request: &Row, number: i32) -> Command<'_, ()> {
        self.answers(request, "removeAttachment").with("number", number)
    }

    /// Lodges a complaint about an organisation, by its code; gives the reference.
    pub async fn complains(&self, about: &str, text: &str) -> Command<'_, String> {
        let about = self.organisation(about).await;
        let reference = |payload: &Value| payload["reference"].as_str().expect("a reference").to_owned();
        Command::new(self, ("lodgeComplaint", ""), "reference", reference)
            .with("organisationId", about)
            .with("kind", "CONDUCT")
            .with("channel", "CENTRE")
            .with("text", text)
    }

    /// Takes a step on a complaint that the actor has listed.
    pub fn moves_complaint(&self, complaint: &Value, step: &'static str) -> Command<'_, Value> {
        Command::new(self, (step, "complaint"), COMPLAINT, Value::clone)
            .with("complaintId", complaint["id"].clone())
            .with("expectedVersion", complaint["version"].clone())
    }

    /// The complaints that the actor has listed, the newest first.
    pub async fn complaints(&self) -> Vec<Value> {
        let query = format!("{{ complaints(first: 100) {{ totalCount nodes {COMPLAINT} }} }}");
        let data = self.ask(&query, json!({})).await.ok();
        let nodes = data["complaints"]["nodes"].as_array().expect("nodes").clone();
        assert_eq!(data["complaints"]["totalCount"], nodes.len());
        nodes
    }
}

/// What is asked of a complaint.
pub const COMPLAINT: &str = "{ id version reference state kind channel text receivedAt acknowledgedAt endedAt outcome findings
    about { code } lodgedBy { code } case { id persons { fullName } } history { event command organisation { code } client } }";
