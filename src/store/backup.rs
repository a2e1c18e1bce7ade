//! What only a SQLite file needs: a whole copy of it beside a running program, the proof that a copy is whole, and a log
//! that is emptied of what was erased. PostgreSQL brings better tools of its own.

use super::{Ledger, Store, Verdict};
use crate::error::Error;
use migration::Migrator;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxError, SqlxSqliteConnector,
    Statement,
};
use sea_orm_migration::{MigrationStatus, MigratorTrait as _};
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long an emptied log may make others wait.
const PATIENCE: Duration = Duration::from_millis(200);

/// A copy that is whole.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Its size.
    pub bytes: u64,
    /// What its disclosure ledger is.
    pub ledger: Verdict,
}

impl Store {
    /// Makes a copy of the whole SQLite database as it is at one moment, beside whoever writes to it, and proves that it is
    /// whole. Only its owner can read it. The name is given to it once that is certain: where the file is, it is whole.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line, where there is a file already, where it cannot be written, and where the copy is
    /// not whole; faults of the database.
    pub async fn copy_to(&self, file: &Path) -> Result<Copied, Error> {
        let file = std::path::absolute(file).map_err(|fault| cannot("write", file, &fault))?;
        if file.symlink_metadata().is_ok() {
            let why = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(cannot("write", &file, &why));
        }
        let partial = beside(&file, ".partial");
        let new = new_file(&partial).map_err(|fault| cannot("write", &partial, &fault))?;
        let copied = self.copied(&new, &partial, &file).await;
        if copied.is_err() {
            // What is left of it is worth nothing, and the fault is what has to be said.
            let _ = std::fs::remove_file(&partial);
        }
        copied
    }

    async fn copied(&self, new: &File, partial: &Path, file: &Path) -> Result<Copied, Error> {
        let name = partial.to_str().ok_or_else(|| {
            let why = io::Error::from(io::ErrorKind::InvalidFilename);
            cannot("write", partial, &why)
        })?;
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
        self.reading.execute_raw(copy).await?;
        let copied = verified(partial).await?;
        let kept = new.sync_all().and_then(|()| std::fs::rename(partial, file));
        kept.and_then(|()| sync_directory(file))
            .map_err(|fault| cannot("write", file, &fault))?;
        Ok(copied)
    }

    /// Empties the log that SQLite keeps beside the file of what was erased from the file; says whether it could: somebody
    /// who reads for long keeps it. Who writes meanwhile waits for no longer than [`PATIENCE`]. PostgreSQL has no such log of
    /// its own.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn empty_log(&self) -> Result<bool, Error> {
        if !self.is_sqlite() {
            return Ok(true);
        }
        // A connection of its own: it waits for readers while it holds the lock of those who write.
        let writers = self.writing.get_sqlite_connection_pool();
        let brief = SqliteConnectOptions::clone(&writers.connect_options()).busy_timeout(PATIENCE);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(brief)
            .await;
        let own = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.map_err(connection)?);
        let empty = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let row = own.query_one_raw(empty).await;
        own.close().await?;
        let kept = row?.map(|row| row.try_get_by_index::<i32>(0)).transpose()?;
        Ok(kept == Some(0))
    }
}

/// Whether a copy is whole: its pages, its references, its tables, and its ledger from the first entry to the last.
///
/// # Errors
///
/// [`Error::Startup`] with one line that says what is not; faults of the database.
pub async fn verified(file: &Path) -> Result<Copied, Error> {
    let read = std::fs::metadata(file).map_err(|fault| cannot("read", file, &fault))?;
    let log = std::fs::metadata(beside(file, "-wal"));
    if log.is_ok_and(|log| log.len() > 0) {
        return Err(not_whole(
            file,
            "something stands in its -wal: it is in use, or was not copied whole",
        ));
    }
    let copy = SqliteConnectOptions::new().filename(file).immutable(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(copy);
    let pool = pool
        .await
        .map_err(|fault| not_whole(file, &connection(fault).to_string()))?;
    let copy = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    let whole = first_word(&copy, "PRAGMA integrity_check").await;
    match whole {
        Ok(Some(word)) if word == "ok" => {}
        Ok(word) => return Err(not_whole(file, &word.unwrap_or_default())),
        Err(fault) => return Err(not_whole(file, &fault.to_string())),
    }
    if let Some(table) = first_word(&copy, "PRAGMA foreign_key_check").await? {
        return Err(not_whole(
            file,
            &format!("rows of {table} name rows that are not there"),
        ));
    }
    let migrations = Migrator::get_migration_with_status_read_only(&copy).await?;
    if migrations
        .iter()
        .all(|one| one.status() == MigrationStatus::Pending)
    {
        return Err(not_whole(file, "it has no tables of this program"));
    }
    let ledger = Ledger::new(copy.clone()).verify(None).await?;
    copy.close().await?;
    Ok(Copied {
        bytes: read.len(),
        ledger,
    })
}

fn connection(fault: SqlxError) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(fault)))
}

async fn first_word(database: &DatabaseConnection, question: &str) -> Result<Option<String>, DbErr> {
    let question = Statement::from_string(DbBackend::Sqlite, question);
    let row = database.query_one_raw(question).await?;
    row.map(|row| row.try_get_by_index(0)).transpose()
}

/// An empty file that only its owner can read; `VACUUM INTO` keeps its mode.
fn new_file(file: &Path) -> io::Result<File> {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    new.open(file)
}

/// Keeps the name of a file through a loss of power.
fn sync_directory(file: &Path) -> io::Result<()> {
    let directory = file.parent().unwrap_or(file);
    if cfg!(unix) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

fn cannot(verb: &str, file: &Path, why: &io::Error) -> Error {
    Error::Startup(match why.kind() {
        io::ErrorKind::AlreadyExists => {
            format!(
                "there is a file {}: choose another name, or move it away",
                file.display()
            )
        }
        _ => format!("cannot {verb} {}: {why}", file.display()),
    })
}

fn not_whole(file: &Path, why: &str) -> Error {
    Error::Startup(format!("{} is no whole copy: {why}", file.display()))
}

#[cfg(test)]
mod tests;
