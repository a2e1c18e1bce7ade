//! Pictures on cases: photos of persons, and copies of papers that a consular post needs. What is in them is kept apart.

use sea_orm::entity::prelude::*;

/// A photo of a person, or a copy of a paper that goes with a travel document request.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "papers")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// Whom it shows or concerns, in `persons`.
    pub person_id: Uuid,
    /// The request that it goes with, in `travel_document_requests`; none for a photo.
    pub travel_document_request_id: Option<Uuid>,
    /// What it is a copy of, an `AttachmentKind`; none for a photo.
    pub kind: Option<String>,
    /// Its place among what was ever attached to the request, from 1; 0 for a photo.
    pub number: i32,
    /// How its bytes are read, a `MediaType`.
    pub media_type: String,
    /// How many bytes it has.
    pub size_bytes: i32,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// When it was taken away, and its bytes with it.
    pub removed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
