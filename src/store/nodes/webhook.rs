//! Webhooks and deliveries, as read.

use super::{Many, One, OrganisationNode, RegistryEntryNode};
use crate::domain::notice::DeliveryChannel;
use crate::domain::webhook::{AttemptOutcome, DeliveryState, Webhook};
use chrono::{DateTime, Utc};

/// A webhook as read.
#[derive(Debug)]
pub struct WebhookNode {
    /// The webhook.
    pub webhook: Webhook,
    /// The recipient.
    pub organisation: One<OrganisationNode>,
    /// The keys by which its deliveries are verified now, the newest first.
    pub public_keys: Vec<String>,
    /// What was done with it, oldest first.
    pub history: Many<RegistryEntryNode>,
}

/// One notice on its way to one webhook.
#[derive(Debug)]
pub struct DeliveryNode {
    /// By which way.
    pub channel: DeliveryChannel,
    /// Where to.
    pub webhook: One<WebhookNode>,
    /// How far it is.
    pub state: DeliveryState,
    /// Every attempt, oldest first.
    pub attempts: Many<AttemptNode>,
}

/// An attempt to deliver a notice.
#[derive(Debug)]
pub struct AttemptNode {
    /// Its number, from 1.
    pub number: i32,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The status of the answer, where there was one.
    pub status: Option<i32>,
    /// How long it took, in milliseconds.
    pub latency_ms: i32,
    /// How it went.
    pub outcome: AttemptOutcome,
}
