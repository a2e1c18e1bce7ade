//! The disclosure ledger: who was told what of whom, each entry chained to the one before, and nothing ever changed.

use crate::columns::{big_integer, code, integer, optional, text, utc_timestamp, uuid};
use crate::constraints::index;
use crate::triggers::{Rule, hold, release};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the database itself refuses, so that nothing is changed by mistake; what is changed on purpose, past these rules,
/// breaks the chain.
const RULES: [Rule; 4] = [
    Rule {
        table: "disclosures",
        name: "unchanged",
        event: "UPDATE",
        refused: "1 = 1",
        message: "an entry of the ledger is never changed",
    },
    Rule {
        table: "disclosures",
        name: "kept",
        event: "DELETE",
        refused: "1 = 1",
        message: "an entry of the ledger is never removed",
    },
    Rule {
        table: "ledger_heads",
        name: "follows",
        event: "UPDATE",
        refused: "NEW.sequence <= OLD.sequence OR NOT EXISTS (SELECT 1 FROM disclosures d WHERE d.id = NEW.entry_id \
                  AND d.sequence = NEW.sequence AND d.hash = NEW.hash)",
        message: "the head of the ledger follows its last entry",
    },
    Rule {
        table: "ledger_heads",
        name: "kept",
        event: "DELETE",
        refused: "1 = 1",
        message: "the head of the ledger is never removed",
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        disclosures(manager).await?;
        head(manager).await?;
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
            .drop_table(Table::drop().table(LedgerHeads::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(Disclosures::Table).take())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// No foreign keys: an entry outlives the rows that it tells of.
async fn disclosures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Disclosures as D;
    let table = Table::create()
        .table(D::Table)
        .col(uuid(D::Id).primary_key())
        .col(big_integer(D::Sequence))
        .col(utc_timestamp(D::DisclosedAt))
        .col(code(D::Means))
        .col(uuid(D::OrganisationId))
        .col(optional(uuid(D::ClientId)))
        .col(optional(text(D::Token)))
        .col(code(D::Purpose))
        .col(code(D::Relation))
        .col(code(D::RowType))
        .col(optional(uuid(D::RowId)))
        .col(optional(uuid(D::CaseId)))
        .col(optional(uuid(D::PersonId)))
        .col(text(D::Shown))
        .col(text(D::Masked))
        .col(code(D::PolicyVersion))
        .col(optional(text(D::RequestId)))
        .col(optional(uuid(D::BreakGlassId)))
        .col(optional(text(D::SnapshotSha256)))
        .col(code(D::Hash))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(D::Table, [D::CaseId, D::Id])).await?;
    manager.create_index(index(D::Table, [D::PersonId, D::Id])).await
}

/// One row, which whoever appends holds until it is done: so entries are numbered without gaps, whoever appends.
async fn head(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use LedgerHeads as H;
    let table = Table::create()
        .table(H::Table)
        .col(integer(H::Id).primary_key())
        .col(big_integer(H::Sequence))
        .col(optional(uuid(H::EntryId)))
        .col(text(H::Hash))
        .take();
    manager.create_table(table).await?;
    let empty = Query::insert()
        .into_table(H::Table)
        .columns([H::Id, H::Sequence, H::Hash])
        .values_panic([1.into(), 0_i64.into(), "".into()])
        .take();
    manager.execute(empty).await
}

#[derive(DeriveIden)]
enum Disclosures {
    Table,
    Id,
    Sequence,
    DisclosedAt,
    Means,
    OrganisationId,
    ClientId,
    Token,
    Purpose,
    Relation,
    RowType,
    RowId,
    CaseId,
    PersonId,
    Shown,
    Masked,
    PolicyVersion,
    RequestId,
    BreakGlassId,
    SnapshotSha256,
    Hash,
}

#[derive(DeriveIden)]
enum LedgerHeads {
    Table,
    Id,
    Sequence,
    EntryId,
    Hash,
}
