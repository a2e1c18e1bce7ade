//! Operations suspended for a country: nobody is booked to, from or through it, and what was booked is flagged (S3:1385,
//! INV-19). Nothing goes on by itself when the suspension is lifted.

use super::case_file::CaseFile;
use super::itinerary::{Itinerary, SuspensionReason};
use super::territory::CountryCode;
use crate::ids::{CaseId, CaseSuspensionId, OperationsSuspensionId};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

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
    /// Whether it is in force at a moment.
    #[must_use]
    pub fn lasts(&self, now: DateTime<Utc>) -> bool {
        self.lifted_at.is_none() && self.until.is_none_or(|until| now < until)
    }

    /// Whether a case cannot go on meanwhile: its journey cannot take place, or it has none and the persons return there.
    #[must_use]
    pub fn halts(&self, file: &CaseFile) -> bool {
        match file.live_itinerary() {
            Some(journey) => self.stops(journey),
            None => self.lifted_at.is_none() && file.case.country_of_return == self.country,
        }
    }

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

/// A case whose missions were told of a suspension, and which it may have halted.
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
    /// Since when the case is, or was, on hold because of it.
    pub held_at: Option<DateTime<Utc>>,
    /// When that hold ended: the case went on, or came to its end.
    pub released_at: Option<DateTime<Utc>>,
}

impl CaseSuspension {
    /// Whether the case is on hold because of it.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.held_at.is_some() && self.released_at.is_none()
    }
}

/// Days on which a case was on hold because of suspensions, since a moment; the hold that goes on counts until `now`, and
/// not at all where nothing is said. Two suspensions that held it at the same time count once.
#[must_use]
pub fn days_on_hold(told: &[CaseSuspension], since: DateTime<Utc>, now: Option<DateTime<Utc>>) -> i32 {
    // A case goes on from every suspension at once, so a hold is known by its end.
    let mut holds: BTreeMap<DateTime<Utc>, DateTime<Utc>> = BTreeMap::new();
    for suspension in told {
        if let (Some(held), Some(end)) = (suspension.held_at, suspension.released_at.or(now)) {
            let began = holds.entry(end).or_insert(end);
            *began = held.max(since).min(*began);
        }
    }
    let days = holds
        .iter()
        .map(|(end, began)| (end.date_naive() - began.date_naive()).num_days());
    i32::try_from(days.sum::<i64>()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone as _};

    #[test]
    fn a_day_on_which_two_suspensions_hold_a_case_counts_once() {
        let monday = Utc
            .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
            .single()
            .expect("a moment");
        let after = |days: i64| monday + TimeDelta::days(days);
        let held = |from: i64, to: Option<i64>| CaseSuspension {
            id: uuid::Uuid::nil().into(),
            case_id: uuid::Uuid::nil().into(),
            suspension: uuid::Uuid::nil().into(),
            told_at: after(from),
            held_at: Some(after(from)),
            released_at: to.map(after),
        };
        let told = [held(0, Some(5)), held(2, Some(5)), held(8, None)];
        assert_eq!(days_on_hold(&told, monday, None), 5);
        assert_eq!(days_on_hold(&told, monday, Some(after(10))), 7);
        assert_eq!(
            days_on_hold(&told, after(4), Some(after(10))),
            3,
            "only since then"
        );
        let untouched = CaseSuspension {
            held_at: None,
            ..held(0, None)
        };
        assert_eq!(days_on_hold(&[untouched], monday, Some(after(10))), 0);
    }
}
