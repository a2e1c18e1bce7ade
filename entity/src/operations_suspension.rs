//! Countries for which operations are, or were, suspended.

use sea_orm::entity::prelude::*;

/// A time in which nobody travels to, from or through a country.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operations_suspensions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The country.
    pub country: String,
    /// Since when.
    pub suspended_from: DateTimeUtc,
    /// Until when, where that is known.
    pub suspended_until: Option<DateTimeUtc>,
    /// Why, a `SuspensionReason`.
    pub reason: String,
    /// When everybody concerned had been told.
    pub settled_at: Option<DateTimeUtc>,
    /// When it was lifted.
    pub lifted_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
