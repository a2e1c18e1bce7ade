//! What returnees are asked afterwards, and where people were told of assisted return.

use crate::columns::{code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        survey_responses(manager).await?;
        outreach_visits(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let visits = Table::drop().table(OutreachVisits::Table).take();
        manager.drop_table(visits).await?;
        let responses = Table::drop().table(SurveyResponses::Table).take();
        manager.drop_table(responses).await
    }
}

async fn survey_responses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use SurveyResponses as S;
    let table = Table::create()
        .table(S::Table)
        .col(uuid(S::Id).primary_key())
        .col(uuid(S::CaseId))
        .col(uuid(S::PersonId))
        .col(code(S::Instrument))
        .col(code(S::InstrumentVersion))
        .col(integer(S::Round))
        .col(code(S::Outcome))
        .col(date(S::HeldOn))
        .col(code(S::Mode))
        .col(optional(text(S::Language)))
        .col(optional(code(S::OutsideWindow)))
        .col(text(S::Answers))
        .col(utc_timestamp(S::RecordedAt))
        .foreign_key(&mut foreign_key(S::Table, S::CaseId, Cases::Table))
        .foreign_key(&mut foreign_key(S::Table, S::PersonId, Persons::Table))
        .check(at_least(S::Table, S::Round, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(S::Table, [S::CaseId])).await?;
    let rounds = unique(S::Table, [S::PersonId, S::Instrument, S::Round]);
    manager.create_index(rounds).await
}

async fn outreach_visits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use OutreachVisits as V;
    let table = Table::create()
        .table(V::Table)
        .col(uuid(V::Id).primary_key())
        .col(uuid(V::OrganisationId))
        .col(code(V::Territory))
        .col(code(V::Location))
        .col(date(V::VisitedOn))
        .col(integer(V::Contacts))
        .col(utc_timestamp(V::RecordedAt))
        .foreign_key(&mut foreign_key(
            V::Table,
            V::OrganisationId,
            Organisations::Table,
        ))
        .check(length_is(V::Table, V::Territory, 3))
        .check(at_least(V::Table, V::Contacts, 0))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(V::Table, [V::OrganisationId])).await
}

#[derive(DeriveIden)]
enum SurveyResponses {
    Table,
    Id,
    CaseId,
    PersonId,
    Instrument,
    InstrumentVersion,
    Round,
    Outcome,
    HeldOn,
    Mode,
    Language,
    OutsideWindow,
    Answers,
    RecordedAt,
}

#[derive(DeriveIden)]
enum OutreachVisits {
    Table,
    Id,
    OrganisationId,
    Territory,
    Location,
    VisitedOn,
    Contacts,
    RecordedAt,
}

#[derive(DeriveIden)]
enum Cases {
    Table,
}

#[derive(DeriveIden)]
enum Persons {
    Table,
}

#[derive(DeriveIden)]
enum Organisations {
    Table,
}
