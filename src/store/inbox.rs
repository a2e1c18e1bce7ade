//! Inboxes: each recipient's notices, numbered from 1 without gaps in the order of their commits, and chained by a hash
//! that a client can compute from what it was given.
//!
//! The number and the chain come from a row of the recipient that the business transaction itself locks. The rows of all
//! recipients are locked in one statement, in the order of their ids, so two transactions never wait for each other; all
//! notices are written in one statement, and the heads in another.

mod acknowledged;
pub(super) mod chain;
mod delivered;
mod kept;

pub use delivered::Handed;
pub use kept::InboxProof;

use crate::domain::code::Code;
use crate::domain::notice::{NoticeDraft, Topic};
use crate::error::Error;
use crate::ids::{CaseId, GlobalIds, OrganisationId, new_id};
use chain::{Envelope, Link};
use chrono::{DateTime, Utc};
use entity::{inbox_head, notice};
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::unit_of_work::FindAll as _;

/// What an append has done.
#[derive(Default)]
pub(super) struct Appended {
    /// Who has something new, and up to which place.
    pub(super) recipients: Vec<(OrganisationId, i64)>,
    /// The notices, each with the draft that it was made from.
    pub(super) notices: Vec<(Uuid, NoticeDraft)>,
}

/// Appends notices about one case.
pub(super) async fn append(
    transaction: &DatabaseTransaction,
    ids: &GlobalIds,
    case: CaseId,
    mut drafts: Vec<NoticeDraft>,
    now: DateTime<Utc>,
) -> Result<Appended, Error> {
    if drafts.is_empty() {
        return Ok(Appended::default());
    }
    // Stable: a recipient's notices keep the order of their events.
    drafts.sort_by_key(|draft| draft.recipient);
    let mut recipients: Vec<OrganisationId> = drafts.iter().map(|draft| draft.recipient).collect();
    recipients.dedup();
    let mut heads = held(transaction, ids, &recipients).await?;
    let mut rows = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let head = heads.get_mut(&draft.recipient).ok_or(Error::Inconsistent {
            table: "inbox_heads",
            column: "recipient_id",
            id: draft.recipient.uuid(),
        })?;
        let row = row(case, draft, head.sequence + 1, now);
        *head = head.then(&Envelope::of(&row, ids));
        rows.push(row);
    }
    let new: Vec<(Uuid, i64)> = rows.iter().map(|row| (row.id, row.sequence)).collect();
    super::seed::insert::<notice::Entity>(transaction, rows.into_iter()).await?;
    keep(transaction, &heads).await?;
    for (draft, (id, sequence)) in drafts.iter().zip(&new) {
        let older = older(case, draft, *sequence);
        if draft.retracts {
            take_back(transaction, older, *id, now).await?;
        } else if draft.topic.supersedes() {
            supersede(transaction, older, draft, *id).await?;
        }
    }
    let new = new.into_iter().map(|(id, _)| id);
    Ok(Appended {
        recipients: heads
            .into_iter()
            .map(|(recipient, head)| (recipient, head.sequence))
            .collect(),
        notices: new.zip(drafts).collect(),
    })
}

/// The heads of these recipients' inboxes, held until the transaction ends.
async fn held(
    transaction: &DatabaseTransaction,
    ids: &GlobalIds,
    recipients: &[OrganisationId],
) -> Result<BTreeMap<OrganisationId, Link>, Error> {
    let found = locked(transaction, recipients).await?;
    let found = if found.len() == recipients.len() {
        found
    } else {
        // The first notice of an inbox: its head is made, by whoever comes first.
        let none = recipients.iter().map(|recipient| {
            inbox_head::Model {
                recipient_id: recipient.uuid(),
                last_sequence: 0,
                chain: Some(chain::START.to_owned()),
                oldest_sequence: 1,
                oldest_chain: None,
            }
            .into_active_model()
        });
        inbox_head::Entity::insert_many(none)
            .on_conflict(
                OnConflict::column(inbox_head::Column::RecipientId)
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(transaction)
            .await?;
        locked(transaction, recipients).await?
    };
    let mut heads = BTreeMap::new();
    for head in found {
        let link = match &head.chain {
            Some(chain) => Link {
                sequence: head.last_sequence,
                chain: chain.clone(),
            },
            // Written by a program that kept no chain.
            None => chain::of_inbox(transaction, ids, &head).await?,
        };
        heads.insert(head.recipient_id.into(), link);
    }
    Ok(heads)
}

async fn locked(
    transaction: &DatabaseTransaction,
    recipients: &[OrganisationId],
) -> Result<Vec<inbox_head::Model>, Error> {
    let named = recipients.iter().map(|recipient| recipient.uuid());
    let select = inbox_head::Entity::find_all()
        .filter(inbox_head::Column::RecipientId.is_in(named))
        .order_by_asc(inbox_head::Column::RecipientId)
        .lock(LockType::Update);
    Ok(select.all(transaction).await?)
}

/// Writes how far inboxes have grown; their rows are there, and held.
async fn keep(
    transaction: &DatabaseTransaction,
    heads: &BTreeMap<OrganisationId, Link>,
) -> Result<(), Error> {
    use inbox_head::Column::{Chain, LastSequence, RecipientId};
    let rows = heads.iter().map(|(recipient, head)| {
        inbox_head::Model {
            recipient_id: recipient.uuid(),
            last_sequence: head.sequence,
            chain: Some(head.chain.clone()),
            oldest_sequence: 1,
            oldest_chain: None,
        }
        .into_active_model()
    });
    inbox_head::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(RecipientId)
                .update_columns([LastSequence, Chain])
                .to_owned(),
        )
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

fn row(case: CaseId, draft: &NoticeDraft, sequence: i64, now: DateTime<Utc>) -> notice::Model {
    notice::Model {
        id: new_id(now),
        recipient_id: draft.recipient.uuid(),
        sequence,
        kind: draft.kind.to_string(),
        topic: draft.topic.to_string(),
        occurred_at: now,
        case_id: Some(case.uuid()),
        itinerary_id: draft.itinerary.map(crate::ids::ItineraryId::uuid),
        travel_document_request_id: draft.request.map(crate::ids::TravelDocumentRequestId::uuid),
        cash_grant_id: draft.cash_grant.map(crate::ids::CashGrantId::uuid),
        superseded_by_id: None,
        retracted_at: None,
        acknowledged_at: None,
        acknowledged_by: None,
        acknowledgement_note: None,
        delivered_at: None,
        delivered_via: None,
        retracted_by_id: None,
        reminds_of_id: draft.reminds_of.map(crate::ids::NoticeId::uuid),
    }
}

/// What the recipient had been told of the case before.
fn older(case: CaseId, draft: &NoticeDraft, sequence: i64) -> Condition {
    Condition::all()
        .add(notice::Column::RecipientId.eq(draft.recipient.uuid()))
        .add(notice::Column::CaseId.eq(case.uuid()))
        .add(notice::Column::Sequence.lt(sequence))
}

/// Older notices of the same chain point to the newer one.
async fn supersede(
    transaction: &DatabaseTransaction,
    older: Condition,
    draft: &NoticeDraft,
    newer: Uuid,
) -> Result<(), Error> {
    let request = draft
        .request
        .map(|id| notice::Column::TravelDocumentRequestId.eq(id.uuid()));
    // A consent that is taken back concerns whatever was told of the case.
    let topic = (draft.topic != Topic::Consent).then(|| notice::Column::Topic.eq(draft.topic.code()));
    notice::Entity::update_many()
        .col_expr(notice::Column::SupersededById, Expr::value(newer))
        .filter(older.add_option(request))
        .filter(Condition::all().add_option(topic))
        .filter(notice::Column::SupersededById.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Everything that the recipient had been told of the case, except of documents and consents, is retracted.
async fn take_back(
    transaction: &DatabaseTransaction,
    older: Condition,
    newer: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let told = || {
        let topics = Topic::ALL.iter().map(|(topic, ..)| *topic);
        let retracted = topics.filter(|topic| topic.is_retracted());
        older
            .clone()
            .add(notice::Column::Topic.is_in(retracted.map(Code::code)))
            .add(notice::Column::RetractedAt.is_null())
    };
    notice::Entity::update_many()
        .col_expr(notice::Column::SupersededById, Expr::value(newer))
        .filter(told().add(notice::Column::SupersededById.is_null()))
        .exec(transaction)
        .await?;
    notice::Entity::update_many()
        .col_expr(notice::Column::RetractedAt, Expr::value(now))
        .col_expr(notice::Column::RetractedById, Expr::value(newer))
        .filter(told())
        .exec(transaction)
        .await?;
    Ok(())
}
