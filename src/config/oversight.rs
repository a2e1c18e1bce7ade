//! What is set of oversight: how long it may see a case, and how long what is kept.

use crate::domain::notice::NoticeSchedule;
use crate::domain::retention::{KEY_DAYS, Schedule};
use serde::{Deserialize, Serialize};

/// How long oversight may see a case as its sending mission does.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct BreakGlassSettings {
    /// Longest access that may be asked for, in minutes.
    pub max_minutes: i32,
}

impl Default for BreakGlassSettings {
    fn default() -> Self {
        Self { max_minutes: 240 }
    }
}

/// For how long what is kept, and whether the server itself erases what is due.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetentionSettings {
    /// What posts could read, from the outcome of the request.
    pub disclosure_months: u32,
    /// Medical data, from the arrival.
    pub medical_months: u32,
    /// Receipts and grants, from the end of the case.
    pub finance_months: u32,
    /// The case itself, from its end.
    pub case_core_months: u32,
    /// Inquiries without an application.
    pub inquiry_months: u32,
    /// Complaints, from their end.
    pub complaint_months: u32,
    /// Idempotency keys, in days from their use.
    pub idempotency_days: u32,
    /// Whether the server erases what is due every day.
    pub run_daily: bool,
}

impl Default for RetentionSettings {
    fn default() -> Self {
        let schedule = Schedule::default();
        Self {
            disclosure_months: schedule.disclosures,
            medical_months: schedule.medical,
            finance_months: schedule.finance,
            case_core_months: schedule.case_core,
            inquiry_months: schedule.inquiries,
            complaint_months: schedule.complaints,
            idempotency_days: KEY_DAYS,
            run_daily: false,
        }
    }
}

impl RetentionSettings {
    /// The schedule that is set.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        Schedule {
            disclosures: self.disclosure_months,
            medical: self.medical_months,
            finance: self.finance_months,
            case_core: self.case_core_months,
            inquiries: self.inquiry_months,
            complaints: self.complaint_months,
        }
    }

    /// Whether every duration is at least a month, and none longer than a century; keys outlive a weekend.
    #[must_use]
    pub fn makes_sense(&self) -> bool {
        let months = [
            self.disclosure_months,
            self.medical_months,
            self.finance_months,
            self.case_core_months,
            self.inquiry_months,
            self.complaint_months,
        ];
        months.iter().all(|months| (1..=1_200).contains(months))
            && (7..=3_650).contains(&self.idempotency_days)
    }
}

/// For how many days notices are kept.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticeSettings {
    /// What a notice is about, from the end of its case.
    pub payload_days: u32,
    /// Its envelope.
    pub envelope_days: u32,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        let schedule = NoticeSchedule::default();
        Self {
            payload_days: schedule.payload_days,
            envelope_days: schedule.envelope_days,
        }
    }
}

impl NoticeSettings {
    /// The schedule that is set.
    #[must_use]
    pub fn schedule(&self) -> NoticeSchedule {
        NoticeSchedule {
            payload_days: self.payload_days,
            envelope_days: self.envelope_days,
        }
    }
}

/// Whether this process does what is due about notices that nobody acknowledges.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct EscalationSettings {
    /// Whether it does; one process of several that share a database is enough, and all of them do no harm.
    pub run: bool,
}

impl Default for EscalationSettings {
    fn default() -> Self {
        Self { run: true }
    }
}
