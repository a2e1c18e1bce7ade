//! From a bearer token to the client that it names: signature, claims, time. The registry is not asked here.

use super::keys::KeySet;
use super::token::{self, Claims, Expectations, Fault};
use crate::clock::Clock;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Most good signatures that are remembered.
const MAX_REMEMBERED: usize = 4_096;

/// Verifies tokens.
pub struct Verifier {
    keys: Arc<KeySet>,
    expected: Expectations,
    clock: Clock,
    remembered: Mutex<HashMap<[u8; 32], Remembered>>,
}

/// A token whose signature was good under one edition of the key set.
#[derive(Clone)]
struct Remembered {
    claims: Arc<Claims>,
    edition: u64,
}

/// What a good token says.
#[derive(Debug)]
pub struct Named {
    /// The client, by the name that the registry knows it by.
    pub claims: Arc<Claims>,
    /// When the token stops being good.
    pub expires_at: DateTime<Utc>,
}

impl Verifier {
    /// Verifies by these keys, expectations and clock.
    #[must_use]
    pub fn new(keys: Arc<KeySet>, expected: Expectations, clock: Clock) -> Self {
        Self {
            keys,
            expected,
            clock,
            remembered: Mutex::default(),
        }
    }

    /// The client that a token names.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the token is not an access token of ours, not signed by a key that counts, or not good now.
    pub async fn verify(&self, bearer: &str) -> Result<Named, Fault> {
        // Claims are checked every time: only what cannot change while the key counts is remembered.
        let digest = Sha256::digest(bearer).into();
        let known = self.recall(&digest);
        let new = known.is_none();
        let token = match known {
            Some(token) => token,
            None => self.read(bearer).await?,
        };
        let expires_at = token.claims.check(&self.expected, self.clock.now())?;
        let claims = Arc::clone(&token.claims);
        if new {
            self.remember(digest, token);
        }
        Ok(Named { claims, expires_at })
    }

    async fn read(&self, bearer: &str) -> Result<Remembered, Fault> {
        let name = token::key_name(bearer)?;
        let edition = self.keys.edition();
        let key = self.keys.find(&name).await.ok_or(Fault::UnknownKey)?;
        Ok(Remembered {
            claims: Arc::new(token::verified_claims(bearer, &key)?),
            edition,
        })
    }

    fn recall(&self, digest: &[u8; 32]) -> Option<Remembered> {
        let edition = self.keys.edition();
        let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        remembered
            .get(digest)
            .filter(|token| token.edition == edition)
            .cloned()
    }

    fn remember(&self, digest: [u8; 32], token: Remembered) {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MAX_REMEMBERED {
            let now = self.clock.now();
            remembered.retain(|_, known| {
                known.edition == token.edition && known.claims.check(&self.expected, now).is_ok()
            });
            if remembered.len() >= MAX_REMEMBERED {
                remembered.clear();
            }
        }
        remembered.insert(digest, token);
    }
}

#[cfg(test)]
mod tests;
