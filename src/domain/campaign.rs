//! Campaigns on digital media (S0 section 6, indicators 13 to 15): what the platforms say of how many people they reached.

use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::OrganisationId;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

codes! { "Where a campaign runs." CampaignPlatform {
    Google = "GOOGLE": "Google.",
    Facebook = "FACEBOOK": "Facebook.",
    Instagram = "INSTAGRAM": "Instagram.",
    SupportToMigrants = "SUPPORT_TO_MIGRANTS": "The webpage Support to Migrants.",
    Migapp = "MIGAPP": "The application MigApp.",
    Other = "OTHER": "Somewhere else.",
} }

/// Longest name of a report, in characters.
const LONGEST: usize = 200;

/// What a report on digital media says of one platform in one territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignReport {
    /// Tells it from others; it has no name outside.
    pub id: Uuid,
    /// The mission that recorded it.
    pub organisation: OrganisationId,
    /// The host territory.
    pub territory: CountryCode,
    /// What it says.
    pub figures: CampaignFigures,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// The figures of a report on digital media.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignFigures {
    /// The platform.
    pub platform: CampaignPlatform,
    /// First day that it covers.
    pub from_on: NaiveDate,
    /// Last day that it covers.
    pub to_on: NaiveDate,
    /// Persons reached, as the platform counts them.
    pub reached: i32,
    /// Those of them who did something about it.
    pub engaged: i32,
    /// The report that says so.
    pub source: String,
}

impl CampaignReport {
    /// Checks a report before it is recorded.
    ///
    /// # Errors
    ///
    /// `INVALID` for a territory that hosts nobody, a report without a name, fewer than none, or more who did something than
    /// were reached; `DATE_OUT_OF_ORDER` for days in the wrong order or to come.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        let figures = &self.figures;
        if !self.territory.is_host_territory() {
            return Err(Refusal::at(Reason::Invalid, "territory"));
        }
        if figures.source.trim().is_empty() || figures.source.chars().count() > LONGEST {
            return Err(Refusal::at(Reason::Invalid, "source"));
        }
        if figures.from_on > figures.to_on || figures.to_on > today {
            return Err(Refusal::at(Reason::DateOutOfOrder, "toOn"));
        }
        if figures.reached < 0 {
            return Err(Refusal::at(Reason::Invalid, "reached"));
        }
        if !(0..=figures.reached).contains(&figures.engaged) {
            return Err(Refusal::at(Reason::Invalid, "engaged"));
        }
        Ok(())
    }
}
