//! What missions ask of consular posts.

use sea_orm::entity::prelude::*;

/// A request to a consular post for the document on which one person travels.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "travel_document_requests")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case for which the document is needed, in `cases`.
    pub case_id: Uuid,
    /// The person who will travel on it, in `persons`.
    pub person_id: Uuid,
    /// The post that is asked, in `organisations`.
    pub consular_post_id: Uuid,
    /// Where the request stands, a `TravelDocumentState` such as `NATIONALITY_CONFIRMED`.
    pub state: String,
    /// When the request came into this state.
    pub state_since: Option<DateTimeUtc>,
    /// Whether the post was asked to hurry.
    pub expedited: bool,
    /// When the request was sent to the post.
    pub submitted_at: DateTimeUtc,
    /// When the post confirmed that it has the request.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// When the post confirmed the person's nationality.
    pub nationality_confirmed_at: Option<DateTimeUtc>,
    /// When the request was refused, cancelled or ended otherwise.
    pub ended_at: Option<DateTimeUtc>,
    /// Why the post refused.
    pub refusal_reason: Option<String>,
    /// What was issued, a `TravelDocumentType` such as `LAISSEZ_PASSER`.
    pub document_type: Option<String>,
    /// Number of the document issued.
    pub document_number: Option<String>,
    /// Day of issue.
    pub document_issued_on: Option<Date>,
    /// Last day on which the document is valid.
    pub document_expires_on: Option<Date>,
    /// The state that issued the document.
    pub document_issuing_state: Option<String>,
    /// Whether the document serves for one journey only.
    pub document_single_journey: Option<bool>,
    /// Whether it serves for the journey to the country of return only.
    pub document_destination_only: Option<bool>,
    /// Its machine-readable zone, the lines joined, where it has one.
    pub document_mrz: Option<String>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
