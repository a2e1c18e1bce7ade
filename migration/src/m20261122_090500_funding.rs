//! Who pays and how much: projects, grant rules, exchange rates, family units, and what a grant names of them.

use sea_orm_migration::prelude::*;

use crate::columns::{big_integer, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, length_is, not_before, primary_key, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        projects(manager).await?;
        project_missions(manager).await?;
        grant_rules(manager).await?;
        exchange_rates(manager).await?;
        families(manager).await?;
        for (table, column) in added() {
            let table = Table::alter().table(table).add_column(column).take();
            manager.alter_table(table).await?;
        }
        // Every case that is there already is a family of its own, which bears its id.
        let database = manager.get_connection();
        database
            .execute_unprepared("INSERT INTO families (id, opened_at) SELECT id, opened_at FROM cases")
            .await?;
        database
            .execute_unprepared("UPDATE cases SET family_id = id")
            .await?;
        manager
            .create_index(index(Cases::Table, [Cases::FamilyId]))
            .await?;
        grant_computations(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(GrantComputations::Table).take())
            .await?;
        manager
            .drop_index(
                Index::drop()
                    .name("idx_cases_family_id")
                    .table(Cases::Table)
                    .to_owned(),
            )
            .await?;
        for (table, column) in added() {
            let table = Table::alter()
                .table(table)
                .drop_column(column.get_column_name())
                .take();
            manager.alter_table(table).await?;
        }
        for table in [
            Families::Table.into_iden(),
            ExchangeRates::Table.into_iden(),
            GrantRules::Table.into_iden(),
            ProjectMissions::Table.into_iden(),
            Projects::Table.into_iden(),
        ] {
            manager.drop_table(Table::drop().table(table).take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The columns that tables of other migrations gain.
fn added() -> Vec<(DynIden, ColumnDef)> {
    use {CashGrants as G, Tranches as T};
    let funded = |table: DynIden| (table, optional(uuid(FundingProjectId)));
    let grant = |column| (G::Table.into_iden(), optional(column));
    let tranche = |column| (T::Table.into_iden(), optional(column));
    vec![
        (Cases::Table.into_iden(), optional(uuid(Cases::FamilyId))),
        funded(Cases::Table.into_iden()),
        funded(Itineraries.into_iden()),
        funded(ReintegrationPackages.into_iden()),
        funded(G::Table.into_iden()),
        grant(uuid(G::RuleId)),
        grant(big_integer(G::CountedMinor)),
        grant(code(G::CountedCurrency)),
        grant(uuid(G::ExchangeRateId)),
        grant(text(G::ProposedBy)),
        grant(text(G::ApprovedBy)),
        grant(text(G::DonorApproval)),
        grant(code(G::SingleTrancheReason)),
        grant(code(G::EndReason)),
        grant(code(G::Recovery)),
        tranche(uuid(T::PaidById)),
        tranche(code(T::EvidenceKind)),
        tranche(text(T::EvidenceReference)),
        tranche(text(T::ReceiptReference)),
        tranche(utc_timestamp(T::ReceiptedAt)),
        tranche(text(T::ReceiptedBy)),
        tranche(utc_timestamp(T::VerifiedAt)),
    ]
}

async fn projects(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Projects as P;
    let table = Table::create()
        .table(P::Table)
        .col(uuid(P::Id).primary_key())
        .col(code(P::Code))
        .col(text(P::Name))
        .col(text(P::Donor))
        .col(date(P::StartsOn))
        .col(date(P::EndsOn))
        .col(big_integer(P::BudgetMinor))
        .col(code(P::Currency))
        .col(optional(text(P::ManagementSite)))
        .col(optional(text(P::PrismReference)))
        .col(optional(text(P::WbsReference)))
        .col(integer(P::Version))
        .col(utc_timestamp(P::CreatedAt))
        .check(not_before(P::Table, P::EndsOn, P::StartsOn))
        .check(at_least(P::Table, P::BudgetMinor, 0))
        .check(length_is(P::Table, P::Currency, 3))
        .check(at_least(P::Table, P::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(unique(P::Table, [P::Code])).await
}

async fn project_missions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ProjectMissions as M;
    let table = Table::create()
        .table(M::Table)
        .col(uuid(M::ProjectId))
        .col(uuid(M::OrganisationId))
        .primary_key(&mut primary_key(M::Table, [M::ProjectId, M::OrganisationId]))
        .foreign_key(&mut foreign_key(M::Table, M::ProjectId, Projects::Table))
        .foreign_key(&mut foreign_key(M::Table, M::OrganisationId, Organisations))
        .take();
    manager.create_table(table).await
}

async fn grant_rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use GrantRules as R;
    let table = Table::create()
        .table(R::Table)
        .col(uuid(R::Id).primary_key())
        .col(code(R::Code))
        .col(uuid(R::ProjectId))
        .col(text(R::Nationalities))
        .col(date(R::ValidFrom))
        .col(optional(date(R::ValidTo)))
        .col(code(R::Currency))
        .col(big_integer(R::PersonMinor))
        .col(optional(big_integer(R::DependantMinor)))
        .col(optional(big_integer(R::FamilyCapMinor)))
        .col(optional(big_integer(R::ReturnAllowanceMinor)))
        .col(code(R::TranchePolicy))
        .col(code(R::SplitPolicy))
        .col(integer(R::Version))
        .col(utc_timestamp(R::CreatedAt))
        .foreign_key(&mut foreign_key(R::Table, R::ProjectId, Projects::Table))
        .check(not_before(R::Table, R::ValidTo, R::ValidFrom))
        .check(length_is(R::Table, R::Currency, 3))
        .check(at_least(R::Table, R::PersonMinor, 1))
        .check(at_least(R::Table, R::DependantMinor, 0))
        .check(at_least(R::Table, R::FamilyCapMinor, 1))
        .check(at_least(R::Table, R::ReturnAllowanceMinor, 1))
        .check(at_least(R::Table, R::Version, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(unique(R::Table, [R::Code])).await?;
    manager.create_index(index(R::Table, [R::ProjectId])).await
}

async fn exchange_rates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ExchangeRates as X;
    let table = Table::create()
        .table(X::Table)
        .col(uuid(X::Id).primary_key())
        .col(code(X::Base))
        .col(code(X::Quote))
        .col(big_integer(X::RateMicros))
        .col(date(X::ValidOn))
        .col(text(X::Source))
        .col(utc_timestamp(X::CreatedAt))
        .check(length_is(X::Table, X::Base, 3))
        .check(length_is(X::Table, X::Quote, 3))
        .check(at_least(X::Table, X::RateMicros, 1))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(X::Table, [X::Base, X::Quote, X::ValidOn]))
        .await
}

async fn families(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(Families::Table)
        .col(uuid(Families::Id).primary_key())
        .col(utc_timestamp(Families::OpenedAt))
        .take();
    manager.create_table(table).await
}

async fn grant_computations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use GrantComputations as C;
    let table = Table::create()
        .table(C::Table)
        .col(uuid(C::Id).primary_key())
        .col(uuid(C::CaseId))
        .col(uuid(C::CashGrantId))
        .col(uuid(C::RuleId))
        .col(utc_timestamp(C::ComputedAt))
        .col(integer(C::Persons))
        .col(code(C::Currency))
        .col(big_integer(C::PersonMinor))
        .col(big_integer(C::HouseholdMinor))
        .col(optional(big_integer(C::FamilyCapMinor)))
        .col(big_integer(C::ShareMinor))
        .col(big_integer(C::ToFamilyMinor))
        .col(big_integer(C::ToPersonMinor))
        .col(big_integer(C::EntitlementMinor))
        .foreign_key(&mut foreign_key(C::Table, C::CaseId, Cases::Table))
        .foreign_key(&mut foreign_key(C::Table, C::CashGrantId, CashGrants::Table))
        .foreign_key(&mut foreign_key(C::Table, C::RuleId, GrantRules::Table))
        .check(at_least(C::Table, C::Persons, 1))
        .check(length_is(C::Table, C::Currency, 3))
        .check(at_least(C::Table, C::EntitlementMinor, 0))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(C::Table, [C::CaseId])).await?;
    manager.create_index(index(C::Table, [C::CashGrantId])).await
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Itineraries;

#[derive(DeriveIden)]
struct ReintegrationPackages;

#[derive(DeriveIden)]
struct FundingProjectId;

#[derive(DeriveIden)]
enum Cases {
    Table,
    FamilyId,
}

#[derive(DeriveIden)]
enum CashGrants {
    Table,
    RuleId,
    CountedMinor,
    CountedCurrency,
    ExchangeRateId,
    ProposedBy,
    ApprovedBy,
    DonorApproval,
    SingleTrancheReason,
    EndReason,
    Recovery,
}

#[derive(DeriveIden)]
enum Tranches {
    Table,
    PaidById,
    EvidenceKind,
    EvidenceReference,
    ReceiptReference,
    ReceiptedAt,
    ReceiptedBy,
    VerifiedAt,
}

#[derive(DeriveIden)]
enum Projects {
    Table,
    Id,
    Code,
    Name,
    Donor,
    StartsOn,
    EndsOn,
    BudgetMinor,
    Currency,
    ManagementSite,
    PrismReference,
    WbsReference,
    Version,
    CreatedAt,
}

#[derive(DeriveIden)]
enum ProjectMissions {
    Table,
    ProjectId,
    OrganisationId,
}

#[derive(DeriveIden)]
enum GrantRules {
    Table,
    Id,
    Code,
    ProjectId,
    Nationalities,
    ValidFrom,
    ValidTo,
    Currency,
    PersonMinor,
    DependantMinor,
    FamilyCapMinor,
    ReturnAllowanceMinor,
    TranchePolicy,
    SplitPolicy,
    Version,
    CreatedAt,
}

#[derive(DeriveIden)]
enum ExchangeRates {
    Table,
    Id,
    Base,
    Quote,
    RateMicros,
    ValidOn,
    Source,
    CreatedAt,
}

#[derive(DeriveIden)]
enum Families {
    Table,
    Id,
    OpenedAt,
}

#[derive(DeriveIden)]
enum GrantComputations {
    Table,
    Id,
    CaseId,
    CashGrantId,
    RuleId,
    ComputedAt,
    Persons,
    Currency,
    PersonMinor,
    HouseholdMinor,
    FamilyCapMinor,
    ShareMinor,
    ToFamilyMinor,
    ToPersonMinor,
    EntitlementMinor,
}
