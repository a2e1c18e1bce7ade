//! Referrals to those who can help.

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Referrals as R;
        let table = Table::create()
            .table(R::Table)
            .col(uuid(R::Id).primary_key())
            .col(uuid(R::CaseId))
            .col(uuid(R::SenderId))
            .col(optional(uuid(R::RecipientId)))
            .col(optional(text(R::Provider)))
            .col(code(R::Service))
            .col(optional(text(R::ConsentOverride)))
            .col(code(R::State))
            .col(utc_timestamp(R::SentAt))
            .col(optional(utc_timestamp(R::AnsweredAt)))
            .col(optional(utc_timestamp(R::EndedAt)))
            .col(optional(text(R::Rejection)))
            .col(integer(R::Version))
            .foreign_key(&mut foreign_key(R::Table, R::CaseId, Cases))
            .foreign_key(&mut foreign_key(R::Table, R::SenderId, Organisations))
            .foreign_key(&mut foreign_key(R::Table, R::RecipientId, Organisations))
            .check(at_least(R::Table, R::Version, 1))
            .take();
        manager.create_table(table).await?;
        manager.create_index(index(R::Table, [R::CaseId])).await?;
        manager.create_index(index(R::Table, [R::SenderId])).await?;
        manager.create_index(index(R::Table, [R::RecipientId])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table(Referrals::Table).take();
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
enum Referrals {
    Table,
    Id,
    CaseId,
    SenderId,
    RecipientId,
    Provider,
    Service,
    ConsentOverride,
    State,
    SentAt,
    AnsweredAt,
    EndedAt,
    Rejection,
    Version,
}
