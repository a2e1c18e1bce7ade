//! Who takes part in the programme, who may call, and the installation itself.

use sea_orm_migration::prelude::*;

use crate::columns::{code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, not_before, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        installation(manager).await?;
        organisations(manager).await?;
        accreditations(manager).await?;
        clients(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Clients::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Accreditations::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Organisations::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Installation::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn installation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(Installation::Table)
        .col(code(Installation::Name).primary_key())
        .col(text(Installation::Value))
        .take();
    manager.create_table(table).await
}

async fn organisations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Organisations as O;
    let table = Table::create()
        .table(O::Table)
        .col(uuid(O::Id).primary_key())
        .col(code(O::Code))
        .col(text(O::Name))
        .col(code(O::Kind))
        .col(optional(code(O::Territory)))
        .col(optional(text(O::SeatCity)))
        .col(optional(code(O::SeatCountry)))
        .col(optional(code(O::SendingState)))
        .col(integer(O::Version))
        .col(utc_timestamp(O::CreatedAt))
        .check(at_least(O::Table, O::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(unique(O::Table, [O::Code])).await?;
    manager
        .create_index(index(O::Table, [O::Kind, O::Territory]))
        .await
}

async fn accreditations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Accreditations as A;
    let table = Table::create()
        .table(A::Table)
        .col(uuid(A::Id).primary_key())
        .col(uuid(A::OrganisationId))
        .col(code(A::HostTerritory))
        .col(date(A::ValidFrom))
        .col(optional(date(A::ValidTo)))
        .foreign_key(&mut foreign_key(
            A::Table,
            A::OrganisationId,
            Organisations::Table,
        ))
        .check(not_before(A::Table, A::ValidTo, A::ValidFrom))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(
            A::Table,
            [A::OrganisationId, A::HostTerritory, A::ValidFrom],
        ))
        .await?;
    manager
        .create_index(index(A::Table, [A::HostTerritory, A::OrganisationId]))
        .await
}

async fn clients(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Clients as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::Id).primary_key())
        .col(code(C::ClientId))
        .col(uuid(C::OrganisationId))
        .col(text(C::Purposes))
        .col(optional(utc_timestamp(C::SuspendedAt)))
        .col(integer(C::Version))
        .col(utc_timestamp(C::CreatedAt))
        .foreign_key(&mut foreign_key(
            C::Table,
            C::OrganisationId,
            Organisations::Table,
        ))
        .check(at_least(C::Table, C::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(unique(C::Table, [C::ClientId])).await?;
    manager.create_index(index(C::Table, [C::OrganisationId])).await
}

#[derive(DeriveIden)]
enum Installation {
    Table,
    Name,
    Value,
}

#[derive(DeriveIden)]
enum Organisations {
    Table,
    Id,
    Code,
    Name,
    Kind,
    Territory,
    SeatCity,
    SeatCountry,
    SendingState,
    Version,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Accreditations {
    Table,
    Id,
    OrganisationId,
    HostTerritory,
    ValidFrom,
    ValidTo,
}

#[derive(DeriveIden)]
enum Clients {
    Table,
    Id,
    ClientId,
    OrganisationId,
    Purposes,
    SuspendedAt,
    Version,
    CreatedAt,
}
