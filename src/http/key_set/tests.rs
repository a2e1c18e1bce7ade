use super::*;
use crate::clock::TestClock;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use futures_util::FutureExt as _;
use serde_json::json;
use std::path::PathBuf;

/// An issuer that publishes its keys in a file.
struct Published {
    set: Arc<KeySet>,
    clock: TestClock,
    file: PathBuf,
}

impl Published {
    async fn new(name: &str, keys: &[&str]) -> Self {
        let file = std::env::temp_dir().join(format!("avrr-set-{}-{name}.json", std::process::id()));
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let set = KeySet::of_source(Source::File(file.clone()), TimeDelta::hours(2), clock.clock());
        let published = Self {
            set: Arc::new(set),
            clock,
            file,
        };
        published.publishes(keys);
        published.set.ask().await.expect("a set");
        published
    }

    fn publishes(&self, keys: &[&str]) {
        let x = URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&[1; 32]).verifying_key().as_bytes());
        let keys = keys
            .iter()
            .map(|name| json!({ "kty": "OKP", "crv": "Ed25519", "kid": name, "x": x }));
        let set = json!({ "keys": keys.collect::<Vec<_>>() });
        std::fs::write(&self.file, set.to_string()).expect("written");
    }

    fn fails(&self) {
        std::fs::write(&self.file, "broken").expect("written");
    }

    async fn knows(&self, name: &str) -> bool {
        self.set.find(name).await.is_some()
    }
}

impl Drop for Published {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
    }
}

#[tokio::test]
async fn a_new_key_is_found_and_a_broken_set_changes_nothing() {
    let issuer = Published::new("rotation", &["old"]).await;
    assert!(issuer.knows("old").await && !issuer.knows("new").await);
    issuer.publishes(&["old", "new"]);
    let before = issuer.set.edition();
    issuer.clock.advance(COOLDOWN);
    assert!(issuer.knows("new").await);
    assert_ne!(
        issuer.set.edition(),
        before,
        "what was verified before is verified again"
    );
    issuer.fails();
    issuer.clock.advance(COOLDOWN);
    assert!(!issuer.knows("third").await);
    assert!(issuer.knows("old").await && issuer.knows("new").await);
}

#[tokio::test]
async fn unknown_names_do_not_make_us_ask_again_and_again() {
    let issuer = Published::new("cooldown", &["first"]).await;
    issuer.publishes(&["second"]);
    issuer.clock.advance(COOLDOWN - TimeDelta::seconds(1));
    assert!(!issuer.knows("second").await, "asked a moment ago");
    issuer.clock.advance(TimeDelta::seconds(1));
    assert!(issuer.knows("second").await && !issuer.knows("first").await);
}

#[tokio::test]
async fn a_withdrawn_key_does_not_count_for_long_though_nobody_asks_for_another() {
    let issuer = Published::new("withdrawn", &["first"]).await;
    issuer.publishes(&["second"]);
    issuer.clock.advance(STALE_AFTER - TimeDelta::seconds(1));
    issuer.set.freshen().await;
    assert!(issuer.knows("first").await, "young enough");
    issuer.clock.advance(TimeDelta::seconds(1));
    issuer.set.freshen().await;
    assert!(!issuer.knows("first").await);
}

#[tokio::test]
async fn keys_that_cannot_be_fetched_anew_count_for_a_while_and_not_for_ever() {
    let issuer = Published::new("stale", &["first"]).await;
    issuer.fails();
    issuer.clock.advance(TimeDelta::hours(2) - TimeDelta::seconds(1));
    issuer.set.freshen().await;
    assert!(issuer.knows("first").await && issuer.set.edition().is_some());
    issuer.clock.advance(TimeDelta::seconds(1));
    assert!(!issuer.knows("first").await);
    assert_eq!(issuer.set.edition(), None, "nor does what was verified with them");
    issuer.publishes(&["first"]);
    issuer.clock.advance(COOLDOWN);
    assert!(issuer.knows("first").await, "the issuer is back");
}

#[tokio::test]
async fn one_asks_for_all_who_come_at_once() {
    let issuer = Published::new("together", &["first"]).await;
    let before = issuer.set.edition();
    issuer.clock.advance(COOLDOWN);
    let ask = || issuer.set.find("nobody");
    tokio::join!(ask(), ask(), ask(), ask());
    assert_eq!(issuer.set.edition(), before.map(|edition| edition + 1));
}

#[tokio::test]
async fn while_somebody_asks_a_new_name_waits_only_where_no_key_counts() {
    let issuer = Published::new("asking", &["first"]).await;
    issuer.publishes(&["first", "second"]);
    issuer.clock.advance(COOLDOWN);
    let asking = issuer.set.refetching.lock().await;
    assert!(matches!(issuer.set.find("second").now_or_never(), Some(None)));
    assert!(matches!(issuer.set.find("first").now_or_never(), Some(Some(_))));
    drop(asking);
    assert!(issuer.knows("second").await, "the one who asks waits");

    issuer.clock.advance(TimeDelta::hours(2));
    let asking = issuer.set.refetching.lock().await;
    assert!(issuer.set.find("first").now_or_never().is_none(), "waits");
    drop(asking);
    let ask = || issuer.knows("first");
    assert_eq!(tokio::join!(ask(), ask(), ask()), (true, true, true));
}
