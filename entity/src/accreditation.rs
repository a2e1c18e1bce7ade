//! Which consular post answers for which host territory.

use sea_orm::entity::prelude::*;

/// The competence of a consular post for the nationals of its state in one host territory.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accreditations")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The consular post, in `organisations`.
    pub organisation_id: Uuid,
    /// Host territory for which it is accredited.
    pub host_territory: String,
    /// First day of the accreditation.
    pub valid_from: Date,
    /// Last day of the accreditation, where it has ended or will end.
    pub valid_to: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
