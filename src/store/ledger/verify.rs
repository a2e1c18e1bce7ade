//! Whether the ledger is what was written: every entry in its place, every hash that of its entry and of all before it,
//! and the head where the last entry is.

use super::super::unit_of_work::FindAll as _;
use super::{Ledger, NO_HEAD, chain};
use crate::error::Error;
use entity::{disclosure, ledger_head};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// Entries that are read at once.
const BATCH: u64 = 1_000;

/// Where a ledger ends, or ended: what may be kept elsewhere to hold the ledger to it later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Place of the last entry; 0 where there is none.
    pub sequence: i64,
    /// Its hash; empty where there is none.
    pub hash: String,
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.sequence, self.hash)
    }
}

impl std::str::FromStr for Head {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (sequence, hash) = text.split_once(':').ok_or("expected SEQUENCE:HASH")?;
        let sequence: i64 = sequence.parse().map_err(|_| "expected SEQUENCE:HASH")?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if sequence < 0 || !(is_hash || (sequence == 0 && hash.is_empty())) {
            return Err("expected SEQUENCE:HASH, as `ledger head` prints it".to_owned());
        }
        Ok(Self {
            sequence,
            hash: hash.to_lowercase(),
        })
    }
}

/// The first place where a ledger is not what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place.
    pub sequence: i64,
    /// What is wrong there.
    pub why: &'static str,
}

/// What became of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything fits; this is where the ledger ends.
    Whole(Head),
    /// Something does not.
    Broken(Misfit),
}

impl Ledger {
    /// Where the ledger ends now.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn head(&self) -> Result<Head, Error> {
        let head = ledger_head::Entity::find_all().one(&self.0.database).await?;
        let head = head.ok_or(NO_HEAD)?;
        Ok(Head {
            sequence: head.sequence,
            hash: head.hash,
        })
    }

    /// Reads the whole ledger, in batches, and says whether it is what was written; held to a head that was kept
    /// elsewhere, if one is given. Others may go on appending.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn verify(&self, kept: Option<&Head>) -> Result<Verdict, Error> {
        let mut last = Head {
            sequence: 0,
            hash: String::new(),
        };
        if kept.is_some_and(|kept| kept.sequence == 0 && !kept.hash.is_empty()) {
            return Ok(broken(
                0,
                "it begins with another hash than the one that was kept",
            ));
        }
        loop {
            let rows = match self.after(last.sequence, BATCH).await {
                Ok(rows) => rows,
                Err(fault) => match self.first_unreadable(last.sequence).await {
                    Some(sequence) => return Ok(broken(sequence, "it cannot be read")),
                    None => return Err(fault),
                },
            };
            if rows.is_empty() {
                // Entries and head are committed together, so whoever has read the former finds the latter no older.
                let head = self.head().await?;
                if head == last {
                    break;
                }
                // Somebody may have appended since.
                if head.sequence <= last.sequence || self.after(last.sequence, 1).await?.is_empty() {
                    let sequence = head.sequence.min(last.sequence) + 1;
                    let why = match head.sequence.cmp(&last.sequence) {
                        std::cmp::Ordering::Greater => "it is missing, and the head says that it was there",
                        std::cmp::Ordering::Less => {
                            "it is there, and the head says that it was never written"
                        }
                        std::cmp::Ordering::Equal => {
                            return Ok(broken(last.sequence, "the head has another hash"));
                        }
                    };
                    return Ok(broken(sequence, why));
                }
                continue;
            }
            for row in rows {
                let expected = last.sequence + 1;
                if row.sequence != expected || row.id != chain::id_of(expected) {
                    return Ok(broken(expected, "another entry is in its place, or none"));
                }
                if row.hash != chain::hash(&last.hash, &row) {
                    return Ok(broken(
                        expected,
                        "its hash is not that of what it says and of what came before",
                    ));
                }
                last = Head {
                    sequence: expected,
                    hash: row.hash,
                };
                if kept.is_some_and(|kept| kept.sequence == expected && kept.hash != last.hash) {
                    return Ok(broken(expected, "its hash is not the one that was kept"));
                }
            }
        }
        // What was put in under an id that no entry has is in no batch.
        let made_up = disclosure::Entity::find_all()
            .filter(disclosure::Column::Id.lte(chain::id_of(last.sequence)))
            .count(&self.0.database)
            .await?;
        if i64::try_from(made_up) != Ok(last.sequence) {
            return Ok(broken(0, "there are more entries than places"));
        }
        match kept {
            Some(kept) if kept.sequence > last.sequence => Ok(broken(
                last.sequence + 1,
                "it is missing, and was there when the head was kept",
            )),
            _ => Ok(Verdict::Whole(last)),
        }
    }

    /// Some entries after a place, in the order of their ids: what stands out of place is found where it stands.
    async fn after(&self, sequence: i64, at_most: u64) -> Result<Vec<disclosure::Model>, Error> {
        let rows = disclosure::Entity::find_all()
            .filter(disclosure::Column::Id.gt(chain::id_of(sequence)))
            .order_by_asc(disclosure::Column::Id)
            .limit(at_most)
            .all(&self.0.database)
            .await?;
        Ok(rows)
    }

    /// The place of the first entry after another that is there and cannot be read, if the database can be asked at all.
    async fn first_unreadable(&self, mut sequence: i64) -> Option<i64> {
        self.0.database.ping().await.ok()?;
        while let Ok(rows) = self.after(sequence, 1).await {
            sequence = rows.first()?.sequence;
        }
        self.0.database.ping().await.ok()?;
        Some(sequence + 1)
    }
}

fn broken(sequence: i64, why: &'static str) -> Verdict {
    Verdict::Broken(Misfit { sequence, why })
}
