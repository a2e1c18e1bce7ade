//! Where travel documents are.

use sea_orm::entity::prelude::*;

/// A link in the chain of custody of the document that a request led to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "custody_entries")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The request, in `travel_document_requests`.
    pub travel_document_request_id: Uuid,
    /// Where the document has been, a `DocumentLocation`.
    pub location: String,
    /// Since when.
    pub since: DateTimeUtc,
    /// The organisation that recorded it, in `organisations`.
    pub recorded_by_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
