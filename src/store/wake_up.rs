//! A word from process to process on one PostgreSQL: after a commit, without content, and never trusted to arrive.

use super::Store;
use crate::error::Error;
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{ConnectionTrait, DbErr, RuntimeErr, SqlxError};
use std::sync::Arc;

/// The channel that all processes of the programme share in a database.
const CHANNEL: &str = "avrr_inbox";

impl Store {
    /// Tells all processes that serve this database that something was committed; a SQLite file is for one.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn tell_others(&self) -> Result<(), Error> {
        if !self.is_sqlite() {
            self.writing
                .execute_unprepared(&format!("NOTIFY {CHANNEL}"))
                .await?;
        }
        Ok(())
    }

    /// Calls back whenever a process, this one among them, tells that something was committed; and as soon as it can hear,
    /// at first and after every interruption, since nobody knows what was missed. Returns only where it cannot hear.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn hear_others(&self, heard: impl Fn() + Send + Sync) -> Result<(), Error> {
        if self.is_sqlite() {
            return std::future::pending().await;
        }
        // A connection beside the pool: one that only listens must keep nobody from being served.
        let options = self.reading.get_postgres_connection_pool().connect_options();
        let own = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_lazy_with((*options).clone());
        let mut listener = PgListener::connect_with(&own).await.map_err(fault)?;
        listener.listen(CHANNEL).await.map_err(fault)?;
        loop {
            heard();
            // Nothing where the connection was lost: it is made again, and heard of like a word.
            listener.try_recv().await.map_err(fault)?;
            while listener.next_buffered().is_some() {}
        }
    }
}

fn fault(cause: SqlxError) -> Error {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(cause))).into()
}
