//! That a recipient has taken note: who, when, and once. In the same transaction it ends what was escalating.

use super::super::unit_of_work::FindAll as _;
use super::super::{UnitOfWork, escalation};
use crate::domain::code::Code as _;
use crate::domain::notice::DeliveryChannel;
use crate::domain::registry::RegistryEvent;
use crate::error::Error;
use crate::ids::NoticeId;
use crate::policy::actions::Action;
use entity::notice;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, Condition, EntityTrait as _, QueryFilter, QuerySelect};
use uuid::Uuid;

impl UnitOfWork {
    /// Acknowledges notices of the actor's own inbox: these, or all up to a place in it. What is acknowledged stays as it is.
    ///
    /// A reminder says what its notice says: whoever acknowledges one of them by its id has acknowledged both.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if one of the notices is not in the inbox.
    pub async fn acknowledge(
        &self,
        ids: &[NoticeId],
        up_to: Option<i64>,
        note: Option<&str>,
    ) -> Result<u64, Error> {
        use notice::Column as N;
        let viewer = self.viewer()?;
        let own = N::RecipientId.eq(viewer.organisation.uuid());
        let mut named: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        named.sort_unstable();
        named.dedup();
        let mut which = Condition::any().add_option(up_to.map(|sequence| N::Sequence.lte(sequence)));
        if !named.is_empty() {
            let found: Vec<Option<Uuid>> = notice::Entity::find_all()
                .select_only()
                .column(N::RemindsOfId)
                .filter(own.clone())
                .filter(N::Id.is_in(named.clone()))
                .into_tuple()
                .all(&self.transaction)
                .await?;
            if found.len() != named.len() {
                return Err(Error::NotFound);
            }
            named.extend(found.into_iter().flatten());
            which = which
                .add(N::Id.is_in(named.clone()))
                .add(N::RemindsOfId.is_in(named));
        }
        let result = notice::Entity::update_many()
            .col_expr(N::AcknowledgedAt, Expr::value(self.now))
            .col_expr(N::AcknowledgedBy, Expr::value(viewer.client.uuid()))
            .col_expr(N::AcknowledgementNote, Expr::value(note.map(str::to_owned)))
            // Whoever acknowledges a notice has it.
            .col_expr(N::DeliveredAt, Expr::col(N::DeliveredAt).if_null(self.now))
            .col_expr(
                N::DeliveredVia,
                Expr::col(N::DeliveredVia).if_null(DeliveryChannel::Pull.code()),
            )
            .filter(own)
            .filter(which)
            .filter(N::AcknowledgedAt.is_null())
            .exec(&self.transaction)
            .await?;
        let inbox = viewer.organisation;
        escalation::end_acknowledged(&self.transaction, inbox, self.now).await?;
        self.record(
            Action::AcknowledgeNotices,
            RegistryEvent::NoticesAcknowledged,
            ("Inbox", inbox.uuid()),
        )
        .await?;
        Ok(result.rows_affected)
    }
}
