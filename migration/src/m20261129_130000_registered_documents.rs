//! The documents that a client may send, where its organisation has said once and for all what its system asks.

use crate::columns::{boolean, code, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use RegisteredDocuments as D;
        let table = Table::create()
            .table(D::Table)
            .col(uuid(D::Id).primary_key())
            .col(uuid(D::ClientId))
            .col(code(D::Sha256))
            .col(optional(text(D::OperationName)))
            .col(text(D::Document))
            .col(utc_timestamp(D::RegisteredAt))
            .foreign_key(&mut foreign_key(D::Table, D::ClientId, Clients::Table))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(unique(D::Table, [D::ClientId, D::Sha256]))
            .await?;
        let only = boolean(Clients::DocumentsOnly).default(false).take();
        let table = Table::alter().table(Clients::Table).add_column(only).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::alter()
            .table(Clients::Table)
            .drop_column(Clients::DocumentsOnly)
            .take();
        manager.alter_table(table).await?;
        manager
            .drop_table(Table::drop().table(RegisteredDocuments::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[derive(DeriveIden)]
enum Clients {
    Table,
    DocumentsOnly,
}

#[derive(DeriveIden)]
enum RegisteredDocuments {
    Table,
    Id,
    ClientId,
    Sha256,
    OperationName,
    Document,
    RegisteredAt,
}
