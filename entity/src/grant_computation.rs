//! How the amount of a cash grant came about.

use sea_orm::entity::prelude::*;

/// One computation of what a person was entitled to under a rule.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_computations")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case of the grant, in `cases`.
    pub case_id: Uuid,
    /// The grant, in `cash_grants`.
    pub cash_grant_id: Uuid,
    /// The rule, in `grant_rules`.
    pub rule_id: Uuid,
    /// When it was computed.
    pub computed_at: DateTimeUtc,
    /// How many persons the family unit had.
    pub persons: i32,
    /// Currency of the amounts, which is that of the rule, ISO 4217.
    pub currency: String,
    /// What the rule gives to the person, in minor units.
    pub person_minor: i64,
    /// What the rule would give to all persons of the unit together, in minor units.
    pub household_minor: i64,
    /// What the unit gets at most, in minor units.
    pub family_cap_minor: Option<i64>,
    /// The person's share after the split, in minor units.
    pub share_minor: i64,
    /// What the unit had been granted before, in minor units.
    pub to_family_minor: i64,
    /// What the person had been granted before, in minor units.
    pub to_person_minor: i64,
    /// What was left for the person, in minor units.
    pub entitlement_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
