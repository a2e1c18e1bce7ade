//! Several issuers, each with keys, an audience and lifetimes of its own.

use super::*;
use crate::http::jwks::Source;
use crate::http::key_set::KeySet;
use crate::http::keys::Trusted;
use crate::http::token::Expectations;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const MINISTRY: &str = "https://ministry.example";
const EMBASSY: &str = "https://embassy.example";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn jwk(name: &str, key: &SigningKey) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "kid": name, "x": URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes()) })
}

/// Two issuers that call one of their keys by the same name.
struct Two {
    verifier: Verifier,
    clock: TestClock,
    files: Vec<PathBuf>,
}

impl Two {
    async fn new(name: &str) -> Self {
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let mut files = Vec::new();
        let mut trusted = Vec::new();
        for (nth, (issuer, audience, hours, own)) in [
            (MINISTRY, "avrr-gateway", 1, jwk("of-the-ministry", &key(2))),
            (EMBASSY, "iom", 2, jwk("of-the-embassy", &key(3))),
        ]
        .into_iter()
        .enumerate()
        {
            let file = format!("avrr-issuers-{}-{name}-{nth}.json", std::process::id());
            let file = std::env::temp_dir().join(file);
            let shared = jwk("2026", &key(if nth == 0 { 4 } else { 5 }));
            std::fs::write(&file, json!({ "keys": [own, shared] }).to_string()).expect("written");
            let keys = KeySet::of_source(Source::File(file.clone()), TimeDelta::hours(24), clock.clock());
            keys.ask().await.expect("a set");
            files.push(file);
            let expected = Expectations {
                issuer: issuer.into(),
                audience: audience.into(),
                leeway: TimeDelta::seconds(30),
                doubt: TimeDelta::seconds(30),
                max_lifetime: TimeDelta::hours(hours),
            };
            trusted.push(Trusted {
                expected,
                keys: Arc::new(keys),
            });
        }
        Self {
            verifier: Verifier::new(trusted, MINISTRY.into(), clock.clock()),
            clock,
            files,
        }
    }

    fn token(
        &self,
        (issuer, audience): (&str, &str),
        (name, key): (&str, &SigningKey),
        hours: i64,
    ) -> String {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".into());
        header.kid = Some(name.into());
        let now = self.clock.now().timestamp();
        let claims = json!({
            "iss": issuer, "aud": audience, "sub": "s", "client_id": "police-serbia",
            "iat": now, "exp": now + 3_600 * hours, "jti": "1",
        });
        let der = key.to_pkcs8_der().expect("DER");
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes())).expect("a token")
    }

    async fn verify(&self, says: (&str, &str), signed: (&str, &SigningKey), hours: i64) -> Option<Fault> {
        self.verifier.verify(&self.token(says, signed, hours)).await.err()
    }
}

impl Drop for Two {
    fn drop(&mut self) {
        for file in &self.files {
            let _ = std::fs::remove_file(file);
        }
    }
}

#[tokio::test]
async fn each_issuer_signs_with_its_own_keys_alone() {
    let two = Two::new("keys").await;
    let (ministry, embassy) = ((MINISTRY, "avrr-gateway"), (EMBASSY, "iom"));
    assert_eq!(two.verify(ministry, ("of-the-ministry", &key(2)), 1).await, None);
    assert_eq!(two.verify(embassy, ("of-the-embassy", &key(3)), 1).await, None);
    assert_eq!(two.verify(ministry, ("2026", &key(4)), 1).await, None);
    assert_eq!(two.verify(embassy, ("2026", &key(5)), 1).await, None);
    assert_eq!(
        two.verify(ministry, ("of-the-embassy", &key(3)), 1).await,
        Some(Fault::UnknownKey),
        "a key of another issuer"
    );
    for (says, name, other) in [
        (ministry, "2026", key(5)),
        (embassy, "2026", key(4)),
        (ministry, "of-the-ministry", key(3)),
    ] {
        assert!(
            matches!(
                two.verify(says, (name, &other), 1).await,
                Some(Fault::Signature(_))
            ),
            "the same name, another issuer's key"
        );
    }
    for nobody in [
        "https://nobody.example",
        "",
        "https://ministry.example/",
        "HTTPS://ministry.example",
    ] {
        let refused = two.verify((nobody, "avrr-gateway"), ("2026", &key(4)), 1).await;
        assert_eq!(refused, Some(Fault::Claim("iss")), "{nobody}");
    }
}

#[tokio::test]
async fn each_issuer_has_an_audience_and_lifetimes_of_its_own() {
    let two = Two::new("claims").await;
    let of_the_ministry = ("of-the-ministry", &key(2));
    let of_the_embassy = ("of-the-embassy", &key(3));
    assert_eq!(
        two.verify((EMBASSY, "avrr-gateway"), of_the_embassy, 1).await,
        Some(Fault::Claim("aud"))
    );
    assert_eq!(two.verify((EMBASSY, "iom"), of_the_embassy, 2).await, None);
    assert_eq!(
        two.verify((MINISTRY, "avrr-gateway"), of_the_ministry, 2).await,
        Some(Fault::Claim("lifetime"))
    );
}

#[tokio::test]
async fn an_issuer_speaks_for_its_own_clients_alone() {
    let two = Two::new("clients").await;
    let token = two.token((EMBASSY, "iom"), ("2026", &key(5)), 1);
    let claims = two.verifier.verify(&token).await.expect("good").claims;
    assert!(two.verifier.speaks_for(&claims, Some(EMBASSY)));
    assert!(!two.verifier.speaks_for(&claims, Some(MINISTRY)));
    assert!(
        !two.verifier.speaks_for(&claims, None),
        "those are the first issuer's"
    );
}

#[tokio::test]
async fn an_issuer_that_does_not_answer_keeps_nobody_else_waiting() {
    let two = Two::new("silent").await;
    // It takes connections and never says anything.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = format!("http://{}/keys", listener.local_addr().expect("an address"));
    let source = Source::of("auth", None, Some(&address))
        .expect("an address")
        .expect("a source");
    let keys = KeySet::of_source(source, TimeDelta::hours(24), two.clock.clock());
    let (good, silent) = (
        two.token((MINISTRY, "avrr-gateway"), ("2026", &key(4)), 1),
        two.token((EMBASSY, "iom"), ("2026", &key(5)), 1),
    );
    let mut two = two;
    two.verifier.trusted[1].keys = Arc::new(keys);
    let two = Arc::new(two);
    let waits = tokio::spawn({
        let two = Arc::clone(&two);
        async move { two.verifier.verify(&silent).await.is_ok() }
    });
    // The question has reached the silent one.
    let _asked = listener.accept().await.expect("a question");
    assert!(two.verifier.verify(&good).await.is_ok());
    assert!(!waits.is_finished());
    waits.abort();
}

/// A token that was there at the revocation and names a moment after it, within the leeway, is revoked with the others.
#[tokio::test]
async fn a_token_dated_ahead_counts_as_issued_before_what_it_says() {
    let two = Two::new("ahead").await;
    let of_the_ministry = (MINISTRY, "avrr-gateway");
    let revoked_at = two.clock.now();
    two.clock.advance(TimeDelta::seconds(29));
    let ahead = two.token(of_the_ministry, ("2026", &key(4)), 1);
    two.clock.advance(TimeDelta::seconds(2));
    let fresh = two.token(of_the_ministry, ("2026", &key(4)), 1);
    let ahead = two.verifier.verify(&ahead).await.expect("a good token");
    assert!(ahead.issued_at <= revoked_at, "it may have been there");
    let fresh = two.verifier.verify(&fresh).await.expect("a good token");
    assert!(fresh.issued_at > revoked_at, "it was certainly issued later");
}
