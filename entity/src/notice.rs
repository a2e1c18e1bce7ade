//! What each organisation was told.

use sea_orm::entity::prelude::*;

/// One thing that one organisation was told, at its place in that organisation's inbox.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The organisation that is told, in `organisations`.
    pub recipient_id: Uuid,
    /// Place in the recipient's inbox, from 1 without gaps.
    pub sequence: i64,
    /// What happened, a `NoticeType` such as `DEPARTED`.
    pub kind: String,
    /// What the notice is about, so that a later notice on the same finds what it supersedes.
    pub topic: String,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
    /// The case in which it happened, in `cases`; erased before the rest of the notice.
    pub case_id: Option<Uuid>,
    /// The itinerary concerned, in `itineraries`.
    pub itinerary_id: Option<Uuid>,
    /// The request concerned, in `travel_document_requests`.
    pub travel_document_request_id: Option<Uuid>,
    /// The grant concerned, in `cash_grants`.
    pub cash_grant_id: Option<Uuid>,
    /// The later notice that takes its place, in `notices`.
    pub superseded_by_id: Option<Uuid>,
    /// When it ceased to hold.
    pub retracted_at: Option<DateTimeUtc>,
    /// When the recipient confirmed it.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// The client that confirmed it, in `clients`.
    pub acknowledged_by: Option<Uuid>,
    /// What the recipient said with it.
    pub acknowledgement_note: Option<String>,
    /// When it was first handed to the recipient.
    pub delivered_at: Option<DateTimeUtc>,
    /// By which way that was, a `DeliveryChannel`.
    pub delivered_via: Option<String>,
    /// The later notice that took it back, in `notices`.
    pub retracted_by_id: Option<Uuid>,
    /// The notice that this one is a reminder of, in `notices` as long as it is kept.
    pub reminds_of_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
