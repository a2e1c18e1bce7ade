//! Webhooks and attempts to deliver to them.

use super::{At, words};
use crate::domain::webhook::schedule::Progress;
use crate::domain::webhook::{Webhook, WebhookKey};
use crate::error::Error;
use entity::{webhook, webhook_key};
use uuid::Uuid;

pub(in crate::store) fn webhook(row: &webhook::Model) -> Result<Webhook, Error> {
    let at = At("webhooks", row.id);
    Ok(Webhook {
        id: row.id.into(),
        organisation: row.organisation_id.into(),
        client: row.client_id.into(),
        url: row.url.clone(),
        types: at.words("types", &row.types)?,
        scheme: at.word("scheme", &row.scheme)?,
        state: at.word("state", &row.state)?,
        disabled_reason: at.word_if("disabled_reason", row.disabled_reason.as_deref())?,
        created_at: row.created_at,
        paused_at: row.paused_at,
        disabled_at: row.disabled_at,
        progress: Progress {
            place: row.delivered_sequence,
            tries: row.tries,
            failures: row.failures,
            failing_since: row.failing_since,
            breaker: at.word("breaker", &row.breaker)?,
            next_attempt_at: row.next_attempt_at,
        },
        version: row.version,
    })
}

/// The row of a webhook that nobody sends to at the moment.
pub(in crate::store) fn webhook_row(webhook: &Webhook) -> webhook::Model {
    let progress = &webhook.progress;
    webhook::Model {
        id: webhook.id.uuid(),
        organisation_id: webhook.organisation.uuid(),
        client_id: webhook.client.uuid(),
        url: webhook.url.clone(),
        types: words(&webhook.types),
        scheme: webhook.scheme.to_string(),
        state: webhook.state.to_string(),
        disabled_reason: webhook.disabled_reason.map(|reason| reason.to_string()),
        created_at: webhook.created_at,
        paused_at: webhook.paused_at,
        disabled_at: webhook.disabled_at,
        delivered_sequence: progress.place,
        tries: progress.tries,
        failures: progress.failures,
        failing_since: progress.failing_since,
        breaker: progress.breaker.to_string(),
        next_attempt_at: progress.next_attempt_at,
        lease_id: None,
        lease_until: None,
        version: webhook.version,
    }
}

pub(in crate::store) fn webhook_key(row: webhook_key::Model) -> WebhookKey {
    WebhookKey {
        id: row.id,
        public: row.public_key,
        secret: row.secret,
    }
}

pub(in crate::store) fn webhook_key_row(
    key: &WebhookKey,
    webhook: Uuid,
    made_at: chrono::DateTime<chrono::Utc>,
) -> webhook_key::Model {
    webhook_key::Model {
        id: key.id,
        webhook_id: webhook,
        public_key: key.public.clone(),
        secret: key.secret.clone(),
        made_at,
        valid_until: None,
    }
}
