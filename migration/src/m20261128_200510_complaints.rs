//! Complaints about organisations of the programme: a table that nothing else points to.

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Complaints as C;
        let complaints = Table::create()
            .table(C::Table)
            .col(uuid(C::Id).primary_key())
            .col(code(C::Reference))
            .col(optional(uuid(C::CaseId)))
            .col(uuid(C::AboutId))
            .col(uuid(C::LodgedById))
            .col(code(C::Kind))
            .col(code(C::Channel))
            .col(text(C::Text))
            .col(code(C::State))
            .col(utc_timestamp(C::ReceivedAt))
            .col(optional(utc_timestamp(C::AcknowledgedAt)))
            .col(optional(utc_timestamp(C::EndedAt)))
            .col(optional(code(C::Outcome)))
            .col(optional(text(C::Findings)))
            .col(integer(C::Version))
            .check(at_least(C::Table, C::Version, 1))
            .foreign_key(&mut foreign_key(C::Table, C::CaseId, Cases))
            .foreign_key(&mut foreign_key(C::Table, C::AboutId, Organisations))
            .foreign_key(&mut foreign_key(C::Table, C::LodgedById, Organisations))
            .take();
        manager.create_table(complaints).await?;
        manager.create_index(unique(C::Table, [C::Reference])).await?;
        manager.create_index(index(C::Table, [C::CaseId])).await?;
        manager.create_index(index(C::Table, [C::AboutId])).await?;
        manager.create_index(index(C::Table, [C::LodgedById])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Complaints::Table).take())
            .await
    }
}

#[derive(DeriveIden)]
enum Complaints {
    Table,
    Id,
    Reference,
    CaseId,
    AboutId,
    LodgedById,
    Kind,
    Channel,
    Text,
    State,
    ReceivedAt,
    AcknowledgedAt,
    EndedAt,
    Outcome,
    Findings,
    Version,
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Organisations;
