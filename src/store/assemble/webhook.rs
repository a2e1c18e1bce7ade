//! Webhooks, and what became of notices that were sent to them.

use super::super::convert;
use super::super::nodes::{AttemptNode, DeliveryNode, Many, OrganisationNode, WebhookNode};
use super::super::reader::{Assembled, ById, Readable, Reader};
use super::super::want::Want;
use super::{parts, under};
use crate::domain::code::Code;
use crate::domain::notice::DeliveryChannel;
use crate::domain::webhook::{AttemptOutcome, DeliveryState};
use crate::error::Error;
use crate::policy::fields::Field;
use entity::{webhook, webhook_attempt, webhook_key};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

impl Readable for WebhookNode {
    type Entity = webhook::Entity;

    fn id(row: &webhook::Model) -> Uuid {
        row.id
    }

    fn case_id(_row: &webhook::Model) -> Option<Uuid> {
        None
    }

    fn assemble<'a>(
        reader: &'a Reader,
        rows: Vec<webhook::Model>,
        want: &'a Want,
    ) -> BoxFuture<'a, Assembled<Self>> {
        Box::pin(async move {
            let lens = reader.lens_by_kind();
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut histories = reader
                .registry_histories(&ids, want.of(Field::WebhookHistory))
                .await?;
            let owners = rows.iter().map(|row| row.organisation_id);
            let owners = reader
                .named::<OrganisationNode>(owners, want.of(Field::WebhookOrganisation))
                .await?;
            let mut keys = reader.verifying_keys(&ids).await?;
            let mut assembled = Vec::with_capacity(rows.len());
            for row in rows {
                let node = Self {
                    webhook: convert::webhook(&row)?,
                    organisation: owners.get(&row.organisation_id).cloned(),
                    public_keys: keys.remove(&row.id).unwrap_or_default(),
                    history: histories.remove(&row.id).unwrap_or_default(),
                };
                assembled.push((row.id, under(lens, node)));
            }
            Ok(assembled)
        })
    }
}

impl Reader {
    /// The public keys by which deliveries to these webhooks are verified now, the newest first; never a secret.
    async fn verifying_keys(&self, webhooks: &[Uuid]) -> Result<ById<Vec<String>>, Error> {
        let mut by_webhook: ById<Vec<String>> = HashMap::new();
        if webhooks.is_empty() {
            return Ok(by_webhook);
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "parts of rows that are within reach already, without their secrets"
        )]
        let keys: Vec<(Uuid, Option<String>)> = webhook_key::Entity::find()
            .select_only()
            .columns([webhook_key::Column::WebhookId, webhook_key::Column::PublicKey])
            .filter(webhook_key::Column::WebhookId.is_in(webhooks.iter().copied()))
            .filter(
                webhook_key::Column::ValidUntil
                    .is_null()
                    .or(webhook_key::Column::ValidUntil.gt(self.now)),
            )
            .order_by_desc(webhook_key::Column::Id)
            .into_tuple()
            .all(&self.database)
            .await?;
        for (webhook, key) in keys {
            by_webhook.entry(webhook).or_default().extend(key);
        }
        Ok(by_webhook)
    }

    /// What became of these notices, by notice: one delivery for each webhook that one was sent to.
    pub(super) async fn deliveries(
        &self,
        notices: Vec<Uuid>,
        want: Option<&Want>,
    ) -> Result<ById<Many<DeliveryNode>>, Error> {
        use webhook_attempt::Column;
        let attempts = self
            .children::<webhook_attempt::Entity>(
                Column::NoticeId,
                Column::Number,
                notices,
                want.is_some(),
                |row| row.notice_id,
            )
            .await?;
        let Some(want) = want.filter(|_| !attempts.is_empty()) else {
            return Ok(HashMap::new());
        };
        let lens = self.lens_by_kind();
        let named: Vec<Uuid> = attempts.values().flatten().map(|row| row.webhook_id).collect();
        // Where deliveries stand is asked of the webhooks themselves, whatever is asked of them.
        let places = self.places(named.clone()).await?;
        let webhooks = self
            .named::<WebhookNode>(named.into_iter(), want.of(Field::DeliveryWebhook))
            .await?;
        let mut deliveries: ById<Many<DeliveryNode>> = HashMap::new();
        for (notice, rows) in attempts {
            let mut by_webhook: BTreeMap<Uuid, Vec<webhook_attempt::Model>> = BTreeMap::new();
            for row in rows {
                by_webhook.entry(row.webhook_id).or_default().push(row);
            }
            let mut of_notice = Vec::with_capacity(by_webhook.len());
            for (webhook, rows) in by_webhook {
                let place = places.get(&webhook).copied().unwrap_or(0);
                let node = DeliveryNode {
                    channel: DeliveryChannel::Webhook,
                    webhook: webhooks.get(&webhook).cloned(),
                    state: state_of(&rows, place)?,
                    attempts: parts(lens, rows.iter().map(attempt).collect::<Result<_, _>>()?),
                };
                of_notice.push(under(lens, node));
            }
            deliveries.insert(notice, of_notice);
        }
        Ok(deliveries)
    }

    async fn places(&self, webhooks: Vec<Uuid>) -> Result<ById<i64>, Error> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the webhooks of recipients whose notices are within reach already"
        )]
        let places: Vec<(Uuid, i64)> = webhook::Entity::find()
            .select_only()
            .columns([webhook::Column::Id, webhook::Column::DeliveredSequence])
            .filter(webhook::Column::Id.is_in(webhooks))
            .into_tuple()
            .all(&self.database)
            .await?;
        Ok(places.into_iter().collect())
    }
}

/// How far a delivery is: what was taken once was taken, and what was passed without being taken is given up.
fn state_of(attempts: &[webhook_attempt::Model], place: i64) -> Result<DeliveryState, Error> {
    let outcomes: Result<Vec<AttemptOutcome>, Error> = attempts.iter().map(outcome).collect();
    if outcomes?.contains(&AttemptOutcome::Delivered) {
        return Ok(DeliveryState::Delivered);
    }
    let passed = attempts.first().is_some_and(|attempt| attempt.sequence <= place);
    Ok(if passed {
        DeliveryState::DeadLettered
    } else {
        DeliveryState::Retrying
    })
}

fn attempt(row: &webhook_attempt::Model) -> Result<AttemptNode, Error> {
    Ok(AttemptNode {
        number: row.number,
        at: row.attempted_at,
        status: row.status,
        latency_ms: row.latency_ms,
        outcome: outcome(row)?,
    })
}

fn outcome(row: &webhook_attempt::Model) -> Result<AttemptOutcome, Error> {
    AttemptOutcome::from_code(&row.outcome).ok_or(Error::Inconsistent {
        table: "webhook_attempts",
        column: "outcome",
        id: row.id,
    })
}
