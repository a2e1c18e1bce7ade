//! The only source of "now".
//!
//! Everything that asks for the time, or waits for one, asks a [`Clock`]; a test moves it by hand with a [`TestClock`].

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use governor::nanos::Nanos;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Longest single wait: a wall clock may be set while we sleep, so it is looked at again at least this often.
const LONGEST_NAP: Duration = Duration::from_mins(1);

/// Tells the time, in UTC and in microseconds, which both databases keep exactly.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Test(watch::Receiver<DateTime<Utc>>),
}

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place that reads the machine's clock"
            )]
            Source::System => Utc::now().trunc_subsecs(6),
            Source::Test(now) => *now.borrow(),
        }
    }

    /// Time since some moment, which never goes back: for what counts by the second. By a test clock it goes with the time.
    #[must_use]
    pub fn steady(&self) -> Duration {
        static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
        match &self.0 {
            Source::System => BEGAN.elapsed(),
            Source::Test(now) => {
                let micros = u64::try_from(now.borrow().timestamp_micros()).unwrap_or_default();
                Duration::from_micros(micros)
            }
        }
    }

    /// Returns once this clock shows `deadline` or later; at once if it does already.
    pub async fn sleep_until(&self, deadline: DateTime<Utc>) {
        match &self.0 {
            Source::System => {
                while let Ok(left) = (deadline - self.now()).to_std()
                    && !left.is_zero()
                {
                    #[expect(clippy::disallowed_methods, reason = "the one place that waits for a time")]
                    tokio::time::sleep(left.min(LONGEST_NAP)).await;
                }
            }
            Source::Test(now) => {
                // Nobody moves the clock any more once the TestClock is gone: that time never comes.
                if now.clone().wait_for(|now| *now >= deadline).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }
}

/// The clock as limiters of rates read it: it never goes back.
#[derive(Clone)]
pub struct Ticks(pub Clock);

impl governor::clock::Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(self.0.steady())
    }
}

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct TestClock(watch::Sender<DateTime<Utc>>);

impl TestClock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn at(start: DateTime<Utc>) -> Self {
        Self(watch::Sender::new(start.trunc_subsecs(6)))
    }

    /// A handle for the program under test; all handles show the same time.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock(Source::Test(self.0.subscribe()))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.borrow()
    }

    /// Moves the clock and wakes whoever waits for the time that it shows then.
    pub fn advance(&self, by: TimeDelta) {
        self.0.send_modify(|now| *now = (*now + by).trunc_subsecs(6));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[tokio::test]
    async fn whoever_waits_for_a_time_wakes_when_a_test_moves_the_clock_past_it() {
        let hand = TestClock::at(DateTime::UNIX_EPOCH);
        let clock = hand.clock();
        let mut wait = Box::pin(clock.sleep_until(DateTime::UNIX_EPOCH + TimeDelta::hours(1)));
        assert!(wait.as_mut().now_or_never().is_none());
        hand.advance(TimeDelta::minutes(59));
        assert!(wait.as_mut().now_or_never().is_none());
        hand.advance(TimeDelta::minutes(1));
        wait.await;
        assert_eq!(clock.now(), hand.now());
    }

    #[test]
    fn times_have_no_more_than_microseconds() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1_000, 0);
    }
}
