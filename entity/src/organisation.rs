//! Who takes part in the programme.

use sea_orm::entity::prelude::*;

/// An office, post or authority that takes part in the programme, or a reader of its figures.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Stable name in lower case, unique, such as `iom-belgrade`.
    pub code: String,
    /// Name as its partners know it.
    pub name: String,
    /// What it is to the programme, an `OrganisationKind` such as `MISSION` or `CONSULAR_POST`.
    pub kind: String,
    /// Host territory or country in which it acts, where it acts in one.
    pub territory: Option<String>,
    /// City in which a mission or consular post has its seat.
    pub seat_city: Option<String>,
    /// Country in which a mission or consular post has its seat.
    pub seat_country: Option<String>,
    /// State that a consular post represents.
    pub sending_state: Option<String>,
    /// Count of saved states, from 1.
    pub version: i32,
    /// When it was registered.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
