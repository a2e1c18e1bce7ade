//! What prepares persons for the departure: their circumstances at registration, who mediates and who recommends an escort,
//! what they were given, what they were told; when a return decision was served; where IOM has an office at an airport.

use sea_orm_migration::prelude::*;

use crate::columns::{boolean, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        pre_departure_circumstances(manager).await?;
        assistance_provisions(manager).await?;
        migrant_briefings(manager).await?;
        let mediator = boolean(CounsellingSessions::CulturalMediator)
            .default(false)
            .take();
        add(manager, CounsellingSessions::Table, mediator).await?;
        let reference = optional(text(Escorts::MhdReference));
        add(manager, Escorts::Table, reference).await?;
        let served = optional(date(ReturnDecisionServedOn));
        add(manager, Cases, served).await?;
        let offices = text(Jurisdictions::OfficesAtExits).default("[]").take();
        add(manager, Jurisdictions::Table, offices).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, Jurisdictions::Table, Jurisdictions::OfficesAtExits).await?;
        drop(manager, Cases, ReturnDecisionServedOn).await?;
        drop(manager, Escorts::Table, Escorts::MhdReference).await?;
        drop(
            manager,
            CounsellingSessions::Table,
            CounsellingSessions::CulturalMediator,
        )
        .await?;
        manager
            .drop_table(Table::drop().table(MigrantBriefings::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(AssistanceProvisions::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(PreDepartureCircumstances::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn add(
    manager: &SchemaManager<'_>,
    table: impl IntoTableRef,
    mut column: ColumnDef,
) -> Result<(), DbErr> {
    let table = Table::alter().table(table).add_column(&mut column).take();
    manager.alter_table(table).await
}

async fn drop(
    manager: &SchemaManager<'_>,
    table: impl IntoTableRef,
    column: impl IntoIden,
) -> Result<(), DbErr> {
    let table = Table::alter().table(table).drop_column(column).take();
    manager.alter_table(table).await
}

async fn pre_departure_circumstances(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PreDepartureCircumstances as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(code(T::Accommodation))
        .col(boolean(T::MedicalTreatment))
        .col(text(T::TravelNeeds))
        .col(utc_timestamp(T::RecordedAt))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn assistance_provisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use AssistanceProvisions as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(uuid(T::PersonId))
        .col(code(T::Kind))
        .col(code(T::Provider))
        .col(text(T::ProviderName))
        .col(date(T::ProvidedOn))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .foreign_key(&mut foreign_key(T::Table, T::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await?;
    manager.create_index(index(T::Table, [T::PersonId])).await
}

async fn migrant_briefings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use MigrantBriefings as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::CaseId))
        .col(optional(integer(T::AttemptNo)))
        .col(optional(integer(T::LuggageKilograms)))
        .col(boolean(T::EntitlementsExplained))
        .col(utc_timestamp(T::BriefedAt))
        .foreign_key(&mut foreign_key(T::Table, T::CaseId, Cases))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::CaseId])).await
}

#[derive(DeriveIden)]
enum PreDepartureCircumstances {
    Table,
    Id,
    CaseId,
    PersonId,
    Accommodation,
    MedicalTreatment,
    TravelNeeds,
    RecordedAt,
}

#[derive(DeriveIden)]
enum AssistanceProvisions {
    Table,
    Id,
    CaseId,
    PersonId,
    Kind,
    Provider,
    ProviderName,
    ProvidedOn,
}

#[derive(DeriveIden)]
enum MigrantBriefings {
    Table,
    Id,
    CaseId,
    AttemptNo,
    LuggageKilograms,
    EntitlementsExplained,
    BriefedAt,
}

#[derive(DeriveIden)]
enum CounsellingSessions {
    Table,
    CulturalMediator,
}

#[derive(DeriveIden)]
enum Jurisdictions {
    Table,
    OfficesAtExits,
}

#[derive(DeriveIden)]
enum Escorts {
    Table,
    MhdReference,
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Persons;

#[derive(DeriveIden)]
struct ReturnDecisionServedOn;
