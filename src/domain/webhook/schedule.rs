//! When a delivery is tried again: the schedule of Standard Webhooks 1.0.0, and what an answer makes of it.
//!
//! Deliveries to one address are made in the order of the inbox, so only the notice that is next is tried, and those behind
//! it wait. What cannot be delivered within the schedule is given up as a dead letter, and the next is tried at once: if that
//! succeeds, one notice was at fault and the others go on; if it fails as well the address is, and it is disabled with
//! everything still waiting for whoever resumes it.

use super::{AttemptOutcome, BreakerState, DisabledReason};
use chrono::{DateTime, TimeDelta, Utc};

/// The wait before each attempt, in seconds: at once, 5 s, 5 min, 30 min, then 2, 5, 10, 14, 20 and 24 hours.
pub const SCHEDULE: [i64; 10] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Failures in a row after which the breaker opens: then one notice alone is tried at a time.
pub const BREAKS_AFTER: i32 = 3;

/// The shortest wait after an answer that asks to be slower.
pub const SLOWER: TimeDelta = TimeDelta::minutes(1);

/// The longest `Retry-After` that is honoured.
pub const LONGEST_RETRY_AFTER: TimeDelta = TimeDelta::hours(24);

/// How an attempt went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How it went.
    pub outcome: AttemptOutcome,
    /// The status of the answer, where there was one.
    pub status: Option<u16>,
    /// How long the answer asks to wait.
    pub retry_after: Option<TimeDelta>,
}

impl Answer {
    /// An answer with this status.
    #[must_use]
    pub fn of_status(status: u16, retry_after: Option<TimeDelta>) -> Self {
        Self {
            outcome: AttemptOutcome::of_status(status),
            status: Some(status),
            retry_after,
        }
    }

    /// No answer.
    #[must_use]
    pub fn none(outcome: AttemptOutcome) -> Self {
        Self {
            outcome,
            status: None,
            retry_after: None,
        }
    }
}

/// What becomes of a delivery after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was delivered.
    Delivered,
    /// It is tried again later.
    Retried,
    /// It is given up, and the next one is tried.
    DeadLettered,
    /// The address is given up; the notice and those behind it wait.
    Disabled(DisabledReason),
}

/// How far the deliveries to one address are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The place in the inbox up to which notices were delivered, passed over or given up.
    pub place: i64,
    /// Attempts made for the notice that is next.
    pub tries: i32,
    /// Failures since the last success.
    pub failures: i32,
    /// When the first of those was.
    pub failing_since: Option<DateTime<Utc>>,
    /// The breaker.
    pub breaker: BreakerState,
    /// Before this moment nothing is tried.
    pub next_attempt_at: Option<DateTime<Utc>>,
}

impl Progress {
    /// Nothing has failed yet, and everything up to a place is done with.
    #[must_use]
    pub fn from(place: i64) -> Self {
        Self {
            place,
            tries: 0,
            failures: 0,
            failing_since: None,
            breaker: BreakerState::Closed,
            next_attempt_at: None,
        }
    }

    /// The progress after an attempt for the notice at a place, and what becomes of that notice. The seed says where within
    /// its jitter a wait lies.
    #[must_use]
    pub fn after(self, sequence: i64, answer: &Answer, now: DateTime<Utc>, seed: u64) -> (Self, Verdict) {
        match answer.outcome {
            AttemptOutcome::Delivered => (Self::from(sequence), Verdict::Delivered),
            AttemptOutcome::Gone => {
                let failed = self.failed(now);
                (failed, Verdict::Disabled(DisabledReason::Gone))
            }
            _ => self.failed(now).goes_on(sequence, answer, now, seed),
        }
    }

    fn failed(self, now: DateTime<Utc>) -> Self {
        let failures = self.failures.saturating_add(1);
        Self {
            tries: self.tries.saturating_add(1),
            failures,
            failing_since: self.failing_since.or(Some(now)),
            breaker: if failures >= BREAKS_AFTER {
                BreakerState::Open
            } else {
                BreakerState::Closed
            },
            next_attempt_at: None,
            ..self
        }
    }

    fn goes_on(self, sequence: i64, answer: &Answer, now: DateTime<Utc>, seed: u64) -> (Self, Verdict) {
        let made = usize::try_from(self.tries).unwrap_or(usize::MAX);
        // The one before was given up, and nothing has succeeded since.
        let after_dead_letter = made == 1 && self.failures > count_of(SCHEDULE.len());
        if after_dead_letter {
            return (self, Verdict::Disabled(DisabledReason::Unreachable));
        }
        let Some(wait) = wait_after(made, seed) else {
            let next = Self {
                place: sequence,
                tries: 0,
                ..self
            };
            return (next, Verdict::DeadLettered);
        };
        let asked = answer.retry_after.map(|asked| asked.min(LONGEST_RETRY_AFTER));
        let slower = (answer.outcome == AttemptOutcome::Throttled).then_some(SLOWER);
        let wait = [asked, slower].into_iter().flatten().fold(wait, TimeDelta::max);
        let next = Self {
            next_attempt_at: Some(now + wait),
            ..self
        };
        (next, Verdict::Retried)
    }
}

fn count_of(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// The wait after so many attempts, the schedule's and up to a tenth more; none once the schedule has ended.
#[must_use]
pub fn wait_after(attempts: usize, seed: u64) -> Option<TimeDelta> {
    let milliseconds = SCHEDULE.get(attempts)?.saturating_mul(1_000);
    let share = i64::try_from(mixed(seed) % 101).unwrap_or(0);
    Some(TimeDelta::milliseconds(
        milliseconds + milliseconds / 1_000 * share,
    ))
}

/// The seed of one wait: the same for the same address, place and attempt, whoever computes it.
#[must_use]
pub fn seed_of(address: u128, sequence: i64, tries: i32) -> u64 {
    let [high, low] = [address >> 64, address & u128::from(u64::MAX)];
    let halves = [high, low].map(|half| u64::try_from(half).unwrap_or(0));
    let place = sequence.unsigned_abs();
    mixed(halves[0] ^ mixed(halves[1] ^ mixed(place ^ (u64::from(tries.unsigned_abs()) << 48))))
}

/// The finaliser of SplitMix64.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests;
