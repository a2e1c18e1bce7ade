//! The hash chain of an inbox, made of what its recipient is given of each notice: so a client can compute it, and prove
//! that it has every notice in its place.
//!
//! `chain(0)` is 64 zeros. `chain(n)` is the SHA-256, in lower-case hexadecimal digits, of the UTF-8 text
//! `chain(n - 1) LF sequence LF id LF type LF occurredAt`, with the four fields of the notice at place `n` exactly as the
//! API writes them to this recipient. Nothing that changes later is part of it, and nothing that is erased earlier.

use crate::domain::code::Code as _;
use crate::domain::notice::NoticeType;
use crate::error::Error;
use crate::ids::{GlobalIds, NodeType};
use chrono::SecondsFormat;
use entity::{inbox_head, notice};
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

use super::super::unit_of_work::FindAll as _;

/// The chain of an empty inbox.
pub(in crate::store) const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How many notices are read at a time.
const BATCH: u64 = 1_000;

/// A place of an inbox with the chain up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Link {
    /// The place; 0 before the first.
    pub(in crate::store) sequence: i64,
    /// The chain.
    pub(in crate::store) chain: String,
}

/// What a recipient is given of a notice that never changes.
pub(in crate::store) struct Envelope {
    sequence: i64,
    id: String,
    kind: String,
    occurred_at: String,
}

impl Envelope {
    /// The envelope of a row, as its recipient knows it.
    pub(in crate::store) fn of(row: &notice::Model, ids: &GlobalIds) -> Self {
        let ids = ids.of(row.recipient_id.into());
        debug_assert!(NoticeType::from_code(&row.kind).is_some());
        Self {
            sequence: row.sequence,
            id: ids.encode(NodeType::Notice, row.id),
            kind: row.kind.clone(),
            occurred_at: row.occurred_at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        }
    }
}

impl Default for Link {
    fn default() -> Self {
        Self {
            sequence: 0,
            chain: START.to_owned(),
        }
    }
}

impl Link {
    /// The chain with one notice more.
    pub(in crate::store) fn then(&self, notice: &Envelope) -> Self {
        let Envelope {
            sequence,
            id,
            kind,
            occurred_at,
        } = notice;
        let text = format!("{}\n{sequence}\n{id}\n{kind}\n{occurred_at}", self.chain);
        let mut chain = String::with_capacity(64);
        for byte in Sha256::digest(text.as_bytes()) {
            let _ = write!(chain, "{byte:02x}");
        }
        Self {
            sequence: *sequence,
            chain,
        }
    }
}

/// The chain before the oldest notice that an inbox keeps.
pub(in crate::store) fn before_the_oldest(head: &inbox_head::Model) -> Link {
    Link {
        sequence: head.oldest_sequence - 1,
        chain: head.oldest_chain.clone().unwrap_or_else(|| START.to_owned()),
    }
}

/// The chain up to a place, from what is stored after another.
pub(in crate::store) async fn up_to(
    transaction: &DatabaseTransaction,
    ids: &GlobalIds,
    recipient: uuid::Uuid,
    (mut link, last): (Link, i64),
) -> Result<Link, Error> {
    while link.sequence < last {
        let rows = notice::Entity::find_all()
            .filter(notice::Column::RecipientId.eq(recipient))
            .filter(notice::Column::Sequence.gt(link.sequence))
            .filter(notice::Column::Sequence.lte(last))
            .order_by_asc(notice::Column::Sequence)
            .limit(BATCH)
            .all(transaction)
            .await?;
        if rows.is_empty() {
            return Err(Error::Inconsistent {
                table: "notices",
                column: "sequence",
                id: recipient,
            });
        }
        for row in &rows {
            link = link.then(&Envelope::of(row, ids));
        }
    }
    Ok(link)
}

/// The chain of a whole inbox, computed from what is stored.
pub(in crate::store) async fn of_inbox(
    transaction: &DatabaseTransaction,
    ids: &GlobalIds,
    head: &inbox_head::Model,
) -> Result<Link, Error> {
    let range = (before_the_oldest(head), head.last_sequence);
    up_to(transaction, ids, head.recipient_id, range).await
}
