//! Idempotency keys that nobody repeats any more: forgotten a few at a time, so that no command waits for it.

use super::Store;
use crate::error::Error;
use chrono::{DateTime, Utc};
use entity::idempotency_key::{Column, Entity};
use sea_orm::ConnectionTrait as _;
use sea_orm::sea_query::{Expr, ExprTrait as _, LockBehavior, LockType, Order, Query};

impl Store {
    /// Forgets the oldest keys that were used before a moment, at most so many; says how many it were. Another process that
    /// does the same takes others.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn forget_keys(&self, before: DateTime<Utc>, at_most: u64) -> Result<u64, Error> {
        let old = Query::select()
            .columns([Column::ClientId, Column::Key])
            .from(Entity)
            .and_where(Expr::col(Column::CreatedAt).lt(before))
            .order_by(Column::CreatedAt, Order::Asc)
            .limit(at_most)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .take();
        let forget = Query::delete()
            .from_table(Entity)
            .and_where(Expr::tuple([Expr::col(Column::ClientId), Expr::col(Column::Key)]).in_subquery(old))
            .take();
        Ok(self.writing.execute(&forget).await?.rows_affected())
    }
}
