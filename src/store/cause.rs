//! What the log may know of a fault: the kind of it, never the rows that a database quotes in its messages.

use crate::error::Error;
use sea_orm::error::ConnAcquireErr;
use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// The cause of a fault of ours, without values.
#[must_use]
pub fn cause_of(fault: &Error) -> String {
    let Error::Database(cause) = fault else {
        return fault.to_string();
    };
    let Some(cause) = cause.downcast_ref::<DbErr>() else {
        return "not a fault of the database".to_owned();
    };
    if let DbErr::ConnectionAcquire(reason) = cause {
        return match reason {
            ConnAcquireErr::Timeout => "no connection of the database became free in time",
            ConnAcquireErr::ConnectionClosed => "the connections of the database are closed",
        }
        .to_owned();
    }
    let (DbErr::Conn(reason) | DbErr::Exec(reason) | DbErr::Query(reason)) = cause else {
        return "sea-orm refused: a wrong statement or value of ours".to_owned();
    };
    let RuntimeErr::SqlxError(reason) = reason else {
        return "sea-orm failed".to_owned();
    };
    match reason.as_database_error() {
        Some(reason) => format!(
            "SQLSTATE {}, table {}, constraint {}",
            reason.code().unwrap_or_default(),
            reason.table().unwrap_or("unknown"),
            reason.constraint().unwrap_or("none")
        ),
        // What could not be decoded may be quoted.
        None if matches!(
            &**reason,
            SqlxError::ColumnDecode { .. } | SqlxError::Decode(_) | SqlxError::Encode(_)
        ) =>
        {
            "sqlx failed: a value that is not of its column's kind".to_owned()
        }
        // Not from a statement: the connection, the pool, a timeout.
        None => reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_without_a_free_connection_is_no_wrong_statement_of_ours() {
        for (reason, said) in [
            (ConnAcquireErr::Timeout, "no connection"),
            (ConnAcquireErr::ConnectionClosed, "are closed"),
        ] {
            let cause = cause_of(&DbErr::ConnectionAcquire(reason).into());
            assert!(cause.contains(said), "{cause}");
        }
    }
}
