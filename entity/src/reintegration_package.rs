//! The help to start again.

use sea_orm::entity::prelude::*;

/// What one person is given to start again in the country of return.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reintegration_packages")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case of that person, in `cases`.
    pub case_id: Uuid,
    /// The person who receives it, in `persons`.
    pub person_id: Uuid,
    /// Where the package stands, a `PackageState` such as `PROPOSED`.
    pub state: String,
    /// What its items may cost together, in minor units of the currency.
    pub ceiling_minor: i64,
    /// Currency of the ceiling and of every item, ISO 4217.
    pub currency: String,
    /// What the person means to do with it.
    pub plan: Option<String>,
    /// When it was proposed.
    pub proposed_at: DateTimeUtc,
    /// When it was closed or forfeited.
    pub ended_at: Option<DateTimeUtc>,
    /// The project that pays for it, in `projects`.
    pub funding_project_id: Option<Uuid>,
    /// Count of saved states, from 1.
    pub version: i32,
    /// Whether its project allows items in cash.
    pub cash_allowed: bool,
    /// Count of plans, from 1.
    pub revision: i32,
    /// When the plan was signed by the returnee and the receiving mission.
    pub agreed_at: Option<DateTimeUtc>,
    /// The donor's reference for its approval of exceptional items.
    pub donor_approval: Option<String>,
    /// The state that it goes on from while it is suspended, a `PackageState`.
    pub suspended_from: Option<String>,
    /// Why it is suspended, a `PackageSuspensionReason`.
    pub suspension_reason: Option<String>,
    /// The mission that it was given to, in `organisations`.
    pub transferred_to_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
