//! On what terms personal data may reach an organisation.

use sea_orm::entity::prelude::*;

/// An agreement with an organisation outside IOM on the transfer of personal data.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfer_agreements")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The organisation, in `organisations`.
    pub organisation_id: Uuid,
    /// Number or name of the signed paper, unique for the organisation.
    pub reference: String,
    /// When it was signed.
    pub signed_on: Date,
    /// First day.
    pub valid_from: Date,
    /// Last day, where it has one.
    pub valid_to: Option<Date>,
    /// When it was ended before its time, where it was.
    pub ended_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
