//! Which missions a project pays for.

use sea_orm::entity::prelude::*;

/// A mission whose cases a project pays for where nothing else is said.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_missions")]
pub struct Model {
    /// The project, in `projects`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    /// The mission, in `organisations`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
