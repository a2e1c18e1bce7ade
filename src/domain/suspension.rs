//! Operations suspended for a country: nobody is booked to, from or through it, and what was booked is flagged (S3:1385,
//! INV-19). Nothing goes on by itself when the suspension is lifted.

use super::itinerary::{Itinerary, SuspensionReason};
use super::territory::CountryCode;
use crate::ids::{CaseId, CaseSuspensionId, OperationsSuspensionId};
use chrono::{DateTime, Utc};

/// A time in which nobody travels to, from or through a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationsSuspension {
    /// Names the suspension.
    pub id: OperationsSuspensionId,
    /// The country.
    pub country: CountryCode,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when, where that is known.
    pub until: Option<DateTime<Utc>>,
    /// Why.
    pub reason: SuspensionReason,
    /// When it was lifted.
    pub lifted_at: Option<DateTime<Utc>>,
    /// Counts the changes of this row.
    pub version: i32,
}

impl OperationsSuspension {
    /// Whether a journey cannot take place: it touches the country while the suspension lasts.
    #[must_use]
    pub fn stops(&self, journey: &Itinerary) -> bool {
        let begins_before_its_end = self
            .until
            .is_none_or(|until| journey.departs_at().is_none_or(|departs| departs <= until));
        let ends_after_its_start = journey.arrives_at().is_none_or(|arrives| arrives >= self.from);
        self.lifted_at.is_none()
            && journey.touches(self.country)
            && begins_before_its_end
            && ends_after_its_start
    }
}

/// A case whose missions were told of a suspension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSuspension {
    /// Names it.
    pub id: CaseSuspensionId,
    /// The case.
    pub case_id: CaseId,
    /// The suspension.
    pub suspension: OperationsSuspensionId,
    /// When its missions were told.
    pub told_at: DateTime<Utc>,
}
