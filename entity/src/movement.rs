//! The group movements.

use sea_orm::entity::prelude::*;

/// A charter, or a group on a commercial flight.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "movements")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What missions call it; unique.
    pub reference: String,
    /// How the group travels, a `MovementKind`.
    pub kind: String,
    /// The mission that organises it, in `organisations`.
    pub organiser_id: Uuid,
    /// How many persons it can take.
    pub seats: i32,
    /// Where it stands, a `MovementState`.
    pub state: String,
    /// When it was planned.
    pub drafted_at: DateTimeUtc,
    /// When its manifest was locked.
    pub locked_at: Option<DateTimeUtc>,
    /// When it was cleared for departure.
    pub cleared_at: Option<DateTimeUtc>,
    /// When it left.
    pub departed_at: Option<DateTimeUtc>,
    /// When it landed.
    pub landed_at: Option<DateTimeUtc>,
    /// When it was reconciled or cancelled.
    pub ended_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
