//! What many streams ask at the same moment is looked up once, and the others wait for the answer.
//!
//! An answer counts for as long as a look now would find the same: until this process commits anything or is woken, and
//! never for longer than [`FRESH`], since other processes commit too.

use crate::error::Error;
use crate::store::cause_of;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;

/// Longest time that an answer counts.
const FRESH: Duration = Duration::from_millis(100);

/// When something was looked up: after which commit, and at which time, by the programme's clock and by the machine's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) wakes: u64,
    pub(super) time: DateTime<Utc>,
    pub(super) instant: Instant,
}

impl Moment {
    /// Whether what was found at this moment is as good as what would be found now.
    pub(super) fn still_holds(&self, now: &Self) -> bool {
        self.wakes == now.wakes
            && (now.time - self.time).abs().to_std().is_ok_and(|age| age < FRESH)
            && now.instant.saturating_duration_since(self.instant) < FRESH
    }
}

/// Answers by question.
pub(super) struct Shared<K, V>(Mutex<HashMap<K, Arc<Slot<V>>>>);

struct Slot<V> {
    moment: Moment,
    found: OnceCell<Result<V, Arc<Error>>>,
}

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Shared<K, V> {
    /// The answer to a question, and when it was looked up: somebody else's if it still holds, else one's own.
    ///
    /// # Errors
    ///
    /// What went wrong with the look, for everybody who waited for it.
    pub(super) async fn get<F>(
        &self,
        question: K,
        now: Moment,
        look: impl FnOnce() -> F,
    ) -> Result<(V, Moment), Error>
    where
        F: Future<Output = Result<V, Error>>,
    {
        let slot = self.slot(question, now);
        let found = slot.found.get_or_init(|| async { look().await.map_err(told) });
        match found.await {
            Ok(found) => Ok((found.clone(), slot.moment)),
            Err(fault) => Err(Error::Database(Box::new(Arc::clone(fault)))),
        }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<K, Arc<Slot<V>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slot(&self, question: K, now: Moment) -> Arc<Slot<V>> {
        let fresh = || {
            Arc::new(Slot {
                moment: now,
                found: OnceCell::new(),
            })
        };
        let mut slots = self.slots();
        let slot = slots.entry(question).or_insert_with(fresh);
        if !slot.moment.still_holds(&now) {
            *slot = fresh();
        }
        Arc::clone(slot)
    }

    /// Forgets what does not hold any more.
    pub(super) fn forget(&self, now: &Moment) {
        self.slots().retain(|_, slot| slot.moment.still_holds(now));
    }
}

/// Writes to the log why a look failed: once, however many wait for it.
fn told(fault: Error) -> Arc<Error> {
    tracing::warn!(cause = cause_of(&fault), "a look for streams failed");
    Arc::new(fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use futures_util::future::join_all;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn moment(wakes: u64) -> Moment {
        Moment {
            wakes,
            time: DateTime::UNIX_EPOCH,
            instant: Instant::now(),
        }
    }

    #[tokio::test]
    async fn a_thousand_who_ask_the_same_cost_one_look() {
        let (shared, looks) = (Shared::<&str, usize>::default(), AtomicUsize::new(0));
        let now = moment(1);
        let ask = |question, now| {
            shared.get(question, now, async || {
                tokio::task::yield_now().await;
                Ok(looks.fetch_add(1, Ordering::Relaxed))
            })
        };
        let answers = join_all((0..1_000).map(|_| ask("inbox", now))).await;
        assert!(
            answers
                .into_iter()
                .all(|answer| answer.is_ok_and(|(found, _)| found == 0))
        );
        let other = ask("another inbox", now).await.expect("an answer");
        assert_eq!(other.0, 1, "another question is another look");
        let woken = ask("inbox", moment(2)).await.expect("an answer");
        assert_eq!(woken.0, 2, "what was found before a commit counts no more");
        let later = Moment {
            time: now.time + TimeDelta::seconds(1),
            ..moment(2)
        };
        assert_eq!(
            ask("inbox", later).await.expect("an answer").0,
            3,
            "nor what is old"
        );
        shared.forget(&moment(3));
        assert!(shared.slots().is_empty());
    }

    #[tokio::test]
    async fn a_look_that_fails_fails_for_everybody_who_waited_and_is_tried_again() {
        let (shared, now) = (Shared::<(), usize>::default(), moment(1));
        let looks = AtomicUsize::new(0);
        let fail = || {
            shared.get((), now, async || {
                tokio::task::yield_now().await;
                looks.fetch_add(1, Ordering::Relaxed);
                Err(Error::NotNoted)
            })
        };
        let answers = join_all((0..10).map(|_| fail())).await;
        assert!(answers.into_iter().all(|answer| answer.is_err()));
        assert_eq!(looks.load(Ordering::Relaxed), 1);
        let again = shared.get((), moment(2), async || Ok(7)).await;
        assert_eq!(again.expect("an answer").0, 7);
    }
}
