//! Whose signatures count: the demo key, the key of a small installation, or the published keys (JWKS) of issuers.
//!
//! A key comes with its algorithm. What a token's header says about algorithms, or where to find keys, is never followed.

use super::jwks::Source;
use super::key_set::KeySet;
use super::token::{Expectations, TokenIssuer, VerificationKey};
use crate::clock::Clock;
use crate::config::{AuthSettings, IssuerSettings};
use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

/// The private key of every demo in the world. Only `--demo` trusts it.
const DEMO_SEED: &[u8; 32] = b"avrr-gateway demo key: no secret";

/// An issuer whose tokens count: what they must say, and the keys that sign them.
pub struct Trusted {
    /// What its tokens must say.
    pub expected: Expectations,
    /// Its keys.
    pub keys: Arc<KeySet>,
}

/// The issuers whose tokens count and, where this program signs its own tokens, the key to sign with.
pub struct Keys {
    /// Whose tokens count; the issuer of clients that are registered without one comes first.
    pub trusted: Vec<Trusted>,
    /// Signs our own tokens; `None` where other programs issue them.
    pub issuer: Option<TokenIssuer>,
}

impl Keys {
    /// The keys that the settings call for: the demo key alone with `--demo`; else the JWKS of the first issuer or our own
    /// key, and the JWKS of the other issuers.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if a key file is missing, unreadable, unsafe or the demo key. An issuer that cannot be reached
    /// is no error: its keys are asked for again when a token comes.
    pub async fn open(settings: &AuthSettings, demo: bool, clock: &Clock) -> Result<Self, Error> {
        let first = Expectations::of(settings);
        let mut trusted = Vec::new();
        let mut issuer = None;
        let own = if demo {
            Some((demo_key(), "avrr-demo".to_owned()))
        } else if settings.signs_itself() {
            let key = open_signing_key(&settings.signing_key_file)?;
            let name = thumbprint(&key);
            Some((key, name))
        } else {
            None
        };
        if let Some((key, name)) = own {
            let keys = KeySet::of_one(name.clone(), verification_key(&key), clock.clone());
            issuer = Some(self::issuer(&key, name, settings, clock)?);
            trusted.push(Trusted {
                expected: first.clone(),
                keys: Arc::new(keys),
            });
        } else {
            let (file, url) = (settings.jwks_file.as_deref(), settings.jwks_url.as_deref());
            let source = Source::of("auth", file, url)?;
            if let Some(source) = source {
                trusted.push(published("auth", source, first.clone(), settings, clock).await?);
            }
        }
        let others: &[IssuerSettings] = if demo { &[] } else { &settings.issuers };
        for (nth, other) in others.iter().enumerate() {
            let of = format!("auth.issuers[{nth}]");
            let expected = Expectations {
                issuer: other.issuer.clone(),
                audience: other.audience.clone().unwrap_or_else(|| first.audience.clone()),
                max_lifetime: other
                    .max_lifetime_seconds
                    .map_or(first.max_lifetime, |seconds| TimeDelta::seconds(seconds.into())),
                leeway: first.leeway,
                doubt: first.leeway,
            };
            if let Some(source) = Source::of(&of, other.jwks_file.as_deref(), other.jwks_url.as_deref())? {
                trusted.push(published(&of, source, expected, settings, clock).await?);
            }
        }
        Ok(Self { trusted, issuer })
    }
}

/// What is wrong with the files that keys are read from, one line each; no issuer is asked, and no key is made.
pub async fn faults(settings: &AuthSettings) -> Vec<Error> {
    let mut faults = Vec::new();
    let mut note = |found: Result<(), Error>| faults.extend(found.err());
    let own = &settings.signing_key_file;
    if settings.signs_itself() && own.exists() {
        note(open_signing_key(own).map(drop));
    } else if settings.signs_itself() {
        let place = own.parent().filter(|place| !place.as_os_str().is_empty());
        let is_there = place.is_none_or(Path::is_dir);
        let missing = "auth.signing_key_file: there is no such file, and no directory to make it in";
        note(
            is_there
                .then_some(())
                .ok_or_else(|| Error::Startup(missing.to_owned())),
        );
    }
    let others = settings.issuers.iter().enumerate();
    let others =
        others.map(|(nth, other)| (format!("auth.issuers[{nth}]"), &other.jwks_file, &other.jwks_url));
    let first = ("auth".to_owned(), &settings.jwks_file, &settings.jwks_url);
    for (of, file, url) in std::iter::once(first).chain(others) {
        match Source::of(&of, file.as_deref(), url.as_deref()) {
            Ok(Some(source @ Source::File(_))) => {
                let text = source.fetch().await;
                let keys = text.and_then(|text| super::jwks::keys_in(&text, &demo_key()));
                note(
                    keys.map(drop)
                        .map_err(|why| Error::Startup(format!("{of}.jwks_file: {why}"))),
                );
            }
            Ok(_) => {}
            Err(fault) => note(Err(fault)),
        }
    }
    faults
}

/// An issuer that publishes its keys.
async fn published(
    of: &str,
    source: Source,
    expected: Expectations,
    settings: &AuthSettings,
    clock: &Clock,
) -> Result<Trusted, Error> {
    let is_file = matches!(source, Source::File(_));
    let max_stale = TimeDelta::seconds(settings.jwks_max_stale_seconds.into());
    let keys = KeySet::of_source(source, max_stale, clock.clone());
    if let Err(reason) = keys.ask().await {
        if is_file {
            return Err(Error::Startup(format!("{of}.jwks_file: {reason}")));
        }
        tracing::warn!(%reason, of, "the issuer's keys cannot be fetched yet: its tokens are refused until they can");
    }
    Ok(Trusted {
        expected,
        keys: Arc::new(keys),
    })
}

impl Expectations {
    /// What the settings ask of a token.
    #[must_use]
    pub fn of(settings: &AuthSettings) -> Self {
        Self {
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            leeway: TimeDelta::seconds(settings.leeway_seconds.into()),
            // Our own tokens are dated by our own clock.
            doubt: TimeDelta::seconds(if settings.signs_itself() {
                0
            } else {
                settings.leeway_seconds.into()
            }),
            max_lifetime: TimeDelta::seconds(settings.max_lifetime_seconds.into()),
        }
    }
}

/// The key of every demo.
pub(super) fn demo_key() -> SigningKey {
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
