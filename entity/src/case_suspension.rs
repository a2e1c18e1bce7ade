//! Cases that a suspension of operations concerns.

use sea_orm::entity::prelude::*;

/// A case whose missions were told of a suspension of operations.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_suspensions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The suspension, in `operations_suspensions`.
    pub suspension_id: Uuid,
    /// When its missions were told.
    pub told_at: DateTimeUtc,
    /// Since when the case is, or was, on hold because of it.
    pub held_at: Option<DateTimeUtc>,
    /// When that hold ended.
    pub released_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
