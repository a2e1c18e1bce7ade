//! Which organisations have a part in which case.

use sea_orm::entity::prelude::*;

/// The part that one organisation has in one case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_parties")]
pub struct Model {
    /// The case, in `cases`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// The organisation that has the part, in `organisations`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Uuid,
    /// What the organisation is to the case, a `Relation` such as `TRANSIT`.
    pub relation: String,
    /// When the part began.
    pub since: DateTimeUtc,
    /// When the part ended.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
