//! How long a notice is kept: what it is about goes first, that it was told goes last.

use chrono::{DateTime, TimeDelta, Utc};

/// For how many days notices are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeSchedule {
    /// What a notice is about, from the end of its case and from the day of the notice.
    pub payload_days: u32,
    /// Its envelope: place, type and times.
    pub envelope_days: u32,
}

impl Default for NoticeSchedule {
    fn default() -> Self {
        Self {
            payload_days: 365,
            envelope_days: 730,
        }
    }
}

impl NoticeSchedule {
    /// Of what had ended by this moment, the subject is erased now.
    #[must_use]
    pub fn payload_cut_off(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        before(now, self.payload_days)
    }

    /// What was told by this moment is erased now.
    #[must_use]
    pub fn envelope_cut_off(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        before(now, self.envelope_days)
    }

    /// Whether an envelope outlives what it is about, and neither is kept for longer than a century.
    #[must_use]
    pub fn makes_sense(&self) -> bool {
        (1..=36_500).contains(&self.payload_days)
            && (self.payload_days..=36_500).contains(&self.envelope_days)
    }
}

fn before(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    now.checked_sub_signed(TimeDelta::days(days.into()))
        .unwrap_or(DateTime::UNIX_EPOCH)
}
