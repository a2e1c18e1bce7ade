mod hostile;
mod issuers;

use super::*;
use crate::clock::TestClock;
use crate::config::AuthSettings;
use crate::http::keys::Keys;
use chrono::TimeDelta;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use std::path::PathBuf;

/// An installation with a signing key of its own, and whoever tries to forge its tokens.
struct Forge {
    verifier: Verifier,
    signer: SigningKey,
    key_name: String,
    clock: TestClock,
    directory: PathBuf,
}

impl Forge {
    async fn new(name: &str) -> Self {
        let directory = std::env::temp_dir().join(format!("avrr-verifier-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&directory).expect("a temporary directory");
        let settings = AuthSettings {
            signing_key_file: directory.join("key.pem"),
            ..AuthSettings::default()
        };
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let keys = Keys::open(&settings, false, &clock.clock())
            .await
            .expect("a new key");
        let token = keys
            .issuer
            .expect("an issuer")
            .token("iom-belgrade", TimeDelta::minutes(15))
            .expect("a token");
        let pem = std::fs::read_to_string(&settings.signing_key_file).expect("the key file");
        Self {
            verifier: Verifier::new(keys.trusted, settings.issuer.clone(), clock.clock()),
            signer: SigningKey::from_pkcs8_pem(&pem).expect("the key"),
            key_name: token::key_name(&token).expect("a name"),
            clock,
            directory,
        }
    }

    fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".into());
        header.kid = Some(self.key_name.clone());
        header
    }

    fn claims(&self) -> Value {
        let now = self.clock.now().timestamp();
        json!({
            "iss": "urn:avrr-gateway", "aud": "avrr-gateway", "sub": "s", "client_id": "iom-belgrade",
            "iat": now, "exp": now + 900, "jti": "1",
        })
    }

    fn sign(&self, header: &Header, claims: &Value) -> String {
        let der = self.signer.to_pkcs8_der().expect("DER");
        jsonwebtoken::encode(header, claims, &EncodingKey::from_ed_der(der.as_bytes())).expect("a token")
    }

    async fn with(&self, change: Value) -> Result<Named, Fault> {
        let mut claims = self.claims();
        for (name, value) in change.as_object().expect("claims") {
            match value {
                Value::Null => claims.as_object_mut().expect("claims").remove(name),
                value => claims
                    .as_object_mut()
                    .expect("claims")
                    .insert(name.clone(), value.clone()),
            };
        }
        self.verifier.verify(&self.sign(&self.header(), &claims)).await
    }
}

impl Drop for Forge {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

#[tokio::test]
async fn a_token_names_its_client_until_it_expires() {
    let forge = Forge::new("good").await;
    let token = forge.sign(&forge.header(), &forge.claims());
    let named = forge.verifier.verify(&token).await.expect("good");
    assert_eq!(named.claims.client_id, "iom-belgrade");
    assert_eq!(named.issued_at, forge.clock.now());
    assert_eq!(named.expires_at, forge.clock.now() + TimeDelta::minutes(15));
    assert!(
        forge
            .with(json!({ "aud": ["other", "avrr-gateway"], "nbf": 1.5 }))
            .await
            .is_ok()
    );
    forge.clock.advance(TimeDelta::seconds(900 + 29));
    assert!(
        forge.verifier.verify(&token).await.is_ok(),
        "clocks may differ by 30 s"
    );
    forge.clock.advance(TimeDelta::seconds(1));
    assert_eq!(
        forge.verifier.verify(&token).await.err(),
        Some(Fault::Claim("exp has passed")),
        "although its signature is remembered"
    );
}

#[tokio::test]
async fn a_claim_that_is_missing_or_not_as_expected_refuses_the_token() {
    let forge = Forge::new("claims").await;
    let now = forge.clock.now().timestamp();
    for required in ["iss", "aud", "sub", "client_id", "iat", "exp", "jti"] {
        assert_eq!(
            forge.with(json!({ required: null })).await.err(),
            Some(Fault::Claim("missing or of the wrong type")),
            "{required}"
        );
    }
    assert_eq!(
        forge.with(json!({ "iss": "someone" })).await.err(),
        Some(Fault::Claim("iss"))
    );
    assert_eq!(
        forge.with(json!({ "iss": ["urn:avrr-gateway"] })).await.err(),
        Some(Fault::Claim("missing or of the wrong type"))
    );
    assert_eq!(
        forge.with(json!({ "aud": "another-api" })).await.err(),
        Some(Fault::Claim("aud"))
    );
    assert_eq!(
        forge.with(json!({ "aud": [] })).await.err(),
        Some(Fault::Claim("aud"))
    );
    assert_eq!(
        forge.with(json!({ "jti": "" })).await.err(),
        Some(Fault::Claim("jti"))
    );
    assert_eq!(
        forge.with(json!({ "client_id": "" })).await.err(),
        Some(Fault::Claim("client_id"))
    );
    assert_eq!(
        forge
            .with(json!({ "exp": now - 31, "iat": now - 900 }))
            .await
            .err(),
        Some(Fault::Claim("exp has passed"))
    );
    assert_eq!(
        forge.with(json!({ "exp": now + 3_601 })).await.err(),
        Some(Fault::Claim("lifetime"))
    );
    assert_eq!(
        forge.with(json!({ "exp": 1.0e300 })).await.err(),
        Some(Fault::Claim("exp"))
    );
    assert_eq!(
        forge.with(json!({ "exp": now, "iat": now })).await.err(),
        Some(Fault::Claim("lifetime"))
    );
    assert_eq!(
        forge.with(json!({ "iat": now + 31 })).await.err(),
        Some(Fault::Claim("iat lies ahead"))
    );
    assert_eq!(
        forge.with(json!({ "nbf": now + 31 })).await.err(),
        Some(Fault::Claim("nbf lies ahead"))
    );
}

#[tokio::test]
async fn the_key_says_which_algorithm_it_is_for_and_the_header_does_not() {
    let forge = Forge::new("algorithms").await;
    let public = forge.signer.verifying_key();
    let mut header = forge.header();
    header.alg = Algorithm::HS256;
    let claims = forge.claims();
    let confused = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(public.as_bytes()))
        .expect("a token");
    assert!(
        matches!(forge.verifier.verify(&confused).await, Err(Fault::Signature(_))),
        "the public key as a secret"
    );

    let good = forge.sign(&forge.header(), &claims);
    let [_, body, signature] = good.split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts")
    };
    for algorithm in ["none", "None", "RS256", "ES256", "HS512", "EdDSA256"] {
        let header = json!({ "alg": algorithm, "typ": "at+jwt", "kid": forge.key_name }).to_string();
        let header = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, header);
        for signature in ["", signature] {
            let forged = format!("{header}.{body}.{signature}");
            assert!(forge.verifier.verify(&forged).await.is_err(), "{algorithm}");
        }
    }
}

#[tokio::test]
async fn a_header_that_is_not_that_of_an_access_token_refuses_it() {
    let forge = Forge::new("headers").await;
    let with = |change: fn(&mut Header)| {
        let mut header = forge.header();
        change(&mut header);
        forge.sign(&header, &forge.claims())
    };
    let upper_case = with(|header| header.typ = Some("application/AT+JWT".into()));
    assert!(forge.verifier.verify(&upper_case).await.is_ok());
    for (token, reason) in [
        (
            with(|header| header.typ = Some("JWT".into())),
            Fault::Header("typ is not at+jwt"),
        ),
        (
            with(|header| header.typ = None),
            Fault::Header("typ is not at+jwt"),
        ),
        (
            with(|header| header.crit = Some(vec!["b64".into()])),
            Fault::Header("crit"),
        ),
        (with(|header| header.kid = None), Fault::Header("no kid")),
        (
            with(|header| header.kid = Some("another".into())),
            Fault::UnknownKey,
        ),
        ("garbage".into(), Fault::Header("cannot be read")),
        ("a.b.c".into(), Fault::Header("cannot be read")),
    ] {
        assert_eq!(forge.verifier.verify(&token).await.err(), Some(reason));
    }
}

#[tokio::test]
async fn a_token_that_was_changed_is_refused() {
    let forge = Forge::new("changed").await;
    let (one, other) = (forge.sign(&forge.header(), &forge.claims()), {
        let mut claims = forge.claims();
        claims["client_id"] = "admin".into();
        forge.sign(&forge.header(), &claims)
    });
    let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (parts(&one), parts(&other));
    let mixed = format!("{}.{}.{}", one[0], other[1], one[2]);
    assert_eq!(
        forge.verifier.verify(&mixed).await.err(),
        Some(Fault::Signature("InvalidSignature".into()))
    );
}

#[tokio::test]
async fn the_demo_key_counts_in_a_demo_only() {
    let forge = Forge::new("demo").await;
    let settings = AuthSettings {
        signing_key_file: "/nowhere/key.pem".into(),
        ..AuthSettings::default()
    };
    let demo = Keys::open(&settings, true, &forge.clock.clock())
        .await
        .expect("a demo needs no file");
    let token = demo
        .issuer
        .expect("an issuer")
        .token("iom-belgrade", TimeDelta::minutes(15))
        .expect("a token");
    assert_eq!(forge.verifier.verify(&token).await.err(), Some(Fault::UnknownKey));
    let demo = Verifier::new(demo.trusted, settings.issuer, forge.clock.clock());
    assert!(demo.verify(&token).await.is_ok());
    assert_eq!(
        demo.verify(&forge.sign(&forge.header(), &forge.claims()))
            .await
            .err(),
        Some(Fault::UnknownKey)
    );
}
