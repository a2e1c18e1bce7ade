//! The tables, brought up to date or taken away: by one process at a time, and all of it or nothing.
//!
//! Everything that is missing is one transaction, which holds the lock that other processes wait for. So the lock lasts as
//! long as the work, and a process that is killed in the middle, or a step that fails, leaves the tables as they were: the
//! program before still fits them.

use super::{Store, worth_repeating};
use crate::clock::Clock;
use crate::config::DatabaseSettings;
use crate::error::Error;
use migration::Migrator;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigratorTrait, SchemaManager, seaql_migrations};
use std::collections::BTreeSet;

/// How often the writing of another process is waited for on SQLite, ten seconds each time.
const PATIENCE: usize = 360;

/// One migration, and whether it has been applied.
#[derive(Clone, Debug)]
pub struct MigrationStatus {
    /// Its name.
    pub name: String,
    /// Whether it has been applied.
    pub applied: bool,
}

impl Store {
    /// Applies every migration that is not applied yet, or none. Processes that start together wait for each other, for as
    /// long as it takes, and find nothing left to do.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn migrate_up(&self) -> Result<(), Error> {
        self.up::<Migrator>().await
    }

    /// Takes back every migration, and with them every row.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn migrate_down(&self) -> Result<(), Error> {
        let transaction = self.alone().await?;
        let applied = names(&Migrator::get_applied_migrations(&transaction).await?);
        for migration in Migrator::migrations().iter().rev() {
            if applied.contains(migration.name()) {
                migration.down(&SchemaManager::new(&transaction)).await?;
                seaql_migrations::Entity::delete_many()
                    .filter(seaql_migrations::Column::Version.eq(migration.name()))
                    .exec(&transaction)
                    .await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    /// Every migration, oldest first. It only reads.
    ///
    /// # Errors
    ///
    /// Faults of the database; so is a migration that this program does not know.
    pub async fn migration_status(&self) -> Result<Vec<MigrationStatus>, Error> {
        let known = Migrator::get_migration_with_status_read_only(&self.reading).await?;
        Ok(known
            .iter()
            .map(|migration| MigrationStatus {
                name: migration.name().to_owned(),
                applied: migration.status() == sea_orm_migration::MigrationStatus::Applied,
            })
            .collect())
    }

    /// Makes sure that connecting makes no new SQLite file.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] where there is none.
    pub fn is_there(settings: &DatabaseSettings) -> Result<(), Error> {
        let url = &settings.url;
        if url.sqlite_file_to_make().is_some_and(|file| !file.exists()) {
            return Err(Error::Startup(format!(
                "there is no database at {url}: check --database-url and --config"
            )));
        }
        Ok(())
    }

    /// Connects to a database that is there and has the tables of this program: for commands that make neither.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] with one line that says what is missing and what to do.
    pub async fn open(settings: &DatabaseSettings, clock: Clock) -> Result<Self, Error> {
        Self::is_there(settings)?;
        let url = &settings.url;
        let store = Self::connect(settings, clock).await?;
        let status = store.migration_status().await?;
        let missing = status.iter().filter(|migration| !migration.applied).count();
        if missing == 0 {
            return Ok(store);
        }
        Err(Error::Startup(if missing == status.len() {
            format!(
                "the database at {url} has no tables: check --database-url and --config, or make them with \
                 `avrr-gateway migrate up`"
            )
        } else {
            format!(
                "the database at {url} lacks {missing} migrations of this program: run `avrr-gateway migrate up`"
            )
        }))
    }

    async fn up<M: MigratorTrait>(&self) -> Result<(), Error> {
        // Whoever finds everything in place waits for nobody, and needs no right to make tables.
        if M::get_pending_migrations_read_only(&self.reading)
            .await?
            .is_empty()
        {
            return Ok(());
        }
        let transaction = self.alone().await?;
        let missing = names(&M::get_pending_migrations(&transaction).await?);
        for migration in M::migrations() {
            if missing.contains(migration.name()) {
                migration.up(&SchemaManager::new(&transaction)).await?;
                let applied = seaql_migrations::Model {
                    version: migration.name().to_owned(),
                    applied_at: self.clock.now().timestamp(),
                };
                seaql_migrations::Entity::insert(applied.into_active_model())
                    .exec_without_returning(&transaction)
                    .await?;
            }
        }
        Ok(transaction.commit().await?)
    }

    /// A transaction that no other process has at the same time, and that time does not end.
    async fn alone(&self) -> Result<DatabaseTransaction, Error> {
        if self.is_sqlite() {
            return self.alone_in_the_file().await;
        }
        let transaction = self
            .writing
            .begin_with_options(TransactionOptions::default())
            .await?;
        transaction
            .execute_unprepared(
                "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
                 SET LOCAL idle_in_transaction_session_timeout = 0; \
                 SELECT pg_advisory_xact_lock(4155525247415445)",
            )
            .await?;
        Ok(transaction)
    }

    async fn alone_in_the_file(&self) -> Result<DatabaseTransaction, Error> {
        let mut waited = 0;
        loop {
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            let begun = self.writing.begin_with_options(options).await;
            match begun.map_err(Error::from) {
                Err(fault) if worth_repeating(&fault) && waited < PATIENCE => waited += 1,
                outcome => return outcome,
            }
        }
    }
}

fn names(migrations: &[sea_orm_migration::Migration]) -> BTreeSet<String> {
    let names = migrations.iter().map(|migration| migration.name().to_owned());
    names.collect()
}

#[cfg(test)]
mod tests;
