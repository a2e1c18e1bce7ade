//! Commands on webhooks. A secret is in the answer to the command that made it, once, and nowhere else.

use super::{commands, id};
use crate::commands::webhook::Made;
use crate::domain::notice::NoticeType;
use crate::domain::webhook::SignatureScheme;
use crate::error::Error;
use crate::graphql::context::{InScope as _, refuse, wanted};
use crate::graphql::governed::Row;
use crate::graphql::payload::{CommandError, envelope, refusals};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use crate::store::nodes::WebhookNode;
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};

payloads! {
    PauseWebhookPayload "webhook": WebhookNode;
    ResumeWebhookPayload "webhook": WebhookNode;
    RedeliverNoticesPayload "webhook": WebhookNode;
    RemoveWebhookPayload "webhook": WebhookNode;
}

/// Registers a webhook.
#[derive(InputObject)]
pub struct RegisterWebhookInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The address: https, without user and password, and not one of a private network.
    #[graphql(validator(chars_max_length = 2000))]
    url: String,
    /// The types of notices that are to be sent; all where none is named.
    types: Option<Vec<Word<NoticeType>>>,
    /// How deliveries are to be signed; by ed25519 if nothing is said.
    signature_scheme: Option<Word<SignatureScheme>>,
}

/// Gives a webhook a new key.
#[derive(InputObject)]
pub struct RotateWebhookKeyInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The webhook.
    webhook_id: ID,
    /// The version of the webhook that was decided on.
    expected_version: i32,
    /// For how many hours the old key signs beside the new one: 24 if nothing is said, 168 at most, 0 for a key that leaked.
    overlap_hours: Option<i32>,
}

/// Names a webhook to pause.
#[derive(InputObject)]
pub struct PauseWebhookInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The webhook.
    webhook_id: ID,
    /// The version of the webhook that was decided on.
    expected_version: i32,
}

/// Names a webhook to resume.
#[derive(InputObject)]
pub struct ResumeWebhookInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The webhook.
    webhook_id: ID,
    /// The version of the webhook that was decided on.
    expected_version: i32,
}

/// Names a webhook to take away.
#[derive(InputObject)]
pub struct RemoveWebhookInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The webhook.
    webhook_id: ID,
    /// The version of the webhook that was decided on.
    expected_version: i32,
}

/// Sends notices once more.
#[derive(InputObject)]
pub struct RedeliverNoticesInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// The webhook.
    webhook_id: ID,
    /// The version of the webhook that was decided on.
    expected_version: i32,
    /// The place in the inbox of the first notice to send, from 1; all that follow are sent too.
    from_sequence: i64,
}

/// The answer to registerWebhook.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RegisterWebhookPayload {
    /// The webhook; null where a rule refused.
    webhook: Option<Row<WebhookNode>>,
    /// The secret to verify deliveries by (`whsec_`), for HMAC alone. It is not shown again, not to a repetition either.
    secret: Option<String>,
    /// The rules that refused; empty where the command was carried out.
    errors: Vec<CommandError>,
}

/// The answer to rotateWebhookKey.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct RotateWebhookKeyPayload {
    /// The webhook; null where a rule refused.
    webhook: Option<Row<WebhookNode>>,
    /// The new secret to verify deliveries by (`whsec_`), for HMAC alone. It is not shown again, not to a repetition either.
    secret: Option<String>,
    /// The rules that refused; empty where the command was carried out.
    errors: Vec<CommandError>,
}

/// What a command that made a key answers with.
type Shown = (Option<Row<WebhookNode>>, Option<String>, Vec<CommandError>);

async fn shown(context: &Context<'_>, outcome: Result<Made, Error>) -> Result<Shown> {
    let scope = context.scope();
    match outcome {
        Ok(made) => {
            let want = wanted::<WebhookNode>(context, &[&["webhook"]]);
            let row = scope.reader().one::<WebhookNode>(made.webhook, &want).await;
            let row = row.map_err(|fault| refuse(&fault, &scope.request_id))?;
            Ok((row.map(Row), made.secret, Vec::new()))
        }
        Err(fault) => {
            let errors = refusals(scope, &fault).ok_or_else(|| refuse(&fault, &scope.request_id))?;
            Ok((None, None, errors))
        }
    }
}

/// Commands that make keys.
#[derive(Default)]
pub struct WebhookKeyCommands;

#[Object(serial)]
impl WebhookKeyCommands {
    /// Registers a webhook: from now on the notices of the viewer's inbox are sent to it.
    async fn register_webhook(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to do.")] input: RegisterWebhookInput,
    ) -> Result<RegisterWebhookPayload> {
        let given = envelope(context, &input.idempotency_key)?;
        let types = input.types.unwrap_or_default();
        let types = types.into_iter().map(|kind| kind.0).collect();
        let scheme = input
            .signature_scheme
            .map_or(SignatureScheme::Ed25519, |scheme| scheme.0);
        let desk = context.scope().desk.clone();
        let outcome = Box::pin(desk.register_webhook(&given, input.url, types, scheme)).await;
        let (webhook, secret, errors) = Box::pin(shown(context, outcome)).await?;
        Ok(RegisterWebhookPayload {
            webhook,
            secret,
            errors,
        })
    }

    /// Gives a webhook a new key. For a while deliveries carry two signatures, so that none is lost while keys are exchanged.
    async fn rotate_webhook_key(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to do.")] input: RotateWebhookKeyInput,
    ) -> Result<RotateWebhookKeyPayload> {
        let given = envelope(context, &input.idempotency_key)?;
        let webhook = id(context, NodeType::Webhook, &input.webhook_id)?;
        let named = (webhook, input.expected_version);
        let desk = context.scope().desk.clone();
        let outcome = Box::pin(desk.rotate_webhook_key(&given, named, input.overlap_hours)).await;
        let (webhook, secret, errors) = Box::pin(shown(context, outcome)).await?;
        Ok(RotateWebhookKeyPayload {
            webhook,
            secret,
            errors,
        })
    }
}

commands! {
    /// Commands on webhooks.
    WebhookCommands {
        /// Lets notices wait: nothing is sent to the webhook until it is resumed.
        pause_webhook(PauseWebhookInput) -> PauseWebhookPayload = |context, envelope, input, desk| {
            let webhook = id(context, NodeType::Webhook, &input.webhook_id)?;
            desk.pause_webhook(&envelope, (webhook, input.expected_version)).await
        };
        /// Sends what has waited while the webhook was paused or given up, in the order of the inbox.
        resume_webhook(ResumeWebhookInput) -> ResumeWebhookPayload = |context, envelope, input, desk| {
            let webhook = id(context, NodeType::Webhook, &input.webhook_id)?;
            desk.resume_webhook(&envelope, (webhook, input.expected_version)).await
        };
        /// Takes a webhook away for good, with its keys: nothing is sent to it any more. What was delivered can still be read.
        remove_webhook(RemoveWebhookInput) -> RemoveWebhookPayload = |context, envelope, input, desk| {
            let webhook = id(context, NodeType::Webhook, &input.webhook_id)?;
            desk.remove_webhook(&envelope, (webhook, input.expected_version)).await
        };
        /// Sends notices once more from a place in the inbox on, each under the id that it had: what the recipient's system lost, or what was given up.
        redeliver_notices(RedeliverNoticesInput) -> RedeliverNoticesPayload = |context, envelope, input, desk| {
            let webhook = id(context, NodeType::Webhook, &input.webhook_id)?;
            desk.redeliver_notices(&envelope, (webhook, input.expected_version), input.from_sequence).await
        };
    }
}
