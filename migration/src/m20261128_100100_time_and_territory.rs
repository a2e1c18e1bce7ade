//! Holds because of suspended operations and what they do to statutory periods; applications that lapse; which authorities
//! of a territory are asked and told.

use crate::columns::{boolean, date, integer, optional, text, utc_timestamp, uuid};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            let table = Table::alter().table(table).add_column(column).take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns().into_iter().rev() {
            let table = Table::alter()
                .table(table)
                .drop_column(column.get_column_name())
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Every new column with its table; each has a value for the rows that there are.
fn columns() -> Vec<(DynIden, ColumnDef)> {
    use Jurisdictions as J;
    let jurisdictions = [
        optional(uuid(J::AuthorityToAskId)),
        text(J::AuthoritiesToTell).default("[]").take(),
        boolean(J::SuspensionStopsPeriod).default(false).take(),
        optional(integer(J::ApplicationValidDays)),
        integer(J::FitnessWindowHours).default(72).take(),
    ];
    let mut columns: Vec<(DynIden, ColumnDef)> = jurisdictions
        .into_iter()
        .map(|column| (J::Table.into_iden(), column))
        .collect();
    columns.extend([
        (
            Cases::Table.into_iden(),
            optional(date(Cases::ApplicationValidUntil)),
        ),
        (
            CaseSuspensions::Table.into_iden(),
            optional(utc_timestamp(CaseSuspensions::HeldAt)),
        ),
        (
            CaseSuspensions::Table.into_iden(),
            optional(utc_timestamp(CaseSuspensions::ReleasedAt)),
        ),
        (
            StatutoryPeriods::Table.into_iden(),
            boolean(StatutoryPeriods::SuspensionStops).default(false).take(),
        ),
        (
            StatutoryExtensions::Table.into_iden(),
            optional(date(StatutoryExtensions::EndsOn)),
        ),
    ]);
    columns
}

#[derive(DeriveIden)]
enum Jurisdictions {
    Table,
    AuthorityToAskId,
    AuthoritiesToTell,
    SuspensionStopsPeriod,
    ApplicationValidDays,
    FitnessWindowHours,
}

#[derive(DeriveIden)]
enum Cases {
    Table,
    ApplicationValidUntil,
}

#[derive(DeriveIden)]
enum CaseSuspensions {
    Table,
    HeldAt,
    ReleasedAt,
}

#[derive(DeriveIden)]
enum StatutoryPeriods {
    Table,
    SuspensionStops,
}

#[derive(DeriveIden)]
enum StatutoryExtensions {
    Table,
    EndsOn,
}
