//! The chain: the row that keeps an entry, and the hash that binds it to the one before.
//!
//! A hash covers the hash before it and every column of the row, each with its length, so that no two rows are written
//! alike; times in microseconds, which is all that either database keeps.

use crate::policy::ledger::Entry;
use chrono::{DateTime, Utc};
use entity::disclosure;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use uuid::Uuid;

/// Says what the hashes are of, so that they are those of nothing else.
const DOMAIN: &[u8] = b"avrr-gateway disclosure ledger 1";

/// The id of the entry at a place.
pub(super) fn id_of(sequence: i64) -> Uuid {
    Uuid::from_u128(u128::from(sequence.unsigned_abs()))
}

/// The row that keeps an entry, without its hash.
pub(super) fn row(entry: Entry, sequence: i64) -> disclosure::Model {
    disclosure::Model {
        id: id_of(sequence),
        sequence,
        disclosed_at: to_the_microsecond(entry.at),
        means: entry.means.to_string(),
        organisation_id: entry.organisation.uuid(),
        client_id: entry.client.map(crate::ids::ClientId::uuid),
        token: entry.token,
        purpose: entry.purpose.to_string(),
        relation: entry.relation.to_string(),
        row_type: entry.row_type.to_owned(),
        row_id: entry.row,
        case_id: entry.case.map(crate::ids::CaseId::uuid),
        person_id: entry.person.map(crate::ids::PersonId::uuid),
        shown: entry.shown,
        masked: entry.masked,
        policy_version: entry.policy_version.to_owned(),
        request_id: entry.request_id,
        break_glass_id: entry.break_glass,
        snapshot_sha256: entry.snapshot,
        hash: String::new(),
    }
}

fn to_the_microsecond(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

/// The hash of a row that follows the row with another hash.
pub(super) fn hash(previous: &str, row: &disclosure::Model) -> String {
    // Every column has to be named here: one that is added later is not forgotten.
    let disclosure::Model {
        id,
        sequence,
        disclosed_at,
        means,
        organisation_id,
        client_id,
        token,
        purpose,
        relation,
        row_type,
        row_id,
        case_id,
        person_id,
        shown,
        masked,
        policy_version,
        request_id,
        break_glass_id,
        snapshot_sha256,
        hash: _,
    } = row;
    let mut link = Link::after(previous);
    link.add(id.as_bytes());
    link.add(&sequence.to_be_bytes());
    link.add(&disclosed_at.timestamp_micros().to_be_bytes());
    link.add(means.as_bytes());
    link.add(organisation_id.as_bytes());
    link.add_id(client_id.as_ref());
    link.add_text(token.as_deref());
    link.add(purpose.as_bytes());
    link.add(relation.as_bytes());
    link.add(row_type.as_bytes());
    link.add_id(row_id.as_ref());
    link.add_id(case_id.as_ref());
    link.add_id(person_id.as_ref());
    link.add(shown.as_bytes());
    link.add(masked.as_bytes());
    link.add(policy_version.as_bytes());
    link.add_text(request_id.as_deref());
    link.add_id(break_glass_id.as_ref());
    link.add_text(snapshot_sha256.as_deref());
    link.digits()
}

struct Link(Sha256);

impl Link {
    fn after(previous: &str) -> Self {
        let mut link = Self(Sha256::new());
        link.add(DOMAIN);
        link.add(previous.as_bytes());
        link
    }

    fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// A value that may be absent: absent is not the same as empty.
    fn add_text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.add(text.as_bytes()),
            None => self.0.update(u64::MAX.to_be_bytes()),
        }
    }

    fn add_id(&mut self, id: Option<&Uuid>) {
        match id {
            Some(id) => self.add(id.as_bytes()),
            None => self.0.update(u64::MAX.to_be_bytes()),
        }
    }

    fn digits(self) -> String {
        let mut digits = String::with_capacity(64);
        for byte in self.0.finalize() {
            let _ = write!(digits, "{byte:02x}");
        }
        digits
    }
}
