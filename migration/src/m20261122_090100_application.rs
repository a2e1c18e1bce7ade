//! From the first conversation to the departure: the application, counselling, objection checks, statutory periods.

use crate::columns::{boolean, code, date, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What a case is told of its application.
fn facts() -> Vec<ColumnDef> {
    use Cases as C;
    vec![
        text(C::IntakeChannel).default("SELF").take(),
        optional(uuid(C::ReferredById)),
        optional(text(C::ReturnDecisionNumber)),
        optional(date(C::ReturnDecisionIssuedOn)),
        optional(text(C::ReturnDecisionAuthority)),
        optional(boolean(C::ReturnDecisionMentionsAvrr)),
        optional(text(C::Eligibility)),
        optional(text(C::IneligibilityReason)),
        optional(utc_timestamp(C::EligibilityDecidedAt)),
        optional(utc_timestamp(C::VulnerabilityAssessedAt)),
        optional(text(C::LegalDecisionMaker)),
        optional(text(C::DataExchangeForm)),
        optional(date(C::PreferredFrom)),
        optional(date(C::PreferredTo)),
        optional(text(C::HeldFrom)),
        optional(text(C::HoldReason)),
        optional(text(C::TerminationReason)),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in facts() {
            let table = Table::alter().table(Cases::Table).add_column(column).take();
            manager.alter_table(table).await?;
        }
        let signatory = text(Consents::SignedBy).default("SELF").take();
        let consents = Table::alter().table(Consents::Table).add_column(signatory).take();
        manager.alter_table(consents).await?;
        counselling(manager).await?;
        objections(manager).await?;
        periods(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            Table::drop().table(StatutoryExtensions::Table).take(),
            Table::drop().table(StatutoryPeriods::Table).take(),
            Table::drop().table(ObjectionChecks::Table).take(),
            Table::drop().table(CounsellingSessions::Table).take(),
        ];
        for table in tables {
            manager.drop_table(table).await?;
        }
        let signatory = Table::alter()
            .table(Consents::Table)
            .drop_column(Consents::SignedBy)
            .take();
        manager.alter_table(signatory).await?;
        for column in facts().into_iter().rev() {
            let name = column.get_column_name();
            let table = Table::alter()
                .table(Cases::Table)
                .drop_column(Alias::new(name))
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn counselling(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use CounsellingSessions as S;
    let table = Table::create()
        .table(S::Table)
        .col(uuid(S::Id).primary_key())
        .col(uuid(S::CaseId))
        .col(code(S::Kind))
        .col(code(S::Mode))
        .col(code(S::Language))
        .col(boolean(S::Understood))
        .col(boolean(S::Interpreter))
        .col(optional(text(S::FacilityKind)))
        .col(date(S::HeldOn))
        .foreign_key(&mut foreign_key(S::Table, S::CaseId, Cases::Table))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(S::Table, [S::CaseId, S::Id])).await
}

async fn objections(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ObjectionChecks as O;
    let table = Table::create()
        .table(O::Table)
        .col(uuid(O::Id).primary_key())
        .col(uuid(O::CaseId))
        .col(uuid(O::AuthorityId))
        .col(code(O::State))
        .col(utc_timestamp(O::RequestedAt))
        .col(optional(utc_timestamp(O::SilentFrom)))
        .col(optional(utc_timestamp(O::DecidedAt)))
        .col(optional(text(O::Ground)))
        .foreign_key(&mut foreign_key(O::Table, O::CaseId, Cases::Table))
        .foreign_key(&mut foreign_key(O::Table, O::AuthorityId, Organisations))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(O::Table, [O::CaseId, O::Id])).await
}

async fn periods(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use StatutoryExtensions as E;
    use StatutoryPeriods as P;
    let table = Table::create()
        .table(P::Table)
        .col(uuid(P::Id).primary_key())
        .col(uuid(P::CaseId))
        .col(utc_timestamp(P::StartedAt))
        .col(integer(P::Days))
        .col(text(P::WarningDays))
        .col(integer(P::Warned))
        .col(optional(text(P::Exceeded)))
        .foreign_key(&mut foreign_key(P::Table, P::CaseId, Cases::Table))
        .check(at_least(P::Table, P::Days, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(P::Table, [P::CaseId, P::Id])).await?;
    let table = Table::create()
        .table(E::Table)
        .col(uuid(E::Id).primary_key())
        .col(uuid(E::CaseId))
        .col(uuid(E::StatutoryPeriodId))
        .col(integer(E::Days))
        .col(code(E::Reason))
        .col(date(E::ConfirmedOn))
        .col(uuid(E::RecordedById))
        .foreign_key(&mut foreign_key(E::Table, E::CaseId, Cases::Table))
        .foreign_key(&mut foreign_key(E::Table, E::StatutoryPeriodId, P::Table))
        .foreign_key(&mut foreign_key(E::Table, E::RecordedById, Organisations))
        .check(at_least(E::Table, E::Days, 1))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(E::Table, [E::CaseId, E::Id])).await
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
enum Cases {
    Table,
    IntakeChannel,
    ReferredById,
    ReturnDecisionNumber,
    ReturnDecisionIssuedOn,
    ReturnDecisionAuthority,
    ReturnDecisionMentionsAvrr,
    Eligibility,
    IneligibilityReason,
    EligibilityDecidedAt,
    VulnerabilityAssessedAt,
    LegalDecisionMaker,
    DataExchangeForm,
    PreferredFrom,
    PreferredTo,
    HeldFrom,
    HoldReason,
    TerminationReason,
}

#[derive(DeriveIden)]
enum Consents {
    Table,
    SignedBy,
}

#[derive(DeriveIden)]
enum CounsellingSessions {
    Table,
    Id,
    CaseId,
    Kind,
    Mode,
    Language,
    Understood,
    Interpreter,
    FacilityKind,
    HeldOn,
}

#[derive(DeriveIden)]
enum ObjectionChecks {
    Table,
    Id,
    CaseId,
    AuthorityId,
    State,
    RequestedAt,
    SilentFrom,
    DecidedAt,
    Ground,
}

#[derive(DeriveIden)]
enum StatutoryPeriods {
    Table,
    Id,
    CaseId,
    StartedAt,
    Days,
    WarningDays,
    Warned,
    Exceeded,
}

#[derive(DeriveIden)]
enum StatutoryExtensions {
    Table,
    Id,
    CaseId,
    StatutoryPeriodId,
    Days,
    Reason,
    ConfirmedOn,
    RecordedById,
}
