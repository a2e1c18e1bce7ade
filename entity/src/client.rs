//! Which programs may call in whose name.

use sea_orm::entity::prelude::*;

/// A program that calls the gateway in the name of one organisation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clients")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name in the `client_id` claim of its tokens, unique.
    pub client_id: String,
    /// The organisation in whose name it calls, in `organisations`.
    pub organisation_id: Uuid,
    /// Purposes for which it may read, a JSON array of `Purpose` codes.
    pub purposes: String,
    /// What it may do beyond what its organisation may, a JSON array of `ClientRight` codes.
    pub rights: String,
    /// The code by which its system knows Kosovo*, a `TerritoryProfile` code.
    pub territory_profile: String,
    /// Who issues its tokens (`iss`); none for the issuer that the settings name first.
    pub issuer: Option<String>,
    /// Its tokens from this moment or before are worth nothing.
    pub tokens_not_before: Option<DateTimeUtc>,
    /// Whether it may send registered documents alone.
    pub documents_only: bool,
    /// When it was barred from calling, while it is.
    pub suspended_at: Option<DateTimeUtc>,
    /// Count of saved states, from 1.
    pub version: i32,
    /// When it was registered.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
