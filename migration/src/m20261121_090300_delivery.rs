//! What organisations were told, and what clients did.

use sea_orm_migration::prelude::*;

use crate::columns::{big_integer, code, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, primary_key, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        inbox_heads(manager).await?;
        notices(manager).await?;
        audit_entries(manager).await?;
        idempotency_keys(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(IdempotencyKeys::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(AuditEntries::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Notices::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(InboxHeads::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn inbox_heads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use InboxHeads as H;
    let table = Table::create()
        .table(H::Table)
        .col(uuid(H::RecipientId).primary_key())
        .col(big_integer(H::LastSequence))
        .foreign_key(&mut foreign_key(H::Table, H::RecipientId, Organisations))
        .check(at_least(H::Table, H::LastSequence, 0))
        .take();
    manager.create_table(table).await
}

async fn notices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Notices as N;
    let table = Table::create()
        .table(N::Table)
        .col(uuid(N::Id).primary_key())
        .col(uuid(N::RecipientId))
        .col(big_integer(N::Sequence))
        .col(code(N::Kind))
        .col(text(N::Topic))
        .col(utc_timestamp(N::OccurredAt))
        .col(uuid(N::CaseId))
        .col(optional(uuid(N::ItineraryId)))
        .col(optional(uuid(N::TravelDocumentRequestId)))
        .col(optional(uuid(N::CashGrantId)))
        .col(optional(uuid(N::SupersededById)))
        .col(optional(utc_timestamp(N::RetractedAt)))
        .col(optional(utc_timestamp(N::AcknowledgedAt)))
        .col(optional(uuid(N::AcknowledgedBy)))
        .col(optional(text(N::AcknowledgementNote)))
        .foreign_key(&mut foreign_key(N::Table, N::RecipientId, Organisations))
        .foreign_key(&mut foreign_key(N::Table, N::CaseId, Cases))
        .foreign_key(&mut foreign_key(N::Table, N::ItineraryId, Itineraries))
        .foreign_key(&mut foreign_key(
            N::Table,
            N::TravelDocumentRequestId,
            TravelDocumentRequests,
        ))
        .foreign_key(&mut foreign_key(N::Table, N::CashGrantId, CashGrants))
        .foreign_key(&mut foreign_key(N::Table, N::SupersededById, N::Table))
        .foreign_key(&mut foreign_key(N::Table, N::AcknowledgedBy, Clients))
        .check(at_least(N::Table, N::Sequence, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(N::Table, [N::RecipientId, N::Sequence]))
        .await?;
    manager
        .create_index(index(N::Table, [N::CaseId, N::RecipientId]))
        .await
}

/// No foreign keys: an entry outlives the rows that it tells of.
async fn audit_entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use AuditEntries as A;
    let table = Table::create()
        .table(A::Table)
        .col(uuid(A::Id).primary_key())
        .col(utc_timestamp(A::OccurredAt))
        .col(text(A::RequestId))
        .col(optional(uuid(A::ClientId)))
        .col(optional(uuid(A::OrganisationId)))
        .col(code(A::Command))
        .col(code(A::Aggregate))
        .col(uuid(A::AggregateId))
        .col(optional(uuid(A::CaseId)))
        .col(optional(code(A::FromState)))
        .col(optional(code(A::ToState)))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(A::Table, [A::CaseId, A::Id])).await?;
    manager
        .create_index(index(A::Table, [A::AggregateId, A::Id]))
        .await
}

async fn idempotency_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use IdempotencyKeys as K;
    let table = Table::create()
        .table(K::Table)
        .col(uuid(K::ClientId))
        .col(text(K::Key))
        .col(code(K::Command))
        .col(text(K::BodyHash))
        .col(uuid(K::AggregateId))
        .col(utc_timestamp(K::CreatedAt))
        .primary_key(&mut primary_key(K::Table, [K::ClientId, K::Key]))
        .foreign_key(&mut foreign_key(K::Table, K::ClientId, Clients))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(K::Table, [K::CreatedAt])).await
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Clients;

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Itineraries;

#[derive(DeriveIden)]
struct TravelDocumentRequests;

#[derive(DeriveIden)]
struct CashGrants;

#[derive(DeriveIden)]
enum InboxHeads {
    Table,
    RecipientId,
    LastSequence,
}

#[derive(DeriveIden)]
enum Notices {
    Table,
    Id,
    RecipientId,
    Sequence,
    Kind,
    Topic,
    OccurredAt,
    CaseId,
    ItineraryId,
    TravelDocumentRequestId,
    CashGrantId,
    SupersededById,
    RetractedAt,
    AcknowledgedAt,
    AcknowledgedBy,
    AcknowledgementNote,
}

#[derive(DeriveIden)]
enum AuditEntries {
    Table,
    Id,
    OccurredAt,
    RequestId,
    ClientId,
    OrganisationId,
    Command,
    Aggregate,
    AggregateId,
    CaseId,
    FromState,
    ToState,
}

#[derive(DeriveIden)]
enum IdempotencyKeys {
    Table,
    ClientId,
    Key,
    Command,
    BodyHash,
    AggregateId,
    CreatedAt,
}
