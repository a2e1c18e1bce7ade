//! How the persons of a case get to the airport.

use sea_orm::entity::prelude::*;

/// How the persons of a case get to the airport.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "airport_transfers")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// A `TransferProvider`.
    pub provider: String,
    /// Where they are picked up.
    pub pick_up_facility: String,
    /// When.
    pub pick_up_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
