//! Periods for voluntary departure.

use sea_orm::entity::prelude::*;

/// One statutory period.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statutory_periods")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// When it began.
    pub started_at: DateTimeUtc,
    /// Its length without extensions.
    pub days: i32,
    /// How many days before its end the sending mission is warned, a JSON list.
    pub warning_days: String,
    /// Warnings for so many days before the end or more are not due any more.
    pub warned: i32,
    /// Why a departure may lie beyond its end, a `PeriodOverride`.
    pub exceeded: Option<String>,
    /// Whether days on hold because of a suspension of operations prolong it.
    pub suspension_stops: bool,
}

impl ActiveModelBehavior for ActiveModel {}
