//! Travel documents that persons hold without IOM's asking.

use sea_orm::entity::prelude::*;

/// A document of a person on a case, as IOM saw it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "personal_documents")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// Who holds it, in `persons`.
    pub person_id: Uuid,
    /// What it is, a `TravelDocumentType`.
    pub document_type: String,
    /// Its number.
    pub number: String,
    /// The state that issued it.
    pub issuing_state: String,
    /// Day of issue.
    pub issued_on: Date,
    /// Last day on which it is valid.
    pub expires_on: Date,
    /// Whether it serves for one journey only.
    pub single_journey: bool,
    /// Whether it serves for the journey to the country of return only.
    pub destination_only: bool,
    /// Its machine-readable zone, the lines joined.
    pub mrz: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
