//! Accesses of oversight to cases: asked for, answered by somebody else, and ended.

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, not_before};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use BreakGlassAccesses as B;
        let table = Table::create()
            .table(B::Table)
            .col(uuid(B::Id).primary_key())
            .col(uuid(B::CaseId))
            .col(uuid(B::OrganisationId))
            .col(code(B::Reason))
            .col(text(B::Explanation))
            .col(integer(B::Minutes))
            .col(code(B::State))
            .col(utc_timestamp(B::RequestedAt))
            .col(code(B::RequestedBy))
            .col(optional(utc_timestamp(B::DecidedAt)))
            .col(optional(code(B::DecidedBy)))
            .col(optional(utc_timestamp(B::OpenUntil)))
            .col(optional(utc_timestamp(B::EndedAt)))
            .col(integer(B::Version))
            .foreign_key(&mut foreign_key(B::Table, B::CaseId, Cases))
            .foreign_key(&mut foreign_key(B::Table, B::OrganisationId, Organisations))
            .check(at_least(B::Table, B::Minutes, 1))
            .check(at_least(B::Table, B::Version, 1))
            .check(not_before(B::Table, B::OpenUntil, B::DecidedAt))
            .take();
        manager.create_table(table).await?;
        manager.create_index(index(B::Table, [B::CaseId])).await?;
        manager.create_index(index(B::Table, [B::RequestedBy])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table(BreakGlassAccesses::Table).take();
        manager.drop_table(table).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
enum BreakGlassAccesses {
    Table,
    Id,
    CaseId,
    OrganisationId,
    Reason,
    Explanation,
    Minutes,
    State,
    RequestedAt,
    RequestedBy,
    DecidedAt,
    DecidedBy,
    OpenUntil,
    EndedAt,
    Version,
}
