//! Outreach: mobile teams tell migrants of assisted return where they gather (SOP I1b).
//!
//! What is counted are contacts. Somebody who is met at two places is two contacts, so a sum of contacts must never be
//! called a number of persons (S0 footnote 8, INV-18).

use super::territory::CountryCode;
use super::transition::{Reason, Refusal};
use crate::codes;
use crate::ids::{OrganisationId, OutreachVisitId};
use chrono::{DateTime, NaiveDate, Utc};

/// One visit to a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutreachVisit {
    /// Names the visit.
    pub id: OutreachVisitId,
    /// The mission whose team it was.
    pub organisation: OrganisationId,
    /// The host territory.
    pub territory: CountryCode,
    /// The place, by the name that the outreach plan gives it.
    pub location: String,
    /// The day.
    pub visited_on: NaiveDate,
    /// Contacts made, which are not unique persons.
    pub contacts: i32,
    /// Populations served, by country of origin, each once [our choice].
    pub populations: Vec<CountryCode>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A visit as it is recorded.
#[derive(Clone, Debug)]
pub struct NewVisit {
    /// The place, by the name that the outreach plan gives it.
    pub location: String,
    /// The day.
    pub visited_on: NaiveDate,
    /// Contacts made, which are not unique persons.
    pub contacts: i32,
    /// Populations served, by country of origin.
    pub populations: Vec<CountryCode>,
}

codes! { "What becomes of many visits at once when one of them is refused." BatchMode {
    AllOrNothing = "ALL_OR_NOTHING": "None is recorded.",
    EachByItself = "EACH_BY_ITSELF": "The others are recorded.",
} }

/// Longest name of a place, in characters.
const LONGEST: usize = 200;

impl OutreachVisit {
    /// Records a visit of a mission in a territory.
    ///
    /// # Errors
    ///
    /// As [`OutreachVisit::check`].
    pub fn record(
        id: OutreachVisitId,
        (organisation, territory): (OrganisationId, CountryCode),
        new: &NewVisit,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let mut populations = new.populations.clone();
        populations.sort_unstable();
        populations.dedup();
        let visit = Self {
            id,
            organisation,
            territory,
            location: new.location.trim().to_owned(),
            visited_on: new.visited_on,
            contacts: new.contacts,
            populations,
            recorded_at: now,
        };
        visit.check(now.date_naive())?;
        Ok(visit)
    }

    /// Checks a visit before it is recorded.
    ///
    /// # Errors
    ///
    /// `INVALID` for a place without a name or with too long a one, a territory that hosts nobody or fewer than no contacts;
    /// `DATE_OUT_OF_ORDER` for a day to come.
    pub fn check(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.location.trim().is_empty() || self.location.chars().count() > LONGEST {
            return Err(Refusal::at(Reason::Invalid, "location"));
        }
        if !self.territory.is_host_territory() {
            return Err(Refusal::at(Reason::Invalid, "territory"));
        }
        if self.contacts < 0 {
            return Err(Refusal::at(Reason::Invalid, "contacts"));
        }
        if self.visited_on > today {
            return Err(Refusal::at(Reason::DateOutOfOrder, "visitedOn"));
        }
        Ok(())
    }
}
