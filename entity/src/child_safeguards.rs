//! What is in place for a child who travels without parents.

use sea_orm::entity::prelude::*;

/// What is in place for a child who travels without parents.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "child_safeguards")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case, in `cases`.
    pub case_id: Uuid,
    /// The child, in `persons`.
    pub person_id: Uuid,
    /// A `BestInterestsResult`.
    pub best_interests: Option<String>,
    /// Full name of the guardian.
    pub guardian_name: Option<String>,
    /// How to reach the guardian.
    pub guardian_contact: Option<String>,
    /// Who appointed the guardian.
    pub guardian_authority: Option<String>,
    /// When the guardian consented.
    pub guardian_consented_at: Option<DateTimeUtc>,
    /// When the child consented.
    pub child_consented_at: Option<DateTimeUtc>,
    /// When the family in the country of return was assessed.
    pub family_assessed_on: Option<Date>,
    /// Who receives the child.
    pub handover_party: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
