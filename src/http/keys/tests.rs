use super::super::jwks;
use super::*;
use serde_json::{Value, json};
use std::path::PathBuf;

fn directory(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("avrr-keys-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a temporary directory");
    path
}

fn public_jwk(key: &SigningKey, name: &str) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "kid": name, "x": URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes()) })
}

fn usable(keys: &Value) -> Vec<String> {
    let set = json!({ "keys": keys }).to_string();
    let mut names: Vec<_> = jwks::keys_in(set.as_bytes(), &demo_key())
        .unwrap_or_default()
        .into_keys()
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn the_signing_key_is_made_once_and_for_its_owner_only() {
    let directory = directory("made");
    let path = directory.join("key.pem");
    let made = open_signing_key(&path).expect("made");
    assert_eq!(
        open_signing_key(&path).expect("read again").to_bytes(),
        made.to_bytes()
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = std::fs::metadata(&path).expect("a file").permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
    }
    assert_eq!(
        std::fs::read_dir(&directory).expect("a directory").count(),
        1,
        "no draft is left"
    );
    std::fs::remove_dir_all(directory).expect("removed");
}

#[tokio::test]
async fn a_signing_key_that_is_none_or_everybodys_is_refused() {
    let directory = directory("refused");
    let path = directory.join("key.pem");
    std::fs::write(&path, "no key").expect("written");
    assert!(
        open_signing_key(&path)
            .expect_err("no key")
            .to_string()
            .contains("PKCS#8")
    );
    std::fs::write(&path, &*demo_key().to_pkcs8_pem(LineEnding::LF).expect("PEM")).expect("written");
    assert!(
        open_signing_key(&path)
            .expect_err("the demo key")
            .to_string()
            .contains("demo key")
    );
    let nowhere = directory.join("no/such/place.pem");
    assert!(
        open_signing_key(&nowhere)
            .expect_err("nowhere")
            .to_string()
            .contains("cannot be made")
    );
    std::fs::remove_dir_all(directory).expect("removed");
}

#[test]
fn a_published_key_counts_if_it_is_named_asymmetric_strong_and_for_signatures() {
    let key = public_jwk(&SigningKey::from_bytes(&[1; 32]), "good");
    let with = |name: &str, value: Value| {
        let mut key = key.clone();
        key[name] = value;
        key
    };
    assert_eq!(
        usable(&json!([
            key,
            with("kid", "second".into()),
            with("alg", "EdDSA".into())
        ])),
        ["good", "second"]
    );
    let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    assert_eq!(
        usable(&json!([{ "kty": "EC", "crv": "P-256", "kid": "ec", "x": point, "y": point }])),
        ["ec"]
    );
    let modulus = |bytes: usize| URL_SAFE_NO_PAD.encode(vec![0xff; bytes]);
    assert_eq!(
        usable(&json!([{ "kty": "RSA", "kid": "rsa", "n": modulus(256), "e": "AQAB", "alg": "PS256" }])),
        ["rsa"]
    );
    for refused in [
        json!({ "kty": "OKP", "crv": "Ed25519", "x": key["x"] }),
        with("use", "enc".into()),
        with("key_ops", json!(["sign"])),
        with("alg", "ES256".into()),
        with("alg", "HS256".into()),
        with("x", "AAAA".into()),
        json!({ "kty": "oct", "kid": "secret", "k": "c2VjcmV0", "alg": "HS256" }),
        json!({ "kty": "RSA", "kid": "short", "n": modulus(128), "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "mixed", "n": modulus(256), "e": "AQAB", "alg": "HS256" }),
        public_jwk(&demo_key(), "demo"),
        json!("nonsense"),
    ] {
        assert!(usable(&json!([refused.clone()])).is_empty(), "{refused}");
    }
}

#[tokio::test]
async fn keys_come_from_the_address_of_the_issuer_even_if_it_answers_late() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = format!("http://{}/keys", listener.local_addr().expect("an address"));
    let settings = AuthSettings {
        issuer: "https://issuer.example".into(),
        jwks_url: Some(address),
        ..AuthSettings::default()
    };
    let key = SigningKey::from_bytes(&[1; 32]);
    let set = json!({ "keys": [public_jwk(&key, "first")] }).to_string();
    let router = axum::Router::new().route("/keys", axum::routing::get(async || set));
    let asked = tokio::spawn(async move { Keys::open(&settings, false, &Clock::system()).await });
    tokio::spawn(async move { axum::serve(listener, router).await });
    let keys = asked.await.expect("no panic").expect("keys");
    assert!(keys.issuer.is_none(), "tokens are the issuer's to make");
    assert!(keys.trusted[0].keys.find("first").await.is_some());
}

#[tokio::test]
async fn an_issuer_that_cannot_be_reached_keeps_nobody_from_starting_and_lets_nobody_in() {
    let settings = AuthSettings {
        issuer: "https://issuer.example".into(),
        jwks_url: Some("http://127.0.0.1:9/keys".into()),
        ..AuthSettings::default()
    };
    let keys = Keys::open(&settings, false, &Clock::system())
        .await
        .expect("started");
    assert!(keys.trusted[0].keys.find("first").await.is_none());
    let file = AuthSettings {
        jwks_url: None,
        jwks_file: Some("/no/such/keys.json".into()),
        ..settings
    };
    let refused = Keys::open(&file, false, &Clock::system())
        .await
        .err()
        .expect("refused")
        .to_string();
    assert!(
        refused.starts_with("auth.jwks_file: cannot read /no/such/keys.json"),
        "{refused}"
    );
}

#[tokio::test]
async fn our_own_key_stands_beside_other_issuers_only_where_the_settings_say_so() {
    let directory = directory("beside");
    let set = json!({ "keys": [public_jwk(&SigningKey::from_bytes(&[1; 32]), "partner")] });
    let file = directory.join("partner.json");
    std::fs::write(&file, set.to_string()).expect("written");
    let partner = IssuerSettings {
        issuer: "https://partner.example".into(),
        jwks_file: Some(file),
        ..IssuerSettings::default()
    };
    let alone = AuthSettings {
        issuers: vec![partner],
        signing_key_file: directory.join("key.pem"),
        ..AuthSettings::default()
    };
    let issuers = async |settings: &AuthSettings| {
        let keys = Keys::open(settings, false, &Clock::system()).await.expect("keys");
        let names = keys.trusted.iter().map(|one| one.expected.issuer.clone());
        (names.collect::<Vec<_>>(), keys.issuer.is_some())
    };
    let partners = vec!["https://partner.example".to_owned()];
    assert_eq!(issuers(&alone).await, (partners.clone(), false));
    assert!(
        !directory.join("key.pem").exists(),
        "no key is made that does not count"
    );
    let beside = AuthSettings {
        own_key: Some(true),
        ..alone
    };
    let both = [vec!["urn:avrr-gateway".to_owned()], partners].concat();
    assert_eq!(issuers(&beside).await, (both, true));
    let broken = AuthSettings {
        issuers: vec![IssuerSettings {
            jwks_file: Some("/no/such/keys.json".into()),
            ..beside.issuers[0].clone()
        }],
        ..beside
    };
    let refused = Keys::open(&broken, false, &Clock::system())
        .await
        .err()
        .expect("refused");
    assert!(
        refused
            .to_string()
            .starts_with("auth.issuers[0].jwks_file: cannot read"),
        "{refused}"
    );
    std::fs::remove_dir_all(directory).expect("removed");
}
