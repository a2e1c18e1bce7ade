//! From a bearer token to the client that it names: issuer, signature, claims, time. The registry is not asked here.

use super::keys::Trusted;
use super::token::{self, Claims, Fault};
use crate::clock::Clock;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Most good signatures that are remembered.
const MAX_REMEMBERED: usize = 4_096;

/// Verifies tokens.
pub struct Verifier {
    trusted: Vec<Trusted>,
    /// The issuer of clients that are registered without one.
    first: String,
    clock: Clock,
    remembered: Mutex<HashMap<[u8; 32], Remembered>>,
}

/// A token whose signature was good under one edition of its issuer's keys.
#[derive(Clone)]
struct Remembered {
    claims: Arc<Claims>,
    /// The place of the issuer.
    issuer: usize,
    edition: Option<u64>,
}

/// What a good token says.
#[derive(Debug)]
pub struct Named {
    /// The client, by the name that the registry knows it by.
    pub claims: Arc<Claims>,
    /// When the token was issued, at the earliest: of an issuer whose clock may go ahead, some time before it says. Who takes
    /// back what was issued until now has to mean those as well that name a moment to come.
    pub issued_at: DateTime<Utc>,
    /// When the token stops being good.
    pub expires_at: DateTime<Utc>,
}

impl Verifier {
    /// Verifies tokens of these issuers; `first` names the one of clients that are registered without one.
    #[must_use]
    pub fn new(trusted: Vec<Trusted>, first: String, clock: Clock) -> Self {
        Self {
            trusted,
            first,
            clock,
            remembered: Mutex::default(),
        }
    }

    /// The client that a token names.
    ///
    /// # Errors
    ///
    /// A [`Fault`] if the token is not an access token for us, not signed by a key of its issuer, or not good now.
    pub async fn verify(&self, bearer: &str) -> Result<Named, Fault> {
        // Claims are checked every time: only what cannot change while the key counts is remembered.
        let digest = Sha256::digest(bearer).into();
        let known = self.recall(&digest);
        let new = known.is_none();
        let token = match known {
            Some(token) => token,
            None => self.read(bearer).await?,
        };
        self.trusted[token.issuer].keys.keep_fresh();
        let expected = &self.trusted[token.issuer].expected;
        let (issued_at, expires_at) = token.claims.check(expected, self.clock.now())?;
        let claims = Arc::clone(&token.claims);
        if new {
            self.remember(digest, token);
        }
        Ok(Named {
            claims,
            issued_at: issued_at - expected.doubt,
            expires_at,
        })
    }

    /// Asks in the background for the keys that have grown old, so that on a process that nobody calls a withdrawn key
    /// does not count until somebody does.
    pub fn keep_fresh(&self) {
        for issuer in &self.trusted {
            issuer.keys.keep_fresh();
        }
    }

    /// Of how many issuers there are keys that count, and how many issuers there are.
    #[must_use]
    pub fn issuers(&self) -> (usize, usize) {
        let there = self.trusted.iter().filter(|issuer| issuer.keys.is_there());
        (there.count(), self.trusted.len())
    }

    /// Whether an issuer speaks for a client that is registered with this issuer, or with none.
    #[must_use]
    pub fn speaks_for(&self, claims: &Claims, registered: Option<&str>) -> bool {
        claims.iss == registered.unwrap_or(&self.first)
    }

    async fn read(&self, bearer: &str) -> Result<Remembered, Fault> {
        let name = token::key_name(bearer)?;
        // Said by the token alone so far: it chooses the keys, and they then prove it.
        let said = token::issuer_of(bearer)?;
        let issuer = self
            .trusted
            .iter()
            .position(|known| known.expected.issuer == said);
        let issuer = issuer.ok_or(Fault::Claim("iss"))?;
        let keys = &self.trusted[issuer].keys;
        let edition = keys.edition();
        let key = keys.find(&name).await.ok_or(Fault::UnknownKey)?;
        Ok(Remembered {
            claims: Arc::new(token::verified_claims(bearer, &key)?),
            issuer,
            edition,
        })
    }

    fn recall(&self, digest: &[u8; 32]) -> Option<Remembered> {
        let found = {
            let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
            remembered.get(digest).cloned()?
        };
        let current = self.trusted[found.issuer].keys.edition();
        (current.is_some() && current == found.edition).then_some(found)
    }

    fn remember(&self, digest: [u8; 32], token: Remembered) {
        let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= MAX_REMEMBERED {
            let now = self.clock.now();
            remembered.retain(|_, known| {
                let issuer = &self.trusted[known.issuer];
                issuer.keys.edition() == known.edition && known.claims.check(&issuer.expected, now).is_ok()
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
