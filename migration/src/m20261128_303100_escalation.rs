//! Notices that nobody acknowledges: the rules that say what is done then, what is under escalation, and each step done.

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, primary_key, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rules(manager).await?;
        escalations(manager).await?;
        steps(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::drop().table(EscalationSteps::Table).take(),
            Table::drop().table(Escalations::Table).take(),
            Table::drop().table(EscalationRules::Table).take(),
        ];
        for table in tables {
            manager.drop_table(table).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use EscalationRules as R;
    let table = Table::create()
        .table(R::Table)
        .col(uuid(R::Id).primary_key())
        .col(code(R::NoticeType))
        .col(code(R::Recipient))
        .col(integer(R::Version))
        .col(text(R::Steps))
        .col(utc_timestamp(R::MadeAt))
        .col(optional(utc_timestamp(R::EndedAt)))
        .check(at_least(R::Table, R::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(R::Table, [R::NoticeType, R::Recipient, R::Version]))
        .await
}

async fn escalations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Escalations as E;
    let table = Table::create()
        .table(E::Table)
        .col(uuid(E::Id).primary_key())
        .col(uuid(E::NoticeId))
        .col(uuid(E::RecipientId))
        .col(uuid(E::CaseId))
        .col(uuid(E::RuleId))
        .col(code(E::NoticeType))
        .col(utc_timestamp(E::BeganAt))
        .col(integer(E::StepsDone))
        .col(utc_timestamp(E::LastStepAt))
        .col(optional(utc_timestamp(E::DueAt)))
        .col(optional(uuid(E::LeasedBy)))
        .col(optional(utc_timestamp(E::LeasedUntil)))
        .col(optional(code(E::Outcome)))
        .col(optional(utc_timestamp(E::EndedAt)))
        .foreign_key(&mut foreign_key(E::Table, E::NoticeId, Notices))
        .foreign_key(&mut foreign_key(E::Table, E::RecipientId, Organisations))
        .foreign_key(&mut foreign_key(E::Table, E::CaseId, Cases))
        .foreign_key(&mut foreign_key(E::Table, E::RuleId, EscalationRules::Table))
        .check(at_least(E::Table, E::StepsDone, 0))
        .take();
    manager.create_table(table).await?;
    manager.create_index(unique(E::Table, [E::NoticeId])).await?;
    manager.create_index(index(E::Table, [E::DueAt])).await?;
    manager.create_index(index(E::Table, [E::CaseId])).await?;
    manager.create_index(index(E::Table, [E::RecipientId])).await
}

async fn steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use EscalationSteps as S;
    let table = Table::create()
        .table(S::Table)
        .col(uuid(S::EscalationId))
        .col(integer(S::Position))
        .col(code(S::Action))
        .col(utc_timestamp(S::DoneAt))
        .primary_key(&mut primary_key(S::Table, [S::EscalationId, S::Position]))
        .foreign_key(&mut foreign_key(S::Table, S::EscalationId, Escalations::Table))
        .check(at_least(S::Table, S::Position, 0))
        .take();
    manager.create_table(table).await
}

#[derive(DeriveIden)]
struct Notices;

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
enum EscalationRules {
    Table,
    Id,
    NoticeType,
    Recipient,
    Version,
    Steps,
    MadeAt,
    EndedAt,
}

#[derive(DeriveIden)]
enum Escalations {
    Table,
    Id,
    NoticeId,
    RecipientId,
    CaseId,
    RuleId,
    NoticeType,
    BeganAt,
    StepsDone,
    LastStepAt,
    DueAt,
    LeasedBy,
    LeasedUntil,
    Outcome,
    EndedAt,
}

#[derive(DeriveIden)]
enum EscalationSteps {
    Table,
    EscalationId,
    Position,
    Action,
    DoneAt,
}
