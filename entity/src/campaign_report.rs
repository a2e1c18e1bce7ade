//! How many people a campaign reached.

use sea_orm::entity::prelude::*;

/// What a report on digital media says of one platform in one territory.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_reports")]
pub struct Model {
    /// Identity, a UUID of version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The mission, in `organisations`.
    pub organisation_id: Uuid,
    /// The host territory.
    pub territory: String,
    /// The platform, a `CampaignPlatform`.
    pub platform: String,
    /// First day that it covers.
    pub from_on: Date,
    /// Last day that it covers.
    pub to_on: Date,
    /// Persons reached, as the platform counts them.
    pub reached: i32,
    /// Those of them who did something about it.
    pub engaged: i32,
    /// The report that says so.
    pub source: String,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
