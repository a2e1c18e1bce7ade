//! What a case is given: travel documents, flights, cash grants and reintegration packages.

use sea_orm_migration::prelude::*;

use crate::columns::{big_integer, boolean, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, not_before, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        travel_document_requests(manager).await?;
        itineraries(manager).await?;
        segments(manager).await?;
        cash_grants(manager).await?;
        tranches(manager).await?;
        reintegration_packages(manager).await?;
        package_items(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(PackageItems::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(ReintegrationPackages::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Tranches::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(CashGrants::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Segments::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Itineraries::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(TravelDocumentRequests::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn travel_document_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use TravelDocumentRequests as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(uuid(T::ConsularPostId))
        .col(code(T::State))
        .col(boolean(T::Expedited))
        .col(utc_timestamp(T::SubmittedAt))
        .col(optional(utc_timestamp(T::AcknowledgedAt)))
        .col(optional(utc_timestamp(T::NationalityConfirmedAt)))
        .col(optional(utc_timestamp(T::EndedAt)))
        .col(optional(text(T::RefusalReason)))
        .col(optional(code(T::DocumentType)))
        .col(optional(text(T::DocumentNumber)))
        .col(optional(date(T::DocumentIssuedOn)))
        .col(optional(date(T::DocumentExpiresOn)))
        .col(integer(T::Version))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .foreign_key(&mut foreign_key(T::Table, T::ConsularPostId, Organisations))
        .check(not_before(T::Table, T::DocumentExpiresOn, T::DocumentIssuedOn))
        .check(at_least(T::Table, T::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await?;
    manager
        .create_index(index(T::Table, [T::ConsularPostId, T::Id]))
        .await
}

async fn itineraries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Itineraries as I;
    let table = Table::create()
        .table(I::Table)
        .col(uuid(I::Id).primary_key())
        .col(uuid(I::CaseId))
        .col(integer(I::AttemptNo))
        .col(code(I::State))
        .col(optional(uuid(I::ReplacesId)))
        .col(utc_timestamp(I::BookedAt))
        .col(optional(utc_timestamp(I::TicketedAt)))
        .col(optional(text(I::TicketNumber)))
        .col(optional(text(I::BookingReference)))
        .col(optional(utc_timestamp(I::SuspendedAt)))
        .col(optional(text(I::SuspensionReason)))
        .col(optional(utc_timestamp(I::EndedAt)))
        .col(integer(I::Version))
        .foreign_key(&mut foreign_key(I::Table, I::CaseId, Cases))
        .foreign_key(&mut foreign_key(I::Table, I::ReplacesId, I::Table))
        .check(at_least(I::Table, I::AttemptNo, 1))
        .check(at_least(I::Table, I::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(I::Table, [I::CaseId, I::AttemptNo]))
        .await
}

async fn segments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Segments as S;
    let table = Table::create()
        .table(S::Table)
        .col(uuid(S::Id).primary_key())
        .col(uuid(S::ItineraryId))
        .col(uuid(S::CaseId))
        .col(integer(S::Position))
        .col(code(S::Flight))
        .col(code(S::DepartureAirport))
        .col(code(S::ArrivalAirport))
        .col(utc_timestamp(S::DepartsAt))
        .col(utc_timestamp(S::ArrivesAt))
        .foreign_key(&mut foreign_key(S::Table, S::ItineraryId, Itineraries::Table))
        .foreign_key(&mut foreign_key(S::Table, S::CaseId, Cases))
        .check(at_least(S::Table, S::Position, 0))
        .check(length_is(S::Table, S::DepartureAirport, 3))
        .check(length_is(S::Table, S::ArrivalAirport, 3))
        .check(not_before(S::Table, S::ArrivesAt, S::DepartsAt))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(S::Table, [S::ItineraryId, S::Position]))
        .await?;
    manager.create_index(index(S::Table, [S::CaseId])).await
}

async fn cash_grants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use CashGrants as G;
    let table = Table::create()
        .table(G::Table)
        .col(uuid(G::Id).primary_key())
        .col(uuid(G::CaseId))
        .col(uuid(G::PersonId))
        .col(code(G::State))
        .col(big_integer(G::AmountMinor))
        .col(code(G::Currency))
        .col(utc_timestamp(G::ProposedAt))
        .col(optional(utc_timestamp(G::ApprovedAt)))
        .col(optional(utc_timestamp(G::EndedAt)))
        .col(integer(G::Version))
        .foreign_key(&mut foreign_key(G::Table, G::CaseId, Cases))
        .foreign_key(&mut foreign_key(G::Table, G::PersonId, Persons))
        .check(at_least(G::Table, G::AmountMinor, 0))
        .check(length_is(G::Table, G::Currency, 3))
        .check(at_least(G::Table, G::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(G::Table, [G::CaseId])).await?;
    manager.create_index(index(G::Table, [G::PersonId])).await
}

async fn tranches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Tranches as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CashGrantId))
        .col(uuid(T::CaseId))
        .col(integer(T::Number))
        .col(big_integer(T::AmountMinor))
        .col(code(T::State))
        .col(optional(utc_timestamp(T::PaidAt)))
        .foreign_key(&mut foreign_key(T::Table, T::CashGrantId, CashGrants::Table))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .check(at_least(T::Table, T::Number, 1))
        .check(at_least(T::Table, T::AmountMinor, 0))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(T::Table, [T::CashGrantId, T::Number]))
        .await?;
    manager.create_index(index(T::Table, [T::CaseId])).await
}

async fn reintegration_packages(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ReintegrationPackages as R;
    let table = Table::create()
        .table(R::Table)
        .col(uuid(R::Id).primary_key())
        .col(uuid(R::CaseId))
        .col(uuid(R::PersonId))
        .col(code(R::State))
        .col(big_integer(R::CeilingMinor))
        .col(code(R::Currency))
        .col(optional(text(R::Plan)))
        .col(utc_timestamp(R::ProposedAt))
        .col(optional(utc_timestamp(R::EndedAt)))
        .col(integer(R::Version))
        .foreign_key(&mut foreign_key(R::Table, R::CaseId, Cases))
        .foreign_key(&mut foreign_key(R::Table, R::PersonId, Persons))
        .check(at_least(R::Table, R::CeilingMinor, 0))
        .check(length_is(R::Table, R::Currency, 3))
        .check(at_least(R::Table, R::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(R::Table, [R::CaseId])).await?;
    manager.create_index(index(R::Table, [R::PersonId])).await
}

async fn package_items(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PackageItems as P;
    let table = Table::create()
        .table(P::Table)
        .col(uuid(P::Id).primary_key())
        .col(uuid(P::ReintegrationPackageId))
        .col(uuid(P::CaseId))
        .col(integer(P::Position))
        .col(code(P::Category))
        .col(code(P::Modality))
        .col(text(P::Description))
        .col(big_integer(P::AmountMinor))
        .col(code(P::State))
        .foreign_key(&mut foreign_key(
            P::Table,
            P::ReintegrationPackageId,
            ReintegrationPackages::Table,
        ))
        .foreign_key(&mut foreign_key(P::Table, P::CaseId, Cases))
        .check(at_least(P::Table, P::Position, 0))
        .check(at_least(P::Table, P::AmountMinor, 0))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(P::Table, [P::ReintegrationPackageId, P::Position]))
        .await?;
    manager.create_index(index(P::Table, [P::CaseId])).await
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Persons;

#[derive(DeriveIden)]
enum TravelDocumentRequests {
    Table,
    Id,
    CaseId,
    PersonId,
    ConsularPostId,
    State,
    Expedited,
    SubmittedAt,
    AcknowledgedAt,
    NationalityConfirmedAt,
    EndedAt,
    RefusalReason,
    DocumentType,
    DocumentNumber,
    DocumentIssuedOn,
    DocumentExpiresOn,
    Version,
}

#[derive(DeriveIden)]
enum Itineraries {
    Table,
    Id,
    CaseId,
    AttemptNo,
    State,
    ReplacesId,
    BookedAt,
    TicketedAt,
    TicketNumber,
    BookingReference,
    SuspendedAt,
    SuspensionReason,
    EndedAt,
    Version,
}

#[derive(DeriveIden)]
enum Segments {
    Table,
    Id,
    ItineraryId,
    CaseId,
    Position,
    Flight,
    DepartureAirport,
    ArrivalAirport,
    DepartsAt,
    ArrivesAt,
}

#[derive(DeriveIden)]
enum CashGrants {
    Table,
    Id,
    CaseId,
    PersonId,
    State,
    AmountMinor,
    Currency,
    ProposedAt,
    ApprovedAt,
    EndedAt,
    Version,
}

#[derive(DeriveIden)]
enum Tranches {
    Table,
    Id,
    CashGrantId,
    CaseId,
    Number,
    AmountMinor,
    State,
    PaidAt,
}

#[derive(DeriveIden)]
enum ReintegrationPackages {
    Table,
    Id,
    CaseId,
    PersonId,
    State,
    CeilingMinor,
    Currency,
    Plan,
    ProposedAt,
    EndedAt,
    Version,
}

#[derive(DeriveIden)]
enum PackageItems {
    Table,
    Id,
    ReintegrationPackageId,
    CaseId,
    Position,
    Category,
    Modality,
    Description,
    AmountMinor,
    State,
}
