//! What an inbox proves of itself, and how long it keeps what: the hash chain of each inbox, when a notice was first handed
//! over, which notices a later one takes back, and notices whose subject was erased before their envelope.
//!
//! SQLite cannot let a column be empty that had to hold something, so there the table is made anew with its rows. The way
//! down leaves the column as it is, which holds whatever the program before puts there.

use crate::columns::{big_integer, code, optional, text, utc_timestamp, uuid};
use crate::constraints::{at_least, foreign_key, index, unique};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use InboxHeads as H;
        for column in [
            optional(text(H::Chain)),
            big_integer(H::OldestSequence).default(1).take(),
            optional(text(H::OldestChain)),
        ] {
            let alter = Table::alter().table(H::Table).add_column(column).take();
            manager.alter_table(alter).await?;
        }
        if manager.get_database_backend() == DbBackend::Sqlite {
            make_anew(manager).await?;
        } else {
            let connection = manager.get_connection();
            connection
                .execute_unprepared("ALTER TABLE notices ALTER COLUMN case_id DROP NOT NULL")
                .await?;
            for column in new_columns() {
                let alter = Table::alter().table(Notices::Table).add_column(column).take();
                manager.alter_table(alter).await?;
            }
        }
        manager
            .create_index(index(Notices::Table, [Notices::SupersededById]))
            .await?;
        manager
            .create_index(index(Notices::Table, [Notices::RetractedById]))
            .await?;
        // What operators watch: the oldest of each type that waits. Most notices do not, so the index stays small.
        let waiting = "CREATE INDEX idx_notices_kind_occurred_at ON notices (kind, occurred_at) WHERE acknowledged_at IS NULL";
        manager.get_connection().execute_unprepared(waiting).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use Notices as N;
        let indexes = [
            "idx_notices_superseded_by_id",
            "idx_notices_retracted_by_id",
            "idx_notices_kind_occurred_at",
        ];
        for name in indexes {
            let drop = Index::drop().name(name).table(N::Table).to_owned();
            manager.drop_index(drop).await?;
        }
        let connection = manager.get_connection();
        // The program before knows no notice without a case.
        connection
            .execute_unprepared(
                "UPDATE notices SET superseded_by_id = NULL WHERE superseded_by_id IN \
                 (SELECT id FROM notices WHERE case_id IS NULL)",
            )
            .await?;
        connection
            .execute_unprepared("DELETE FROM notices WHERE case_id IS NULL")
            .await?;
        for column in [N::DeliveredAt, N::DeliveredVia, N::RetractedById, N::RemindsOfId] {
            let alter = Table::alter().table(N::Table).drop_column(column).take();
            manager.alter_table(alter).await?;
        }
        for column in [
            InboxHeads::Chain,
            InboxHeads::OldestSequence,
            InboxHeads::OldestChain,
        ] {
            let alter = Table::alter().table(InboxHeads::Table).drop_column(column).take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// No foreign keys: what a notice refers to may be gone before it.
fn new_columns() -> [ColumnDef; 4] {
    use Notices as N;
    [
        optional(utc_timestamp(N::DeliveredAt)),
        optional(code(N::DeliveredVia)),
        optional(uuid(N::RetractedById)),
        optional(uuid(N::RemindsOfId)),
    ]
}

async fn make_anew(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use Notices as N;
    let mut table = Table::create();
    table
        .table(NoticesAnew)
        .col(uuid(N::Id).primary_key())
        .col(uuid(N::RecipientId))
        .col(big_integer(N::Sequence))
        .col(code(N::Kind))
        .col(text(N::Topic))
        .col(utc_timestamp(N::OccurredAt))
        .col(optional(uuid(N::CaseId)))
        .col(optional(uuid(N::ItineraryId)))
        .col(optional(uuid(N::TravelDocumentRequestId)))
        .col(optional(uuid(N::CashGrantId)))
        .col(optional(uuid(N::SupersededById)))
        .col(optional(utc_timestamp(N::RetractedAt)))
        .col(optional(utc_timestamp(N::AcknowledgedAt)))
        .col(optional(uuid(N::AcknowledgedBy)))
        .col(optional(text(N::AcknowledgementNote)))
        .foreign_key(&mut foreign_key(N::Table, N::RecipientId, Organisations))
        .foreign_key(&mut foreign_key(N::Table, N::CaseId, Cases))
        .foreign_key(&mut foreign_key(N::Table, N::ItineraryId, Itineraries))
        .foreign_key(&mut foreign_key(
            N::Table,
            N::TravelDocumentRequestId,
            TravelDocumentRequests,
        ))
        .foreign_key(&mut foreign_key(N::Table, N::CashGrantId, CashGrants))
        // Follows the table when it takes the old one's name.
        .foreign_key(&mut foreign_key(N::Table, N::SupersededById, NoticesAnew))
        .foreign_key(&mut foreign_key(N::Table, N::AcknowledgedBy, Clients))
        .check(at_least(N::Table, N::Sequence, 1));
    for mut column in new_columns() {
        table.col(&mut column);
    }
    manager.create_table(table).await?;
    let columns = "id, recipient_id, sequence, kind, topic, occurred_at, case_id, itinerary_id, \
                   travel_document_request_id, cash_grant_id, superseded_by_id, retracted_at, acknowledged_at, \
                   acknowledged_by, acknowledgement_note";
    let connection = manager.get_connection();
    let copy = format!("INSERT INTO notices_anew ({columns}) SELECT {columns} FROM notices");
    connection.execute_unprepared(&copy).await?;
    manager.drop_table(Table::drop().table(N::Table).take()).await?;
    manager
        .rename_table(Table::rename().table(NoticesAnew, N::Table).take())
        .await?;
    manager
        .create_index(unique(N::Table, [N::RecipientId, N::Sequence]))
        .await?;
    manager
        .create_index(index(N::Table, [N::CaseId, N::RecipientId]))
        .await
}

#[derive(DeriveIden)]
struct Organisations;

#[derive(DeriveIden)]
struct Clients;

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Itineraries;

#[derive(DeriveIden)]
struct TravelDocumentRequests;

#[derive(DeriveIden)]
struct CashGrants;

#[derive(DeriveIden)]
struct NoticesAnew;

#[derive(DeriveIden)]
enum InboxHeads {
    Table,
    Chain,
    OldestSequence,
    OldestChain,
}

#[derive(DeriveIden)]
enum Notices {
    Table,
    Id,
    RecipientId,
    Sequence,
    Kind,
    Topic,
    OccurredAt,
    CaseId,
    ItineraryId,
    TravelDocumentRequestId,
    CashGrantId,
    SupersededById,
    RetractedAt,
    AcknowledgedAt,
    AcknowledgedBy,
    AcknowledgementNote,
    DeliveredAt,
    DeliveredVia,
    RetractedById,
    RemindsOfId,
}
