//! What is told of consular posts: how long they take, how often they refuse, and how long requests wait.

use crate::columns::{big_integer, code, optional, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, primary_key};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        refusals(manager).await?;
        answers(manager).await?;
        requests(manager).await?;
        waiting(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            PublishedWaiting::Table.into_iden(),
            PublishedRequests::Table.into_iden(),
            PublishedAnswers::Table.into_iden(),
            PublishedRefusals::Table.into_iden(),
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }
}

async fn refusals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublishedRefusals as R;
    let table = Table::create()
        .table(R::Table)
        .col(uuid(R::Id).primary_key())
        .col(uuid(R::ConsularPostId))
        .col(code(R::FromMonth))
        .col(code(R::ToMonth))
        .col(big_integer(R::Answered))
        .col(big_integer(R::Refused))
        .col(utc_timestamp(R::PublishedAt))
        .foreign_key(&mut foreign_key(
            R::Table,
            R::ConsularPostId,
            Organisations::Table,
        ))
        .check(at_least(R::Table, R::Refused, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(R::Table, [R::ConsularPostId])).await
}

async fn answers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublishedAnswers as A;
    let table = Table::create()
        .table(A::Table)
        .col(uuid(A::Id).primary_key())
        .col(uuid(A::ConsularPostId))
        .col(optional(uuid(A::RefusalId)))
        .col(code(A::FromMonth))
        .col(code(A::ToMonth))
        .col(big_integer(A::Documents))
        .col(big_integer(A::AverageDays))
        .col(big_integer(A::MedianDays))
        .col(utc_timestamp(A::PublishedAt))
        .foreign_key(&mut foreign_key(
            A::Table,
            A::ConsularPostId,
            Organisations::Table,
        ))
        .foreign_key(&mut foreign_key(A::Table, A::RefusalId, PublishedRefusals::Table))
        .check(at_least(A::Table, A::Documents, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(A::Table, [A::ConsularPostId])).await
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublishedRequests as P;
    let table = Table::create()
        .table(P::Table)
        .col(uuid(P::RequestId).primary_key())
        .col(uuid(P::AnswerId))
        .foreign_key(&mut foreign_key(
            P::Table,
            P::RequestId,
            TravelDocumentRequests::Table,
        ))
        .foreign_key(&mut foreign_key(P::Table, P::AnswerId, PublishedAnswers::Table))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(P::Table, [P::AnswerId])).await
}

async fn waiting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublishedWaiting as W;
    let table = Table::create()
        .table(W::Table)
        .col(uuid(W::ConsularPostId))
        .col(code(W::Month))
        .col(code(W::Band))
        .col(big_integer(W::AtLeast))
        .col(big_integer(W::AtMost))
        .primary_key(&mut primary_key(W::Table, [W::ConsularPostId, W::Month, W::Band]))
        .foreign_key(&mut foreign_key(
            W::Table,
            W::ConsularPostId,
            Organisations::Table,
        ))
        .check(at_least(W::Table, W::AtLeast, 0))
        .take();
    manager.create_table(table).await
}

#[derive(DeriveIden)]
enum PublishedAnswers {
    Table,
    Id,
    ConsularPostId,
    RefusalId,
    FromMonth,
    ToMonth,
    Documents,
    AverageDays,
    MedianDays,
    PublishedAt,
}

#[derive(DeriveIden)]
enum PublishedRefusals {
    Table,
    Id,
    ConsularPostId,
    FromMonth,
    ToMonth,
    Answered,
    Refused,
    PublishedAt,
}

#[derive(DeriveIden)]
enum PublishedRequests {
    Table,
    RequestId,
    AnswerId,
}

#[derive(DeriveIden)]
enum PublishedWaiting {
    Table,
    ConsularPostId,
    Month,
    Band,
    AtLeast,
    AtMost,
}

#[derive(DeriveIden)]
enum TravelDocumentRequests {
    Table,
}

#[derive(DeriveIden)]
enum Organisations {
    Table,
}
