//! Reintegration packages as they are agreed, delivered and followed up.

use crate::columns::{boolean, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, index};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in of_packages() {
            let table = Table::alter()
                .table(ReintegrationPackages::Table)
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        for column in of_items() {
            let table = Table::alter()
                .table(PackageItems::Table)
                .add_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        monitoring_contacts(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::drop().table(MonitoringContacts::Table).take();
        manager.drop_table(table).await?;
        for column in of_items() {
            let table = Table::alter()
                .table(PackageItems::Table)
                .drop_column(column.get_column_name())
                .take();
            manager.alter_table(table).await?;
        }
        for column in of_packages() {
            let table = Table::alter()
                .table(ReintegrationPackages::Table)
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

fn of_packages() -> Vec<ColumnDef> {
    use ReintegrationPackages as R;
    vec![
        boolean(R::CashAllowed).default(true).take(),
        integer(R::Revision).default(1).take(),
        optional(utc_timestamp(R::AgreedAt)),
        optional(text(R::DonorApproval)),
        optional(text(R::SuspendedFrom)),
        optional(text(R::SuspensionReason)),
        optional(uuid(R::TransferredToId)),
    ]
}

fn of_items() -> Vec<ColumnDef> {
    use PackageItems as P;
    vec![
        boolean(P::Exceptional).default(false).take(),
        optional(utc_timestamp(P::DeliveredAt)),
        optional(text(P::DeliveredBy)),
        optional(text(P::ReceiptReference)),
        optional(utc_timestamp(P::ReceiptVerifiedAt)),
    ]
}

async fn monitoring_contacts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use MonitoringContacts as M;
    let table = Table::create()
        .table(M::Table)
        .col(uuid(M::Id).primary_key())
        .col(uuid(M::ReintegrationPackageId))
        .col(uuid(M::CaseId))
        .col(code(M::Mode))
        .col(code(M::Result))
        .col(date(M::ContactedOn))
        .col(text(M::ContactedBy))
        .foreign_key(&mut foreign_key(
            M::Table,
            M::ReintegrationPackageId,
            ReintegrationPackages::Table,
        ))
        .foreign_key(&mut foreign_key(M::Table, M::CaseId, Cases))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(index(M::Table, [M::ReintegrationPackageId]))
        .await?;
    manager.create_index(index(M::Table, [M::CaseId])).await
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
enum ReintegrationPackages {
    Table,
    CashAllowed,
    Revision,
    AgreedAt,
    DonorApproval,
    SuspendedFrom,
    SuspensionReason,
    TransferredToId,
}

#[derive(DeriveIden)]
enum PackageItems {
    Table,
    Exceptional,
    DeliveredAt,
    DeliveredBy,
    ReceiptReference,
    ReceiptVerifiedAt,
}

#[derive(DeriveIden)]
enum MonitoringContacts {
    Table,
    Id,
    ReintegrationPackageId,
    CaseId,
    Mode,
    Result,
    ContactedOn,
    ContactedBy,
}
