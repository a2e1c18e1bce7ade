//! What missions record of the programme itself: trainings, campaigns, surveys among partners, and whom outreach serves.

use crate::columns::{code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, not_before};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use OutreachVisits as V;
        trainings(manager).await?;
        campaign_reports(manager).await?;
        partner_surveys(manager).await?;
        let populations = text(V::Populations).default("[]").take();
        let table = Table::alter().table(V::Table).add_column(populations).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use OutreachVisits as V;
        let table = Table::alter().table(V::Table).drop_column(V::Populations).take();
        manager.alter_table(table).await?;
        let surveys = Table::drop().table(PartnerSurveys::Table).take();
        manager.drop_table(surveys).await?;
        let reports = Table::drop().table(CampaignReports::Table).take();
        manager.drop_table(reports).await?;
        let trainings = Table::drop().table(Trainings::Table).take();
        manager.drop_table(trainings).await
    }
}

async fn trainings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Trainings as T;
    let table = Table::create()
        .table(T::Table)
        .col(uuid(T::Id).primary_key())
        .col(uuid(T::OrganisationId))
        .col(code(T::Topic))
        .col(code(T::Territory))
        .col(optional(text(T::Venue)))
        .col(date(T::HeldOn))
        .col(code(T::State))
        .col(integer(T::StaffParticipants))
        .col(integer(T::PartnerParticipants))
        .col(optional(text(T::ListReference)))
        .col(optional(integer(T::SheetsReturned)))
        .col(optional(integer(T::SheetsBetter)))
        .col(utc_timestamp(T::RecordedAt))
        .col(integer(T::Version))
        .foreign_key(&mut foreign_key(T::Table, T::OrganisationId, Organisations))
        .check(length_is(T::Table, T::Territory, 3))
        .check(at_least(T::Table, T::StaffParticipants, 0))
        .check(at_least(T::Table, T::PartnerParticipants, 0))
        .check(at_least(T::Table, T::SheetsReturned, 0))
        .check(at_least(T::Table, T::SheetsBetter, 0))
        .check(at_least(T::Table, T::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(T::Table, [T::OrganisationId])).await
}

async fn campaign_reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use CampaignReports as R;
    let table = Table::create()
        .table(R::Table)
        .col(uuid(R::Id).primary_key())
        .col(uuid(R::OrganisationId))
        .col(code(R::Territory))
        .col(code(R::Platform))
        .col(date(R::FromOn))
        .col(date(R::ToOn))
        .col(integer(R::Reached))
        .col(integer(R::Engaged))
        .col(code(R::Source))
        .col(utc_timestamp(R::RecordedAt))
        .foreign_key(&mut foreign_key(R::Table, R::OrganisationId, Organisations))
        .check(length_is(R::Table, R::Territory, 3))
        .check(not_before(R::Table, R::ToOn, R::FromOn))
        .check(at_least(R::Table, R::Reached, 0))
        .check(at_least(R::Table, R::Engaged, 0))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(R::Table, [R::OrganisationId])).await
}

async fn partner_surveys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PartnerSurveys as S;
    let table = Table::create()
        .table(S::Table)
        .col(uuid(S::Id).primary_key())
        .col(uuid(S::OrganisationId))
        .col(date(S::HeldOn))
        .col(code(S::Respondents))
        .col(integer(S::Invited))
        .col(integer(S::Answered))
        .col(optional(integer(S::Enabling)))
        .col(integer(S::Applying))
        .col(utc_timestamp(S::RecordedAt))
        .foreign_key(&mut foreign_key(S::Table, S::OrganisationId, Organisations))
        .check(at_least(S::Table, S::Invited, 0))
        .check(at_least(S::Table, S::Answered, 0))
        .check(at_least(S::Table, S::Enabling, 0))
        .check(at_least(S::Table, S::Applying, 0))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(S::Table, [S::OrganisationId])).await
}

#[derive(DeriveIden)]
enum Trainings {
    Table,
    Id,
    OrganisationId,
    Topic,
    Territory,
    Venue,
    HeldOn,
    State,
    StaffParticipants,
    PartnerParticipants,
    ListReference,
    SheetsReturned,
    SheetsBetter,
    RecordedAt,
    Version,
}

#[derive(DeriveIden)]
enum CampaignReports {
    Table,
    Id,
    OrganisationId,
    Territory,
    Platform,
    FromOn,
    ToOn,
    Reached,
    Engaged,
    Source,
    RecordedAt,
}

#[derive(DeriveIden)]
enum PartnerSurveys {
    Table,
    Id,
    OrganisationId,
    HeldOn,
    Respondents,
    Invited,
    Answered,
    Enabling,
    Applying,
    RecordedAt,
}

#[derive(DeriveIden)]
enum OutreachVisits {
    Table,
    Populations,
}

#[derive(DeriveIden)]
struct Organisations;
