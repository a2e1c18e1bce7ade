//! Health before a journey, who travels along, and what airlines agree to.

use sea_orm_migration::prelude::*;

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        fitness_assessments(manager).await?;
        medical_notes(manager).await?;
        health_requirements(manager).await?;
        escorts(manager).await?;
        airline_clearances(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(AirlineClearances::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Escorts::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(HealthRequirements::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(MedicalNotes::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(FitnessAssessments::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn fitness_assessments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use FitnessAssessments as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(code(T::State))
        .col(text(T::Conditions))
        .col(optional(utc_timestamp(T::RequestedAt)))
        .col(optional(utc_timestamp(T::PerformedAt)))
        .col(optional(utc_timestamp(T::ValidUntil)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn medical_notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use MedicalNotes as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(optional(text(T::Diagnosis)))
        .col(optional(text(T::Medication)))
        .col(utc_timestamp(T::RecordedAt))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn health_requirements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use HealthRequirements as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(code(T::Requirement))
        .col(optional(code(T::Result)))
        .col(optional(utc_timestamp(T::ValidUntil)))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn escorts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Escorts as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(integer(T::Number))
        .col(code(T::Kind))
        .col(code(T::State))
        .col(optional(text(T::Name)))
        .col(text(T::RecommendedBy))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .check(at_least(T::Table, T::Number, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(T::Table, [T::CaseId, T::Number]))
        .await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn airline_clearances(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use AirlineClearances as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::ItineraryId))
        .col(code(T::Kind))
        .col(optional(text(T::Reference)))
        .col(utc_timestamp(T::ClearedAt))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::ItineraryId, Itineraries))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await
}

#[derive(DeriveIden)]
enum FitnessAssessments {
    Table,
    Id,
    CaseId,
    PersonId,
    State,
    Conditions,
    RequestedAt,
    PerformedAt,
    ValidUntil,
}

#[derive(DeriveIden)]
enum MedicalNotes {
    Table,
    Id,
    CaseId,
    PersonId,
    Diagnosis,
    Medication,
    RecordedAt,
}

#[derive(DeriveIden)]
enum HealthRequirements {
    Table,
    Id,
    CaseId,
    PersonId,
    Requirement,
    Result,
    ValidUntil,
}

#[derive(DeriveIden)]
enum Escorts {
    Table,
    Id,
    CaseId,
    PersonId,
    Number,
    Kind,
    State,
    Name,
    RecommendedBy,
}

#[derive(DeriveIden)]
enum AirlineClearances {
    Table,
    Id,
    CaseId,
    ItineraryId,
    Kind,
    Reference,
    ClearedAt,
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Itineraries;

#[derive(DeriveIden)]
struct Persons;
