//! One at a time: work that many want done and one does, while the others wait for its end or go on without.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// How long nobody begins again after it failed.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Whether somebody is at it, and when it last failed.
#[derive(Clone)]
pub struct Flight(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    ended: watch::Sender<()>,
}

#[derive(Default)]
struct State {
    is_running: bool,
    failed_at: Option<DateTime<Utc>>,
}

/// Somebody is at it until this is gone.
pub struct Running {
    flight: Flight,
    failed_at: Option<DateTime<Utc>>,
}

/// What is found by whoever wants it done.
pub enum Departure {
    /// Nobody was at it: do it.
    Begin(Running),
    /// Somebody is at it.
    Underway,
    /// It failed a moment ago.
    Paused,
}

impl Default for Flight {
    fn default() -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            ended: watch::Sender::new(()),
        }))
    }
}

impl Flight {
    /// Begins, unless somebody is at it or it failed less than a minute ago.
    #[must_use]
    pub fn begin(&self, now: DateTime<Utc>) -> Departure {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_running {
            return Departure::Underway;
        }
        if state.failed_at.is_some_and(|failed| now - failed < PAUSE) {
            return Departure::Paused;
        }
        state.is_running = true;
        Departure::Begin(Running {
            flight: self.clone(),
            failed_at: None,
        })
    }

    /// Changes when whoever is at it ends.
    #[must_use]
    pub fn ended(&self) -> watch::Receiver<()> {
        self.0.ended.subscribe()
    }
}

impl Running {
    /// It failed.
    pub fn failed(&mut self, now: DateTime<Utc>) {
        self.failed_at = Some(now);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let shared = &self.flight.0;
        let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_running = false;
        state.failed_at = self.failed_at;
        drop(state);
        shared.ended.send_replace(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_begins_and_after_a_failure_nobody_does_for_a_minute() {
        let flight = Flight::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let begun = |at: DateTime<Utc>| match flight.begin(at) {
            Departure::Begin(running) => Some(running),
            Departure::Underway | Departure::Paused => None,
        };
        let mut ended = flight.ended();
        let mut running = begun(now).expect("the first begins");
        assert!(matches!(flight.begin(now), Departure::Underway));
        assert!(!ended.has_changed().expect("a flight"));
        running.failed(now);
        drop(running);
        assert!(ended.has_changed().expect("a flight"));
        ended.mark_unchanged();
        assert!(matches!(
            flight.begin(now + TimeDelta::seconds(59)),
            Departure::Paused
        ));
        drop(begun(now + TimeDelta::seconds(60)).expect("a minute later"));
        assert!(
            begun(now + TimeDelta::seconds(60)).is_some(),
            "what went well can be done again"
        );
    }
}
