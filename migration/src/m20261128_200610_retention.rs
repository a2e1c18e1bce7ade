//! What was erased, and the certificates of it; a disclosure snapshot may lose its words once, and keeps its digest.

use crate::columns::{big_integer, code, optional, utc_timestamp, uuid};
use crate::constraints::{
    append_only, at_least, foreign_key, index, length_is, not_append_only, primary_key, unique,
};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What holds of a snapshot that loses its words, and nothing else.
const LOSES_ITS_WORDS: &str = "NEW.content = '' AND NEW.id = OLD.id AND NEW.case_id = OLD.case_id \
     AND NEW.travel_document_request_id = OLD.travel_document_request_id AND NEW.made_at = OLD.made_at \
     AND NEW.policy_version = OLD.policy_version AND NEW.sha256 = OLD.sha256";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use RetentionCertificates as C;
        use RetentionMarks as M;
        let certificates = Table::create()
            .table(C::Table)
            .col(uuid(C::Id).primary_key())
            .col(big_integer(C::Sequence))
            .col(uuid(C::RunId))
            .col(utc_timestamp(C::MadeAt))
            .col(code(C::MadeBy))
            .col(code(C::Category))
            .col(big_integer(C::Erased))
            .col(utc_timestamp(C::CutOff))
            .col(code(C::RowsSha256))
            .col(code(C::PreviousSha256))
            .col(code(C::Sha256))
            .check(at_least(C::Table, C::Sequence, 1))
            .check(at_least(C::Table, C::Erased, 1))
            .check(length_is(C::Table, C::RowsSha256, 64))
            .check(length_is(C::Table, C::PreviousSha256, 64))
            .check(length_is(C::Table, C::Sha256, 64))
            .take();
        manager.create_table(certificates).await?;
        manager.create_index(unique(C::Table, [C::Sequence])).await?;
        append_only(manager, C::Table).await?;
        let marks = Table::create()
            .table(M::Table)
            .col(uuid(M::RowId))
            .col(code(M::Category))
            .col(utc_timestamp(M::ErasedAt))
            .col(optional(uuid(M::CertificateId)))
            .primary_key(&mut primary_key(M::Table, [M::RowId, M::Category]))
            .foreign_key(&mut foreign_key(M::Table, M::CertificateId, C::Table))
            .take();
        manager.create_table(marks).await?;
        manager.create_index(index(M::Table, [M::CertificateId])).await?;
        never_changes(manager, Some(LOSES_ITS_WORDS)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        never_changes(manager, None).await?;
        let marks = Table::drop().table(RetentionMarks::Table).take();
        manager.drop_table(marks).await?;
        not_append_only(manager, RetentionCertificates::Table).await?;
        let certificates = Table::drop().table(RetentionCertificates::Table).take();
        manager.drop_table(certificates).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A snapshot never changes, except as is said.
async fn never_changes(manager: &SchemaManager<'_>, except: Option<&str>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        let lawful = except.map_or(String::new(), |holds| {
            format!("IF {holds} THEN RETURN NEW; END IF; ")
        });
        let function = format!(
            "CREATE OR REPLACE FUNCTION disclosure_snapshots_never_change() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN {lawful}RAISE EXCEPTION 'a disclosure snapshot never changes'; END $$"
        );
        connection.execute_unprepared(&function).await?;
    } else {
        let unlawful = except.map_or(String::new(), |holds| format!("WHEN NOT ({holds}) "));
        connection
            .execute_unprepared("DROP TRIGGER disclosure_snapshots_never_change")
            .await?;
        let trigger = format!(
            "CREATE TRIGGER disclosure_snapshots_never_change BEFORE UPDATE ON disclosure_snapshots {unlawful}\
             BEGIN SELECT RAISE(ABORT, 'a disclosure snapshot never changes'); END"
        );
        connection.execute_unprepared(&trigger).await?;
    }
    Ok(())
}

#[derive(DeriveIden)]
enum RetentionCertificates {
    Table,
    Id,
    Sequence,
    RunId,
    MadeAt,
    MadeBy,
    Category,
    Erased,
    CutOff,
    RowsSha256,
    PreviousSha256,
    Sha256,
}

#[derive(DeriveIden)]
enum RetentionMarks {
    Table,
    RowId,
    Category,
    ErasedAt,
    CertificateId,
}
