//! To whom a person was handed over.

use sea_orm::entity::prelude::*;

/// One handover of one person at the arrival, accepted or not.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handovers")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case of the person, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// To whom.
    pub handed_to: String,
    /// What they are to the person, a `HandoverRelation`.
    pub relation: String,
    /// When.
    pub handed_at: DateTimeUtc,
    /// Who signed for the person, where the handover took place.
    pub accepted_by: Option<String>,
    /// Why it did not, a `HandoverRefusal`.
    pub refusal: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
