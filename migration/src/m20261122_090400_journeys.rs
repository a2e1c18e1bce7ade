//! What a journey is made of besides its flights: tickets, assistance in transit, what goes wrong there, arrivals.

use crate::columns::{big_integer, boolean, code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, index, length_is, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Itineraries as I;
        let of_itineraries = [
            optional(text(I::FareBasis)),
            optional(big_integer(I::TicketCostMinor)),
            optional(code(I::TicketCurrency)),
            optional(code(I::TicketOverride)),
            optional(utc_timestamp(I::ReceptionConfirmedAt)),
            optional(text(I::BorderPoint)),
            optional(boolean(I::AirportAccess)),
            optional(utc_timestamp(I::ExitFormalitiesDoneAt)),
        ];
        for column in of_itineraries {
            manager
                .alter_table(Table::alter().table(I::Table).add_column(column).take())
                .await?;
        }
        let state = code(Segments::State).default("SCHEDULED").take();
        manager
            .alter_table(Table::alter().table(Segments::Table).add_column(state).take())
            .await?;
        transit_handlings(manager).await?;
        transit_incidents(manager).await?;
        arrivals(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Itineraries as I;
        manager
            .drop_table(Table::drop().table(Arrivals::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(TransitIncidents::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(TransitHandlings::Table).take())
            .await?;
        let segments = Table::alter()
            .table(Segments::Table)
            .drop_column(Segments::State)
            .take();
        manager.alter_table(segments).await?;
        for column in [
            I::ExitFormalitiesDoneAt,
            I::AirportAccess,
            I::BorderPoint,
            I::ReceptionConfirmedAt,
            I::TicketOverride,
            I::TicketCurrency,
            I::TicketCostMinor,
            I::FareBasis,
        ] {
            manager
                .alter_table(Table::alter().table(I::Table).drop_column(column).take())
                .await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn transit_handlings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use TransitHandlings as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::ItineraryId))
        .col(uuid(T::MissionId))
        .col(code(T::Country))
        .col(code(T::State))
        .col(utc_timestamp(T::RequestedAt))
        .col(optional(utc_timestamp(T::ConfirmedAt)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::ItineraryId, Itineraries::Table))
        .foreign_key(&mut foreign_key(T::Table, T::MissionId, Organisations))
        .check(length_is(T::Table, T::Country, 3))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager
        .create_index(unique(T::Table, [T::ItineraryId, T::MissionId]))
        .await
}

async fn transit_incidents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use TransitIncidents as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::ItineraryId))
        .col(integer(T::Segment))
        .col(code(T::Kind))
        .col(code(T::Airport))
        .col(utc_timestamp(T::OccurredAt))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::ItineraryId, Itineraries::Table))
        .check(length_is(T::Table, T::Airport, 3))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::ItineraryId])).await
}

async fn arrivals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Arrivals as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::ItineraryId))
        .col(uuid(T::PersonId))
        .col(code(T::Airport))
        .col(utc_timestamp(T::ArrivedAt))
        .col(optional(code(T::OnwardTravel)))
        .col(optional(text(T::OnwardTo)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::ItineraryId, Itineraries::Table))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .check(length_is(T::Table, T::Airport, 3))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::ItineraryId])).await?;
    manager.create_index(unique(T::Table, [T::PersonId])).await
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
    FareBasis,
    TicketCostMinor,
    TicketCurrency,
    TicketOverride,
    ReceptionConfirmedAt,
    BorderPoint,
    AirportAccess,
    ExitFormalitiesDoneAt,
}

#[derive(DeriveIden)]
enum Segments {
    Table,
    State,
}

#[derive(DeriveIden)]
enum TransitHandlings {
    Table,
    Id,
    CaseId,
    ItineraryId,
    MissionId,
    Country,
    State,
    RequestedAt,
    ConfirmedAt,
}

#[derive(DeriveIden)]
enum TransitIncidents {
    Table,
    Id,
    CaseId,
    ItineraryId,
    Segment,
    Kind,
    Airport,
    OccurredAt,
}

#[derive(DeriveIden)]
enum Arrivals {
    Table,
    Id,
    CaseId,
    ItineraryId,
    PersonId,
    Airport,
    ArrivedAt,
    OnwardTravel,
    OnwardTo,
}
