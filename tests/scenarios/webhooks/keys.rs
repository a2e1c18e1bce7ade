//! Signatures as a recipient verifies them, and keys that are exchanged.

use super::{one_departs, twelve_departures};
use crate::support::world::browser;
use crate::support::*;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

/// Whether a signature of this kind is there that a key verifies.
fn is_signed_by(arrival: &Arrival, public_key: &str) -> bool {
    let public = STANDARD.decode(public_key.strip_prefix("whpk_").expect("a public key"));
    let public: [u8; 32] = public.expect("base64").try_into().expect("32 bytes");
    let key = VerifyingKey::from_bytes(&public).expect("a key");
    signatures(arrival, "v1a").iter().any(|signature| {
        let signature = Signature::from_slice(signature).expect("64 bytes");
        key.verify_strict(arrival.signed().as_bytes(), &signature).is_ok()
    })
}

fn signatures(arrival: &Arrival, kind: &str) -> Vec<Vec<u8>> {
    let each = arrival.header("webhook-signature").split(' ');
    let of_kind = each.filter_map(|signature| signature.split_once(','));
    let of_kind = of_kind.filter(|(of, _)| *of == kind);
    of_kind
        .map(|(_, text)| STANDARD.decode(text).expect("base64"))
        .collect()
}

fn is_signed_with(arrival: &Arrival, secret: &str) -> bool {
    let secret = STANDARD
        .decode(secret.strip_prefix("whsec_").expect("a secret"))
        .expect("base64");
    let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&secret).expect("a key");
    mac.update(arrival.signed().as_bytes());
    let expected = mac.finalize().into_bytes().to_vec();
    signatures(arrival, "v1").contains(&expected)
}

async fn published(world: &World) -> Vec<String> {
    let url = format!("http://{}/.well-known/webhook-keys", world.address);
    let answer = browser().get(url).send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "application/jwk-set+json");
    let set: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
    let keys = set["keys"].as_array().expect("keys").iter();
    keys.map(|key| {
        assert_eq!(
            json!([key["kty"], key["crv"], key["alg"], key["use"]]),
            json!(["OKP", "Ed25519", "EdDSA", "sig"])
        );
        let public = URL_SAFE_NO_PAD
            .decode(key["x"].as_str().expect("x"))
            .expect("base64");
        format!("whpk_{}", STANDARD.encode(public))
    })
    .collect()
}

/// By ed25519, unless something else is asked for; the key is published, and two sign while they are exchanged.
async fn two_keys_sign_while_a_recipient_takes_the_new_one_over(world: &World) {
    let police = world.police("XKX");
    let made = police.registers_webhook(&world.receiver.url("/police")).await;
    assert_eq!(
        json!([made.webhook["signatureScheme"], made.secret]),
        json!(["ED25519", null])
    );
    let first = made.webhook["publicKeys"][0].as_str().expect("a key").to_owned();
    assert_eq!(published(world).await, vec![first.clone()]);
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    let arrived = world.receiver.takes("/police", 1).await;
    assert!(is_signed_by(&arrived[0], &first));
    let mut forged = arrived[0].clone();
    forged.body = forged.body.replace("DEPARTED", "ARRIVED");
    assert!(!is_signed_by(&forged, &first));

    police
        .rotates_key(&made.webhook)
        .with("overlapHours", 169)
        .is_refused("INVALID")
        .await;
    let rotated = police.rotates_key(&made.webhook).await.webhook;
    let keys = rotated["publicKeys"].as_array().expect("keys").clone();
    assert_eq!(keys.len(), 2);
    let second = keys[0].as_str().expect("a key").to_owned();
    assert_eq!(keys[1], first.as_str());
    one_departs(world, &ready[1]).await;
    let arrived = world.receiver.takes("/police", 2).await;
    assert_eq!(signatures(&arrived[1], "v1a").len(), 2);
    assert!(is_signed_by(&arrived[1], &first) && is_signed_by(&arrived[1], &second));

    world.time_passes(TimeDelta::hours(24));
    one_departs(world, &ready[2]).await;
    let arrived = world.receiver.takes("/police", 3).await;
    assert_eq!(signatures(&arrived[2], "v1a").len(), 1);
    assert!(!is_signed_by(&arrived[2], &first) && is_signed_by(&arrived[2], &second));
    assert_eq!(published(world).await, vec![second.clone()]);
    assert_eq!(police.webhook().await["publicKeys"], json!([second]));
}

/// A shared secret is shown to whoever made it, once; that it is in no log is seen to by `support::watch` for every story.
async fn a_shared_secret_is_shown_once(world: &World) {
    let police = world.police("XKX");
    let url = world.receiver.url("/police");
    let asks = || {
        police
            .registers_webhook(&url)
            .with("signatureScheme", "HMAC_SHA256")
            .under_key("once")
    };
    let made = asks().await;
    let first = made.secret.expect("a secret");
    assert!(first.starts_with("whsec_") && STANDARD.decode(&first[6..]).expect("base64").len() >= 24);
    let again = asks().await;
    assert_eq!((again.secret, &again.webhook["id"]), (None, &made.webhook["id"]));
    assert_eq!(police.webhooks().await.len(), 1);
    assert_eq!(made.webhook["publicKeys"], json!([]));
    assert!(published(world).await.is_empty());

    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    let arrived = world.receiver.takes("/police", 1).await;
    assert!(is_signed_with(&arrived[0], &first));

    let asks = || {
        police
            .rotates_key(&made.webhook)
            .with("overlapHours", 0)
            .under_key("leaked")
    };
    let second = asks().await.secret.expect("a secret");
    assert_eq!(asks().await.secret, None);
    one_departs(world, &ready[1]).await;
    let arrived = world.receiver.takes("/police", 2).await;
    assert!(is_signed_with(&arrived[1], &second) && !is_signed_with(&arrived[1], &first));
}

on_both_databases!(from twelve_departures:
    two_keys_sign_while_a_recipient_takes_the_new_one_over,
    a_shared_secret_is_shown_once,
);
