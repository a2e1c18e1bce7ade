//! What is counted of persons, and what of it has been published: facts beside the rows that they follow from, and cells
//! of tables that never change once they are out.

use crate::columns::{big_integer, boolean, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, primary_key};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reports = Table::alter()
            .table(Projects::Table)
            .add_column(optional(integer(Projects::ReportingMonths)))
            .take();
        manager.alter_table(reports).await?;
        cohorts(manager).await?;
        batches(manager).await?;
        facts(manager).await?;
        cells(manager).await?;
        let head = Table::create()
            .table(PublicationHeads::Table)
            .col(integer(PublicationHeads::Id).primary_key())
            .col(optional(code(PublicationHeads::ClosedMonth)))
            .col(big_integer(PublicationHeads::Version))
            .col(optional(utc_timestamp(PublicationHeads::PublishedAt)))
            .take();
        manager.create_table(head).await?;
        let first = Query::insert()
            .into_table(PublicationHeads::Table)
            .columns([PublicationHeads::Id, PublicationHeads::Version])
            .values_panic([1.into(), 0_i64.into()])
            .take();
        manager.execute(first).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            PublicationHeads::Table.into_iden(),
            PublicationCells::Table.into_iden(),
            PersonFacts::Table.into_iden(),
            PublicationBatches::Table.into_iden(),
            PublicationCohorts::Table.into_iden(),
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        let reports = Table::alter()
            .table(Projects::Table)
            .drop_column(Projects::ReportingMonths)
            .take();
        manager.alter_table(reports).await
    }
}

async fn facts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PersonFacts as F;
    let table = Table::create()
        .table(F::Table)
        .col(uuid(F::PersonId))
        .col(code(F::Measure))
        .col(uuid(F::CaseId))
        .col(date(F::OccurredOn))
        .col(code(F::OccurredMonth))
        .col(boolean(F::Met))
        .col(boolean(F::CountsCase))
        .col(optional(uuid(F::ProjectId)))
        .col(code(F::HostTerritory))
        .col(code(F::CountryOfReturn))
        .col(code(F::Nationality))
        .col(code(F::Sex))
        .col(code(F::AgeBand))
        .col(code(F::LegalStatus))
        .col(code(F::Vulnerability))
        .col(code(F::ReturnMode))
        .col(boolean(F::Withdrawn))
        .col(optional(uuid(F::BatchId)))
        .primary_key(&mut primary_key(F::Table, [F::PersonId, F::Measure]))
        .foreign_key(&mut foreign_key(F::Table, F::PersonId, Persons::Table))
        .foreign_key(&mut foreign_key(F::Table, F::CaseId, Cases::Table))
        .foreign_key(&mut foreign_key(F::Table, F::ProjectId, Projects::Table))
        .foreign_key(&mut foreign_key(F::Table, F::BatchId, PublicationBatches::Table))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(F::Table, [F::CaseId])).await?;
    manager
        .create_index(index(F::Table, [F::BatchId, F::OccurredMonth]))
        .await?;
    manager
        .create_index(index(F::Table, [F::Measure, F::ProjectId, F::OccurredMonth]))
        .await
}

async fn cohorts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublicationCohorts as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::Id).primary_key())
        .col(code(C::Measure))
        .col(optional(uuid(C::ProjectId)))
        .col(code(C::FromMonth))
        .col(code(C::ToMonth))
        .col(big_integer(C::Persons))
        .col(big_integer(C::Cases))
        .col(big_integer(C::Met))
        .col(utc_timestamp(C::PublishedAt))
        .foreign_key(&mut foreign_key(C::Table, C::ProjectId, Projects::Table))
        .check(at_least(C::Table, C::Persons, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(index(C::Table, [C::Measure, C::ToMonth]))
        .await
}

async fn batches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublicationBatches as B;
    let table = Table::create()
        .table(B::Table)
        .col(uuid(B::Id).primary_key())
        .col(optional(uuid(B::CohortId)))
        .col(code(B::Measure))
        .col(optional(uuid(B::ProjectId)))
        .col(code(B::FromMonth))
        .col(code(B::ToMonth))
        .col(big_integer(B::Persons))
        .col(big_integer(B::Cases))
        .col(big_integer(B::Met))
        .col(utc_timestamp(B::PublishedAt))
        .foreign_key(&mut foreign_key(B::Table, B::ProjectId, Projects::Table))
        .foreign_key(&mut foreign_key(B::Table, B::CohortId, PublicationCohorts::Table))
        .check(at_least(B::Table, B::Persons, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(index(B::Table, [B::Measure, B::ToMonth]))
        .await
}

async fn cells(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PublicationCells as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::CohortId))
        .col(code(C::Audience))
        .col(code(C::Tree))
        .col(integer(C::Position))
        .col(optional(code(C::Key1)))
        .col(optional(code(C::Key2)))
        .col(optional(code(C::Key3)))
        .col(text(C::Withheld))
        .col(big_integer(C::Persons))
        .col(big_integer(C::Cases))
        .col(big_integer(C::Met))
        .primary_key(&mut primary_key(
            C::Table,
            [C::CohortId, C::Audience, C::Tree, C::Position],
        ))
        .foreign_key(&mut foreign_key(C::Table, C::CohortId, PublicationCohorts::Table))
        .take();
    manager.create_table(table).await
}

#[derive(DeriveIden)]
enum PersonFacts {
    Table,
    PersonId,
    Measure,
    CaseId,
    OccurredOn,
    OccurredMonth,
    Met,
    CountsCase,
    ProjectId,
    HostTerritory,
    CountryOfReturn,
    Nationality,
    Sex,
    AgeBand,
    LegalStatus,
    Vulnerability,
    ReturnMode,
    Withdrawn,
    BatchId,
}

#[derive(DeriveIden)]
enum PublicationCohorts {
    Table,
    Id,
    Measure,
    ProjectId,
    FromMonth,
    ToMonth,
    Persons,
    Cases,
    Met,
    PublishedAt,
}

#[derive(DeriveIden)]
enum PublicationBatches {
    Table,
    Id,
    CohortId,
    Measure,
    ProjectId,
    FromMonth,
    ToMonth,
    Persons,
    Cases,
    Met,
    PublishedAt,
}

#[derive(DeriveIden)]
enum PublicationCells {
    Table,
    CohortId,
    Audience,
    Tree,
    Position,
    #[sea_orm(iden = "key_1")]
    Key1,
    #[sea_orm(iden = "key_2")]
    Key2,
    #[sea_orm(iden = "key_3")]
    Key3,
    Withheld,
    Persons,
    Cases,
    Met,
}

#[derive(DeriveIden)]
enum PublicationHeads {
    Table,
    Id,
    ClosedMonth,
    Version,
    PublishedAt,
}

#[derive(DeriveIden)]
enum Projects {
    Table,
    ReportingMonths,
}

#[derive(DeriveIden)]
enum Persons {
    Table,
}

#[derive(DeriveIden)]
enum Cases {
    Table,
}
