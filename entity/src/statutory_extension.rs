//! Extensions of periods for voluntary departure.

use sea_orm::entity::prelude::*;

/// One extension that the authority confirmed in writing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statutory_extensions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The period, in `statutory_periods`.
    pub statutory_period_id: Uuid,
    /// By how many days.
    pub days: i32,
    /// Why, an `ExtensionReason`.
    pub reason: String,
    /// The day of the written confirmation.
    pub confirmed_on: Date,
    /// Who recorded it, in `organisations`.
    pub recorded_by_id: Uuid,
    /// The last day of the period as the extension left it.
    pub ends_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
