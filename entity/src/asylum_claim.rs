//! Procedures for international protection.

use sea_orm::entity::prelude::*;

/// The procedure for international protection of the persons of a case, with one authority.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "asylum_claims")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The authority whose procedure it is, in `organisations`.
    pub authority_id: Uuid,
    /// How far it has come, an `AsylumStage`.
    pub stage: String,
    /// Its number with the authority.
    pub number: String,
    /// Day on which the claim was lodged.
    pub lodged_on: Date,
    /// Day of the last decision.
    pub decided_on: Option<Date>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
