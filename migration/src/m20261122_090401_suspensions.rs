//! Operations that are suspended for a country, and the cases that this concerns.

use crate::columns::{code, integer, optional, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, not_before, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use OperationsSuspensions as S;
        let table = Table::create()
            .table(S::Table)
            .col(uuid(S::Id).primary_key())
            .col(code(S::Country))
            .col(utc_timestamp(S::SuspendedFrom))
            .col(optional(utc_timestamp(S::SuspendedUntil)))
            .col(code(S::Reason))
            .col(optional(utc_timestamp(S::SettledAt)))
            .col(optional(utc_timestamp(S::LiftedAt)))
            .col(integer(S::Version))
            .check(length_is(S::Table, S::Country, 3))
            .check(not_before(S::Table, S::SuspendedUntil, S::SuspendedFrom))
            .check(at_least(S::Table, S::Version, 1))
            .take();
        manager.create_table(table).await?;
        manager.create_index(index(S::Table, [S::Country])).await?;
        case_suspensions(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(CaseSuspensions::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(OperationsSuspensions::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn case_suspensions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use CaseSuspensions as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::Id).primary_key())
        .col(uuid(C::CaseId))
        .col(uuid(C::SuspensionId))
        .col(utc_timestamp(C::ToldAt))
        .foreign_key(&mut foreign_key(C::Table, C::CaseId, Cases))
        .foreign_key(&mut foreign_key(
            C::Table,
            C::SuspensionId,
            OperationsSuspensions::Table,
        ))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(C::Table, [C::CaseId, C::SuspensionId]))
        .await?;
    manager.create_index(index(C::Table, [C::SuspensionId])).await
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
enum OperationsSuspensions {
    Table,
    Id,
    Country,
    SuspendedFrom,
    SuspendedUntil,
    Reason,
    SettledAt,
    LiftedAt,
    Version,
}

#[derive(DeriveIden)]
enum CaseSuspensions {
    Table,
    Id,
    CaseId,
    SuspensionId,
    ToldAt,
}
