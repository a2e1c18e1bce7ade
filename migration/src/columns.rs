//! The kinds of column that exist, one function each.
//!
//! A kind is here because it reads, compares and sorts the same on SQLite and on PostgreSQL. What does not is
//! left out: decimals (SQLite keeps them as floating point), padded characters, enumerated types and database
//! clocks. Text is equal on both, but its order is that of the database's collation: sort by ids, numbers,
//! dates and times.

use sea_orm_migration::prelude::*;

/// An id: `uuid` on PostgreSQL, 16 bytes on SQLite.
pub fn uuid(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// Words of any length.
pub fn text(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A code that programs compare, such as a state, a country or a currency: text that is never empty.
pub fn code(name: impl IntoIden) -> ColumnDef {
    let name = name.into_iden();
    text(name.clone()).check(Expr::col(name).ne("")).take()
}

/// A count of at most 31 bits, such as a version or a place in an order.
pub fn integer(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// A count of at most 63 bits, such as a sequence or an amount in minor units.
pub fn big_integer(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// Yes or no.
pub fn boolean(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// A day, of no time zone.
pub fn date(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).date().not_null().take()
}

/// A moment in UTC, to the microsecond: `timestamp with time zone` on PostgreSQL; on SQLite RFC 3339 text,
/// whose order is that of the moments as long as every one of them is written in UTC.
pub fn utc_timestamp(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

/// Bytes that nothing compares or sorts: `bytea` on PostgreSQL, a blob on SQLite.
pub fn bytes(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

/// The same column where a row may have nothing to say in it.
pub fn optional(mut column: ColumnDef) -> ColumnDef {
    column.null().take()
}
