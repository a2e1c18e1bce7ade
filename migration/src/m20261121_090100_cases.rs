//! Cases, the people in them, what they consented to, and which organisations have a part.

use sea_orm_migration::prelude::*;

use crate::columns::{boolean, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, primary_key, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        cases(manager).await?;
        persons(manager).await?;
        consents(manager).await?;
        case_parties(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(CaseParties::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Consents::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Persons::Table).take())
            .await?;
        manager.drop_table(Table::drop().table(Cases::Table).take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn cases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Cases as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::Id).primary_key())
        .col(code(C::Reference))
        .col(uuid(C::SendingMissionId))
        .col(optional(uuid(C::ReceivingMissionId)))
        .col(code(C::HostTerritory))
        .col(code(C::CountryOfReturn))
        .col(optional(text(C::DestinationCity)))
        .col(code(C::State))
        .col(code(C::ReturnMode))
        .col(code(C::LegalStatus))
        .col(optional(text(C::MimosaReference)))
        .col(optional(utc_timestamp(C::ApplicationSignedAt)))
        .col(optional(utc_timestamp(C::VoluntarinessRecordedAt)))
        .col(optional(utc_timestamp(C::DeclarationSignedAt)))
        .col(optional(text(C::WithdrawalReason)))
        .col(utc_timestamp(C::OpenedAt))
        .col(optional(utc_timestamp(C::RegisteredAt)))
        .col(optional(utc_timestamp(C::DepartedAt)))
        .col(optional(utc_timestamp(C::ArrivedAt)))
        .col(optional(utc_timestamp(C::EndedAt)))
        .col(integer(C::Version))
        .foreign_key(&mut foreign_key(C::Table, C::SendingMissionId, Organisations))
        .foreign_key(&mut foreign_key(C::Table, C::ReceivingMissionId, Organisations))
        .check(at_least(C::Table, C::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(C::Table, [C::SendingMissionId, C::Reference]))
        .await?;
    manager
        .create_index(index(C::Table, [C::SendingMissionId, C::Id]))
        .await?;
    manager
        .create_index(index(C::Table, [C::ReceivingMissionId, C::Id]))
        .await?;
    manager
        .create_index(index(C::Table, [C::HostTerritory, C::Id]))
        .await?;
    manager.create_index(index(C::Table, [C::State, C::Id])).await
}

async fn persons(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Persons as P;
    let table = Table::create()
        .table(P::Table)
        .col(uuid(P::Id).primary_key())
        .col(uuid(P::CaseId))
        .col(integer(P::Position))
        .col(boolean(P::HeadOfHousehold))
        .col(text(P::FamilyName))
        .col(text(P::GivenNames))
        .col(date(P::DateOfBirth))
        .col(code(P::Sex))
        .col(code(P::Nationality))
        .col(optional(text(P::PlaceOfBirth)))
        .col(optional(text(P::ParentsNames)))
        .col(optional(text(P::Phone)))
        .col(optional(text(P::HostAddress)))
        .col(optional(text(P::AddressInCountryOfReturn)))
        .col(optional(code(P::Language)))
        .col(integer(P::Version))
        .foreign_key(&mut foreign_key(P::Table, P::CaseId, Cases::Table))
        .check(at_least(P::Table, P::Position, 0))
        .check(at_least(P::Table, P::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(index(P::Table, [P::CaseId, P::Position]))
        .await?;
    manager
        .create_index(index(P::Table, [P::Nationality, P::CaseId]))
        .await
}

async fn consents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Consents as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::Id).primary_key())
        .col(uuid(C::CaseId))
        .col(code(C::RecipientClass))
        .col(code(C::Purpose))
        .col(code(C::Category))
        .col(utc_timestamp(C::SignedAt))
        .col(optional(utc_timestamp(C::RevokedAt)))
        .foreign_key(&mut foreign_key(C::Table, C::CaseId, Cases::Table))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(index(C::Table, [C::CaseId, C::RecipientClass]))
        .await
}

async fn case_parties(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use CaseParties as P;
    let table = Table::create()
        .table(P::Table)
        .col(uuid(P::CaseId))
        .col(uuid(P::OrganisationId))
        .col(code(P::Relation))
        .col(utc_timestamp(P::Since))
        .col(optional(utc_timestamp(P::EndedAt)))
        .primary_key(&mut primary_key(P::Table, [P::CaseId, P::OrganisationId]))
        .foreign_key(&mut foreign_key(P::Table, P::CaseId, Cases::Table))
        .foreign_key(&mut foreign_key(P::Table, P::OrganisationId, Organisations))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(index(P::Table, [P::OrganisationId, P::CaseId]))
        .await
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
enum Cases {
    Table,
    Id,
    Reference,
    SendingMissionId,
    ReceivingMissionId,
    HostTerritory,
    CountryOfReturn,
    DestinationCity,
    State,
    ReturnMode,
    LegalStatus,
    MimosaReference,
    ApplicationSignedAt,
    VoluntarinessRecordedAt,
    DeclarationSignedAt,
    WithdrawalReason,
    OpenedAt,
    RegisteredAt,
    DepartedAt,
    ArrivedAt,
    EndedAt,
    Version,
}

#[derive(DeriveIden)]
enum Persons {
    Table,
    Id,
    CaseId,
    Position,
    HeadOfHousehold,
    FamilyName,
    GivenNames,
    DateOfBirth,
    Sex,
    Nationality,
    PlaceOfBirth,
    ParentsNames,
    Phone,
    HostAddress,
    AddressInCountryOfReturn,
    Language,
    Version,
}

#[derive(DeriveIden)]
enum Consents {
    Table,
    Id,
    CaseId,
    RecipientClass,
    Purpose,
    Category,
    SignedAt,
    RevokedAt,
}

#[derive(DeriveIden)]
enum CaseParties {
    Table,
    CaseId,
    OrganisationId,
    Relation,
    Since,
    EndedAt,
}
