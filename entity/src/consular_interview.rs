//! When persons speak with consular posts.

use sea_orm::entity::prelude::*;

/// An interview of the person of a request with the post that was asked.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consular_interviews")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The request, in `travel_document_requests`.
    pub travel_document_request_id: Uuid,
    /// When it was settled.
    pub scheduled_at: DateTimeUtc,
    /// When the person and the post are to speak.
    pub at: DateTimeUtc,
    /// How, an `InterviewMode`.
    pub mode: String,
    /// Where, of an interview in person.
    pub place: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
