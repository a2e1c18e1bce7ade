//! Inboxes: each recipient's notices, numbered from 1 without gaps in the order of their commits.
//!
//! The number comes from a counter row of the recipient that the business transaction itself locks. Recipients are
//! locked in the order of their ids, so two transactions never wait for each other.

use crate::domain::code::Code;
use crate::domain::notice::{NoticeDraft, Topic};
use crate::error::Error;
use crate::ids::{CaseId, OrganisationId, new_id};
use chrono::{DateTime, Utc};
use entity::{inbox_head, notice};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

/// Appends notices about one case, and returns who has something new.
pub(super) async fn append(
    transaction: &DatabaseTransaction,
    case: CaseId,
    mut drafts: Vec<NoticeDraft>,
    now: DateTime<Utc>,
) -> Result<Vec<OrganisationId>, Error> {
    // Stable: a recipient's notices keep the order of their events.
    drafts.sort_by_key(|draft| draft.recipient);
    let mut recipients = Vec::new();
    for of_one in drafts.chunk_by(|one, other| one.recipient == other.recipient) {
        let Some(recipient) = of_one.first().map(|draft| draft.recipient) else {
            continue;
        };
        let count = i64::try_from(of_one.len()).unwrap_or(i64::MAX);
        let last = advance(transaction, recipient, count).await?;
        for (sequence, draft) in (last - count + 1..).zip(of_one) {
            append_one(transaction, case, draft, sequence, now).await?;
        }
        recipients.push(recipient);
    }
    Ok(recipients)
}

/// Advances a recipient's counter, holding its row until the transaction ends, and returns where it stands now.
async fn advance(
    transaction: &DatabaseTransaction,
    recipient: OrganisationId,
    by: i64,
) -> Result<i64, Error> {
    let column = inbox_head::Column::LastSequence;
    let statement = Query::insert()
        .into_table(inbox_head::Entity)
        .columns([inbox_head::Column::RecipientId, column])
        .values_panic([recipient.uuid().into(), by.into()])
        .on_conflict(
            OnConflict::column(inbox_head::Column::RecipientId)
                .value(column, Expr::col((inbox_head::Entity, column)).add(by))
                .to_owned(),
        )
        .returning_col(column)
        .to_owned();
    let row = transaction.query_one(&statement).await?;
    let row = row.ok_or(Error::Inconsistent {
        table: "inbox_heads",
        column: "last_sequence",
        id: recipient.uuid(),
    })?;
    Ok(row.try_get_by_index(0)?)
}

async fn append_one(
    transaction: &DatabaseTransaction,
    case: CaseId,
    draft: &NoticeDraft,
    sequence: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let id = new_id(now);
    let row = notice::Model {
        id,
        recipient_id: draft.recipient.uuid(),
        sequence,
        kind: draft.kind.to_string(),
        topic: draft.topic.to_string(),
        occurred_at: now,
        case_id: case.uuid(),
        itinerary_id: draft.itinerary.map(super::super::ids::ItineraryId::uuid),
        travel_document_request_id: draft
            .request
            .map(super::super::ids::TravelDocumentRequestId::uuid),
        cash_grant_id: draft.cash_grant.map(super::super::ids::CashGrantId::uuid),
        superseded_by_id: None,
        retracted_at: None,
        acknowledged_at: None,
        acknowledged_by: None,
        acknowledgement_note: None,
    };
    notice::Entity::insert(row.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    if draft.retracts {
        take_back(transaction, case, draft, id, now).await
    } else if draft.topic.supersedes() {
        supersede(transaction, case, draft, id).await
    } else {
        Ok(())
    }
}

fn older(case: CaseId, draft: &NoticeDraft, newer: Uuid) -> Condition {
    Condition::all()
        .add(notice::Column::RecipientId.eq(draft.recipient.uuid()))
        .add(notice::Column::CaseId.eq(case.uuid()))
        .add(notice::Column::Id.ne(newer))
}

/// Older notices of the same chain point to the newer one.
async fn supersede(
    transaction: &DatabaseTransaction,
    case: CaseId,
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
        .filter(older(case, draft, newer).add_option(request))
        .filter(Condition::all().add_option(topic))
        .filter(notice::Column::SupersededById.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Everything that the recipient had been told of the case, except of documents and consents, is retracted.
async fn take_back(
    transaction: &DatabaseTransaction,
    case: CaseId,
    draft: &NoticeDraft,
    newer: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let told = || {
        let topics = Topic::ALL.iter().map(|(topic, ..)| *topic);
        let retracted = topics.filter(|topic| topic.is_retracted());
        older(case, draft, newer)
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
        .filter(told())
        .exec(transaction)
        .await?;
    Ok(())
}
