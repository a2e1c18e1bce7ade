//! What consular posts wish to know besides a request.

use sea_orm::entity::prelude::*;

/// A question of a post to the sending mission, and its answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "information_requests")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The request, in `travel_document_requests`.
    pub travel_document_request_id: Uuid,
    /// When the post asked.
    pub asked_at: DateTimeUtc,
    /// What it needs: a JSON list of `InformationItem`s.
    pub items: String,
    /// The same in words.
    pub question: Option<String>,
    /// When the sending mission answered.
    pub answered_at: Option<DateTimeUtc>,
    /// The answer in words.
    pub answer: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
