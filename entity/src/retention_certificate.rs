//! Proof of what was erased; a certificate is never changed.

use sea_orm::entity::prelude::*;

/// What one run erased of one category.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_certificates")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its place in the chain, from 1.
    pub sequence: i64,
    /// The run, which may leave a certificate for each category.
    pub run_id: Uuid,
    /// When it was made.
    pub made_at: DateTimeUtc,
    /// Who made the run: a client and the subject of its token, `operator`, or `time`.
    pub made_by: String,
    /// What was erased, a `RetentionCategory`.
    pub category: String,
    /// How many cases or requests were erased.
    pub erased: i64,
    /// What began to be kept by then was due.
    pub cut_off: DateTimeUtc,
    /// SHA-256 of the ids of what was erased, in order, in hexadecimal digits.
    pub rows_sha256: String,
    /// SHA-256 of the certificate before; zeros for the first.
    pub previous_sha256: String,
    /// SHA-256 of everything above.
    pub sha256: String,
}

impl ActiveModelBehavior for ActiveModel {}
