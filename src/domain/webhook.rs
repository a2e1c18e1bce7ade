//! Webhooks: an address of a recipient to which the notices of its inbox are sent, in their order, each until it is taken.
//!
//! What is sent is thin: that there is a notice, of what type and when. It is signed by a key of this address alone.

pub mod schedule;

use super::notice::NoticeType;
use super::transition::{Reason, Refusal};
use crate::ids::{ClientId, OrganisationId, WebhookId};
use crate::{codes, lifecycle};
use chrono::{DateTime, TimeDelta, Utc};
use schedule::Progress;
use uuid::Uuid;

codes! { "State of a webhook." WebhookState {
    Active = "ACTIVE": "Notices are sent to it.",
    Paused = "PAUSED": "Its owner asked for a pause: notices wait.",
    Disabled = "DISABLED": "It was given up: notices wait until its owner resumes it.",
    Removed = "REMOVED": "Its owner took it away: nothing is sent to it any more.",
} }

lifecycle! { "The life of a webhook." WEBHOOK "Webhook": WebhookState {
    begin "registerWebhook" => Active;
    "pauseWebhook": Active => Paused;
    "resumeWebhook": Paused | Disabled => Active;
    "rotateWebhookKey": Active => Active;
    "rotateWebhookKey": Paused => Paused;
    "rotateWebhookKey": Disabled => Disabled;
    "redeliverNotices": Active => Active;
    "redeliverNotices": Paused => Paused;
    "removeWebhook": Active | Paused | Disabled => Removed;
    "time": Active => Disabled;
} }

codes! { "How deliveries to a webhook are signed (Standard Webhooks 1.0.0)." SignatureScheme {
    Ed25519 = "ED25519": "By an ed25519 key whose public part everybody may know (`v1a`).",
    HmacSha256 = "HMAC_SHA256": "By a secret that both sides know (`v1`).",
} }

codes! { "Why a webhook was given up." DisabledReason {
    Gone = "GONE": "It answered 410.",
    Unreachable = "UNREACHABLE": "A notice could not be delivered within the schedule, and the one behind it could not either.",
} }

codes! { "Whether what waits for a webhook is sent as it comes." BreakerState {
    Closed = "CLOSED": "It is.",
    Open = "OPEN": "Several attempts in a row failed: nothing is sent before the next attempt is due.",
    HalfOpen = "HALF_OPEN": "One notice is on its way, and what becomes of it decides.",
} }

codes! { "How far a delivery is." DeliveryState {
    Delivered = "DELIVERED": "The recipient's system has taken it.",
    Retrying = "RETRYING": "It has not been taken yet, and is tried again.",
    DeadLettered = "DEAD_LETTERED": "It was not taken within the schedule, and is not tried again unless the recipient asks for it.",
} }

codes! { "How an attempt to deliver a notice went." AttemptOutcome {
    Delivered = "DELIVERED": "It was taken: a status of 200 to 299.",
    Redirected = "REDIRECTED": "The answer points elsewhere, where nothing is sent: change the address instead.",
    Gone = "GONE": "Nobody wants notices there any more (410).",
    Throttled = "THROTTLED": "The answer asks to be slower (429, 502 or 504).",
    Refused = "REFUSED": "Another status.",
    TimedOut = "TIMED_OUT": "No answer came in time.",
    NotConnected = "NOT_CONNECTED": "There was no connection, or it broke.",
    AddressNotAllowed = "ADDRESS_NOT_ALLOWED": "The name leads to an address to which nothing is sent, such as one of a private network.",
} }

impl AttemptOutcome {
    /// What a status means.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            200..=299 => Self::Delivered,
            300..=399 => Self::Redirected,
            410 => Self::Gone,
            429 | 502 | 504 => Self::Throttled,
            _ => Self::Refused,
        }
    }
}

/// Most webhooks of one organisation that were not removed.
pub const MOST_OF_ONE: u64 = 16;

/// How long an old key signs beside the new one if nothing is said, and at most.
pub const OVERLAP_HOURS: (i32, i32) = (24, 168);

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Names it.
    pub id: WebhookId,
    /// The recipient.
    pub organisation: OrganisationId,
    /// The client that registered it; nothing is sent while that may not come in.
    pub client: ClientId,
    /// The address.
    pub url: String,
    /// The types of notices that are sent; all where none is named.
    pub types: Vec<NoticeType>,
    /// How deliveries are signed.
    pub scheme: SignatureScheme,
    /// State.
    pub state: WebhookState,
    /// Why it was given up.
    pub disabled_reason: Option<DisabledReason>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// Since when it is paused.
    pub paused_at: Option<DateTime<Utc>>,
    /// Since when it is given up.
    pub disabled_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub progress: Progress,
    /// Counts what commands, and its being given up, have changed.
    pub version: i32,
}

/// A webhook as it is registered.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Names it.
    pub id: WebhookId,
    /// The address, which has been looked at.
    pub url: String,
    /// The types of notices that are sent; all where none is named.
    pub types: Vec<NoticeType>,
    /// How deliveries are signed.
    pub scheme: SignatureScheme,
}

/// A key that signs for one webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookKey {
    /// Names it.
    pub id: Uuid,
    /// `whpk_` and the public key in base64, for ed25519.
    pub public: Option<String>,
    /// `whsk_` or `whsec_` and the secret in base64: never for a log, and never shown twice.
    pub secret: String,
}

impl std::fmt::Debug for WebhookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Webhook {
    /// Registers a webhook that is sent what comes after a place in the inbox.
    ///
    /// # Errors
    ///
    /// None that a caller could cause.
    pub fn register(
        new: NewWebhook,
        (organisation, client): (OrganisationId, ClientId),
        place: i64,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let mut types = new.types;
        types.sort_unstable();
        types.dedup();
        Ok(Self {
            id: new.id,
            organisation,
            client,
            url: new.url,
            types,
            scheme: new.scheme,
            state: WEBHOOK.begin("registerWebhook", WebhookState::Active)?,
            disabled_reason: None,
            created_at: now,
            paused_at: None,
            disabled_at: None,
            progress: Progress::from(place),
            version: 1,
        })
    }

    /// Lets notices wait.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn pause(mut self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.state = WEBHOOK.step("pauseWebhook", self.state, WebhookState::Paused)?;
        self.paused_at = Some(now);
        self.version += 1;
        Ok(self)
    }

    /// Sends what has waited, from the first attempt on.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn resume(mut self) -> Result<Self, Refusal> {
        self.state = WEBHOOK.step("resumeWebhook", self.state, WebhookState::Active)?;
        self.paused_at = None;
        self.disabled_at = None;
        self.disabled_reason = None;
        self.progress = Progress::from(self.progress.place);
        self.version += 1;
        Ok(self)
    }

    /// Is taken away: for good, since its keys go with it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn remove(mut self) -> Result<Self, Refusal> {
        self.state = WEBHOOK.step("removeWebhook", self.state, WebhookState::Removed)?;
        self.version += 1;
        Ok(self)
    }

    /// Takes note of a new key; says until when the old one signs beside it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; `INVALID` for an overlap that is none or too long.
    pub fn rotate(
        mut self,
        overlap_hours: Option<i32>,
        now: DateTime<Utc>,
    ) -> Result<(Self, DateTime<Utc>), Refusal> {
        let (usual, longest) = OVERLAP_HOURS;
        let hours = overlap_hours.unwrap_or(usual);
        if !(0..=longest).contains(&hours) {
            return Err(Refusal::at(Reason::Invalid, "overlapHours"));
        }
        self.state = WEBHOOK.step("rotateWebhookKey", self.state, self.state)?;
        self.version += 1;
        Ok((self, now + TimeDelta::hours(hours.into())))
    }

    /// Sends once more what stands at a place in the inbox and everything after it.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`; `INVALID` for a place that was not sent yet: nothing can be passed over by it.
    pub fn redeliver(mut self, from: i64) -> Result<Self, Refusal> {
        if from < 1 || from - 1 > self.progress.place {
            return Err(Refusal::at(Reason::Invalid, "fromSequence"));
        }
        self.state = WEBHOOK.step("redeliverNotices", self.state, self.state)?;
        self.progress = Progress::from(from - 1);
        self.version += 1;
        Ok(self)
    }

    /// Is given up.
    ///
    /// # Errors
    ///
    /// `WRONG_STATE`.
    pub fn disable(mut self, reason: DisabledReason, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.state = WEBHOOK.step("time", self.state, WebhookState::Disabled)?;
        self.disabled_reason = Some(reason);
        self.disabled_at = Some(now);
        self.version += 1;
        Ok(self)
    }
}
