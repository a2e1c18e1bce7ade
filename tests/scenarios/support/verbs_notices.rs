//! What recipients do with their inboxes, and how they prove that they have everything.

use super::actor::Actor;
use super::command::Command;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The chain of an inbox that never had a notice.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The chain with one notice more, as the description of `InboxHead.chain` says.
pub fn chained(chain: &str, notice: &Value) -> String {
    let text = |field: &str| notice[field].as_str().expect("text").to_owned();
    let parts = [
        chain.to_owned(),
        notice["sequence"].to_string(),
        text("id"),
        text("type"),
        text("occurredAt"),
    ];
    let mut digits = String::new();
    for byte in Sha256::digest(parts.join("\n").as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

impl Actor {
    /// What its inbox says of itself.
    pub async fn head(&self) -> Value {
        let query = "{ noticesHead { sequence count chain oldestSequence oldestChain } }";
        self.ask(query, json!({})).await.ok()["noticesHead"].take()
    }

    /// Reads its inbox from the oldest notice on, and proves that nothing is missing; gives the notices. Whoever is told
    /// nothing has no inbox.
    pub async fn proves_its_inbox(&self) -> Vec<Value> {
        let head = self.head().await;
        if head.is_null() {
            return Vec::new();
        }
        let oldest = head["oldestSequence"].as_i64().expect("a place");
        let query = "query($after: Int, $page: String) { notices(first: 100, after: $page, filter: { afterSequence: $after }) {
            pageInfo { hasNextPage endCursor }
            nodes { id sequence type occurredAt retractedAt deliveredAt deliveredVia case { id } acknowledgement { at }
                    remindsOf { sequence } corrects { sequence } supersededBy { sequence } } } }";
        let (mut notices, mut page) = (Vec::new(), Value::Null);
        loop {
            let data = self
                .ask(query, json!({ "after": oldest - 1, "page": page }))
                .await
                .ok();
            let nodes = data["notices"]["nodes"].as_array().expect("nodes").clone();
            notices.extend(nodes);
            if data["notices"]["pageInfo"]["hasNextPage"] == false {
                break;
            }
            page = data["notices"]["pageInfo"]["endCursor"].clone();
        }
        let mut chain = head["oldestChain"].as_str().expect("a chain").to_owned();
        for (expected, notice) in (oldest..).zip(&notices) {
            assert_eq!(notice["sequence"], expected, "the inbox of {}", self.client);
            chain = chained(&chain, notice);
        }
        assert_eq!(head["chain"], chain, "the chain of {}", self.client);
        assert_eq!(head["count"], notices.len(), "{}", self.client);
        assert_eq!(
            head["sequence"],
            oldest - 1 + i64::try_from(notices.len()).expect("few"),
            "{}",
            self.client
        );
        notices
    }

    /// Acknowledges one notice by its id.
    pub fn takes_note(&self, notice: &Value) -> Command<'_, ()> {
        Command::new(self, ("acknowledgeNotices", ""), "unacknowledged", |_| ())
            .with("notices", json!({ "ids": [notice["id"]] }))
    }

    /// The escalations that it sees, the newest first.
    pub async fn escalations(&self, open: Option<bool>) -> Vec<Value> {
        let query = "query($open: Boolean) { escalations(first: 100, open: $open) { totalCount nodes {
            noticeType recipient { code } case { id } beganAt ruleVersion nextStepAt outcome endedAt
            steps { action minutes beforeLanding doneAt } } } }";
        let data = self.ask(query, json!({ "open": open })).await.ok();
        let nodes = data["escalations"]["nodes"].as_array().expect("nodes");
        assert_eq!(data["escalations"]["totalCount"], nodes.len());
        nodes.clone()
    }

    /// The escalation of what an organisation was told, the newest where there are several.
    pub async fn escalation_of(&self, recipient: &Actor) -> Value {
        let seen = self.escalations(None).await;
        let mut of_it = seen
            .into_iter()
            .filter(|one| one["recipient"]["code"] == recipient.client);
        of_it.next().expect("an escalation")
    }

    /// Says what is done about departures that receiving missions do not acknowledge.
    pub fn configures_escalation(&self, version: i64, steps: Value) -> Command<'_, Value> {
        Command::new(
            self,
            ("configureEscalation", "escalationRule"),
            "{ noticeType recipient version madeAt endedAt steps { action minutes beforeLanding doneAt } }",
            Value::clone,
        )
        .with("noticeType", "DEPARTED")
        .with("recipient", "RECEIVING")
        .with("expectedVersion", version)
        .with("steps", steps)
    }
}
