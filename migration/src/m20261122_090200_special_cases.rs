//! Persons who need particular care: the vulnerable, children without parents, the detained.

use sea_orm_migration::prelude::*;

use crate::columns::{code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        vulnerability_assessments(manager).await?;
        child_safeguards(manager).await?;
        detentions(manager).await?;
        consular_appointments(manager).await?;
        airport_transfers(manager).await?;
        temporary_accommodations(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(TemporaryAccommodations::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(AirportTransfers::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(ConsularAppointments::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Detentions::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(ChildSafeguards::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(VulnerabilityAssessments::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn vulnerability_assessments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use VulnerabilityAssessments as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(text(T::Categories))
        .col(text(T::Needs))
        .col(date(T::AssessedOn))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn child_safeguards(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ChildSafeguards as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(optional(code(T::BestInterests)))
        .col(optional(text(T::GuardianName)))
        .col(optional(text(T::GuardianContact)))
        .col(optional(text(T::GuardianAuthority)))
        .col(optional(utc_timestamp(T::GuardianConsentedAt)))
        .col(optional(utc_timestamp(T::ChildConsentedAt)))
        .col(optional(date(T::FamilyAssessedOn)))
        .col(optional(text(T::HandoverParty)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn detentions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Detentions as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(text(T::Facility))
        .col(date(T::Since))
        .col(optional(date(T::EndedOn)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn consular_appointments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ConsularAppointments as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(integer(T::Number))
        .col(utc_timestamp(T::ScheduledAt))
        .col(optional(uuid(T::SupportedById)))
        .col(optional(utc_timestamp(T::SupportedAt)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .foreign_key(&mut foreign_key(T::Table, T::SupportedById, Organisations))
        .check(at_least(T::Table, T::Number, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(T::Table, [T::CaseId, T::Number]))
        .await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn airport_transfers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use AirportTransfers as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(code(T::Provider))
        .col(text(T::PickUpFacility))
        .col(utc_timestamp(T::PickUpAt))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await
}

async fn temporary_accommodations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use TemporaryAccommodations as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(text(T::Place))
        .col(date(T::FromDay))
        .col(date(T::UntilDay))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await
}

#[derive(DeriveIden)]
enum VulnerabilityAssessments {
    Table,
    Id,
    CaseId,
    PersonId,
    Categories,
    Needs,
    AssessedOn,
}

#[derive(DeriveIden)]
enum ChildSafeguards {
    Table,
    Id,
    CaseId,
    PersonId,
    BestInterests,
    GuardianName,
    GuardianContact,
    GuardianAuthority,
    GuardianConsentedAt,
    ChildConsentedAt,
    FamilyAssessedOn,
    HandoverParty,
}

#[derive(DeriveIden)]
enum Detentions {
    Table,
    Id,
    CaseId,
    PersonId,
    Facility,
    Since,
    EndedOn,
}

#[derive(DeriveIden)]
enum ConsularAppointments {
    Table,
    Id,
    CaseId,
    PersonId,
    Number,
    ScheduledAt,
    SupportedById,
    SupportedAt,
}

#[derive(DeriveIden)]
enum AirportTransfers {
    Table,
    Id,
    CaseId,
    Provider,
    PickUpFacility,
    PickUpAt,
}

#[derive(DeriveIden)]
enum TemporaryAccommodations {
    Table,
    Id,
    CaseId,
    Place,
    FromDay,
    UntilDay,
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Persons;
