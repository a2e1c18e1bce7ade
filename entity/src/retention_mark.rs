//! What was erased of which row, so that it is done once.

use sea_orm::entity::prelude::*;

/// One category that was erased of one case, or of one travel document request.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_marks")]
pub struct Model {
    /// The case, or the travel document request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: Uuid,
    /// What was erased, a `RetentionCategory`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    /// When it was erased.
    pub erased_at: DateTimeUtc,
    /// The certificate that says so, once it is made, in `retention_certificates`.
    pub certificate_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
