//! The statutory period for voluntary departure (SOP N3b, S3:548): so many days by territory, and what prolongs them.

use super::code::Code as _;
use super::suspension::{CaseSuspension, days_on_hold};
use super::territory::CountryCode;
use crate::codes;
use crate::ids::{CaseId, OrganisationId, StatutoryExtensionId, StatutoryPeriodId};
use chrono::{DateTime, Days, NaiveDate, Utc};

codes! { "Why a statutory period is extended (S3:548)." ExtensionReason {
    LengthOfStay = "LENGTH_OF_STAY": "The length of the stay.",
    ChildrenAtSchool = "CHILDREN_AT_SCHOOL": "Children at school.",
    FamilyLinks = "FAMILY_LINKS": "Family and social links.",
    DocumentDelayed = "DOCUMENT_DELAYED": "A document is late.",
    Other = "OTHER": "Another reason.",
} }

codes! { "Why a supervisor lets a departure lie beyond the statutory period (INV-11)." PeriodOverride {
    ExtensionAwaited = "EXTENSION_AWAITED": "The authority has promised an extension that is not in writing yet.",
    CarrierDelay = "CARRIER_DELAY": "The carrier moved the flight.",
    Medical = "MEDICAL": "The state of health of a person.",
    Other = "OTHER": "Another reason.",
} }

/// One period for voluntary departure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatutoryPeriod {
    /// Names the period.
    pub id: StatutoryPeriodId,
    /// The case.
    pub case_id: CaseId,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Its length without extensions.
    pub days: i32,
    /// How many days before its end the sending mission is warned.
    pub warning_days: Vec<i32>,
    /// Warnings for so many days before the end or more are not due any more.
    pub warned: i32,
    /// Why a departure may lie beyond its end.
    pub exceeded: Option<PeriodOverride>,
    /// Whether days on hold because of a suspension of operations prolong it; otherwise they count as any other day.
    pub suspension_stops: bool,
}

/// An extension that the authority confirmed in writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatutoryExtension {
    /// Names the extension.
    pub id: StatutoryExtensionId,
    /// The case.
    pub case_id: CaseId,
    /// The period that it prolongs.
    pub period: StatutoryPeriodId,
    /// By how many days.
    pub days: i32,
    /// Why.
    pub reason: ExtensionReason,
    /// The day of the written confirmation.
    pub confirmed_on: NaiveDate,
    /// Who recorded it: the authority itself, or the mission that holds its confirmation.
    pub recorded_by: OrganisationId,
    /// The last day of the period as the extension left it.
    pub ends_on: Option<NaiveDate>,
}

impl StatutoryPeriod {
    /// The first day.
    #[must_use]
    pub fn starts_on(&self) -> NaiveDate {
        self.started_at.date_naive()
    }

    /// The last day, with the extensions that are its own among these, and the days on hold that prolong it; of a hold that
    /// goes on those until `now`.
    #[must_use]
    pub fn ends_on(
        &self,
        extensions: &[StatutoryExtension],
        suspensions: &[CaseSuspension],
        now: Option<DateTime<Utc>>,
    ) -> NaiveDate {
        let own = extensions.iter().filter(|extension| extension.period == self.id);
        let stopped = if self.suspension_stops {
            days_on_hold(suspensions, self.started_at, now)
        } else {
            0
        };
        let days: i32 = self.days + own.map(|extension| extension.days).sum::<i32>() + stopped;
        self.starts_on() + Days::new(u64::try_from(days).unwrap_or(0))
    }
}

/// The written confirmation of an extension, as it is given to the persons (Return Directive, Article 14). It names no
/// person: whoever hands it out knows to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The host territory.
    pub territory: CountryCode,
    /// By how many days the period is extended.
    pub days: i32,
    /// Why.
    pub reason: ExtensionReason,
    /// The last day of the period since then.
    pub ends_on: NaiveDate,
    /// The day of the confirmation.
    pub confirmed_on: NaiveDate,
    /// Who confirmed it, or holds the confirmation; only the kind is said where nobody is named.
    pub authority: Option<String>,
}

impl std::fmt::Display for Confirmation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let territory = self.territory.name();
        let reasons = ExtensionReason::ALL.iter();
        let mut meant = reasons.filter(|(reason, ..)| *reason == self.reason);
        let reason = meant.next().map_or("", |(.., meaning)| meaning);
        writeln!(
            f,
            "Confirmation that the period for voluntary departure is extended"
        )?;
        writeln!(f, "(Directive 2008/115/EC, Article 14)\n")?;
        writeln!(f, "Territory: {territory}")?;
        writeln!(f, "Extended by: {} days", self.days)?;
        writeln!(f, "Reason: {reason}")?;
        writeln!(f, "Last day of the period: {}", self.ends_on)?;
        writeln!(f, "Date of the confirmation: {}", self.confirmed_on)?;
        match &self.authority {
            Some(authority) => write!(f, "Authority: {authority}")?,
            None => write!(f, "Authority: the competent authority of {territory}")?,
        }
        match self.territory.footnote() {
            Some(footnote) => write!(f, "\n\n* {footnote}"),
            None => Ok(()),
        }
    }
}
