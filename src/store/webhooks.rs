//! Webhooks as commands change them, and the keys that verify what is sent to them.

use super::unit_of_work::{Cause, FindAll};
use super::{Store, UnitOfWork, convert, diff, scope};
use crate::domain::code::Code as _;
use crate::domain::registry::RegistryEvent;
use crate::domain::transition::{Reason, Refusal};
use crate::domain::webhook::{MOST_OF_ONE, Webhook, WebhookKey, WebhookState};
use crate::error::Error;
use crate::ids::WebhookId;
use crate::policy::actions::Action;
use crate::policy::rows::{Resource, reach};
use chrono::{DateTime, Utc};
use entity::{inbox_head, webhook, webhook_key};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

impl Store {
    /// The keys by which deliveries to any webhook are verified now, as they are written (`whpk_…`).
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn webhook_public_keys(&self) -> Result<Vec<String>, Error> {
        let valid = webhook_key::Column::ValidUntil.is_null();
        let keys: Vec<Option<String>> = webhook_key::Entity::find_all()
            .select_only()
            .column(webhook_key::Column::PublicKey)
            .filter(webhook_key::Column::PublicKey.is_not_null())
            .filter(valid.or(webhook_key::Column::ValidUntil.gt(self.clock.now())))
            .order_by_asc(webhook_key::Column::Id)
            .into_tuple()
            .all(&self.reading)
            .await?;
        Ok(keys.into_iter().flatten().collect())
    }

    /// Whether a key of this name was kept: a command that was carried out before keeps no new one.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn keeps_webhook_key(&self, key: Uuid) -> Result<bool, Error> {
        let kept = webhook_key::Entity::find_all().filter(webhook_key::Column::Id.eq(key));
        Ok(kept.count(&self.writing).await? > 0)
    }
}

impl UnitOfWork {
    /// The place of the newest notice in the actor's own inbox, once there is room for one more webhook.
    ///
    /// # Errors
    ///
    /// `TOO_MANY_WEBHOOKS`; faults of the database.
    pub async fn place_for_webhook(&self) -> Result<i64, Error> {
        let own = self.viewer()?.organisation.uuid();
        let there = webhook::Entity::find_all()
            .filter(webhook::Column::OrganisationId.eq(own))
            .filter(webhook::Column::State.ne(WebhookState::Removed.code()));
        if there.count(&self.transaction).await? >= MOST_OF_ONE {
            return Err(Reason::TooManyWebhooks.into());
        }
        let head = inbox_head::Entity::find_all().filter(inbox_head::Column::RecipientId.eq(own));
        let head = head.one(&self.transaction).await?;
        Ok(head.map_or(0, |head| head.last_sequence))
    }

    /// Keeps a webhook that was registered, with its key.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn add_webhook(&self, new: &Webhook, key: &WebhookKey) -> Result<(), Error> {
        diff::insert::<webhook::Entity>(&self.transaction, convert::webhook_row(new)).await?;
        self.add_key(new.id, key).await?;
        let cause = Cause::from(Action::RegisterWebhook);
        self.tell_of_webhook((None, new), cause, RegistryEvent::WebhookRegistered)
            .await
    }

    async fn add_key(&self, webhook: WebhookId, key: &WebhookKey) -> Result<(), Error> {
        let row = convert::webhook_key_row(key, webhook.uuid(), self.now);
        diff::insert::<webhook_key::Entity>(&self.transaction, row).await
    }

    /// Reads a webhook under lock, if the actor reaches it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for one that does not exist or is out of reach; `CONFLICT` for a stale version; faults of the
    /// database.
    pub async fn webhook_for_update(&self, id: WebhookId, expected: i32) -> Result<Webhook, Error> {
        let within = reach(self.viewer()?, Resource::Webhook, self.now, self.windows);
        let select = scope::select::<webhook::Entity>(&within)
            .filter(webhook::Column::Id.eq(id.uuid()))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&self.transaction).await?.ok_or(Error::NotFound)?;
        Refusal::unless_current(row.version, expected)?;
        convert::webhook(&row)
    }

    /// Saves a webhook that was changed. Where its state or its place changes, whoever sends to it now loses the lease: what
    /// that does no longer counts for the place.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn save_webhook(
        &self,
        (before, next): (&Webhook, &Webhook),
        cause: impl Into<Cause>,
        event: RegistryEvent,
    ) -> Result<(), Error> {
        use webhook::Column as C;
        let row = convert::webhook_row(next);
        let mut update = webhook::Entity::update_many()
            .col_expr(C::State, Expr::value(row.state))
            .col_expr(C::DisabledReason, Expr::value(row.disabled_reason))
            .col_expr(C::PausedAt, Expr::value(row.paused_at))
            .col_expr(C::DisabledAt, Expr::value(row.disabled_at))
            .col_expr(C::Version, Expr::value(row.version));
        if (before.state, before.progress) != (next.state, next.progress) {
            update = update
                .col_expr(C::DeliveredSequence, Expr::value(row.delivered_sequence))
                .col_expr(C::Tries, Expr::value(row.tries))
                .col_expr(C::Failures, Expr::value(row.failures))
                .col_expr(C::FailingSince, Expr::value(row.failing_since))
                .col_expr(C::Breaker, Expr::value(row.breaker))
                .col_expr(C::NextAttemptAt, Expr::value(row.next_attempt_at))
                .col_expr(C::LeaseId, Expr::value(row.lease_id))
                .col_expr(C::LeaseUntil, Expr::value(row.lease_until));
        }
        update.filter(C::Id.eq(row.id)).exec(&self.transaction).await?;
        self.tell_of_webhook((Some(before), next), cause.into(), event)
            .await
    }

    /// Gives a webhook a new key; the one before signs beside it until a moment, and any older one no more.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn replace_webhook_key(
        &self,
        webhook: WebhookId,
        key: &WebhookKey,
        until: DateTime<Utc>,
    ) -> Result<(), Error> {
        use webhook_key::Column as C;
        webhook_key::Entity::delete_many()
            .filter(C::WebhookId.eq(webhook.uuid()))
            .filter(C::ValidUntil.is_not_null())
            .exec(&self.transaction)
            .await?;
        webhook_key::Entity::update_many()
            .col_expr(C::ValidUntil, Expr::value(until))
            .filter(C::WebhookId.eq(webhook.uuid()))
            .exec(&self.transaction)
            .await?;
        self.add_key(webhook, key).await
    }

    /// Forgets all keys of a webhook: nothing can be signed for it any more.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn forget_webhook_keys(&self, webhook: WebhookId) -> Result<(), Error> {
        webhook_key::Entity::delete_many()
            .filter(webhook_key::Column::WebhookId.eq(webhook.uuid()))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    async fn tell_of_webhook(
        &self,
        (before, next): (Option<&Webhook>, &Webhook),
        cause: Cause,
        event: RegistryEvent,
    ) -> Result<(), Error> {
        let states = (
            before.map(|before| before.state.to_string()),
            next.state.to_string(),
        );
        let row = ("Webhook", next.id.uuid());
        self.record_step(
            (cause, event),
            row,
            states,
            next.disabled_reason.map(|reason| reason.to_string()),
        )
        .await
    }
}
