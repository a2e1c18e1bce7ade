//! The keys of one issuer, by name, as far as they are known: asked for again when a name is new or the set has grown old.
//!
//! Each issuer has a set of its own, so that one whose keys cannot be fetched keeps nobody else waiting. While they cannot
//! be fetched the keys known before still count, but not for ever.

use super::jwks::{self, Source};
use super::keys::demo_key;
use super::token::VerificationKey;
use crate::clock::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Shortest time between two looks at the issuer's keys that unknown key names cause.
const COOLDOWN: TimeDelta = TimeDelta::seconds(30);

/// Age at which the issuer's keys are looked at again, so that a withdrawn key does not count for long.
const STALE_AFTER: TimeDelta = TimeDelta::minutes(10);

/// The keys of an issuer.
pub struct KeySet {
    source: Option<Source>,
    /// Age at which keys that could not be fetched anew count no longer.
    max_stale: TimeDelta,
    clock: Clock,
    known: RwLock<Known>,
    refetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, Arc<VerificationKey>>,
    /// Counts the replacements of `keys`: what was verified under an older set has to be verified again.
    edition: u64,
    /// When the source was last asked, whether it answered or not.
    asked: Option<DateTime<Utc>>,
    /// When it last gave a set.
    answered: Option<DateTime<Utc>>,
}

impl KeySet {
    /// A set of one key, which nobody has to be asked for.
    pub(super) fn of_one(name: String, key: VerificationKey, clock: Clock) -> Self {
        let known = Known {
            keys: HashMap::from([(name, Arc::new(key))]),
            ..Known::default()
        };
        Self {
            source: None,
            max_stale: TimeDelta::zero(),
            clock,
            known: RwLock::new(known),
            refetching: tokio::sync::Mutex::default(),
        }
    }

    /// A set that is yet to be asked for.
    pub(super) fn of_source(source: Source, max_stale: TimeDelta, clock: Clock) -> Self {
        Self {
            source: Some(source),
            max_stale,
            clock,
            known: RwLock::default(),
            refetching: tokio::sync::Mutex::default(),
        }
    }

    /// Counts how often the keys were replaced; nothing while they are too old to count.
    #[must_use]
    pub fn edition(&self) -> Option<u64> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        self.counts(&known).then_some(known.edition)
    }

    /// Asks for the keys anew in the background, if they have grown old.
    pub fn keep_fresh(self: &Arc<Self>) {
        if self.source.is_some() && !self.was_asked_within(STALE_AFTER) {
            let set = Arc::clone(self);
            tokio::spawn(async move { set.freshen().await });
        }
    }

    /// Whether there are keys that count. Where there are none, the source is asked again in the background: a program that is
    /// called not ready gets no token that would have it asked.
    #[must_use]
    pub fn is_there(self: &Arc<Self>) -> bool {
        let there = self.edition().is_some();
        if !there {
            let set = Arc::clone(self);
            tokio::spawn(async move { set.refetch().await });
        }
        there
    }

    /// The key of this name, asking the source again if the name is new or the keys are too old to count. While somebody
    /// asks already, a new name is not waited for where there are keys that count: whoever makes names up would have every
    /// such token wait as long as a slow issuer takes. So a token under a key of a moment ago may be refused, and is good when
    /// it comes again. Where no key counts nobody could come in, and all wait for the one who asks.
    pub async fn find(self: &Arc<Self>, name: &str) -> Option<Arc<VerificationKey>> {
        let found = self.look_up(name);
        if found.is_some() || self.source.is_none() {
            return found;
        }
        if self.edition().is_none() {
            self.refetch().await;
        } else if let Ok(_one_at_a_time) = self.refetching.try_lock() {
            self.ask_unless_just_asked().await;
        } else {
            return None;
        }
        self.look_up(name)
    }

    fn look_up(&self, name: &str) -> Option<Arc<VerificationKey>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        self.counts(&known)
            .then(|| known.keys.get(name).cloned())
            .flatten()
    }

    fn counts(&self, known: &Known) -> bool {
        self.source.is_none() || self.is_within(known.answered, self.max_stale)
    }

    /// Whether a moment lies no longer back than this; one ahead of now says that the clock was set back, and is none.
    fn is_within(&self, moment: Option<DateTime<Utc>>, age: TimeDelta) -> bool {
        let now = self.clock.now();
        moment.is_some_and(|moment| moment <= now && now - moment < age)
    }

    fn was_asked_within(&self, age: TimeDelta) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        self.is_within(known.asked, age)
    }

    /// Asks the source unless it was asked a moment ago; one asks for all who wait.
    async fn refetch(&self) {
        let _one_at_a_time = self.refetching.lock().await;
        self.ask_unless_just_asked().await;
    }

    async fn ask_unless_just_asked(&self) {
        if !self.was_asked_within(COOLDOWN) {
            self.ask_and_tell().await;
        }
    }

    /// Asks the source if the keys are old and nobody else is asking.
    async fn freshen(&self) {
        let Ok(_one_at_a_time) = self.refetching.try_lock() else {
            return;
        };
        if !self.was_asked_within(STALE_AFTER) {
            self.ask_and_tell().await;
        }
    }

    async fn ask_and_tell(&self) {
        if let Err(reason) = self.ask().await {
            tracing::warn!(%reason, "the issuer's keys cannot be fetched: those known before still count for a while");
        }
    }

    /// Asks the source; what it cannot give changes nothing.
    ///
    /// # Errors
    ///
    /// A line that says why the keys cannot be had.
    pub(super) async fn ask(&self) -> Result<(), String> {
        let Some(source) = &self.source else { return Ok(()) };
        let answer = source
            .fetch()
            .await
            .and_then(|text| jwks::keys_in(&text, &demo_key()));
        let now = self.clock.now();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.asked = Some(now);
        known.keys = answer?;
        known.answered = Some(now);
        known.edition += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
