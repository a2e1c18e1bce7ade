//! Signatures by Standard Webhooks 1.0.0: `v1a` by ed25519, `v1` by HMAC-SHA256, each over id, moment and body.
//!
//! A key is written as the specification writes it: `whsk_` and the seed of an ed25519 key, `whpk_` and its public part,
//! `whsec_` and a shared secret, each in base64.

use crate::domain::webhook::{SignatureScheme, WebhookKey};
use crate::error::Error;
use crate::ids::new_id;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const SECRET_KEY: &str = "whsk_";
const PUBLIC_KEY: &str = "whpk_";
const SHARED_SECRET: &str = "whsec_";

/// A new key for a webhook.
///
/// # Errors
///
/// [`Error::Startup`] if the machine has no randomness to give.
pub fn key(scheme: SignatureScheme, now: DateTime<Utc>) -> Result<WebhookKey, Error> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|cause| Error::Startup(format!("the machine gives no randomness: {cause}")))?;
    let (public, prefix) = match scheme {
        SignatureScheme::Ed25519 => (Some(public_part(&seed)), SECRET_KEY),
        SignatureScheme::HmacSha256 => (None, SHARED_SECRET),
    };
    Ok(WebhookKey {
        id: new_id(now),
        public,
        secret: format!("{prefix}{}", STANDARD.encode(seed)),
    })
}

fn public_part(seed: &[u8; 32]) -> String {
    let public = SigningKey::from_bytes(seed).verifying_key();
    format!("{PUBLIC_KEY}{}", STANDARD.encode(public.as_bytes()))
}

/// The value of `webhook-signature`: one signature a key, a space between two. A key that cannot be read signs nothing.
#[must_use]
pub fn signatures(keys: &[WebhookKey], id: &str, timestamp: i64, body: &str) -> String {
    let signed = format!("{id}.{timestamp}.{body}");
    let each = keys
        .iter()
        .filter_map(|key| signature(&key.secret, signed.as_bytes()));
    each.collect::<Vec<_>>().join(" ")
}

fn signature(secret: &str, signed: &[u8]) -> Option<String> {
    if let Some(seed) = secret.strip_prefix(SECRET_KEY) {
        let seed: [u8; 32] = STANDARD.decode(seed).ok()?.try_into().ok()?;
        let signature = SigningKey::from_bytes(&seed).sign(signed);
        return Some(format!("v1a,{}", STANDARD.encode(signature.to_bytes())));
    }
    let secret = STANDARD.decode(secret.strip_prefix(SHARED_SECRET)?).ok()?;
    let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&secret).ok()?;
    mac.update(signed);
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Public keys (`whpk_…`) as a JWK set; the name of each is its thumbprint (RFC 7638).
#[must_use]
pub fn jwks(public_keys: &[String]) -> Value {
    let keys: Vec<Value> = public_keys.iter().filter_map(|key| jwk(key)).collect();
    json!({ "keys": keys })
}

fn jwk(public_key: &str) -> Option<Value> {
    let public = STANDARD.decode(public_key.strip_prefix(PUBLIC_KEY)?).ok()?;
    let x = URL_SAFE_NO_PAD.encode(public);
    let thumbprint = Sha256::digest(format!("{{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"{x}\"}}"));
    Some(json!({
        "kty": "OKP", "crv": "Ed25519", "x": x, "alg": "EdDSA", "use": "sig", "kid": URL_SAFE_NO_PAD.encode(thumbprint),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &str = "{\"test\": 2432232314}";

    fn written(secret: &str) -> WebhookKey {
        WebhookKey {
            id: Uuid::nil(),
            public: None,
            secret: secret.to_owned(),
        }
    }

    /// The vectors of the specification's own libraries.
    #[test]
    fn signatures_are_those_of_the_specification_s_libraries() {
        let ed25519 = written("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=");
        let hmac = written("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let v1a =
            "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";
        let v1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(signatures(std::slice::from_ref(&ed25519), ID, AT, BODY), v1a);
        assert_eq!(signatures(std::slice::from_ref(&hmac), ID, AT, BODY), v1);
        assert_eq!(signatures(&[ed25519, hmac], ID, AT, BODY), format!("{v1a} {v1}"));
    }

    #[test]
    fn a_key_is_written_as_the_specification_says_and_its_secret_is_in_no_log() {
        let now = DateTime::UNIX_EPOCH;
        let ed25519 = key(SignatureScheme::Ed25519, now).expect("a key");
        let hmac = key(SignatureScheme::HmacSha256, now).expect("a key");
        assert!(ed25519.secret.starts_with("whsk_") && hmac.secret.starts_with("whsec_"));
        assert!(
            ed25519
                .public
                .as_ref()
                .is_some_and(|key| key.starts_with("whpk_"))
        );
        assert_eq!(hmac.public, None);
        for key in [&ed25519, &hmac] {
            assert!(!format!("{key:?}").contains(&key.secret[6..]));
        }
        assert_ne!(
            ed25519.secret,
            key(SignatureScheme::Ed25519, now).expect("a key").secret
        );
    }

    /// The key and the thumbprint of RFC 8037, appendix A.
    #[test]
    fn a_public_key_is_published_under_its_thumbprint() {
        let public = URL_SAFE_NO_PAD
            .decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
            .expect("base64");
        let set = jwks(&[format!("whpk_{}", STANDARD.encode(public))]);
        assert_eq!(
            set["keys"][0]["kid"],
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
        assert_eq!(set["keys"][0]["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }
}
