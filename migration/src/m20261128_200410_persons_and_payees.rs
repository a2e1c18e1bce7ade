//! What is known of persons for the plan after their return and how to write to them, where a grant is paid to, and the
//! reference of a case in the finance system.

use sea_orm_migration::prelude::*;

use crate::columns::{code, optional, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn of_persons() -> Vec<ColumnDef> {
    use Persons as P;
    vec![
        optional(text(P::Email)),
        optional(code(P::MaritalStatus)),
        optional(text(P::Occupation)),
        optional(code(P::Education)),
    ]
}

fn of_cases() -> Vec<ColumnDef> {
    vec![optional(text(Cases::PrismReference))]
}

fn of_grants() -> Vec<ColumnDef> {
    use CashGrants as G;
    vec![
        optional(code(G::PayeeAccountKind)),
        optional(text(G::PayeeAccountNumber)),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, Persons::Table, of_persons()).await?;
        add(manager, Cases::Table, of_cases()).await?;
        add(manager, CashGrants::Table, of_grants()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, CashGrants::Table, of_grants()).await?;
        drop(manager, Cases::Table, of_cases()).await?;
        drop(manager, Persons::Table, of_persons()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn add(
    manager: &SchemaManager<'_>,
    table: impl IntoIden,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    let table = table.into_iden();
    for column in columns {
        let table = Table::alter().table(table.clone()).add_column(column).take();
        manager.alter_table(table).await?;
    }
    Ok(())
}

async fn drop(
    manager: &SchemaManager<'_>,
    table: impl IntoIden,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    let table = table.into_iden();
    for column in columns.iter().rev() {
        let table = Table::alter()
            .table(table.clone())
            .drop_column(column.get_column_name())
            .take();
        manager.alter_table(table).await?;
    }
    Ok(())
}

#[derive(DeriveIden)]
enum Persons {
    Table,
    Email,
    MaritalStatus,
    Occupation,
    Education,
}

#[derive(DeriveIden)]
enum Cases {
    Table,
    PrismReference,
}

#[derive(DeriveIden)]
enum CashGrants {
    Table,
    PayeeAccountKind,
    PayeeAccountNumber,
}
