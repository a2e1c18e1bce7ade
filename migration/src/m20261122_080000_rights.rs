//! What a client may do beyond what its organisation may.

use crate::columns::text;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rights = text(Clients::Rights).default("[]").take();
        let table = Table::alter().table(Clients::Table).add_column(rights).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table(Clients::Table)
            .drop_column(Clients::Rights)
            .take();
        manager.alter_table(table).await
    }
}

#[derive(DeriveIden)]
enum Clients {
    Table,
    Rights,
}
