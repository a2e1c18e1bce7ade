//! What consular posts were shown when they were asked.

use sea_orm::entity::prelude::*;

/// What the post of a request could read when the request was made; never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosure_snapshots")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The request, in `travel_document_requests`.
    pub travel_document_request_id: Uuid,
    /// When the request was made.
    pub made_at: DateTimeUtc,
    /// Names the policy tables that it was made by.
    pub policy_version: String,
    /// The fields and their values, as canonical JSON.
    pub content: String,
    /// SHA-256 of the content, in hexadecimal digits.
    pub sha256: String,
}

impl ActiveModelBehavior for ActiveModel {}
