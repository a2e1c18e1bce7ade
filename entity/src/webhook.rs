//! Where an organisation is told over HTTP.

use sea_orm::entity::prelude::*;

/// An address to which the notices of one inbox are sent, with how far the sending is.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhooks")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The recipient, in `organisations`.
    pub organisation_id: Uuid,
    /// The client that registered it, in `clients`.
    pub client_id: Uuid,
    /// The address.
    pub url: String,
    /// The types of notices that are sent, a JSON list of `NoticeType`; all where it is empty.
    pub types: String,
    /// How deliveries are signed, a `SignatureScheme`.
    pub scheme: String,
    /// State, a `WebhookState`.
    pub state: String,
    /// Why it was given up, a `DisabledReason`.
    pub disabled_reason: Option<String>,
    /// When it was registered.
    pub created_at: DateTimeUtc,
    /// Since when it is paused.
    pub paused_at: Option<DateTimeUtc>,
    /// Since when it is given up.
    pub disabled_at: Option<DateTimeUtc>,
    /// The place in the inbox up to which notices were delivered, passed over or given up.
    pub delivered_sequence: i64,
    /// Attempts made for the notice that is next.
    pub tries: i32,
    /// Failures since the last success.
    pub failures: i32,
    /// When the first of those was.
    pub failing_since: Option<DateTimeUtc>,
    /// The breaker, a `BreakerState`.
    pub breaker: String,
    /// Before this moment nothing is tried.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// The lease of the worker that sends now.
    pub lease_id: Option<Uuid>,
    /// When that lease is worth nothing any more.
    pub lease_until: Option<DateTimeUtc>,
    /// Counts what commands, and its being given up, have changed.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
