//! The work of sending to webhooks: who may send now, what is next, and what became of it.
//!
//! Whoever sends holds a lease that stands in the webhook's row and expires by itself, so that a worker that was killed holds
//! nobody up. It is taken by one conditional update, which tells two workers apart on both databases. What an attempt says of
//! the place counts only while the lease is still held: after a command, or after a takeover, only the attempt is noted.

use super::unit_of_work::FindAll;
use super::{Store, UnitOfWork, convert};
use crate::domain::code::Code;
use crate::domain::notice::{DeliveryChannel, NoticeType};
use crate::domain::registry::RegistryEvent;
use crate::domain::webhook::schedule::{Answer, Progress, Verdict, seed_of};
use crate::domain::webhook::{BreakerState, Webhook, WebhookKey, WebhookState};
use crate::error::Error;
use crate::ids::{NodeType, OrganisationId, new_id};
use crate::store::Cause;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{inbox_head, notice, webhook, webhook_attempt, webhook_key};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How long a lease holds that is not prolonged: longer than an attempt may take.
const LEASE: TimeDelta = TimeDelta::minutes(1);

/// How long nothing is sent to whoever may not be told now, before it is looked again.
const BARRED: TimeDelta = TimeDelta::minutes(1);

/// A webhook to which something may be sent now.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// The webhook.
    pub webhook: Uuid,
    /// Whether somebody held a lease that has expired.
    pub abandoned: bool,
}

/// What waits for webhooks that are alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WebhooksWaiting {
    /// How many webhooks.
    pub webhooks: u64,
    /// How many notices that were not delivered, passed over or given up.
    pub notices: u64,
}

/// The right to send to a webhook, for a while.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    /// The webhook.
    pub webhook: Uuid,
    id: Uuid,
    /// Whether one notice alone is sent, to see whether it is taken again.
    pub probes: bool,
}

/// What a worker does next for a webhook.
#[derive(Debug)]
pub enum Next {
    /// Sends this.
    Send(Box<Outgoing>),
    /// Nothing: everything was sent, or nothing may be.
    Rest,
    /// Nothing: somebody else has the lease.
    Lost,
}

/// A notice on its way.
#[derive(Debug)]
pub struct Outgoing {
    /// The webhook.
    pub webhook: Webhook,
    /// The keys that sign, the newest first.
    pub keys: Vec<WebhookKey>,
    notice: Uuid,
    /// The notice by the id that the recipient knows it by.
    pub id: String,
    /// Its place in the inbox.
    pub sequence: i64,
    /// What it says.
    pub kind: NoticeType,
    /// When that happened.
    pub occurred_at: DateTime<Utc>,
}

/// What an attempt has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// What becomes of the notice; none where the lease was lost meanwhile.
    pub verdict: Option<Verdict>,
    /// The breaker before the attempt and after it.
    pub breaker: (BreakerState, BreakerState),
}

/// Webhooks that may be tried now.
pub(super) fn may_be_tried(now: DateTime<Utc>) -> Condition {
    use webhook::Column as C;
    Condition::all()
        .add(C::State.eq(WebhookState::Active.code()))
        .add(C::NextAttemptAt.is_null().or(C::NextAttemptAt.lte(now)))
        .add(C::LeaseUntil.is_null().or(C::LeaseUntil.lte(now)))
}

impl Store {
    /// Webhooks behind their inboxes to which something may be sent now, but for those that this process is busy with.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn webhooks_due(&self, busy: Vec<Uuid>, limit: u64) -> Result<Vec<Due>, Error> {
        use webhook::Column as C;
        let head = |column: inbox_head::Column| Expr::col((inbox_head::Entity, column));
        let behind = Query::select()
            .expr(Expr::val(1))
            .from(inbox_head::Entity)
            .and_where(head(inbox_head::Column::RecipientId).equals((webhook::Entity, C::OrganisationId)))
            .and_where(
                head(inbox_head::Column::LastSequence).gt(Expr::col((webhook::Entity, C::DeliveredSequence))),
            )
            .to_owned();
        let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = webhook::Entity::find_all()
            .select_only()
            .columns([C::Id, C::LeaseUntil])
            .filter(may_be_tried(self.clock.now()))
            .filter(C::Id.is_not_in(busy))
            .filter(Expr::exists(behind))
            .order_by_asc(C::NextAttemptAt)
            .order_by_asc(C::Id)
            .limit(limit)
            .into_tuple()
            .all(&self.reading)
            .await?;
        let due = |(webhook, lease): (Uuid, Option<DateTime<Utc>>)| Due {
            webhook,
            abandoned: lease.is_some(),
        };
        Ok(rows.into_iter().map(due).collect())
    }

    /// How many webhooks there are in each state and breaker, and how many notices of their inboxes wait for them.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn webhooks_waiting(
        &self,
    ) -> Result<BTreeMap<(WebhookState, BreakerState), WebhooksWaiting>, Error> {
        use webhook::Column as C;
        let rows: Vec<(Uuid, Uuid, String, String, i64)> = webhook::Entity::find_all()
            .select_only()
            .columns([
                C::Id,
                C::OrganisationId,
                C::State,
                C::Breaker,
                C::DeliveredSequence,
            ])
            .filter(C::State.ne(WebhookState::Removed.code()))
            .into_tuple()
            .all(&self.reading)
            .await?;
        let owners: Vec<OrganisationId> = rows.iter().map(|(_, owner, ..)| (*owner).into()).collect();
        let heads = self.inbox_heads(&owners).await?;
        let mut all = BTreeMap::<_, WebhooksWaiting>::new();
        for (id, owner, state, breaker, place) in rows {
            let unknown = |column| Error::Inconsistent {
                table: "webhooks",
                column,
                id,
            };
            let state = WebhookState::from_code(&state).ok_or(unknown("state"))?;
            let breaker = BreakerState::from_code(&breaker).ok_or(unknown("breaker"))?;
            let head = heads.get(&owner.into()).copied().unwrap_or(0);
            let waiting = all.entry((state, breaker)).or_default();
            waiting.webhooks += 1;
            waiting.notices += u64::try_from(head - place).unwrap_or(0);
        }
        Ok(all)
    }

    /// Takes the lease of a webhook, unless somebody else was faster.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn lease_webhook(&self, id: Uuid) -> Result<Option<Lease>, Error> {
        use webhook::Column as C;
        let now = self.clock.now();
        let lease = new_id(now);
        let taken = webhook::Entity::update_many()
            .col_expr(C::LeaseId, Expr::value(lease))
            .col_expr(C::LeaseUntil, Expr::value(now + LEASE))
            .filter(may_be_tried(now))
            .filter(C::Id.eq(id))
            .exec(&self.writing)
            .await?;
        if taken.rows_affected != 1 {
            return Ok(None);
        }
        let probing = webhook::Entity::update_many()
            .col_expr(C::Breaker, Expr::value(BreakerState::HalfOpen.code()))
            .filter(C::Id.eq(id))
            .filter(C::LeaseId.eq(lease))
            .filter(C::Breaker.ne(BreakerState::Closed.code()))
            .exec(&self.writing)
            .await?;
        Ok(Some(Lease {
            webhook: id,
            id: lease,
            probes: probing.rows_affected > 0,
        }))
    }

    /// Gives a lease back.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn release_webhook(&self, lease: &Lease) -> Result<(), Error> {
        self.leave(lease, |update| update).await
    }

    async fn leave(
        &self,
        lease: &Lease,
        more: impl FnOnce(sea_orm::UpdateMany<webhook::Entity>) -> sea_orm::UpdateMany<webhook::Entity>,
    ) -> Result<(), Error> {
        use webhook::Column as C;
        let update = webhook::Entity::update_many()
            .col_expr(C::LeaseId, Expr::value(None::<Uuid>))
            .col_expr(C::LeaseUntil, Expr::value(None::<DateTime<Utc>>));
        more(update)
            .filter(C::Id.eq(lease.webhook))
            .filter(C::LeaseId.eq(lease.id))
            .exec(&self.writing)
            .await?;
        Ok(())
    }

    /// What is to be sent next under a lease. Whether the recipient may be told is asked anew each time; where it may not,
    /// or where everything was sent, the lease is given back.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn next_delivery(&self, lease: &Lease) -> Result<Next, Error> {
        use webhook::Column as C;
        let held = webhook::Entity::find_all()
            .filter(C::Id.eq(lease.webhook))
            .filter(C::LeaseId.eq(lease.id))
            .filter(C::State.eq(WebhookState::Active.code()));
        let Some(row) = held.one(&self.writing).await? else {
            return Ok(Next::Lost);
        };
        let webhook = convert::webhook(&row)?;
        let now = self.clock.now();
        if !self.may_tell(webhook.client).await? {
            self.leave(lease, |update| {
                update.col_expr(C::NextAttemptAt, Expr::value(now + BARRED))
            })
            .await?;
            return Ok(Next::Rest);
        }
        // The head before the notices: what comes in between is found at the next look.
        let head = self.inbox_head(webhook.organisation).await?;
        let types = (!webhook.types.is_empty())
            .then(|| notice::Column::Kind.is_in(webhook.types.iter().map(|kind| kind.code())));
        let next = notice::Entity::find_all()
            .filter(notice::Column::RecipientId.eq(webhook.organisation.uuid()))
            .filter(notice::Column::Sequence.gt(webhook.progress.place))
            .filter(Condition::all().add_option(types))
            .order_by_asc(notice::Column::Sequence)
            .one(&self.reading)
            .await?;
        let Some(row) = next else {
            self.leave(lease, |update| {
                update.col_expr(
                    C::DeliveredSequence,
                    Expr::value(Ord::max(head, webhook.progress.place)),
                )
            })
            .await?;
            return Ok(Next::Rest);
        };
        let kind = NoticeType::from_code(&row.kind).ok_or(Error::Inconsistent {
            table: "notices",
            column: "kind",
            id: row.id,
        })?;
        let keys = self.signing_keys(lease.webhook, now).await?;
        if keys.is_empty() {
            // It was taken away meanwhile: nothing goes out unsigned.
            return Ok(Next::Lost);
        }
        Ok(Next::Send(Box::new(Outgoing {
            keys,
            id: self.ids.of(webhook.organisation).encode(NodeType::Notice, row.id),
            webhook,
            notice: row.id,
            sequence: row.sequence,
            kind,
            occurred_at: row.occurred_at,
        })))
    }

    async fn signing_keys(&self, webhook: Uuid, now: DateTime<Utc>) -> Result<Vec<WebhookKey>, Error> {
        use webhook_key::Column as C;
        let keys = webhook_key::Entity::find_all()
            .filter(C::WebhookId.eq(webhook))
            .filter(C::ValidUntil.is_null().or(C::ValidUntil.gt(now)))
            .order_by_desc(C::Id)
            .all(&self.reading)
            .await?;
        Ok(keys.into_iter().map(convert::webhook_key).collect())
    }

    /// Notes an attempt, and moves the place on as its answer says.
    ///
    /// # Errors
    ///
    /// Faults of the database; then nothing is noted, and the notice is sent once more under the same id.
    pub async fn settle_delivery(
        &self,
        lease: &Lease,
        sent: &Outgoing,
        (answer, latency_ms): (&Answer, i32),
    ) -> Result<Settled, Error> {
        let uow = self.begin_by_time().await?;
        let select = webhook::Entity::find_all()
            .filter(webhook::Column::Id.eq(lease.webhook))
            .lock(LockType::NoKeyUpdate);
        let row = select.one(&uow.transaction).await?.ok_or(Error::NotFound)?;
        uow.note_attempt(lease.webhook, sent, (answer, latency_ms))
            .await?;
        let before = convert::webhook(&row)?;
        let mut settled = Settled {
            verdict: None,
            breaker: (before.progress.breaker, before.progress.breaker),
        };
        if row.lease_id == Some(lease.id) && before.state == WebhookState::Active {
            let (place, tries) = (sent.sequence, before.progress.tries + 1);
            let seed = seed_of(lease.webhook.as_u128(), place, tries);
            let (progress, verdict) = before.progress.after(place, answer, uow.now, seed);
            settled.verdict = Some(verdict);
            settled.breaker.1 = progress.breaker;
            if verdict == Verdict::Delivered {
                uow.was_taken(sent).await?;
            }
            uow.move_on(lease, before, (progress, verdict)).await?;
        }
        let committed = uow.commit().await?;
        drop(committed);
        Ok(settled)
    }
}

impl UnitOfWork {
    async fn note_attempt(
        &self,
        webhook: Uuid,
        sent: &Outgoing,
        (answer, latency_ms): (&Answer, i32),
    ) -> Result<(), Error> {
        use webhook_attempt::Column as C;
        let before = webhook_attempt::Entity::find_all()
            .filter(C::WebhookId.eq(webhook))
            .filter(C::NoticeId.eq(sent.notice));
        let before = before.count(&self.transaction).await?;
        let row = webhook_attempt::Model {
            id: new_id(self.now),
            webhook_id: webhook,
            notice_id: sent.notice,
            sequence: sent.sequence,
            number: i32::try_from(before).unwrap_or(i32::MAX).saturating_add(1),
            attempted_at: self.now,
            status: answer.status.map(i32::from),
            latency_ms,
            outcome: answer.outcome.to_string(),
        };
        super::diff::insert::<webhook_attempt::Entity>(&self.transaction, row).await
    }

    /// Notes that the recipient has the notice, if it did not before.
    async fn was_taken(&self, sent: &Outgoing) -> Result<(), Error> {
        notice::Entity::update_many()
            .col_expr(notice::Column::DeliveredAt, Expr::value(self.now))
            .col_expr(
                notice::Column::DeliveredVia,
                Expr::value(DeliveryChannel::Webhook.code()),
            )
            .filter(notice::Column::Id.eq(sent.notice))
            .filter(notice::Column::DeliveredAt.is_null())
            .exec(&self.transaction)
            .await?;
        Ok(())
    }

    /// Saves how far a webhook is. The lease is prolonged where more may be sent, and given back where nothing is for now.
    async fn move_on(
        &self,
        lease: &Lease,
        before: Webhook,
        (progress, verdict): (Progress, Verdict),
    ) -> Result<(), Error> {
        use webhook::Column as C;
        if let Verdict::Disabled(reason) = verdict {
            let next = Webhook {
                progress,
                ..before.clone()
            };
            let next = next.disable(reason, self.now)?;
            return self
                .save_webhook((&before, &next), Cause::Time, RegistryEvent::WebhookDisabled)
                .await;
        }
        let goes_on = verdict == Verdict::Delivered;
        let (lease_id, until) = (lease.id, self.now + LEASE);
        webhook::Entity::update_many()
            .col_expr(C::DeliveredSequence, Expr::value(progress.place))
            .col_expr(C::Tries, Expr::value(progress.tries))
            .col_expr(C::Failures, Expr::value(progress.failures))
            .col_expr(C::FailingSince, Expr::value(progress.failing_since))
            .col_expr(C::Breaker, Expr::value(progress.breaker.code()))
            .col_expr(C::NextAttemptAt, Expr::value(progress.next_attempt_at))
            .col_expr(C::LeaseId, Expr::value(goes_on.then_some(lease_id)))
            .col_expr(C::LeaseUntil, Expr::value(goes_on.then_some(until)))
            .filter(C::Id.eq(lease.webhook))
            .exec(&self.transaction)
            .await?;
        Ok(())
    }
}
