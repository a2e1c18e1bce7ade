//! Complaints about an organisation of the programme.

use sea_orm::entity::prelude::*;

/// A complaint, as it is handled apart from everything that it is about.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "complaints")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What whoever lodged it was told; says nothing of its neighbours.
    pub reference: String,
    /// The case that it is about, in `cases`.
    pub case_id: Option<Uuid>,
    /// The organisation that it is about, in `organisations`.
    pub about_id: Uuid,
    /// The organisation that took it down, in `organisations`.
    pub lodged_by_id: Uuid,
    /// What it is about, a `ComplaintKind`.
    pub kind: String,
    /// How it reached the programme, a `ComplaintChannel`.
    pub channel: String,
    /// What was said.
    pub text: String,
    /// State, a `ComplaintState`.
    pub state: String,
    /// When it was received.
    pub received_at: DateTimeUtc,
    /// When somebody took it on.
    pub acknowledged_at: Option<DateTimeUtc>,
    /// When it was resolved or referred.
    pub ended_at: Option<DateTimeUtc>,
    /// What was found, a `ComplaintOutcome`.
    pub outcome: Option<String>,
    /// The same in words, or to whom it was referred.
    pub findings: Option<String>,
    /// Counts the changes of the row.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
