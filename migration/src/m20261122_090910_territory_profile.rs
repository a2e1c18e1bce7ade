//! The code by which each client's own system knows Kosovo*, which has none in ISO 3166-1.

use crate::columns::text;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let profile = text(Clients::TerritoryProfile).default("XKX").take();
        let table = Table::alter().table(Clients::Table).add_column(profile).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table(Clients::Table)
            .drop_column(Clients::TerritoryProfile)
            .take();
        manager.alter_table(table).await
    }
}

#[derive(DeriveIden)]
enum Clients {
    Table,
    TerritoryProfile,
}
