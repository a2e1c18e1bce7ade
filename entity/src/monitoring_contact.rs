//! How a returnee fares.

use sea_orm::entity::prelude::*;

/// One contact with a returnee about a reintegration package.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "monitoring_contacts")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The package, in `reintegration_packages`.
    pub reintegration_package_id: Uuid,
    /// The case of the package, in `cases`.
    pub case_id: Uuid,
    /// How, a `MonitoringMode`.
    pub mode: String,
    /// What it found, a `MonitoringResult`.
    pub result: String,
    /// The day.
    pub contacted_on: Date,
    /// The member of staff, as the mission's own system names them.
    pub contacted_by: String,
}

impl ActiveModelBehavior for ActiveModel {}
