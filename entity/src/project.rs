//! The projects that pay for what a case is given.

use sea_orm::entity::prelude::*;

/// A project of a donor.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short stable name, unique.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Who gives the money.
    pub donor: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Budget, in minor units of the currency.
    pub budget_minor: i64,
    /// Currency of the budget, ISO 4217.
    pub currency: String,
    /// Site that manages it, as IOM codes it.
    pub management_site: Option<String>,
    /// Reference in PRISM.
    pub prism_reference: Option<String>,
    /// Work breakdown structure element.
    pub wbs_reference: Option<String>,
    /// Count of saved states, from 1.
    pub version: i32,
    /// When it was registered.
    pub created_at: DateTimeUtc,
    /// Months of one reporting period; none where the whole project is one.
    pub reporting_months: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
