//! When oversight saw a case as its sending mission does, and why.

use sea_orm::entity::prelude::*;

/// One access of oversight to one case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "break_glass_accesses")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The organisation that asks, in `organisations`.
    pub organisation_id: Uuid,
    /// Why, a `BreakGlassReason`.
    pub reason: String,
    /// Why, in words.
    pub explanation: String,
    /// For how long, in minutes from the approval.
    pub minutes: i32,
    /// Where it stands, a `BreakGlassState`.
    pub state: String,
    /// When it was asked for.
    pub requested_at: DateTimeUtc,
    /// Who asks: the client and the subject of its token.
    pub requested_by: String,
    /// When it was approved or rejected.
    pub decided_at: Option<DateTimeUtc>,
    /// Who approved or rejected it.
    pub decided_by: Option<String>,
    /// Until when it is open, once approved.
    pub open_until: Option<DateTimeUtc>,
    /// When it came to its end.
    pub ended_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
