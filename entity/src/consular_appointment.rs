//! An appointment at a consular post for a person in detention.

use sea_orm::entity::prelude::*;

/// An appointment at a consular post for a person in detention.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consular_appointments")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The person, in `persons`.
    pub person_id: Uuid,
    /// Place among the appointments of the case, from 1.
    pub number: i32,
    /// When.
    pub scheduled_at: DateTimeUtc,
    /// The authority that brings the person there, in `organisations`.
    pub supported_by_id: Option<Uuid>,
    /// When the authority said so.
    pub supported_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
