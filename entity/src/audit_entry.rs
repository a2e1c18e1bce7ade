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
    /// What was asked, such as `suspend_itinerary`.
    pub command: String,
    /// Kind of the row that changed, such as `itinerary`.
    pub aggregate: String,
    /// Id of the row that changed.
    pub aggregate_id: Uuid,
    /// The case to which it belongs, an id in `cases`.
    pub case_id: Option<Uuid>,
    /// State before; none where the row is new.
    pub from_state: Option<String>,
    /// State after.
    pub to_state: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
