//! Photos of persons, copies of papers that go with travel document requests, and what is in them.

use crate::columns::{bytes, code, integer, optional, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Papers as P;
        let papers = Table::create()
            .table(P::Table)
            .col(uuid(P::Id).primary_key())
            .col(uuid(P::CaseId))
            .col(uuid(P::PersonId))
            .col(optional(uuid(P::TravelDocumentRequestId)))
            .col(optional(code(P::Kind)))
            .col(integer(P::Number))
            .col(code(P::MediaType))
            .col(integer(P::SizeBytes))
            .col(code(P::Sha256))
            .col(utc_timestamp(P::RecordedAt))
            .col(optional(utc_timestamp(P::RemovedAt)))
            .check(at_least(P::Table, P::SizeBytes, 1))
            .check(length_is(P::Table, P::Sha256, 64))
            .foreign_key(&mut foreign_key(P::Table, P::CaseId, Cases))
            .foreign_key(&mut foreign_key(P::Table, P::PersonId, Persons))
            .foreign_key(&mut foreign_key(
                P::Table,
                P::TravelDocumentRequestId,
                TravelDocumentRequests,
            ))
            .take();
        manager.create_table(papers).await?;
        manager.create_index(index(P::Table, [P::CaseId])).await?;
        manager.create_index(index(P::Table, [P::PersonId])).await?;
        let numbered = unique(P::Table, [P::TravelDocumentRequestId, P::Number]);
        manager.create_index(numbered).await?;
        use PaperContents as C;
        let contents = Table::create()
            .table(C::Table)
            .col(uuid(C::PaperId).primary_key())
            .col(uuid(C::CaseId))
            .col(bytes(C::Content))
            .foreign_key(&mut foreign_key(C::Table, C::PaperId, P::Table))
            .foreign_key(&mut foreign_key(C::Table, C::CaseId, Cases))
            .take();
        manager.create_table(contents).await?;
        manager.create_index(index(C::Table, [C::CaseId])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let contents = Table::drop().table(PaperContents::Table).take();
        manager.drop_table(contents).await?;
        manager
            .drop_table(Table::drop().table(Papers::Table).take())
            .await
    }
}

#[derive(DeriveIden)]
enum Papers {
    Table,
    Id,
    CaseId,
    PersonId,
    TravelDocumentRequestId,
    Kind,
    Number,
    MediaType,
    SizeBytes,
    Sha256,
    RecordedAt,
    RemovedAt,
}

#[derive(DeriveIden)]
enum PaperContents {
    Table,
    PaperId,
    CaseId,
    Content,
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Persons;

#[derive(DeriveIden)]
struct TravelDocumentRequests;
