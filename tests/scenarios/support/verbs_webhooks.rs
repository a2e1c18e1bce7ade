//! What recipients do with their webhooks.

use super::actor::Actor;
use super::command::Command;
use super::world::World;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// What is asked of a webhook.
pub const WEBHOOK: &str =
    "{ id version url types signatureScheme publicKeys state disabledReason createdAt pausedAt disabledAt
    deliveredSequence breaker failures failingSince nextAttemptAt organisation { code } }";

/// A webhook that was registered or given a new key, with the secret where one was shown.
#[derive(Clone, Debug)]
pub struct Made {
    /// The webhook.
    pub webhook: Value,
    /// The secret.
    pub secret: Option<String>,
}

fn made(payload: &Value) -> Made {
    Made {
        webhook: payload["webhook"].clone(),
        secret: payload["secret"].as_str().map(str::to_owned),
    }
}

impl Actor {
    /// Registers a webhook.
    pub fn registers_webhook(&self, url: &str) -> Command<'_, Made> {
        let selection = format!("webhook {WEBHOOK} secret");
        Command::new(self, ("registerWebhook", ""), &selection, made).with("url", url)
    }

    /// Gives a webhook a new key.
    pub fn rotates_key(&self, webhook: &Value) -> Command<'_, Made> {
        let selection = format!("webhook {WEBHOOK} secret");
        Command::new(self, ("rotateWebhookKey", ""), &selection, made)
            .with("webhookId", webhook["id"].clone())
            .with("expectedVersion", webhook["version"].clone())
    }

    /// Takes a step on a webhook.
    pub fn moves_webhook(&self, webhook: &Value, step: &'static str) -> Command<'_, Value> {
        Command::new(self, (step, "webhook"), WEBHOOK, Value::clone)
            .with("webhookId", webhook["id"].clone())
            .with("expectedVersion", webhook["version"].clone())
    }

    /// The webhooks that the actor sees, the newest first.
    pub async fn webhooks(&self) -> Vec<Value> {
        let query = format!("{{ webhooks(first: 100) {{ totalCount nodes {WEBHOOK} }} }}");
        let data = self.ask(&query, json!({})).await.ok();
        let nodes = data["webhooks"]["nodes"].as_array().expect("nodes").clone();
        assert_eq!(data["webhooks"]["totalCount"], nodes.len());
        nodes
    }

    /// The newest webhook that the actor sees.
    pub async fn webhook(&self) -> Value {
        self.webhooks().await.first().expect("a webhook").clone()
    }

    /// The notices after a place in the actor's inbox, with what became of them.
    pub async fn told_after(&self, place: i64) -> Vec<Value> {
        let query = "query($after: Int) { notices(first: 100, filter: { afterSequence: $after }) { nodes { id sequence type
            deliveries { channel state webhook { url } attempts { number at status latencyMs outcome } } } } }";
        let data = self.ask(query, json!({ "after": place })).await.ok();
        data["notices"]["nodes"].as_array().expect("nodes").clone()
    }
}

/// A moment as the API writes it.
pub fn read(moment: &Value) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(moment.as_str()?).expect("a moment");
    Some(moment.with_timezone(&Utc))
}

impl World {
    /// Time passes until the next attempt for an actor's newest webhook, which fails as well.
    pub async fn fails_once_more(&self, actor: &Actor) -> Value {
        let before = actor.webhook().await;
        if let Some(next) = read(&before["nextAttemptAt"]) {
            let left = next - self.clock.now();
            self.time_passes(left.max(chrono::TimeDelta::zero()));
        }
        self.has_failed_since(actor, &before).await
    }

    /// One more attempt has failed since a webhook was looked at.
    pub async fn has_failed_since(&self, actor: &Actor, before: &Value) -> Value {
        let more = before["failures"].as_i64().unwrap_or(0) + 1;
        self.eventually(&format!("attempt {more} fails"), async || {
            actor.webhook().await["failures"].as_i64() >= Some(more)
        })
        .await;
        actor.webhook().await
    }
}
