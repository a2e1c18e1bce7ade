//! What one client holds at once: its requests under way, its sockets and streams; and what one address does: its connections.
//! None takes the room of the others.

use crate::ids::ClientId;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How much of one thing each client holds, and may hold; or whoever else is told apart by a key.
#[derive(Clone)]
pub struct Shares<K = ClientId> {
    most: usize,
    held: Arc<Mutex<HashMap<K, usize>>>,
}

/// One of what a client holds, given back with it.
pub struct Share<K: Eq + Hash = ClientId> {
    holder: K,
    held: Arc<Mutex<HashMap<K, usize>>>,
}

impl<K: Copy + Eq + Hash> Shares<K> {
    /// Nobody holds anything yet, and each may hold so many.
    #[must_use]
    pub fn of(most: usize) -> Self {
        Self {
            most,
            held: Arc::default(),
        }
    }

    /// How many each may hold.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// One more for this holder; none where it holds as many as it may.
    #[must_use]
    pub fn take(&self, holder: K) -> Option<Share<K>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(holder).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Share {
            holder,
            held: Arc::clone(&self.held),
        })
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.holder) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_holds_its_share_and_no_more_until_it_gives_some_back() {
        let shares = Shares::of(2);
        let (one, other) = (
            ClientId::from(uuid::Uuid::from_u128(1)),
            ClientId::from(uuid::Uuid::from_u128(2)),
        );
        let first = shares.take(one).expect("the first");
        let second = shares.take(one).expect("the second");
        assert!(shares.take(one).is_none());
        assert!(shares.take(other).is_some(), "others have their own");
        drop(first);
        assert!(shares.take(one).is_some());
        drop(second);
        assert!(
            shares.held.lock().expect("no panic").is_empty(),
            "who holds nothing costs nothing"
        );
    }
}
