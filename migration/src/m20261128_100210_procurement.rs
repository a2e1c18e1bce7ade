//! What suppliers ask for the items of reintegration packages, and that items were ordered.

use crate::columns::{optional, text, utc_timestamp};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

fn columns() -> Vec<ColumnDef> {
    use PackageItems as P;
    vec![
        optional(text(P::QuoteReference)),
        optional(utc_timestamp(P::QuotedAt)),
        optional(utc_timestamp(P::OrderedAt)),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            let table = Table::alter()
                .table(PackageItems::Table)
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            let table = Table::alter()
                .table(PackageItems::Table)
                .drop_column(column.get_column_name())
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[derive(DeriveIden)]
enum PackageItems {
    Table,
    QuoteReference,
    QuotedAt,
    OrderedAt,
}
