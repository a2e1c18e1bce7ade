//! Group movements with their flights, and the persons on their manifests.

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, not_before, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Movements as M;
        let table = Table::create()
            .table(M::Table)
            .col(uuid(M::Id).primary_key())
            .col(text(M::Reference))
            .col(code(M::Kind))
            .col(uuid(M::OrganiserId))
            .col(integer(M::Seats))
            .col(code(M::State))
            .col(utc_timestamp(M::DraftedAt))
            .col(optional(utc_timestamp(M::LockedAt)))
            .col(optional(utc_timestamp(M::ClearedAt)))
            .col(optional(utc_timestamp(M::DepartedAt)))
            .col(optional(utc_timestamp(M::LandedAt)))
            .col(optional(utc_timestamp(M::EndedAt)))
            .col(integer(M::Version))
            .foreign_key(&mut foreign_key(M::Table, M::OrganiserId, Organisations))
            .check(at_least(M::Table, M::Seats, 1))
            .check(at_least(M::Table, M::Version, 1))
            .take();
        manager.create_table(table).await?;
        manager.create_index(unique(M::Table, [M::Reference])).await?;
        manager.create_index(index(M::Table, [M::OrganiserId])).await?;
        movement_flights(manager).await?;
        for column in of_itineraries() {
            let table = Table::alter().table(Itineraries::Table).add_column(column).take();
            manager.alter_table(table).await?;
        }
        manifest_lines(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(ManifestLines::Table).take())
            .await?;
        for column in of_itineraries() {
            let table = Table::alter()
                .table(Itineraries::Table)
                .drop_column(column.get_column_name())
                .take();
            manager.alter_table(table).await?;
        }
        manager
            .drop_table(Table::drop().table(MovementFlights::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Movements::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What a journey may have besides.
fn of_itineraries() -> [ColumnDef; 2] {
    [
        optional(uuid(Itineraries::MovementId)),
        optional(utc_timestamp(Itineraries::MissedAt)),
    ]
}

async fn movement_flights(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use MovementFlights as F;
    let table = Table::create()
        .table(F::Table)
        .col(uuid(F::Id).primary_key())
        .col(uuid(F::MovementId))
        .col(integer(F::Position))
        .col(code(F::Flight))
        .col(code(F::DepartureAirport))
        .col(code(F::ArrivalAirport))
        .col(utc_timestamp(F::DepartsAt))
        .col(utc_timestamp(F::ArrivesAt))
        .foreign_key(&mut foreign_key(F::Table, F::MovementId, Movements::Table))
        .check(at_least(F::Table, F::Position, 0))
        .check(length_is(F::Table, F::DepartureAirport, 3))
        .check(length_is(F::Table, F::ArrivalAirport, 3))
        .check(not_before(F::Table, F::ArrivesAt, F::DepartsAt))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(F::Table, [F::MovementId, F::Position]))
        .await
}

async fn manifest_lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ManifestLines as L;
    let table = Table::create()
        .table(L::Table)
        .col(uuid(L::Id).primary_key())
        .col(uuid(L::CaseId))
        .col(uuid(L::MovementId))
        .col(uuid(L::ItineraryId))
        .col(uuid(L::PersonId))
        .col(code(L::State))
        .col(utc_timestamp(L::ListedAt))
        .col(optional(utc_timestamp(L::ConfirmedAt)))
        .col(optional(utc_timestamp(L::EndedAt)))
        .foreign_key(&mut foreign_key(L::Table, L::CaseId, Cases))
        .foreign_key(&mut foreign_key(L::Table, L::MovementId, Movements::Table))
        .foreign_key(&mut foreign_key(L::Table, L::ItineraryId, Itineraries::Table))
        .foreign_key(&mut foreign_key(L::Table, L::PersonId, Persons))
        .check(not_before(L::Table, L::EndedAt, L::ListedAt))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(L::Table, [L::CaseId])).await?;
    manager.create_index(index(L::Table, [L::MovementId])).await?;
    manager
        .create_index(unique(L::Table, [L::ItineraryId, L::PersonId]))
        .await
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Persons;

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
enum Itineraries {
    Table,
    MovementId,
    MissedAt,
}

#[derive(DeriveIden)]
enum Movements {
    Table,
    Id,
    Reference,
    Kind,
    OrganiserId,
    Seats,
    State,
    DraftedAt,
    LockedAt,
    ClearedAt,
    DepartedAt,
    LandedAt,
    EndedAt,
    Version,
}

#[derive(DeriveIden)]
enum MovementFlights {
    Table,
    Id,
    MovementId,
    Position,
    Flight,
    DepartureAirport,
    ArrivalAirport,
    DepartsAt,
    ArrivesAt,
}

#[derive(DeriveIden)]
enum ManifestLines {
    Table,
    Id,
    CaseId,
    MovementId,
    ItineraryId,
    PersonId,
    State,
    ListedAt,
    ConfirmedAt,
    EndedAt,
}
