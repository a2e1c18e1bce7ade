//! Idempotency keys by their age, so that the old ones are found and forgotten.

use crate::constraints::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_age = index(IdempotencyKeys::Table, [IdempotencyKeys::CreatedAt]);
        manager.create_index(by_age).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_age = index(IdempotencyKeys::Table, [IdempotencyKeys::CreatedAt]);
        let name = by_age.get_index_spec().get_name().unwrap_or_default().to_owned();
        manager
            .drop_index(Index::drop().name(name).table(IdempotencyKeys::Table).to_owned())
            .await
    }
}

#[derive(DeriveIden)]
enum IdempotencyKeys {
    Table,
    CreatedAt,
}
