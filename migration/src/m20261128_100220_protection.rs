//! Consents that name one organisation, and referrals of one person.

use crate::columns::{optional, uuid};
use crate::constraints::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let named = optional(uuid(Consents::RecipientId));
        let table = Table::alter().table(Consents::Table).add_column(named).take();
        manager.alter_table(table).await?;
        let person = optional(uuid(Referrals::PersonId));
        let table = Table::alter().table(Referrals::Table).add_column(person).take();
        manager.alter_table(table).await?;
        manager
            .create_index(index(Referrals::Table, [Referrals::PersonId]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("idx_referrals_person_id")
                    .table(Referrals::Table)
                    .to_owned(),
            )
            .await?;
        let table = Table::alter()
            .table(Referrals::Table)
            .drop_column(Referrals::PersonId)
            .take();
        manager.alter_table(table).await?;
        let table = Table::alter()
            .table(Consents::Table)
            .drop_column(Consents::RecipientId)
            .take();
        manager.alter_table(table).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[derive(DeriveIden)]
enum Consents {
    Table,
    RecipientId,
}

#[derive(DeriveIden)]
enum Referrals {
    Table,
    PersonId,
}
