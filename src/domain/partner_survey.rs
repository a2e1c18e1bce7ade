//! Surveys among partners and staff (S0 section 6, indicators 3 and 5): tallies alone, since nobody gives a name.

use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::OrganisationId;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

codes! { "Who was asked in a survey without names." SurveyRespondents {
    Partners = "PARTNERS": "Officials and service providers.",
    Staff = "STAFF": "Staff of the programme.",
} }

/// One survey among partners or staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerSurvey {
    /// Tells it from others; it has no name outside.
    pub id: Uuid,
    /// The mission that asked.
    pub organisation: OrganisationId,
    /// What was counted.
    pub tallies: SurveyTallies,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// What was counted in a survey among partners or staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SurveyTallies {
    /// The day.
    pub held_on: NaiveDate,
    /// Who was asked.
    pub respondents: SurveyRespondents,
    /// How many were asked.
    pub invited: i32,
    /// How many answered.
    pub answered: i32,
    /// How many perceive the project as enabling rights-based access (indicator 3); partners alone are asked.
    pub enabling: Option<i32>,
    /// How many confirm that they apply what they learned (indicator 5).
    pub applying: i32,
}

impl SurveyTallies {
    /// Checks a survey before it is recorded.
    ///
    /// # Errors
    ///
    /// `DATE_OUT_OF_ORDER` for a day to come; `INVALID` for fewer than none, for more who answered than were asked, for more
    /// who said something than answered, and for what only partners are asked where it is missing or staff was asked.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.held_on > today {
            return Err(Refusal::at(Reason::DateOutOfOrder, "heldOn"));
        }
        if self.invited < 0 {
            return Err(Refusal::at(Reason::Invalid, "invited"));
        }
        if !(0..=self.invited).contains(&self.answered) {
            return Err(Refusal::at(Reason::Invalid, "answered"));
        }
        let within = |count: i32| (0..=self.answered).contains(&count);
        let asked = self.respondents == SurveyRespondents::Partners;
        if self.enabling.is_some() != asked || !self.enabling.is_none_or(within) {
            return Err(Refusal::at(Reason::Invalid, "enabling"));
        }
        if !within(self.applying) {
            return Err(Refusal::at(Reason::Invalid, "applying"));
        }
        Ok(())
    }
}
