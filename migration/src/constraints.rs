//! The kinds of constraint and index that exist, each named after its table and columns.
//!
//! Names are made in one way, `fk_`, `uq_`, `idx_` or `ck_` and then table and columns, so that the name in a
//! database error says which rule was broken; SQLite alone forgets the names of its foreign keys. These take no
//! action when a row goes: rows are ended, not deleted, and what must be erased is erased in an order that the
//! program knows.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A foreign key to the column `id` of another table, `fk_<table>_<column>`.
pub fn foreign_key(
    table: impl IntoIden,
    column: impl IntoIden,
    target: impl IntoIden,
) -> ForeignKeyCreateStatement {
    let (table, column) = (table.into_iden(), column.into_iden());
    ForeignKey::create()
        .name(name("fk", &table, std::slice::from_ref(&column)))
        .from(table, column)
        .to(target.into_iden(), "id")
        .take()
}

/// A primary key of several columns, `pk_<table>`.
pub fn primary_key<C: IntoIden>(
    table: impl IntoIden,
    columns: impl IntoIterator<Item = C>,
) -> IndexCreateStatement {
    let mut key = Index::create();
    key.name(name("pk", &table.into_iden(), &[]));
    for column in columns {
        key.col(column.into_iden());
    }
    key
}

/// An index for a lookup or a page, `idx_<table>_<columns>`.
pub fn index<C: IntoIden>(
    table: impl IntoIden,
    columns: impl IntoIterator<Item = C>,
) -> IndexCreateStatement {
    named_index("idx", table.into_iden(), columns)
}

/// An index that holds its columns to be unique together, `uq_<table>_<columns>`.
pub fn unique<C: IntoIden>(
    table: impl IntoIden,
    columns: impl IntoIterator<Item = C>,
) -> IndexCreateStatement {
    named_index("uq", table.into_iden(), columns).unique().take()
}

/// A check that a number is at least `least`, `ck_<table>_<column>`.
pub fn at_least(table: impl IntoIden, column: impl IntoIden, least: i32) -> Check {
    let column = column.into_iden();
    named_check(&table.into_iden(), &column, Expr::col(column.clone()).gte(least))
}

/// A check that a code has `length` characters, `ck_<table>_<column>`.
pub fn length_is(table: impl IntoIden, column: impl IntoIden, length: i32) -> Check {
    let column = column.into_iden();
    let characters = Func::char_length(Expr::col(column.clone()));
    named_check(&table.into_iden(), &column, Expr::from(characters).eq(length))
}

/// A check that a day or moment does not lie before another one of the row, `ck_<table>_<column>`.
pub fn not_before(table: impl IntoIden, column: impl IntoIden, earlier: impl IntoIden) -> Check {
    let column = column.into_iden();
    let earlier = Expr::col(earlier.into_iden());
    named_check(
        &table.into_iden(),
        &column,
        Expr::col(column.clone()).gte(earlier),
    )
}

/// Lets rows of a table be added and never be changed or deleted, `append_only_<table>`.
///
/// # Errors
///
/// Faults of the database.
pub async fn append_only(manager: &SchemaManager<'_>, table: impl IntoIden) -> Result<(), DbErr> {
    let table = table.into_iden().to_string();
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => vec![
            format!(
                "CREATE FUNCTION append_only_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RAISE EXCEPTION 'rows of {table} are never changed'; END $$"
            ),
            format!(
                "CREATE TRIGGER append_only_{table} BEFORE UPDATE OR DELETE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION append_only_{table}()"
            ),
        ],
        _ => ["UPDATE", "DELETE"]
            .iter()
            .map(|what| {
                format!(
                    "CREATE TRIGGER append_only_{table}_{} BEFORE {what} ON {table} \
                     BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END",
                    what.to_lowercase()
                )
            })
            .collect(),
    };
    run(manager, statements).await
}

/// Takes back [`append_only`].
///
/// # Errors
///
/// Faults of the database.
pub async fn not_append_only(manager: &SchemaManager<'_>, table: impl IntoIden) -> Result<(), DbErr> {
    let table = table.into_iden().to_string();
    let statements = match manager.get_database_backend() {
        DbBackend::Postgres => vec![
            format!("DROP TRIGGER append_only_{table} ON {table}"),
            format!("DROP FUNCTION append_only_{table}()"),
        ],
        _ => vec![
            format!("DROP TRIGGER append_only_{table}_update"),
            format!("DROP TRIGGER append_only_{table}_delete"),
        ],
    };
    run(manager, statements).await
}

async fn run(manager: &SchemaManager<'_>, statements: Vec<String>) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

fn named_index<C: IntoIden>(
    prefix: &str,
    table: DynIden,
    columns: impl IntoIterator<Item = C>,
) -> IndexCreateStatement {
    let columns: Vec<DynIden> = columns.into_iter().map(IntoIden::into_iden).collect();
    let mut index = Index::create();
    index.name(name(prefix, &table, &columns)).table(table);
    for column in columns {
        index.col(column);
    }
    index
}

fn named_check(table: &DynIden, column: &DynIden, holds: Expr) -> Check {
    Check::named(name("ck", table, std::slice::from_ref(column)), holds)
}

fn name(prefix: &str, table: &DynIden, columns: &[DynIden]) -> String {
    std::iter::once(prefix.to_owned())
        .chain(std::iter::once(table).chain(columns).map(ToString::to_string))
        .collect::<Vec<_>>()
        .join("_")
}
