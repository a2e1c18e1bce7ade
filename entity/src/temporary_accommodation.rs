//! Where the persons of a case stay before they leave.

use sea_orm::entity::prelude::*;

/// Where the persons of a case stay before they leave.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "temporary_accommodations")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// Where.
    pub place: String,
    /// First day.
    pub from_day: Date,
    /// Last day.
    pub until_day: Date,
}

impl ActiveModelBehavior for ActiveModel {}
