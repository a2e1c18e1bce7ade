//! How long an inbox keeps what: first the subject of a notice goes, then its envelope, from the beginning of the inbox on,
//! so that what is left has no gap. Whoever asks for what is gone is told so.

use super::super::unit_of_work::FindAll as _;
use super::super::{Store, UnitOfWork};
use super::chain;
use crate::error::Error;
use crate::ids::OrganisationId;
use chrono::{DateTime, Utc};
use entity::{case, escalation, escalation_step, inbox_head, notice};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// What an inbox says of itself, so that its recipient can prove to have everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxProof {
    /// Place of the newest notice; 0 for an inbox that never had one.
    pub sequence: i64,
    /// How many notices are kept.
    pub count: i64,
    /// The hash chain up to the newest notice.
    pub chain: String,
    /// Place of the oldest notice that is kept.
    pub oldest_sequence: i64,
    /// The hash chain up to the notice before that one.
    pub oldest_chain: String,
}

impl Store {
    /// What a recipient's inbox says of itself.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn inbox_proof(&self, recipient: OrganisationId) -> Result<InboxProof, Error> {
        let head = self.head_of(recipient).await?;
        let head = match head {
            Some(head) if head.chain.is_none() => {
                self.fill_chain(head.recipient_id).await?;
                self.head_of(recipient).await?
            }
            head => head,
        };
        let Some(head) = head else {
            return Ok(InboxProof {
                sequence: 0,
                count: 0,
                chain: chain::START.to_owned(),
                oldest_sequence: 1,
                oldest_chain: chain::START.to_owned(),
            });
        };
        let oldest = chain::before_the_oldest(&head);
        Ok(InboxProof {
            sequence: head.last_sequence,
            count: head.last_sequence - oldest.sequence,
            chain: head.chain.unwrap_or_else(|| chain::START.to_owned()),
            oldest_sequence: head.oldest_sequence,
            oldest_chain: oldest.chain,
        })
    }

    async fn head_of(&self, recipient: OrganisationId) -> Result<Option<inbox_head::Model>, Error> {
        let head =
            inbox_head::Entity::find_all().filter(inbox_head::Column::RecipientId.eq(recipient.uuid()));
        Ok(head.one(&self.reading).await?)
    }

    /// Whether everything that follows a place of an inbox is still kept.
    ///
    /// # Errors
    ///
    /// [`Error::CursorExpired`] where it is not; faults of the database.
    pub async fn keeps_all_after(&self, recipient: OrganisationId, after: i64) -> Result<(), Error> {
        let head = self.head_of(recipient).await?;
        let oldest = head.map_or(1, |head| head.oldest_sequence);
        if after + 1 < oldest {
            return Err(Error::CursorExpired { oldest });
        }
        Ok(())
    }

    /// Whether a notice of an inbox, which a cursor names, is still kept.
    ///
    /// # Errors
    ///
    /// [`Error::CursorExpired`] where it is not; faults of the database.
    pub async fn keeps_notice(&self, recipient: OrganisationId, id: Uuid) -> Result<(), Error> {
        let named = notice::Entity::find_all().filter(notice::Column::Id.eq(id));
        if named.count(&self.reading).await? > 0 {
            return Ok(());
        }
        let head = self.head_of(recipient).await?;
        let oldest = head.map_or(1, |head| head.oldest_sequence);
        Err(Error::CursorExpired { oldest })
    }

    /// Computes the chains of inboxes that a program filled which kept none.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub(in crate::store) async fn ensure_chains(&self) -> Result<(), Error> {
        let bare = inbox_head::Entity::find_all()
            .filter(inbox_head::Column::Chain.is_null())
            .all(&self.writing)
            .await?;
        for head in bare {
            self.fill_chain(head.recipient_id).await?;
        }
        Ok(())
    }

    async fn fill_chain(&self, recipient: Uuid) -> Result<(), Error> {
        let uow = self.begin_by_time().await?;
        if let Some(head) = uow.head_for_update(recipient).await?
            && head.chain.is_none()
        {
            let link = chain::of_inbox(&uow.transaction, &uow.ids, &head).await?;
            inbox_head::Entity::update_many()
                .col_expr(inbox_head::Column::Chain, Expr::value(link.chain))
                .filter(inbox_head::Column::RecipientId.eq(recipient))
                .exec(&uow.transaction)
                .await?;
        }
        uow.commit().await.map(|_| ())
    }

    /// Inboxes with notices.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn inboxes(&self) -> Result<Vec<OrganisationId>, Error> {
        let heads: Vec<Uuid> = inbox_head::Entity::find_all()
            .select_only()
            .column(inbox_head::Column::RecipientId)
            .order_by_asc(inbox_head::Column::RecipientId)
            .into_tuple()
            .all(&self.reading)
            .await?;
        Ok(heads.into_iter().map(Into::into).collect())
    }
}

impl UnitOfWork {
    async fn head_for_update(&self, recipient: Uuid) -> Result<Option<inbox_head::Model>, Error> {
        let head = inbox_head::Entity::find_all()
            .filter(inbox_head::Column::RecipientId.eq(recipient))
            .lock(LockType::Update);
        Ok(head.one(&self.transaction).await?)
    }

    /// Erases what old notices are about, at most so many at a time: of cases that have ended, and of nothing that is still
    /// under escalation. Says how many it were.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn erase_subjects(&self, before: DateTime<Utc>, at_most: u64) -> Result<u64, Error> {
        use notice::Column as N;
        let due: Vec<Uuid> = notice::Entity::find_all()
            .select_only()
            .column(N::Id)
            .filter(N::CaseId.is_not_null())
            .filter(N::OccurredAt.lt(before))
            .filter(N::CaseId.in_subquery(cases_ended_by(before)))
            .filter(N::Id.not_in_subquery(under_escalation()))
            .order_by_asc(N::Id)
            .limit(at_most)
            .into_tuple()
            .all(&self.transaction)
            .await?;
        if due.is_empty() {
            return Ok(0);
        }
        // What is left of their escalations goes with them.
        let of_them = Query::select()
            .column(escalation::Column::Id)
            .from(escalation::Entity)
            .and_where(escalation::Column::NoticeId.is_in(due.iter().copied()))
            .to_owned();
        escalation_step::Entity::delete_many()
            .filter(escalation_step::Column::EscalationId.in_subquery(of_them))
            .exec(&self.transaction)
            .await?;
        escalation::Entity::delete_many()
            .filter(escalation::Column::NoticeId.is_in(due.iter().copied()))
            .exec(&self.transaction)
            .await?;
        let nothing = || Expr::value(Option::<Uuid>::None);
        let erased = notice::Entity::update_many()
            .col_expr(N::CaseId, nothing())
            .col_expr(N::ItineraryId, nothing())
            .col_expr(N::TravelDocumentRequestId, nothing())
            .col_expr(N::CashGrantId, nothing())
            .col_expr(N::AcknowledgementNote, Expr::value(Option::<String>::None))
            .filter(N::Id.is_in(due))
            .exec(&self.transaction)
            .await?;
        Ok(erased.rows_affected)
    }

    /// Erases the envelopes at the beginning of an inbox that are old and about nothing any more, at most so many at a time.
    /// Says how many it were.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn erase_envelopes(
        &self,
        inbox: OrganisationId,
        before: DateTime<Utc>,
        at_most: i64,
    ) -> Result<u64, Error> {
        use notice::Column as N;
        let Some(head) = self.head_for_update(inbox.uuid()).await? else {
            return Ok(0);
        };
        let own = N::RecipientId.eq(inbox.uuid());
        let kept: Option<i64> = notice::Entity::find_all()
            .select_only()
            .column(N::Sequence)
            .filter(own.clone())
            .filter(
                Condition::any()
                    .add(N::CaseId.is_not_null())
                    .add(N::OccurredAt.gte(before)),
            )
            .order_by_asc(N::Sequence)
            .limit(1)
            .into_tuple()
            .one(&self.transaction)
            .await?;
        let last = kept.map_or(head.last_sequence, |kept| kept - 1);
        let last = Ord::min(last, head.oldest_sequence - 1 + at_most);
        if last < head.oldest_sequence {
            return Ok(0);
        }
        let before_the_oldest = chain::before_the_oldest(&head);
        let link = chain::up_to(
            &self.transaction,
            &self.ids,
            inbox.uuid(),
            (before_the_oldest, last),
        )
        .await?;
        let erased = notice::Entity::delete_many()
            .filter(own)
            .filter(N::Sequence.lte(last))
            .exec(&self.transaction)
            .await?;
        inbox_head::Entity::update_many()
            .col_expr(inbox_head::Column::OldestSequence, Expr::value(last + 1))
            .col_expr(inbox_head::Column::OldestChain, Expr::value(link.chain))
            .filter(inbox_head::Column::RecipientId.eq(inbox.uuid()))
            .exec(&self.transaction)
            .await?;
        Ok(erased.rows_affected)
    }
}

/// Cases that had ended by a moment.
fn cases_ended_by(before: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .column(case::Column::Id)
        .from(case::Entity)
        .and_where(Expr::col(case::Column::EndedAt).lt(before))
        .to_owned()
}

/// Notices that still wait for an acknowledgement, with steps ahead.
fn under_escalation() -> SelectStatement {
    Query::select()
        .column(escalation::Column::NoticeId)
        .from(escalation::Entity)
        .and_where(Expr::col(escalation::Column::DueAt).is_not_null())
        .to_owned()
}
