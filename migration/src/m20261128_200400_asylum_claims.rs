//! Procedures for international protection that persons of a case are in, each with the authority whose procedure it is.

use sea_orm_migration::prelude::*;

use crate::columns::{code, date, integer, optional, text, uuid};
use crate::constraints::{foreign_key, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use AsylumClaims as T;
        let table = Table::create()
            .table(T::Table)
            .col(uuid(T::Id).primary_key())
            .col(uuid(T::CaseId))
            .col(uuid(T::AuthorityId))
            .col(code(T::Stage))
            .col(text(T::Number))
            .col(date(T::LodgedOn))
            .col(optional(date(T::DecidedOn)))
            .col(integer(T::Version))
            .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
            .foreign_key(&mut foreign_key(T::Table, T::AuthorityId, Organisations))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(unique(T::Table, [T::CaseId, T::AuthorityId]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(AsylumClaims::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[derive(DeriveIden)]
enum AsylumClaims {
    Table,
    Id,
    CaseId,
    AuthorityId,
    Stage,
    Number,
    LodgedOn,
    DecidedOn,
    Version,
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Organisations;
