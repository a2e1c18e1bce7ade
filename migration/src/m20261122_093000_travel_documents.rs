//! The way of a travel document: what a post asks besides, appointments, where the document is, what was disclosed; and
//! documents that persons hold without IOM's asking.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::columns::{boolean, code, date, optional, text, utc_timestamp, uuid};
use crate::constraints::{foreign_key, index, length_is, not_before, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        requests(manager).await?;
        information_requests(manager).await?;
        consular_interviews(manager).await?;
        custody_entries(manager).await?;
        personal_documents(manager).await?;
        disclosure_snapshots(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(DisclosureSnapshots::Table).take())
            .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            let function = "DROP FUNCTION disclosure_snapshots_never_change()";
            manager.get_connection().execute_unprepared(function).await?;
        }
        manager
            .drop_table(Table::drop().table(PersonalDocuments::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(CustodyEntries::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(ConsularInterviews::Table).take())
            .await?;
        manager
            .drop_table(Table::drop().table(InformationRequests::Table).take())
            .await?;
        for column in NEW_OF_REQUESTS {
            let table = Table::alter()
                .table(TravelDocumentRequests::Table)
                .drop_column(column)
                .take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

use TravelDocumentRequests as T;

const NEW_OF_REQUESTS: [T; 5] = [
    T::StateSince,
    T::DocumentIssuingState,
    T::DocumentSingleJourney,
    T::DocumentDestinationOnly,
    T::DocumentMrz,
];

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        optional(utc_timestamp(T::StateSince)),
        optional(code(T::DocumentIssuingState)),
        optional(boolean(T::DocumentSingleJourney)),
        optional(boolean(T::DocumentDestinationOnly)),
        optional(text(T::DocumentMrz)),
    ];
    for mut column in columns {
        let table = Table::alter().table(T::Table).add_column(column.take()).take();
        manager.alter_table(table).await?;
    }
    // Requests that were made before came into their state with the last of the steps that they remember.
    let last = Func::coalesce([
        Expr::col(T::EndedAt),
        Expr::col(T::NationalityConfirmedAt),
        Expr::col(T::AcknowledgedAt),
        Expr::col(T::SubmittedAt),
    ]);
    let since = Query::update()
        .table(T::Table)
        .value(T::StateSince, last)
        .to_owned();
    manager.execute(since).await?;
    let issuer = Query::select()
        .column(Organisations::SendingState)
        .from(Organisations::Table)
        .and_where(Expr::col((Organisations::Table, Organisations::Id)).equals((T::Table, T::ConsularPostId)))
        .to_owned();
    let for_one_journey = || Expr::col(T::DocumentType).ne("PASSPORT");
    let documents = Query::update()
        .table(T::Table)
        .value(
            T::DocumentIssuingState,
            SimpleExpr::SubQuery(None, Box::new(issuer.into())),
        )
        .value(T::DocumentSingleJourney, for_one_journey())
        .value(T::DocumentDestinationOnly, for_one_journey())
        .and_where(Expr::col(T::DocumentType).is_not_null())
        .to_owned();
    manager.execute(documents).await
}

async fn information_requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use InformationRequests as I;
    let table = Table::create()
        .table(I::Table)
        .col(uuid(I::Id).primary_key())
        .col(uuid(I::CaseId))
        .col(uuid(I::TravelDocumentRequestId))
        .col(utc_timestamp(I::AskedAt))
        .col(text(I::Items))
        .col(optional(text(I::Question)))
        .col(optional(utc_timestamp(I::AnsweredAt)))
        .col(optional(text(I::Answer)))
        .foreign_key(&mut foreign_key(I::Table, I::CaseId, Cases))
        .foreign_key(&mut foreign_key(I::Table, I::TravelDocumentRequestId, T::Table))
        .check(not_before(I::Table, I::AnsweredAt, I::AskedAt))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(I::Table, [I::CaseId])).await?;
    manager
        .create_index(index(I::Table, [I::TravelDocumentRequestId]))
        .await
}

async fn consular_interviews(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use ConsularInterviews as A;
    let table = Table::create()
        .table(A::Table)
        .col(uuid(A::Id).primary_key())
        .col(uuid(A::CaseId))
        .col(uuid(A::TravelDocumentRequestId))
        .col(utc_timestamp(A::ScheduledAt))
        .col(utc_timestamp(A::At))
        .col(code(A::Mode))
        .col(optional(text(A::Place)))
        .foreign_key(&mut foreign_key(A::Table, A::CaseId, Cases))
        .foreign_key(&mut foreign_key(A::Table, A::TravelDocumentRequestId, T::Table))
        .check(not_before(A::Table, A::At, A::ScheduledAt))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(A::Table, [A::CaseId])).await?;
    manager
        .create_index(index(A::Table, [A::TravelDocumentRequestId]))
        .await
}

async fn custody_entries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use CustodyEntries as E;
    let table = Table::create()
        .table(E::Table)
        .col(uuid(E::Id).primary_key())
        .col(uuid(E::CaseId))
        .col(uuid(E::TravelDocumentRequestId))
        .col(code(E::Location))
        .col(utc_timestamp(E::Since))
        .col(uuid(E::RecordedById))
        .foreign_key(&mut foreign_key(E::Table, E::CaseId, Cases))
        .foreign_key(&mut foreign_key(E::Table, E::TravelDocumentRequestId, T::Table))
        .foreign_key(&mut foreign_key(E::Table, E::RecordedById, Organisations::Table))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(E::Table, [E::CaseId])).await?;
    manager
        .create_index(index(E::Table, [E::TravelDocumentRequestId]))
        .await
}

async fn personal_documents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use PersonalDocuments as D;
    let table = Table::create()
        .table(D::Table)
        .col(uuid(D::Id).primary_key())
        .col(uuid(D::CaseId))
        .col(uuid(D::PersonId))
        .col(code(D::DocumentType))
        .col(code(D::Number))
        .col(code(D::IssuingState))
        .col(date(D::IssuedOn))
        .col(date(D::ExpiresOn))
        .col(boolean(D::SingleJourney))
        .col(boolean(D::DestinationOnly))
        .col(optional(text(D::Mrz)))
        .col(utc_timestamp(D::RecordedAt))
        .foreign_key(&mut foreign_key(D::Table, D::CaseId, Cases))
        .foreign_key(&mut foreign_key(D::Table, D::PersonId, Persons))
        .check(not_before(D::Table, D::ExpiresOn, D::IssuedOn))
        .take();
    manager.create_table(table).await?;
    manager.create_index(index(D::Table, [D::CaseId])).await?;
    manager.create_index(index(D::Table, [D::PersonId])).await
}

async fn disclosure_snapshots(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    use DisclosureSnapshots as S;
    let table = Table::create()
        .table(S::Table)
        .col(uuid(S::Id).primary_key())
        .col(uuid(S::CaseId))
        .col(uuid(S::TravelDocumentRequestId))
        .col(utc_timestamp(S::MadeAt))
        .col(code(S::PolicyVersion))
        .col(text(S::Content))
        .col(code(S::Sha256))
        .foreign_key(&mut foreign_key(S::Table, S::CaseId, Cases))
        .foreign_key(&mut foreign_key(S::Table, S::TravelDocumentRequestId, T::Table))
        .check(length_is(S::Table, S::Sha256, 64))
        .take();
    manager.create_table(table).await?;
    manager
        .create_index(unique(S::Table, [S::TravelDocumentRequestId]))
        .await?;
    manager.create_index(index(S::Table, [S::CaseId])).await?;
    // What was once disclosed does not change: not by a fault of the program, and not by hand.
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        let function = "CREATE FUNCTION disclosure_snapshots_never_change() RETURNS trigger LANGUAGE plpgsql AS \
                        'BEGIN RAISE EXCEPTION ''a disclosure snapshot never changes''; END'";
        connection.execute_unprepared(function).await?;
        let trigger = "CREATE TRIGGER disclosure_snapshots_never_change BEFORE UPDATE ON disclosure_snapshots \
                       FOR EACH ROW EXECUTE FUNCTION disclosure_snapshots_never_change()";
        connection.execute_unprepared(trigger).await?;
    } else {
        let trigger = "CREATE TRIGGER disclosure_snapshots_never_change BEFORE UPDATE ON disclosure_snapshots \
                       BEGIN SELECT RAISE(ABORT, 'a disclosure snapshot never changes'); END";
        connection.execute_unprepared(trigger).await?;
    }
    Ok(())
}

#[derive(DeriveIden)]
struct Cases;

#[derive(DeriveIden)]
struct Persons;

#[derive(DeriveIden)]
enum Organisations {
    Table,
    Id,
    SendingState,
}

#[derive(Clone, Copy, DeriveIden)]
enum TravelDocumentRequests {
    Table,
    ConsularPostId,
    SubmittedAt,
    AcknowledgedAt,
    NationalityConfirmedAt,
    EndedAt,
    DocumentType,
    StateSince,
    DocumentIssuingState,
    DocumentSingleJourney,
    DocumentDestinationOnly,
    DocumentMrz,
}

#[derive(DeriveIden)]
enum InformationRequests {
    Table,
    Id,
    CaseId,
    TravelDocumentRequestId,
    AskedAt,
    Items,
    Question,
    AnsweredAt,
    Answer,
}

#[derive(DeriveIden)]
enum ConsularInterviews {
    Table,
    Id,
    CaseId,
    TravelDocumentRequestId,
    ScheduledAt,
    At,
    Mode,
    Place,
}

#[derive(DeriveIden)]
enum CustodyEntries {
    Table,
    Id,
    CaseId,
    TravelDocumentRequestId,
    Location,
    Since,
    RecordedById,
}

#[derive(DeriveIden)]
enum PersonalDocuments {
    Table,
    Id,
    CaseId,
    PersonId,
    DocumentType,
    Number,
    IssuingState,
    IssuedOn,
    ExpiresOn,
    SingleJourney,
    DestinationOnly,
    Mrz,
    RecordedAt,
}

#[derive(DeriveIden)]
enum DisclosureSnapshots {
    Table,
    Id,
    CaseId,
    TravelDocumentRequestId,
    MadeAt,
    PolicyVersion,
    Content,
    Sha256,
}
