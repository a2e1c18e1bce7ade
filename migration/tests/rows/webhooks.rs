use super::{at, id, the_client, the_mission, the_notice};
use entity::{webhook, webhook_attempt, webhook_key};

pub fn the_webhook() -> webhook::Model {
    webhook::Model {
        id: id(470),
        organisation_id: the_mission().id,
        client_id: the_client().id,
        url: "https://police.example/notices".into(),
        types: "[\"DEPARTED\"]".into(),
        scheme: "ED25519".into(),
        state: "DISABLED".into(),
        disabled_reason: Some("GONE".into()),
        created_at: at(60),
        paused_at: Some(at(61)),
        disabled_at: Some(at(62)),
        delivered_sequence: 7,
        tries: 1,
        failures: 1,
        failing_since: Some(at(63)),
        breaker: "CLOSED".into(),
        next_attempt_at: Some(at(64)),
        lease_id: Some(id(471)),
        lease_until: Some(at(65)),
        version: 3,
    }
}

pub fn the_webhook_key() -> webhook_key::Model {
    webhook_key::Model {
        id: id(472),
        webhook_id: the_webhook().id,
        public_key: Some("whpk_AAAA".into()),
        secret: "whsk_AAAA".into(),
        made_at: at(60),
        valid_until: Some(at(66)),
    }
}

pub fn the_webhook_attempt() -> webhook_attempt::Model {
    webhook_attempt::Model {
        id: id(473),
        webhook_id: the_webhook().id,
        notice_id: the_notice().id,
        sequence: 8,
        number: 1,
        attempted_at: at(67),
        status: Some(410),
        latency_ms: 12,
        outcome: "GONE".into(),
    }
}
