//! Who changed what.

use sea_orm::entity::prelude::*;

/// The record of one change of state, kept when the row it tells of is gone.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When the change was made.
    pub occurred_at: DateTimeUtc,
    /// The request that made it, as in the log.
    pub request_id: String,
    /// The client that asked for it, an id in `clients`; none where the program acted by itself.
    pub client_id: Option<Uuid>,
    /// The organisation in whose name it was asked, an id in `organisations`.
    pub organisation_id: Option<Uuid>,
    /// What was asked, as the schema names the command, such as `suspendItinerary`.
    pub command: String,
    /// Kind of the row that changed, as the schema names its type, such as `Itinerary`.
    pub aggregate: String,
    /// Id of the row that changed.
    pub aggregate_id: Uuid,
    /// The case to which it belongs, an id in `cases`.
    pub case_id: Option<Uuid>,
    /// State of the row before; none where it is new, or has no states.
    pub from_state: Option<String>,
    /// State of the row after; none where it has no states.
    pub to_state: Option<String>,
    /// What happened, by its stable name; none for changes of the registry.
    pub event: Option<String>,
    /// Why: a code, never a person's data.
    pub reason: Option<String>,
    /// Its place among the entries of one change, from 0.
    pub place: i32,
}

impl ActiveModelBehavior for ActiveModel {}
