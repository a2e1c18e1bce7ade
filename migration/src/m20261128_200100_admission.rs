//! What lets a client in: agreements on the transfer of personal data, who issues its tokens, and what was revoked.

use crate::columns::{code, date, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, index, not_before, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        agreements(manager).await?;
        revocations(manager).await?;
        let issuer = optional(text(Clients::Issuer));
        let table = Table::alter().table(Clients::Table).add_column(issuer).take();
        manager.alter_table(table).await?;
        let moment = optional(utc_timestamp(Clients::TokensNotBefore));
        let table = Table::alter().table(Clients::Table).add_column(moment).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [Clients::TokensNotBefore, Clients::Issuer] {
            let table = Table::alter().table(Clients::Table).drop_column(column).take();
            manager.alter_table(table).await?;
        }
        manager
            .drop_table(Table::drop().table(RevokedTokens::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(TransferAgreements::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn agreements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use TransferAgreements as A;
    let table = Table::create()
        .table(A::Table)
        .col(uuid(A::Id).primary_key())
        .col(uuid(A::OrganisationId))
        .col(code(A::Reference))
        .col(date(A::SignedOn))
        .col(date(A::ValidFrom))
        .col(optional(date(A::ValidTo)))
        .col(optional(utc_timestamp(A::EndedAt)))
        .foreign_key(&mut foreign_key(
            A::Table,
            A::OrganisationId,
            Organisations::Table,
        ))
        .check(not_before(A::Table, A::ValidTo, A::ValidFrom))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(A::Table, [A::OrganisationId, A::Reference]))
        .await
}

async fn revocations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use RevokedTokens as R;
    let table = Table::create()
        .table(R::Table)
        .col(uuid(R::Id).primary_key())
        .col(uuid(R::ClientId))
        .col(code(R::Jti))
        .col(code(R::Reason))
        .col(utc_timestamp(R::RevokedAt))
        .col(utc_timestamp(R::Until))
        .foreign_key(&mut foreign_key(R::Table, R::ClientId, Clients::Table))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(R::Table, [R::ClientId, R::Jti]))
        .await?;
    manager.create_index(index(R::Table, [R::Until])).await
}

#[derive(DeriveIden)]
enum Organisations {
    Table,
}

#[derive(DeriveIden)]
enum Clients {
    Table,
    Issuer,
    TokensNotBefore,
}

#[derive(DeriveIden)]
enum TransferAgreements {
    Table,
    Id,
    OrganisationId,
    Reference,
    SignedOn,
    ValidFrom,
    ValidTo,
    EndedAt,
}

#[derive(DeriveIden)]
enum RevokedTokens {
    Table,
    Id,
    ClientId,
    Jti,
    Reason,
    RevokedAt,
    Until,
}
