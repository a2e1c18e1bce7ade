//! What a forger might try on the header and the claims.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;

/// A token of any two texts, properly signed.
fn signed(key: &SigningKey, header: &str, claims: &str) -> String {
    let text = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let signature = key.sign(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

impl Forge {
    fn plain_header(&self) -> Value {
        json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": self.key_name })
    }

    async fn verify_text(&self, header: &str, claims: &str) -> Result<Named, Fault> {
        self.verifier.verify(&signed(&self.signer, header, claims)).await
    }
}

#[tokio::test]
async fn a_key_that_a_token_brings_along_or_points_to_is_never_used() {
    let forge = Forge::new("embedded").await;
    let thief = SigningKey::from_bytes(&[9; 32]);
    let x = URL_SAFE_NO_PAD.encode(thief.verifying_key().as_bytes());
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "kid": forge.key_name, "x": x });
    let claims = forge.claims().to_string();
    for (name, value) in [
        ("jwk", jwk),
        ("jku", json!("http://127.0.0.1:9/keys")),
        ("x5u", json!("http://127.0.0.1:9/chain")),
        ("x5c", json!(["AAAA"])),
    ] {
        let mut header = forge.plain_header();
        header[name] = value;
        let forged = signed(&thief, &header.to_string(), &claims);
        assert!(
            matches!(forge.verifier.verify(&forged).await, Err(Fault::Signature(_))),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_key_name_is_a_name_and_no_path() {
    let forge = Forge::new("paths").await;
    let claims = forge.claims().to_string();
    for name in [
        "../key.pem",
        "/dev/null",
        "key.pem",
        "",
        "' OR '1'='1",
        "http://127.0.0.1:9/key",
        "\u{0}",
    ] {
        let mut header = forge.plain_header();
        header["kid"] = name.into();
        let refused = forge.verify_text(&header.to_string(), &claims).await;
        assert_eq!(refused.err(), Some(Fault::UnknownKey), "{name:?}");
    }
}

#[tokio::test]
async fn a_claim_or_a_header_that_is_there_twice_refuses_the_token() {
    let forge = Forge::new("twice").await;
    let (header, claims) = (forge.plain_header().to_string(), forge.claims().to_string());
    assert!(forge.verify_text(&header, &claims).await.is_ok());
    for again in [
        r#""client_id":"admin""#,
        r#""iss":"urn:avrr-gateway""#,
        r#""exp":9999999999"#,
        r#""jti":"another""#,
    ] {
        for twice in [
            format!("{},{again}}}", &claims[..claims.len() - 1]),
            format!("{{{again},{}", &claims[1..]),
        ] {
            assert!(forge.verify_text(&header, &twice).await.is_err(), "{twice}");
        }
    }
    let twice = format!(r#"{},"alg":"none"}}"#, &header[..header.len() - 1]);
    assert!(forge.verify_text(&twice, &claims).await.is_err());
    let in_order = r#"["urn:avrr-gateway","avrr-gateway","s","iom-belgrade",1800000000,1800000900,null,"1"]"#;
    assert!(
        forge.verify_text(&header, in_order).await.is_err(),
        "claims without names"
    );
}

#[tokio::test]
async fn times_are_numbers_that_can_be_times() {
    let forge = Forge::new("times").await;
    let now = forge.clock.now().timestamp();
    let fraction = json!({ "iat": 1_799_999_999.9, "exp": 1_800_000_600.5, "nbf": 1_799_999_999.9 });
    assert!(
        forge.with(fraction).await.is_ok(),
        "a fraction of a second is allowed"
    );
    for wrong in [
        json!({ "exp": -1 }),
        json!({ "iat": -1 }),
        json!({ "nbf": -1 }),
        json!({ "exp": 1.0e11 }),
        json!({ "exp": u64::MAX }),
        json!({ "exp": (now + 900).to_string() }),
        json!({ "iat": true }),
        json!({ "iat": [now] }),
        json!({ "nbf": "soon" }),
        json!({ "exp": now - 1, "iat": now + 20 }),
    ] {
        assert!(forge.with(wrong.clone()).await.is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn names_have_a_length() {
    let forge = Forge::new("lengths").await;
    let longest = "n".repeat(200);
    assert!(
        forge
            .with(json!({ "jti": longest, "sub": longest }))
            .await
            .is_ok()
    );
    let too_long = "n".repeat(201);
    for claim in ["jti", "sub", "client_id"] {
        let refused = forge.with(json!({ claim: too_long })).await;
        assert_eq!(refused.err(), Some(Fault::Claim(claim)));
    }
    let refused = forge.with(json!({ "client_id": "iom-belgrade\n" })).await;
    assert_eq!(refused.err(), Some(Fault::Claim("client_id")));
}
