//! Webhooks: where organisations are told over HTTP, the keys that sign for each, and every attempt that was made.

use crate::columns::{big_integer, code, integer, optional, text, utc_timestamp, uuid};
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
        webhooks(manager).await?;
        keys(manager).await?;
        attempts(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(WebhookAttempts::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(WebhookKeys::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Webhooks::Table).take())
            .await
    }
}

async fn webhooks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Webhooks as W;
    let webhooks = Table::create()
        .table(W::Table)
        .col(uuid(W::Id).primary_key())
        .col(uuid(W::OrganisationId))
        .col(uuid(W::ClientId))
        .col(code(W::Url))
        .col(text(W::Types))
        .col(code(W::Scheme))
        .col(code(W::State))
        .col(optional(code(W::DisabledReason)))
        .col(utc_timestamp(W::CreatedAt))
        .col(optional(utc_timestamp(W::PausedAt)))
        .col(optional(utc_timestamp(W::DisabledAt)))
        .col(big_integer(W::DeliveredSequence))
        .col(integer(W::Tries))
        .col(integer(W::Failures))
        .col(optional(utc_timestamp(W::FailingSince)))
        .col(code(W::Breaker))
        .col(optional(utc_timestamp(W::NextAttemptAt)))
        .col(optional(uuid(W::LeaseId)))
        .col(optional(utc_timestamp(W::LeaseUntil)))
        .col(integer(W::Version))
        .check(at_least(W::Table, W::DeliveredSequence, 0))
        .check(at_least(W::Table, W::Version, 1))
        .foreign_key(&mut foreign_key(W::Table, W::OrganisationId, Organisations))
        .foreign_key(&mut foreign_key(W::Table, W::ClientId, Clients))
        .take();
    manager.create_table(webhooks).await?;
    manager.create_index(index(W::Table, [W::OrganisationId])).await?;
    manager.create_index(index(W::Table, [W::ClientId])).await?;
    manager
        .create_index(index(W::Table, [W::State, W::NextAttemptAt]))
        .await
}

async fn keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use WebhookKeys as K;
    let keys = Table::create()
        .table(K::Table)
        .col(uuid(K::Id).primary_key())
        .col(uuid(K::WebhookId))
        .col(optional(code(K::PublicKey)))
        .col(code(K::Secret))
        .col(utc_timestamp(K::MadeAt))
        .col(optional(utc_timestamp(K::ValidUntil)))
        .foreign_key(&mut foreign_key(K::Table, K::WebhookId, Webhooks::Table))
        .take();
    manager.create_table(keys).await?;
    manager.create_index(index(K::Table, [K::WebhookId])).await
}

async fn attempts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use WebhookAttempts as A;
    let attempts = Table::create()
        .table(A::Table)
        .col(uuid(A::Id).primary_key())
        .col(uuid(A::WebhookId))
        .col(uuid(A::NoticeId))
        .col(big_integer(A::Sequence))
        .col(integer(A::Number))
        .col(utc_timestamp(A::AttemptedAt))
        .col(optional(integer(A::Status)))
        .col(integer(A::LatencyMs))
        .col(code(A::Outcome))
        .check(at_least(A::Table, A::Number, 1))
        .foreign_key(&mut foreign_key(A::Table, A::WebhookId, Webhooks::Table))
        .foreign_key(foreign_key(A::Table, A::NoticeId, Notices).on_delete(ForeignKeyAction::Cascade))
        .take();
    manager.create_table(attempts).await?;
    manager
        .create_index(unique(A::Table, [A::WebhookId, A::NoticeId, A::Number]))
        .await?;
    manager.create_index(index(A::Table, [A::NoticeId])).await
}

#[derive(DeriveIden)]
enum Webhooks {
    Table,
    Id,
    OrganisationId,
    ClientId,
    Url,
    Types,
    Scheme,
    State,
    DisabledReason,
    CreatedAt,
    PausedAt,
    DisabledAt,
    DeliveredSequence,
    Tries,
    Failures,
    FailingSince,
    Breaker,
    NextAttemptAt,
    LeaseId,
    LeaseUntil,
    Version,
}

#[derive(DeriveIden)]
enum WebhookKeys {
    Table,
    Id,
    WebhookId,
    PublicKey,
    Secret,
    MadeAt,
    ValidUntil,
}

#[derive(DeriveIden)]
enum WebhookAttempts {
    Table,
    Id,
    WebhookId,
    NoticeId,
    Sequence,
    Number,
    AttemptedAt,
    Status,
    LatencyMs,
    Outcome,
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Clients;

#[derive(DeriveIden)]
struct Notices;
