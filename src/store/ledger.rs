//! The disclosure ledger: who was told what of whom, numbered without gaps, each entry chained to the one before by its
//! hash, and durable before what it says is told.
//!
//! Answers wait for one writer in each process, which takes all that wait into one transaction: many answers, one commit.
//! Several processes share one chain; whoever appends holds its head until the commit.

mod chain;
mod verify;

pub use verify::{Head, Misfit, Verdict};

use super::unit_of_work::FindAll as _;
use super::{Store, cause_of, seed, worth_repeating};
use crate::error::Error;
use crate::policy::ledger::Entry;
use entity::{disclosure, ledger_head};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, QueryFilter,
    QuerySelect, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// How many answers may wait for the writer; the next one waits for a place.
const WAITING: usize = 1_024;

/// How many answers go into one transaction.
const AT_ONCE: usize = 64;

/// The ledger of one database.
#[derive(Clone)]
pub struct Ledger(Arc<Inner>);

struct Inner {
    database: DatabaseConnection,
    writer: Mutex<Option<mpsc::Sender<Waiting>>>,
}

/// An answer that waits until its entries are durable.
struct Waiting {
    entries: Vec<Entry>,
    done: oneshot::Sender<Result<(), Error>>,
}

impl Ledger {
    pub(super) fn new(database: DatabaseConnection) -> Self {
        Self(Arc::new(Inner {
            database,
            writer: Mutex::default(),
        }))
    }

    /// Appends entries; once this returns they are durable.
    ///
    /// # Errors
    ///
    /// [`Error::NotNoted`] if they are not; faults of the database.
    #[tracing::instrument(name = "note", skip_all)]
    pub async fn append(&self, entries: Vec<Entry>) -> Result<(), Error> {
        if entries.is_empty() {
            return Ok(());
        }
        let (done, noted) = oneshot::channel();
        let waiting = Waiting { entries, done };
        self.writer().send(waiting).await.map_err(|_| Error::NotNoted)?;
        noted.await.map_err(|_| Error::NotNoted)?
    }

    /// The writer; it begins with the first entry, and ends when nobody is left who could append. Where it died, another
    /// takes its place: what it had before it was not told, and what comes now can be.
    fn writer(&self) -> mpsc::Sender<Waiting> {
        let mut writer = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = writer.as_ref().filter(|running| !running.is_closed()) {
            return running.clone();
        }
        if writer.is_some() {
            tracing::error!("the writer of the ledger has died: another takes its place");
        }
        let (sender, waiting) = mpsc::channel(WAITING);
        tokio::spawn(write(self.0.database.clone(), waiting));
        writer.insert(sender).clone()
    }
}

impl Store {
    /// The disclosure ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

async fn write(database: DatabaseConnection, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(AT_ONCE);
    while waiting.recv_many(&mut group, AT_ONCE).await > 0 {
        // Whoever has gone meanwhile was told nothing.
        group.retain(|one| !one.done.is_closed());
        let entries: Vec<Entry> = group.iter().flat_map(|one| one.entries.iter().cloned()).collect();
        match commit(&database, entries).await {
            Err(fault) if group.len() > 1 && !is_out_of_reach(&fault) => {
                tracing::warn!(
                    cause = cause_of(&fault),
                    answers = group.len(),
                    "noted one by one"
                );
                // One of them may be what the database refuses; the others are noted.
                for one in group.drain(..) {
                    let outcome = commit(&database, one.entries).await;
                    // Whoever asked may be gone; what was noted stays noted.
                    let _ = one.done.send(outcome);
                }
            }
            Ok(()) => {
                for one in group.drain(..) {
                    let _ = one.done.send(Ok(()));
                }
            }
            Err(fault) => {
                tracing::error!(
                    cause = cause_of(&fault),
                    answers = group.len(),
                    "not noted, and not told"
                );
                for one in group.drain(..) {
                    let _ = one.done.send(Err(Error::NotNoted));
                }
            }
        }
    }
}

/// Whether it is the database itself that cannot be had, so that one by one would take as long, so many times over.
fn is_out_of_reach(fault: &Error) -> bool {
    let Error::Database(cause) = fault else {
        return false;
    };
    let cause = cause.downcast_ref::<DbErr>();
    matches!(cause, Some(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)))
}

/// Appends entries in a transaction of their own; a deadlock or a lost race is tried once more.
async fn commit(database: &DatabaseConnection, entries: Vec<Entry>) -> Result<(), Error> {
    match attempt(database, entries.clone()).await {
        Err(fault) if worth_repeating(&fault) => attempt(database, entries).await,
        outcome => outcome,
    }
}

async fn attempt(database: &DatabaseConnection, entries: Vec<Entry>) -> Result<(), Error> {
    let is_sqlite = database.get_database_backend() == DbBackend::Sqlite;
    let options = TransactionOptions {
        sqlite_transaction_mode: is_sqlite.then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = database.begin_with_options(options).await?;
    append(&transaction, entries).await?;
    Ok(transaction.commit().await?)
}

/// Appends entries in a transaction of somebody else's, which holds the head of the ledger from here to its end: the last
/// thing that it does.
pub(super) async fn append(transaction: &DatabaseTransaction, entries: Vec<Entry>) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let head = ledger_head::Entity::find_all()
        .filter(ledger_head::Column::Id.eq(1))
        .lock(LockType::Update)
        .one(transaction)
        .await?
        .ok_or(NO_HEAD)?;
    let (mut sequence, mut hash) = (head.sequence, head.hash);
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        sequence += 1;
        let mut row = chain::row(entry, sequence);
        row.hash = chain::hash(&hash, &row);
        hash.clone_from(&row.hash);
        rows.push(row);
    }
    seed::insert::<disclosure::Entity>(transaction, rows.into_iter()).await?;
    let moved = ledger_head::Entity::update_many()
        .col_expr(ledger_head::Column::Sequence, Expr::value(sequence))
        .col_expr(ledger_head::Column::EntryId, Expr::value(chain::id_of(sequence)))
        .col_expr(ledger_head::Column::Hash, Expr::value(hash))
        .filter(ledger_head::Column::Id.eq(1))
        .exec(transaction)
        .await?;
    if moved.rows_affected == 1 {
        Ok(())
    } else {
        Err(NO_HEAD)
    }
}

const NO_HEAD: Error = Error::Inconsistent {
    table: "ledger_heads",
    column: "id",
    id: Uuid::nil(),
};

#[cfg(test)]
mod tests;
