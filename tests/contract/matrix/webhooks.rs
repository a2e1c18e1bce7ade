//! Webhooks of one recipient of each kind: one that takes everything, one that is gone, one that asks to wait, one that is
//! paused. Each is sent the inbox from its beginning once the story has been told.

use super::census::{Register, named};
use super::rows::Rows;
use super::truth::{Row, Truth, Whose};
use crate::support::{Reply, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who has webhooks, by client.
pub const HAVE_WEBHOOKS: [&str; 5] = [
    "iom-pristina",
    "embassy-iraq-belgrade",
    "police-kosovo",
    "migration-kosovo",
    "safe-house-pristina",
];

const WEBHOOKS: &str = "{ webhooks(first: 100) { nodes { id url types signatureScheme publicKeys state disabledReason
    createdAt pausedAt disabledAt deliveredSequence breaker failures failingSince nextAttemptAt version organisation { code } } } }";

const DELIVERIES: &str = "{ notices(first: 100) { nodes { id recipient { code }
    deliveries { channel state attempts { number at status latencyMs outcome } } } } }";

/// They are registered, everything is sent, and oversight reads what became of it.
pub async fn told(world: &World, register: &Register, rows: &mut Rows) {
    let later = Reply::With(503, "retry-after", "86400".to_owned());
    world.receiver.answers("/gone", Reply::Status(410));
    world.receiver.answers("/later", later);
    // Where each inbox ended when its webhooks were registered, by its organisation, which its client is named after.
    let mut heads = BTreeMap::new();
    for name in HAVE_WEBHOOKS {
        let owner = world.client(name);
        for path in ["/taken", "/gone", "/later"] {
            let made = owner.registers_webhook(&world.receiver.url(path)).await.webhook;
            heads.insert(name, made["deliveredSequence"].clone());
            let again = owner.moves_webhook(&made, "redeliverNotices");
            again.with("fromSequence", 1).await;
        }
        let paused = owner
            .registers_webhook(&world.receiver.url("/paused"))
            .await
            .webhook;
        owner.moves_webhook(&paused, "pauseWebhook").await;
    }
    let auditor = world.auditor();
    world
        .eventually("everything is sent", async || {
            let data = auditor.ask(WEBHOOKS, json!({})).await.ok();
            let all = data["webhooks"]["nodes"].as_array().expect("nodes").clone();
            let mut taken = all.iter().filter(|webhook| is_at(webhook, "/taken"));
            let mut others = all
                .iter()
                .filter(|webhook| is_at(webhook, "/gone") || is_at(webhook, "/later"));
            taken.all(|webhook| {
                let owner = webhook["organisation"]["code"].as_str().expect("a code");
                heads.get(owner) == Some(&webhook["deliveredSequence"])
            }) && others.all(|webhook| webhook["failures"] == 1)
        })
        .await;

    let ids = register.ids_of(&auditor.client);
    let data = auditor.ask(WEBHOOKS, json!({})).await.ok();
    for webhook in data["webhooks"]["nodes"].as_array().expect("nodes") {
        let owner = webhook["organisation"]["code"]
            .as_str()
            .expect("a code")
            .to_owned();
        let others = [
            ("id", Truth::Id),
            ("organisation", Truth::One("Organisation")),
            ("history", Truth::Many("RegistryEntry")),
        ];
        let row = Row::new(
            "Webhook",
            Whose::Inbox(owner),
            without(webhook, &["id", "organisation"]),
            &others,
        );
        rows.insert(("Webhook", (named(&ids, &webhook["id"]), "0".to_owned())), row);
    }
    let data = auditor.ask(DELIVERIES, json!({})).await.ok();
    for notice in data["notices"]["nodes"].as_array().expect("nodes") {
        let owner = notice["recipient"]["code"].as_str().expect("a code");
        let id = named(&ids, &notice["id"]);
        for (place, delivery) in notice["deliveries"]
            .as_array()
            .expect("deliveries")
            .iter()
            .enumerate()
        {
            let others = [
                ("webhook", Truth::One("Webhook")),
                ("attempts", Truth::Many("DeliveryAttempt")),
            ];
            let whose = Whose::Inbox(owner.to_owned());
            let row = Row::new(
                "Delivery",
                whose.clone(),
                without(delivery, &["attempts"]),
                &others,
            );
            rows.insert(("Delivery", (id, place.to_string())), row);
            for (nth, attempt) in delivery["attempts"]
                .as_array()
                .expect("attempts")
                .iter()
                .enumerate()
            {
                let row = Row::new("DeliveryAttempt", whose.clone(), attempt.clone(), &[]);
                rows.insert(("DeliveryAttempt", (id, format!("{place}.attempts.{nth}"))), row);
            }
        }
    }
}

fn is_at(webhook: &Value, path: &str) -> bool {
    webhook["url"].as_str().is_some_and(|url| url.ends_with(path))
}

fn without(row: &Value, fields: &[&str]) -> Value {
    let mut row = row.clone();
    if let Value::Object(row) = &mut row {
        for field in fields {
            row.remove(*field);
        }
    }
    row
}
