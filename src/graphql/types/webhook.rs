//! `Webhook`, `Delivery` and `DeliveryAttempt`.

use crate::domain::notice::{DeliveryChannel, NoticeType};
use crate::domain::webhook::{
    AttemptOutcome, BreakerState, DeliveryState, DisabledReason, SignatureScheme, WebhookState,
};
use crate::governed;
use crate::graphql::leaf::{List, RowId, Words};
use crate::ids::NodeType;
use crate::store::nodes::{AttemptNode, DeliveryNode, OrganisationNode, RegistryEntryNode, WebhookNode};
use chrono::{DateTime, Utc};

governed! { WebhookNode "Webhook" node: "An address to which the notices of a recipient are sent, by the specification of Standard Webhooks: in the order of the inbox, signed, each until it is taken." {
    WebhookId: (RowId) = |node| RowId(NodeType::Webhook, node.webhook.id.uuid()), "Names the webhook to this viewer, and to nobody else.";
    WebhookOrganisation: {OrganisationNode} = |node| &node.organisation, "The recipient.";
    WebhookUrl: (&str) = |node| node.webhook.url.as_str(), "The address.";
    WebhookTypes: (Words<NoticeType>) = |node| Words(node.webhook.types.clone()), "The types of notices that are sent; all where none is named.";
    WebhookScheme: (SignatureScheme) = |node| node.webhook.scheme, "How deliveries are signed.";
    WebhookPublicKeys: (List<String>) = |node| List(node.public_keys.clone()), "The keys that verify its deliveries now (`whpk_`), the newest first: two while a key is exchanged, none for HMAC.";
    WebhookState: (WebhookState) = |node| node.webhook.state, "State.";
    WebhookDisabledReason: (Option<DisabledReason>) = |node| node.webhook.disabled_reason, "Why it was given up.";
    WebhookCreatedAt: (DateTime<Utc>) = |node| node.webhook.created_at, "When it was registered.";
    WebhookPausedAt: (Option<DateTime<Utc>>) = |node| node.webhook.paused_at, "Since when it is paused.";
    WebhookDisabledAt: (Option<DateTime<Utc>>) = |node| node.webhook.disabled_at, "Since when it is given up.";
    WebhookDelivered: (i64) = |node| node.webhook.progress.place, "The place in the inbox up to which notices were delivered, passed over or given up.";
    WebhookBreaker: (BreakerState) = |node| node.webhook.progress.breaker, "Whether what waits is sent as it comes.";
    WebhookFailures: (i32) = |node| node.webhook.progress.failures, "Attempts that failed since the last that succeeded.";
    WebhookFailingSince: (Option<DateTime<Utc>>) = |node| node.webhook.progress.failing_since, "When the first of those was.";
    WebhookNextAttempt: (Option<DateTime<Utc>>) = |node| node.webhook.progress.next_attempt_at, "Before this moment nothing is tried.";
    WebhookVersion: (i32) = |node| node.webhook.version, "Counts the changes of the webhook, not what is sent; commands take it as expectedVersion.";
    WebhookHistory: [RegistryEntryNode] = |node| &node.history, "What was done with it, oldest first; at most 100 entries.";
} }

governed! { DeliveryNode "Delivery": "A notice on its way to a webhook." {
    DeliveryChannel: (DeliveryChannel) = |node| node.channel, "By which way it is sent.";
    DeliveryWebhook: {WebhookNode} = |node| &node.webhook, "Where to.";
    DeliveryState: (DeliveryState) = |node| node.state, "How far it is.";
    DeliveryAttempts: [AttemptNode] = |node| &node.attempts, "Every attempt, oldest first.";
} }

governed! { AttemptNode "DeliveryAttempt": "One attempt to deliver a notice: how it went, and nothing of what was answered." {
    AttemptNumber: (i32) = |node| node.number, "Its number, from 1.";
    AttemptAt: (DateTime<Utc>) = |node| node.at, "When it was made.";
    AttemptStatus: (Option<i32>) = |node| node.status, "The HTTP status of the answer, where there was one.";
    AttemptLatency: (i32) = |node| node.latency_ms, "How long it took, in milliseconds.";
    AttemptOutcome: (AttemptOutcome) = |node| node.outcome, "How it went.";
} }
