//! Whose signatures count: the demo key, the key of a small installation, or the issuer's published keys (JWKS).
//!
//! A key comes with its algorithm. What a token's header says about algorithms, or where to find keys, is never followed.

use super::jwks::{self, Source};
use super::token::{Expectations, TokenIssuer, VerificationKey};
use crate::clock::Clock;
use crate::config::AuthSettings;
use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// The private key of every demo in the world. Only `--demo` trusts it.
const DEMO_SEED: &[u8; 32] = b"avrr-gateway demo key: no secret";

/// Shortest time between two looks at the issuer's keys that unknown key names cause.
const COOLDOWN: Duration = Duration::from_secs(30);

/// Age at which the issuer's keys are looked at again, so that a withdrawn key does not count for ever.
const STALE_AFTER: Duration = Duration::from_mins(10);

/// The keys that count, by name.
pub struct KeySet {
    source: Option<Source>,
    cooldown: Duration,
    known: RwLock<Known>,
    refetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Known {
    keys: HashMap<String, Arc<VerificationKey>>,
    /// Counts the replacements of `keys`: what was verified under an older set has to be verified again.
    edition: u64,
    /// When the source was last asked, whether it answered or not.
    asked: Option<Instant>,
}

/// The keys to verify with and, where this program signs its own tokens, the one to sign with.
pub struct Keys {
    /// Keys that verify.
    pub set: Arc<KeySet>,
    /// Signs our own tokens; `None` where another program issues them.
    pub issuer: Option<TokenIssuer>,
}

impl Keys {
    /// The keys that the settings call for: the demo key alone with `--demo`, else the JWKS, else our own key.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if a key file is missing, unreadable, unsafe or the demo key. An issuer that cannot be reached
    /// is no error: its keys are asked for again when a token comes.
    pub async fn open(settings: &AuthSettings, demo: bool, clock: &Clock) -> Result<Self, Error> {
        if let Some(source) = Source::of(settings)?.filter(|_| !demo) {
            let set = KeySet::of_source(source);
            if let Err(reason) = set.ask().await {
                if settings.jwks_file.is_some() {
                    return Err(Error::Startup(format!("auth.jwks_file: {reason}")));
                }
                tracing::warn!(%reason, "the issuer's keys cannot be fetched yet: tokens are refused until they can");
            }
            return Ok(Self {
                set: Arc::new(set),
                issuer: None,
            });
        }
        let key = if demo {
            demo_key()
        } else {
            open_signing_key(&settings.signing_key_file)?
        };
        let name = if demo {
            "avrr-demo".to_owned()
        } else {
            thumbprint(&key)
        };
        let set = KeySet::of_one(name.clone(), verification_key(&key));
        let issuer = issuer(&key, name, settings, clock)?;
        Ok(Self {
            set: Arc::new(set),
            issuer: Some(issuer),
        })
    }
}

impl Expectations {
    /// What the settings ask of a token.
    #[must_use]
    pub fn of(settings: &AuthSettings) -> Self {
        Self {
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            leeway: TimeDelta::seconds(settings.leeway_seconds.into()),
            max_lifetime: TimeDelta::seconds(settings.max_lifetime_seconds.into()),
        }
    }
}

impl KeySet {
    fn of_one(name: String, key: VerificationKey) -> Self {
        let known = Known {
            keys: HashMap::from([(name, Arc::new(key))]),
            ..Known::default()
        };
        Self {
            source: None,
            cooldown: COOLDOWN,
            known: RwLock::new(known),
            refetching: tokio::sync::Mutex::default(),
        }
    }

    fn of_source(source: Source) -> Self {
        Self {
            source: Some(source),
            cooldown: COOLDOWN,
            known: RwLock::default(),
            refetching: tokio::sync::Mutex::default(),
        }
    }

    /// Counts how often the keys were replaced.
    #[must_use]
    pub fn edition(&self) -> u64 {
        self.known.read().unwrap_or_else(PoisonError::into_inner).edition
    }

    /// The key of this name, asking the source again if the name is new or the keys are old.
    pub async fn find(self: &Arc<Self>, name: &str) -> Option<Arc<VerificationKey>> {
        let (found, age) = self.look_up(name);
        if self.source.is_none() {
            return found;
        }
        if found.is_some() {
            if age.is_none_or(|age| age > STALE_AFTER) {
                let set = Arc::clone(self);
                tokio::spawn(async move { set.refetch(STALE_AFTER).await });
            }
            return found;
        }
        self.refetch(self.cooldown).await;
        self.look_up(name).0
    }

    fn look_up(&self, name: &str) -> (Option<Arc<VerificationKey>>, Option<Duration>) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        (
            known.keys.get(name).cloned(),
            known.asked.map(|asked| asked.elapsed()),
        )
    }

    /// Asks the source unless it was asked less than `pause` ago; one asks for all who wait.
    async fn refetch(&self, pause: Duration) {
        let _one_at_a_time = self.refetching.lock().await;
        if self.look_up("").1.is_some_and(|age| age < pause) {
            return;
        }
        if let Err(reason) = self.ask().await {
            tracing::warn!(%reason, "the issuer's keys cannot be fetched: those known before still count");
        }
    }

    async fn ask(&self) -> Result<(), String> {
        let Some(source) = &self.source else { return Ok(()) };
        let answer = source
            .fetch()
            .await
            .and_then(|text| jwks::keys_in(&text, &demo_key()));
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.asked = Some(Instant::now());
        known.keys = answer?;
        known.edition += 1;
        Ok(())
    }
}

fn demo_key() -> SigningKey {
    SigningKey::from_bytes(DEMO_SEED)
}

fn verification_key(key: &SigningKey) -> VerificationKey {
    VerificationKey {
        algorithm: Algorithm::EdDSA,
        key: DecodingKey::from_ed_der(key.verifying_key().as_bytes()),
    }
}

/// RFC 7638: the name that a key gives itself.
fn thumbprint(key: &SigningKey) -> String {
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!(
        r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#
    )))
}

fn issuer(
    key: &SigningKey,
    name: String,
    settings: &AuthSettings,
    clock: &Clock,
) -> Result<TokenIssuer, Error> {
    let der = key
        .to_pkcs8_der()
        .map_err(|error| Error::Startup(format!("the signing key is unusable: {error}")))?;
    Ok(TokenIssuer::new(
        EncodingKey::from_ed_der(der.as_bytes()),
        name,
        Expectations::of(settings),
        clock.clone(),
    ))
}

/// Reads the signing key; makes one, for the owner's eyes only, where there is none.
fn open_signing_key(path: &Path) -> Result<SigningKey, Error> {
    let fault = |what: &str| Error::Startup(format!("auth.signing_key_file: {}: {what}", path.display()));
    let pem = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make_signing_key(path).map_err(|error| fault(&format!("cannot be made: {error}")))?;
            tracing::info!(path = %path.display(), "made a signing key");
            std::fs::read_to_string(path)
        }
        other => other,
    }
    .map_err(|error| fault(&format!("cannot be read: {error}")))?;
    let key = SigningKey::from_pkcs8_pem(&pem).map_err(|_| {
        fault(
            "is not an Ed25519 private key (PKCS#8 PEM): make one with `openssl genpkey -algorithm ed25519`",
        )
    })?;
    if key.to_bytes() == *DEMO_SEED {
        return Err(fault(
            "is the demo key, which everybody has: remove it, and a new one is made",
        ));
    }
    warn_if_others_can_read(path);
    Ok(key)
}

fn make_signing_key(path: &Path) -> std::io::Result<()> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(std::io::Error::other)?;
    let pem = SigningKey::from_bytes(&seed)
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(std::io::Error::other)?;
    // Written aside and linked into place: a second process finds the whole key or none, and never replaces it.
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    let draft = Path::new(&draft);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    let written = file.write_all(pem.as_bytes()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| match std::fs::hard_link(draft, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    std::fs::remove_file(draft)?;
    linked
}

fn warn_if_others_can_read(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0) {
            tracing::warn!(path = %path.display(), "others can read the signing key: chmod 600");
        }
    }
}

#[cfg(test)]
mod tests;
