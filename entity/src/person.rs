//! The people of a case.

use sea_orm::entity::prelude::*;

/// A person who returns, alone or with the family of the same case.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "persons")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The case by which the person returns, in `cases`.
    pub case_id: Uuid,
    /// Place in the family's order.
    pub position: i32,
    /// Whether this person speaks for the family.
    pub head_of_household: bool,
    /// Family name as the travel document will carry it.
    pub family_name: String,
    /// Given names as the travel document will carry them.
    pub given_names: String,
    /// Date of birth.
    pub date_of_birth: Date,
    /// Sex as in the machine-readable zone of a travel document, a `Sex`.
    pub sex: String,
    /// Country of nationality.
    pub nationality: String,
    /// Place of birth, which consular posts ask for.
    pub place_of_birth: Option<String>,
    /// Names of the parents, which consular posts ask for.
    pub parents_names: Option<String>,
    /// Telephone number, in E.164.
    pub phone: Option<String>,
    /// Address for electronic mail.
    pub email: Option<String>,
    /// A `MaritalStatus`.
    pub marital_status: Option<String>,
    /// What the person does for a living, in words.
    pub occupation: Option<String>,
    /// An `Education`.
    pub education: Option<String>,
    /// Address in the host territory, which may tell of an asylum or detention centre.
    pub host_address: Option<String>,
    /// Last or intended address in the country of return.
    pub address_in_country_of_return: Option<String>,
    /// Language in which the person is counselled, a BCP 47 tag.
    pub language: Option<String>,
    /// Count of saved states, from 1.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
