//! What differs from territory to territory, and when time alone changes something on a case.

use crate::columns::{code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, index, length_is, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Jurisdictions as J;
        let table = Table::create()
            .table(J::Table)
            .col(uuid(J::Id).primary_key())
            .col(code(J::Territory))
            .col(optional(code(J::ObjectionAuthority)))
            .col(optional(integer(J::SilentApprovalDays)))
            .col(integer(J::StatutoryDays))
            .col(integer(J::LongestExtensionDays))
            .col(text(J::WarningDays))
            .col(text(J::ToldOfRegistration))
            .col(text(J::ToldOfDeparture))
            .col(text(J::Currencies))
            .col(text(J::PointsOfExit))
            .col(integer(J::Version))
            .check(length_is(J::Table, J::Territory, 3))
            .check(at_least(J::Table, J::StatutoryDays, 1))
            .check(at_least(J::Table, J::Version, 1))
            .take();
        manager.create_table(table).await?;
        manager.create_index(unique(J::Table, [J::Territory])).await?;
        let due = optional(utc_timestamp(Cases::DueAt));
        let cases = Table::alter().table(Cases::Table).add_column(due).take();
        manager.alter_table(cases).await?;
        manager.create_index(index(Cases::Table, [Cases::DueAt])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let due = index(Cases::Table, [Cases::DueAt]);
        let name = due.get_index_spec().get_name().unwrap_or_default().to_owned();
        manager
            .drop_index(Index::drop().name(name).table(Cases::Table).to_owned())
            .await?;
        let cases = Table::alter()
            .table(Cases::Table)
            .drop_column(Cases::DueAt)
            .take();
        manager.alter_table(cases).await?;
        manager
            .drop_table(Table::drop().table(Jurisdictions::Table).take())
            .await
    }
}

#[derive(DeriveIden)]
enum Jurisdictions {
    Table,
    Id,
    Territory,
    ObjectionAuthority,
    SilentApprovalDays,
    StatutoryDays,
    LongestExtensionDays,
    WarningDays,
    ToldOfRegistration,
    ToldOfDeparture,
    Currencies,
    PointsOfExit,
    Version,
}

#[derive(DeriveIden)]
enum Cases {
    Table,
    DueAt,
}
