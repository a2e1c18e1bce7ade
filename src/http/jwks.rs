//! The issuer's published keys: where they are, and which of them we use.
//!
//! Only asymmetric keys with a name, fit for signatures and strong enough, count; the rest is passed over, so that an
//! issuer may publish keys for other purposes beside them.

use super::token::VerificationKey;
use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Largest set that is read.
const MAX_BYTES: usize = 1 << 20;

/// Longest wait for the issuer; requests wait with us.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the issuer's keys are.
pub(super) enum Source {
    /// A file that the operator keeps up to date.
    File(PathBuf),
    /// An address of the issuer.
    Address(reqwest::Client, reqwest::Url),
}

impl Source {
    /// The source that settings name, if they name one; `of` says where these settings stand.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if the address is none, or TLS cannot be set up.
    pub(super) fn of(of: &str, file: Option<&Path>, url: Option<&str>) -> Result<Option<Self>, Error> {
        if let Some(file) = file {
            return Ok(Some(Self::File(file.to_owned())));
        }
        let Some(address) = url else {
            return Ok(None);
        };
        let wrong = |error: reqwest::Error| Error::Startup(format!("{of}.jwks_url: {}", reason(error)));
        let address = reqwest::Url::parse(address)
            .map_err(|error| Error::Startup(format!("{of}.jwks_url: {error}")))?;
        // An error says that a provider is installed already, which is all that is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none());
        if address.scheme() == "http" {
            // Only this machine is asked without TLS, and a proxy is not this machine.
            client = client.no_proxy();
        }
        let client = client.build().map_err(wrong)?;
        Ok(Some(Self::Address(client, address)))
    }

    /// The text of the set, or a line that says why it cannot be had.
    pub(super) async fn fetch(&self) -> Result<Vec<u8>, String> {
        match self {
            Self::File(path) => tokio::fs::read(path)
                .await
                .map_err(|error| format!("cannot read {}: {error}", path.display())),
            Self::Address(client, address) => {
                let answer = client.get(address.clone()).send().await.map_err(reason)?;
                let mut answer = answer.error_for_status().map_err(reason)?;
                let mut text = Vec::new();
                while let Some(part) = answer.chunk().await.map_err(reason)? {
                    text.extend_from_slice(&part);
                    if text.len() > MAX_BYTES {
                        return Err(format!("more than {MAX_BYTES} bytes"));
                    }
                }
                Ok(text)
            }
        }
    }
}

/// Why the issuer could not be asked, without its address, which may hold a token.
fn reason(error: reqwest::Error) -> String {
    let error = error.without_url();
    let whole: &(dyn std::error::Error + 'static) = &error;
    std::iter::successors(Some(whole), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

/// The usable keys of a set, by name.
///
/// # Errors
///
/// A line that says what is wrong, if the text is no key set or holds no usable key.
pub(super) fn keys_in(
    text: &[u8],
    demo: &SigningKey,
) -> Result<HashMap<String, Arc<VerificationKey>>, String> {
    #[derive(serde::Deserialize)]
    struct Set {
        keys: Vec<serde_json::Value>,
    }
    let set: Set = serde_json::from_slice(text).map_err(|error| format!("not a JWKS: {error}"))?;
    let mut keys = HashMap::new();
    for (place, key) in set.keys.into_iter().enumerate() {
        match usable(key, demo) {
            Ok((name, key)) => {
                keys.entry(name).or_insert_with(|| Arc::new(key));
            }
            Err(reason) => tracing::warn!(place, reason, "a key of the issuer is passed over"),
        }
    }
    if keys.is_empty() {
        Err("no usable key in the set".into())
    } else {
        Ok(keys)
    }
}

fn usable(key: serde_json::Value, demo: &SigningKey) -> Result<(String, VerificationKey), &'static str> {
    let key: Jwk = serde_json::from_value(key).map_err(|_| "not a JWK")?;
    let name = key.common.key_id.clone().ok_or("it has no kid")?;
    if key
        .common
        .public_key_use
        .as_ref()
        .is_some_and(|purpose| *purpose != PublicKeyUse::Signature)
    {
        return Err("it is not for signatures");
    }
    if key
        .common
        .key_operations
        .as_ref()
        .is_some_and(|purposes| !purposes.contains(&KeyOperations::Verify))
    {
        return Err("it is not for verifying");
    }
    let algorithm = algorithm_of(&key, demo)?;
    let decoding = DecodingKey::from_jwk(&key).map_err(|_| "it cannot be read")?;
    Ok((
        name,
        VerificationKey {
            algorithm,
            key: decoding,
        },
    ))
}

/// The one algorithm of a key: the `alg` that it carries where that fits its type, else the usual one of its type.
fn algorithm_of(key: &Jwk, demo: &SigningKey) -> Result<Algorithm, &'static str> {
    use KeyAlgorithm::{PS256, PS384, PS512, RS256, RS384, RS512};
    let bytes = |text: &str| {
        URL_SAFE_NO_PAD
            .decode(text.trim_end_matches('='))
            .map_err(|_| "it cannot be read")
    };
    let (fitting, usual): (&[KeyAlgorithm], Algorithm) = match &key.algorithm {
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
            let public = bytes(&pair.x)?;
            if public.len() != 32 {
                return Err("it cannot be read");
            }
            if public == demo.verifying_key().as_bytes() {
                return Err("it is the demo key");
            }
            (&[KeyAlgorithm::EdDSA], Algorithm::EdDSA)
        }
        AlgorithmParameters::EllipticCurve(curve) => match curve.curve {
            EllipticCurve::P256 => (&[KeyAlgorithm::ES256], Algorithm::ES256),
            EllipticCurve::P384 => (&[KeyAlgorithm::ES384], Algorithm::ES384),
            _ => return Err("its curve is not supported"),
        },
        AlgorithmParameters::RSA(rsa) => {
            if bytes(&rsa.n)?.len() < 256 {
                return Err("RSA keys need 2048 bits");
            }
            (&[RS256, RS384, RS512, PS256, PS384, PS512], Algorithm::RS256)
        }
        _ => return Err("its type is not supported"),
    };
    match key.common.key_algorithm {
        None => Ok(usual),
        Some(named) if fitting.contains(&named) => named.try_into().map_err(|_| "its alg is not supported"),
        Some(_) => Err("its alg does not fit its type"),
    }
}
