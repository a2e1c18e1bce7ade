//! What follows the return, and the rules for persons who were returned by force: no help with the removal (INV-01), and
//! no other before their country has admitted them (INV-02).

use crate::columns::{boolean, code, date, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, index};
use crate::triggers::{Rule, hold, release};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const NO_REMOVAL: &str = "no help with a removal";
const NOT_ADMITTED: &str = "no assistance before the admission";

/// The rules, in the order in which they come to hold.
const RULES: [Rule; 7] = [
    for_voluntary_returns_only("itineraries", "INSERT", "voluntary_only"),
    for_voluntary_returns_only("itineraries", "UPDATE OF case_id", "voluntary_only_moved"),
    for_voluntary_returns_only("travel_document_requests", "INSERT", "voluntary_only"),
    for_voluntary_returns_only(
        "travel_document_requests",
        "UPDATE OF case_id",
        "voluntary_only_moved",
    ),
    Rule {
        table: "cases",
        name: "forced_without_journey",
        event: "UPDATE OF return_mode",
        refused: "NEW.return_mode = 'FORCED' AND (\
                  EXISTS (SELECT 1 FROM itineraries WHERE itineraries.case_id = NEW.id) OR \
                  EXISTS (SELECT 1 FROM travel_document_requests WHERE travel_document_requests.case_id = NEW.id))",
        message: NO_REMOVAL,
    },
    after_admission_only("cash_grants"),
    after_admission_only("reintegration_packages"),
];

const fn for_voluntary_returns_only(table: &'static str, event: &'static str, name: &'static str) -> Rule {
    Rule {
        table,
        name,
        event,
        refused: "EXISTS (SELECT 1 FROM cases WHERE cases.id = NEW.case_id AND cases.return_mode = 'FORCED')",
        message: NO_REMOVAL,
    }
}

const fn after_admission_only(table: &'static str) -> Rule {
    Rule {
        table,
        name: "after_admission",
        event: "INSERT",
        refused: "EXISTS (SELECT 1 FROM cases WHERE cases.id = NEW.case_id AND cases.return_mode = 'FORCED') \
                  AND NOT EXISTS (SELECT 1 FROM aftercare WHERE aftercare.case_id = NEW.case_id \
                  AND aftercare.admitted_on IS NOT NULL)",
        message: NOT_ADMITTED,
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        aftercare(manager).await?;
        handovers(manager).await?;
        for rule in &RULES {
            hold(manager, rule).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for rule in RULES.iter().rev() {
            release(manager, rule).await?;
        }
        manager
            .drop_table(Table::drop().table(Handovers::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Aftercare::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn aftercare(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Aftercare as A;
    let table = Table::create()
        .table(A::Table)
        .col(uuid(A::CaseId).primary_key())
        .col(optional(date(A::AdmittedOn)))
        .col(optional(text(A::ReturningState)))
        .col(optional(utc_timestamp(A::CounselledAt)))
        .col(boolean(A::SatisfactionSurveyOffered))
        .col(optional(date(A::SustainabilitySurveyOn)))
        .col(optional(text(A::SustainabilitySurveyWaived)))
        .foreign_key(&mut foreign_key(A::Table, A::CaseId, Cases))
        .take();
    manager.create_table(table).await
}

async fn handovers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Handovers as H;
    let table = Table::create()
        .table(H::Table)
        .col(uuid(H::Id).primary_key())
        .col(uuid(H::CaseId))
        .col(uuid(H::PersonId))
        .col(text(H::HandedTo))
        .col(code(H::Relation))
        .col(utc_timestamp(H::HandedAt))
        .col(optional(text(H::AcceptedBy)))
        .col(optional(text(H::Refusal)))
        .foreign_key(&mut foreign_key(H::Table, H::CaseId, Cases))
        .foreign_key(&mut foreign_key(H::Table, H::PersonId, Persons))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(H::Table, [H::CaseId])).await
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Persons;

#[derive(DeriveIden)]
enum Aftercare {
    Table,
    CaseId,
    AdmittedOn,
    ReturningState,
    CounselledAt,
    SatisfactionSurveyOffered,
    SustainabilitySurveyOn,
    SustainabilitySurveyWaived,
}

#[derive(DeriveIden)]
enum Handovers {
    Table,
    Id,
    CaseId,
    PersonId,
    HandedTo,
    Relation,
    HandedAt,
    AcceptedBy,
    Refusal,
}
