//! Commands on webhooks.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::notice::NoticeType;
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::{Reason, Refusal};
use crate::domain::webhook::{NewWebhook, SignatureScheme, Webhook, WebhookKey};
use crate::error::Error;
use crate::ids::{WebhookId, new_id};
use crate::notify::webhook::signature;
use crate::policy::actions::Action;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// A webhook, with the secret that its owner has to know, if one was made now.
pub struct Made {
    /// The webhook.
    pub webhook: Uuid,
    /// The secret; none for ed25519, whose secret nobody needs to know, and for a repetition.
    pub secret: Option<String>,
}

impl Desk {
    /// Registers a webhook of the actor's organisation.
    pub async fn register_webhook(
        &self,
        envelope: &Envelope,
        url: String,
        types: Vec<NoticeType>,
        scheme: SignatureScheme,
    ) -> Result<Made, Error> {
        authorise_by_kind(envelope, Action::RegisterWebhook)?;
        if self.egress.check(&url).is_err() {
            return Err(Refusal::at(Reason::UrlNotAllowed, "url").into());
        }
        let now = self.store.clock().now();
        let key = signature::key(scheme, now)?;
        let new = NewWebhook {
            id: new_id(now).into(),
            url,
            types,
            scheme,
        };
        let (new, made) = (&new, &key);
        let webhook = self
            .once(envelope, Action::RegisterWebhook, move |uow| async move {
                let place = uow.place_for_webhook().await?;
                let viewer = uow.viewer()?;
                let owner = (viewer.organisation, viewer.client);
                let webhook = Webhook::register(new.clone(), owner, place, uow.now())?;
                uow.add_webhook(&webhook, made).await?;
                Ok((uow, webhook.id.uuid()))
            })
            .await?;
        self.made(webhook, scheme, key).await
    }

    /// Gives a webhook a new key.
    pub async fn rotate_webhook_key(
        &self,
        envelope: &Envelope,
        (id, expected): (WebhookId, i32),
        overlap_hours: Option<i32>,
    ) -> Result<Made, Error> {
        let action = Action::RotateWebhookKey;
        authorise_by_kind(envelope, action)?;
        // Which of the two the webhook takes is known once it is read.
        let now = self.store.clock().now();
        let fresh = [SignatureScheme::Ed25519, SignatureScheme::HmacSha256]
            .map(|scheme| signature::key(scheme, now).map(|key| (scheme, key)));
        let [ed25519, hmac] = fresh;
        let fresh = [ed25519?, hmac?];
        let keys = &fresh;
        let webhook = self
            .once(envelope, action, move |uow| async move {
                let before = uow.webhook_for_update(id, expected).await?;
                let (next, until) = before.clone().rotate(overlap_hours, uow.now())?;
                let mut keys = keys.iter();
                let key = keys.find(|(scheme, _)| *scheme == next.scheme);
                let (_, key) = key.ok_or(Error::NotFound)?;
                uow.replace_webhook_key(id, key, until).await?;
                let event = RegistryEvent::WebhookKeyRotated;
                uow.save_webhook((&before, &next), action, event).await?;
                Ok((uow, id.uuid()))
            })
            .await?;
        for (scheme, key) in fresh {
            let made = self.made(webhook, scheme, key).await?;
            if made.secret.is_some() {
                return Ok(made);
            }
        }
        Ok(Made {
            webhook,
            secret: None,
        })
    }

    /// The secret is shown where this very command kept it, and where its owner has to know it.
    async fn made(&self, webhook: Uuid, scheme: SignatureScheme, key: WebhookKey) -> Result<Made, Error> {
        let shows = scheme == SignatureScheme::HmacSha256 && self.store.keeps_webhook_key(key.id).await?;
        Ok(Made {
            webhook,
            secret: shows.then_some(key.secret),
        })
    }

    /// Lets notices wait.
    pub async fn pause_webhook(&self, envelope: &Envelope, named: (WebhookId, i32)) -> Result<Uuid, Error> {
        let told = (Action::PauseWebhook, RegistryEvent::WebhookPaused);
        self.on_webhook(envelope, told, named, |webhook, now| Ok(webhook.pause(now)?))
            .await
    }

    /// Sends what has waited.
    pub async fn resume_webhook(&self, envelope: &Envelope, named: (WebhookId, i32)) -> Result<Uuid, Error> {
        let told = (Action::ResumeWebhook, RegistryEvent::WebhookResumed);
        self.on_webhook(envelope, told, named, |webhook, _| Ok(webhook.resume()?))
            .await
    }

    /// Takes a webhook away.
    pub async fn remove_webhook(
        &self,
        envelope: &Envelope,
        (id, expected): (WebhookId, i32),
    ) -> Result<Uuid, Error> {
        let action = Action::RemoveWebhook;
        authorise_by_kind(envelope, action)?;
        self.once(envelope, action, move |uow| async move {
            let before = uow.webhook_for_update(id, expected).await?;
            let next = before.clone().remove()?;
            uow.forget_webhook_keys(id).await?;
            let event = RegistryEvent::WebhookRemoved;
            uow.save_webhook((&before, &next), action, event).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }

    /// Sends notices once more from a place on.
    pub async fn redeliver_notices(
        &self,
        envelope: &Envelope,
        named: (WebhookId, i32),
        from: i64,
    ) -> Result<Uuid, Error> {
        let told = (Action::RedeliverNotices, RegistryEvent::NoticesRedelivered);
        self.on_webhook(envelope, told, named, move |webhook, _| {
            Ok(webhook.redeliver(from)?)
        })
        .await
    }

    async fn on_webhook(
        &self,
        envelope: &Envelope,
        (action, event): (Action, RegistryEvent),
        (id, expected): (WebhookId, i32),
        step: impl Fn(Webhook, DateTime<Utc>) -> Result<Webhook, Error> + Send + Sync,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, action)?;
        let step = &step;
        self.once(envelope, action, move |uow| async move {
            let before = uow.webhook_for_update(id, expected).await?;
            let next = step(before.clone(), uow.now())?;
            uow.save_webhook((&before, &next), action, event).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }
}
