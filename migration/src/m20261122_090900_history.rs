//! What happened to a row and why, beside who changed what; and entries that are never changed once they are written.

use crate::columns::{integer, optional, text};
use crate::constraints::{append_only, not_append_only};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            optional(text(AuditEntries::Event)),
            optional(text(AuditEntries::Reason)),
            integer(AuditEntries::Place).default(0).take(),
        ];
        for column in columns {
            let table = Table::alter()
                .table(AuditEntries::Table)
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        append_only(manager, AuditEntries::Table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        not_append_only(manager, AuditEntries::Table).await?;
        for column in [AuditEntries::Place, AuditEntries::Reason, AuditEntries::Event] {
            let table = Table::alter()
                .table(AuditEntries::Table)
                .drop_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum AuditEntries {
    Table,
    Event,
    Reason,
    Place,
}
