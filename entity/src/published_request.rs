//! Which requests to consular posts have been told of.

use sea_orm::entity::prelude::*;

/// A travel document request that a published answer counts.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "published_requests")]
pub struct Model {
    /// The request, in `travel_document_requests`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: Uuid,
    /// The answer that counts it, in `published_answers`.
    pub answer_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
