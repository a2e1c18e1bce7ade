//! Who was told what of whom.

use sea_orm::entity::prelude::*;

/// An entry of the disclosure ledger; never changed, never removed, and chained to the one before.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosures")]
pub struct Model {
    /// Identity: the sequence as a UUID, so that the order of ids is that of the ledger.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Place in the ledger, from 1 without gaps.
    pub sequence: i64,
    /// When the answer was given.
    pub disclosed_at: DateTimeUtc,
    /// By which way.
    pub means: String,
    /// The organisation that was told, in `organisations`.
    pub organisation_id: Uuid,
    /// The client that asked, in `clients`; none where a request told a post by itself.
    pub client_id: Option<Uuid>,
    /// The token that proved it, by its own name.
    pub token: Option<String>,
    /// The purpose of the request.
    pub purpose: String,
    /// What the organisation was to the row.
    pub relation: String,
    /// Type of the row, as the schema names it.
    pub row_type: String,
    /// The row, or the row that it is a part of.
    pub row_id: Option<Uuid>,
    /// The case that it hangs on, in `cases`.
    pub case_id: Option<Uuid>,
    /// The one person that it is about, in `persons`.
    pub person_id: Option<Uuid>,
    /// Names of the fields that were shown in full, a space between two.
    pub shown: String,
    /// Names of the fields that were shown in part, a space between two.
    pub masked: String,
    /// Names the fields table that was applied.
    pub policy_version: String,
    /// The request, as in the log.
    pub request_id: Option<String>,
    /// The exception under which it was read.
    pub break_glass_id: Option<Uuid>,
    /// SHA-256 of the disclosure snapshot that keeps what was told.
    pub snapshot_sha256: Option<String>,
    /// SHA-256 of the hash before and of everything above, in hexadecimal digits.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
