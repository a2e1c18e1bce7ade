//! Acknowledging notices.

use super::{Desk, Envelope, authorise_by_kind};
use crate::error::Error;
use crate::ids::NoticeId;
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Acknowledges notices of the actor's own inbox; what is acknowledged already stays as it is.
    pub async fn acknowledge_notices(
        &self,
        envelope: &Envelope,
        ids: Vec<NoticeId>,
        up_to: Option<i64>,
        note: Option<String>,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, Action::AcknowledgeNotices)?;
        let (ids, note) = (ids.as_slice(), note.as_deref());
        self.once(envelope, Action::AcknowledgeNotices, move |uow| async move {
            uow.acknowledge(ids, up_to, note).await?;
            let inbox = uow.viewer()?.organisation.uuid();
            Ok((uow, inbox))
        })
        .await
    }
}
