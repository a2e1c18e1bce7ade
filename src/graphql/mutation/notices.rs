//! Acknowledging notices.

use super::id;
use crate::graphql::context::{InScope, refuse};
use crate::graphql::payload::{CommandError, envelope, refusals};
use crate::ids::{NodeType, NoticeId};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result, SimpleObject};

/// Which notices: some by their ids, or all up to a place in the inbox.
#[derive(OneofObject)]
pub enum NoticeSelection {
    /// These notices.
    Ids(Vec<ID>),
    /// Every notice up to this place in the inbox.
    UpToSequence(i64),
}

/// Acknowledges notices of the viewer's inbox.
#[derive(InputObject)]
pub struct AcknowledgeNoticesInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    idempotency_key: String,
    /// Which notices.
    notices: NoticeSelection,
    /// What the recipient wishes to note.
    #[graphql(validator(chars_max_length = 500))]
    note: Option<String>,
}

/// The answer to acknowledgeNotices.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct AcknowledgeNoticesPayload {
    /// How many notices of the inbox still wait for an acknowledgement; null where a rule refused.
    unacknowledged: Option<i64>,
    /// The rules that refused; empty where the command was carried out.
    errors: Vec<CommandError>,
}

/// Commands on notices.
#[derive(Default)]
pub struct NoticeCommands;

#[Object(serial)]
impl NoticeCommands {
    /// Acknowledges notices of the viewer's inbox; what is acknowledged already stays as it is.
    async fn acknowledge_notices(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to do.")] input: AcknowledgeNoticesInput,
    ) -> Result<AcknowledgeNoticesPayload> {
        let scope = context.scope();
        let envelope = envelope(context, &input.idempotency_key)?;
        let (ids, up_to): (Vec<NoticeId>, _) = match input.notices {
            NoticeSelection::Ids(ids) => {
                let ids = ids
                    .iter()
                    .map(|notice| id(context, NodeType::Notice, notice))
                    .collect::<Result<_>>()?;
                (ids, None)
            }
            NoticeSelection::UpToSequence(sequence) => (Vec::new(), Some(sequence)),
        };
        let outcome = async {
            scope
                .desk
                .acknowledge_notices(&envelope, ids, up_to, input.note)
                .await?;
            scope.desk.store.unacknowledged(scope.viewer.organisation).await
        };
        match outcome.await {
            Ok(left) => Ok(AcknowledgeNoticesPayload {
                unacknowledged: Some(left),
                errors: Vec::new(),
            }),
            Err(fault) => {
                let errors = refusals(scope, &fault).ok_or_else(|| refuse(&fault, &scope.request_id))?;
                Ok(AcknowledgeNoticesPayload {
                    unacknowledged: None,
                    errors,
                })
            }
        }
    }
}
