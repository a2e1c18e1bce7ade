//! The statutory period for voluntary departure (SOP N3b, S3:548): so many days by territory, and what prolongs them.

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
}

impl StatutoryPeriod {
    /// The first day.
    #[must_use]
    pub fn starts_on(&self) -> NaiveDate {
        self.started_at.date_naive()
    }

    /// The last day, with the extensions that are its own among these.
    #[must_use]
    pub fn ends_on(&self, extensions: &[StatutoryExtension]) -> NaiveDate {
        let own = extensions.iter().filter(|extension| extension.period == self.id);
        let days: i32 = self.days + own.map(|extension| extension.days).sum::<i32>();
        self.starts_on() + Days::new(u64::try_from(days).unwrap_or(0))
    }
}
