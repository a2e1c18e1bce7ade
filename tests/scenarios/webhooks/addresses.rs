//! Where a webhook may be, and whose business it is.

use super::{metrics, one_departs, sequences, twelve_departures};
use crate::support::*;
use serde_json::{Value, json};

/// Neither without TLS nor to an address that is none of the public internet: by its numbers it is refused, by its name it
/// fails when it is looked up.
async fn nothing_is_sent_to_private_addresses(world: &World) {
    let police = world.police("XKX");
    let refused = [
        "http://police.example/notices",
        "https://127.0.0.1/notices",
        "https://[::1]/notices",
        "https://10.1.2.3/notices",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:192.168.0.1]/",
        "https://2130706433/",
        "https://officer:secret@police.example/",
        "not an address",
    ];
    for url in refused {
        let refusal = police.registers_webhook(url).is_refused("URL_NOT_ALLOWED").await;
        assert_eq!(refusal["field"], "url");
    }
    assert_eq!(police.webhooks().await, Vec::<Value>::new());
    let port = world.receiver.address.port();
    let by_name = police
        .registers_webhook(&format!("https://localhost:{port}/"))
        .await
        .webhook;
    let place = by_name["deliveredSequence"].as_i64().expect("a place");
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    world.has_failed_since(&police, &by_name).await;
    let told = police.told_after(place).await;
    let attempt = &told[0]["deliveries"][0]["attempts"][0];
    assert_eq!(
        json!([attempt["outcome"], attempt["status"]]),
        json!(["ADDRESS_NOT_ALLOWED", null])
    );
    assert!(world.receiver.arrived("/").is_empty());
}

/// A webhook is its owner's: nobody else finds it, a stale version changes nothing, and while it is paused notices wait.
async fn a_webhook_is_its_owner_s_alone(world: &World) {
    let (police, baghdad) = (world.police("XKX"), world.mission("Baghdad"));
    let made = police
        .registers_webhook(&world.receiver.url("/police"))
        .await
        .webhook;
    let place = made["deliveredSequence"].as_i64().expect("a place");
    for step in ["pauseWebhook", "resumeWebhook"] {
        baghdad.moves_webhook(&made, step).is_not_found().await;
        world.auditor().moves_webhook(&made, step).is_forbidden().await;
    }
    baghdad.rotates_key(&made).is_not_found().await;
    world
        .admin()
        .registers_webhook("https://admin.example/")
        .is_forbidden()
        .await;
    assert_eq!(world.admin().webhooks().await, Vec::<Value>::new());

    let paused = police.moves_webhook(&made, "pauseWebhook").await;
    assert_eq!(json!([paused["state"], paused["version"]]), json!(["PAUSED", 2]));
    police
        .moves_webhook(&made, "resumeWebhook")
        .is_refused("CONFLICT")
        .await;
    police
        .moves_webhook(&paused, "pauseWebhook")
        .is_refused("WRONG_STATE")
        .await;
    let other = police
        .registers_webhook(&world.receiver.url("/other"))
        .await
        .webhook;
    let ready = world.mission("Pristina").cases_ready_to_depart().await;
    one_departs(world, &ready[0]).await;
    // The other has it, so the worker has looked.
    world.receiver.takes("/other", 1).await;
    assert!(world.receiver.arrived("/police").is_empty());
    police.moves_webhook(&paused, "resumeWebhook").await;
    assert_eq!(
        sequences(&world.receiver.takes("/police", 1).await),
        vec![place + 1]
    );
    assert_eq!(police.webhooks().await[0]["id"], other["id"]);

    for nth in 2..16 {
        police
            .registers_webhook(&world.receiver.url(&format!("/{nth}")))
            .await;
    }
    let one_more = police.registers_webhook(&world.receiver.url("/one-more"));
    one_more.is_refused("TOO_MANY_WEBHOOKS").await;
    // One that is taken away makes room, and its keys verify nothing any more.
    let gone = police.moves_webhook(&other, "removeWebhook").await;
    assert_eq!(json!([gone["state"], gone["publicKeys"]]), json!(["REMOVED", []]));
    police.registers_webhook(&world.receiver.url("/one-more")).await;
    one_departs(world, &ready[1]).await;
    let told = world.receiver.takes("/one-more", 1).await;
    assert_eq!(sequences(&told), vec![place + 2]);
    world.receiver.takes("/police", 2).await;
    assert_eq!(world.receiver.arrived("/other").len(), 1);
    let counted = metrics(world).await;
    for line in [
        r#"avrr_webhooks{state="ACTIVE",breaker="CLOSED"} 16"#,
        r#"avrr_webhook_backlog{state="ACTIVE",breaker="CLOSED"}"#,
    ] {
        assert!(counted.contains(line), "{line} is not in {counted}");
    }
}

on_both_databases!(from twelve_departures:
    a_webhook_is_its_owner_s_alone,
    nothing_is_sent_to_private_addresses,
);
