//! Somebody who travels with a person.

use sea_orm::entity::prelude::*;

/// Somebody who travels with a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "escorts")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// Place among the escorts of the case, from 1.
    pub number: i32,
    /// An `EscortKind`.
    pub kind: String,
    /// An `EscortState`.
    pub state: String,
    /// Full name of the escort.
    pub name: Option<String>,
    /// Signature of whoever recommended it.
    pub recommended_by: String,
    /// Reference of the recommendation by IOM's migration health staff.
    pub mhd_reference: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
