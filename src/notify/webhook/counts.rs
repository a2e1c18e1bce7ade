//! Counts of what this process has sent to webhooks; nothing per recipient.

use crate::domain::webhook::schedule::Verdict;
use crate::domain::webhook::{BreakerState, DisabledReason};
use crate::store::Settled;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The counts.
#[derive(Debug, Default)]
pub struct Counts {
    delivered: AtomicU64,
    retried: AtomicU64,
    dead_lettered: AtomicU64,
    gone: AtomicU64,
    unreachable: AtomicU64,
    takeovers: AtomicU64,
    lost: AtomicU64,
    opened: AtomicU64,
    closed: AtomicU64,
    milliseconds: AtomicU64,
    attempts: AtomicU64,
}

impl Counts {
    /// Counts an attempt, and what became of it.
    pub fn settled(&self, settled: Settled, latency_ms: i32) {
        self.attempts.fetch_add(1, Relaxed);
        let taken = u64::try_from(latency_ms).unwrap_or(0);
        self.milliseconds.fetch_add(taken, Relaxed);
        let count = match settled.verdict {
            Some(Verdict::Delivered) => &self.delivered,
            Some(Verdict::Retried) => &self.retried,
            Some(Verdict::DeadLettered) => &self.dead_lettered,
            Some(Verdict::Disabled(DisabledReason::Gone)) => &self.gone,
            Some(Verdict::Disabled(DisabledReason::Unreachable)) => &self.unreachable,
            None => &self.lost,
        };
        count.fetch_add(1, Relaxed);
        match settled.breaker {
            (BreakerState::Closed, BreakerState::Open) => drop(self.opened.fetch_add(1, Relaxed)),
            (BreakerState::Open | BreakerState::HalfOpen, BreakerState::Closed) => {
                self.closed.fetch_add(1, Relaxed);
            }
            _ => {}
        }
    }

    /// Counts a lease that somebody had left to expire.
    pub fn took_over(&self) {
        self.takeovers.fetch_add(1, Relaxed);
    }

    /// All counts as text, in the format of Prometheus.
    pub fn render(&self, text: &mut String) {
        let _ = write!(
            text,
            "# HELP avrr_webhook_deliveries_total What became of attempts to deliver to webhooks.\n\
             # TYPE avrr_webhook_deliveries_total counter\n"
        );
        let outcomes = [
            ("delivered", &self.delivered),
            ("retried", &self.retried),
            ("dead_lettered", &self.dead_lettered),
            ("disabled_gone", &self.gone),
            ("disabled_unreachable", &self.unreachable),
            ("lease_lost", &self.lost),
        ];
        for (label, count) in outcomes {
            let count = count.load(Relaxed);
            let _ = writeln!(
                text,
                "avrr_webhook_deliveries_total{{outcome=\"{label}\"}} {count}"
            );
        }
        let milliseconds = self.milliseconds.load(Relaxed);
        let _ = write!(
            text,
            "# HELP avrr_webhook_attempt_duration_seconds Time that webhooks took to answer.\n\
             # TYPE avrr_webhook_attempt_duration_seconds summary\n\
             avrr_webhook_attempt_duration_seconds_sum {}.{:03}\n\
             avrr_webhook_attempt_duration_seconds_count {}\n\
             # HELP avrr_webhook_breaker_transitions_total Breakers of webhooks that opened or closed.\n\
             # TYPE avrr_webhook_breaker_transitions_total counter\n\
             avrr_webhook_breaker_transitions_total{{to=\"open\"}} {}\n\
             avrr_webhook_breaker_transitions_total{{to=\"closed\"}} {}\n\
             # HELP avrr_webhook_lease_takeovers_total Leases taken over from workers that let them expire.\n\
             # TYPE avrr_webhook_lease_takeovers_total counter\n\
             avrr_webhook_lease_takeovers_total {}\n",
            milliseconds / 1_000,
            milliseconds % 1_000,
            self.attempts.load(Relaxed),
            self.opened.load(Relaxed),
            self.closed.load(Relaxed),
            self.takeovers.load(Relaxed),
        );
    }
}
