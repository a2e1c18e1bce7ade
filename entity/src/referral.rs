//! Who was asked to help.

use sea_orm::entity::prelude::*;

/// One referral of the persons of a case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referrals")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The mission that refers, in `organisations`.
    pub sender_id: Uuid,
    /// The organisation that is asked, in `organisations`.
    pub recipient_id: Option<Uuid>,
    /// The provider that is asked, which is not registered.
    pub provider: Option<String>,
    /// The person that it is about, where it is about one alone, in `persons`.
    pub person_id: Option<Uuid>,
    /// What for, a `ReferralService`.
    pub service: String,
    /// Why it was sent without consent, a `ConsentOverride`.
    pub consent_override: Option<String>,
    /// Where it stands, a `ReferralState`.
    pub state: String,
    /// When it was sent, the last time.
    pub sent_at: DateTimeUtc,
    /// When it was answered.
    pub answered_at: Option<DateTimeUtc>,
    /// When it came to its end.
    pub ended_at: Option<DateTimeUtc>,
    /// Why it was rejected, a `ReferralRejection`.
    pub rejection: Option<String>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
