//! Where a person is or was detained.

use sea_orm::entity::prelude::*;

/// Where a person is or was detained.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "detentions")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// Where.
    pub facility: String,
    /// First day.
    pub since: Date,
    /// Last day, once it has ended.
    pub ended_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
