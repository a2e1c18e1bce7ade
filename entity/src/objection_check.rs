//! Whether an authority of the host territory objects to a return.

use sea_orm::entity::prelude::*;

/// One authority asked once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objection_checks")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The authority, in `organisations`.
    pub authority_id: Uuid,
    /// An `ObjectionState`.
    pub state: String,
    /// When it was asked.
    pub requested_at: DateTimeUtc,
    /// From when its silence counts as no objection.
    pub silent_from: Option<DateTimeUtc>,
    /// When it answered, or its silence counted.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it objects, an `ObjectionGround`: between the authority and the sending mission.
    pub ground: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
