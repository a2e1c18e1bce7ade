//! What the persons of a case were told of their journey before they left.

use sea_orm::entity::prelude::*;

/// What the persons of a case were told of their journey before they left.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "migrant_briefings")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// Number of the attempt whose flight details they were given, if they were.
    pub attempt_no: Option<i32>,
    /// Luggage allowance that they were told of, in kilograms.
    pub luggage_kilograms: Option<i32>,
    /// Whether it was explained to them what they are entitled to.
    pub entitlements_explained: bool,
    /// When.
    pub briefed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
