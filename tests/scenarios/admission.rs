//! What lets a partner in: an agreement, a token of its own issuer that nobody took back, and a purpose of its kind.

use crate::support::socket::Heard;
use crate::support::world::play_with;
use crate::support::*;
use avrr_gateway::config::{Config, IssuerSettings};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const WHO: &str = "{ viewer { clientId } }";
const POLICE: &str = "police-kosovo";

/// Longest time that a socket stays open once whoever is on it may not stay.
const SOON: Duration = Duration::from_secs(5);

async fn status(actor: &Actor) -> u16 {
    actor.ask(WHO, json!({})).await.status
}

/// A silent socket is closed, in time and with the code that says why.
async fn is_shown_out(mut socket: Socket, since: Instant) {
    let mut heard = socket.hear().await;
    // A subscription is told first where it stands.
    if let Heard::Message(message) = &heard {
        assert_eq!(message["payload"][0]["extensions"]["code"], "UNAUTHENTICATED");
        heard = socket.hear().await;
    }
    assert!(matches!(heard, Heard::Farewell(4403, _)), "{heard:?}");
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());
}

/// DOMAIN 4.1, principle 5: without an agreement in writing that holds today nobody outside IOM comes in.
async fn no_agreement_no_token(world: &World) {
    let admin = world.admin();
    let register = "mutation($of: RegisterOrganisationInput!) { registerOrganisation(input: $of) {
        organisation { id transferAgreements { reference } } errors { code field } } }";
    let of = |agreement: Value| {
        json!({ "of": {
            "idempotencyKey": agreement.to_string(), "code": "police-tirana", "name": "Police in Tirana", "kind": "POLICE",
            "territory": "ALB", "transferAgreement": agreement,
        } })
    };
    let tomorrow = world.today() + TimeDelta::days(1);
    for (field, agreement) in [
        (
            "agreement.signedOn",
            json!({ "reference": "A", "signedOn": tomorrow, "validFrom": tomorrow }),
        ),
        (
            "agreement.reference",
            json!({ "reference": " ", "signedOn": "2026-01-01", "validFrom": tomorrow }),
        ),
        (
            "agreement.validTo",
            json!({ "reference": "A", "signedOn": "2026-01-01", "validFrom": tomorrow, "validTo": "2026-01-01" }),
        ),
    ] {
        let refused = admin.ask(register, of(agreement)).await.ok();
        assert_eq!(refused["registerOrganisation"]["errors"][0]["field"], field);
    }
    let made = admin.ask(register, of(Value::Null)).await.ok();
    let made = &made["registerOrganisation"];
    assert_eq!(
        (&made["errors"], &made["organisation"]["transferAgreements"]),
        (&json!([]), &json!([]))
    );
    let client =
        "mutation($of: ID!) { registerClient(input: { idempotencyKey: \"c\", clientId: \"police-tirana\",
        organisationId: $of, purposes: [DEPARTURE_NOTICE] }) { errors { code } } }";
    let of = made["organisation"]["id"].clone();
    assert_eq!(
        admin.ask(client, json!({ "of": of })).await.ok()["registerClient"]["errors"],
        json!([])
    );
    let tirana = world.client("police-tirana");
    assert_eq!(status(&tirana).await, 401);

    let last = tomorrow + TimeDelta::days(2);
    let agreement =
        json!({ "reference": "A/1", "signedOn": world.today(), "validFrom": tomorrow, "validTo": last });
    let recorded = admin
        .records_agreement("police-tirana", 1, agreement.clone())
        .await
        .await;
    assert_eq!(recorded["version"], 2);
    let again = admin.records_agreement("police-tirana", 2, agreement).await;
    again.is_refused("ALREADY_EXISTS").await;
    assert_eq!(status(&tirana).await, 401, "it holds from tomorrow on");
    world.time_passes(TimeDelta::days(1));
    assert_eq!(status(&tirana).await, 200);
    world.time_passes(TimeDelta::days(2));
    let socket = tirana.connects().await;
    world.time_passes(TimeDelta::hours(16));
    is_shown_out(socket, Instant::now()).await;
    assert_eq!(status(&tirana).await, 401, "it held until yesterday");
}

/// An agreement that is ended before its time shuts the door at once, and another one opens it again.
async fn an_agreement_that_is_ended_shuts_the_door(world: &World) {
    let (admin, police) = (world.admin(), world.client(POLICE));
    let (socket, other) = (
        police.connects().await,
        world.client("police-serbia").connects().await,
    );
    let wrong = admin.ends_agreement(POLICE, 1, "TRANSFER/nobody").await;
    wrong.is_refused("INVALID").await;
    let stale = admin.ends_agreement(POLICE, 7, "TRANSFER/police-kosovo").await;
    stale.is_refused("CONFLICT").await;
    assert_eq!(status(&police).await, 200);
    admin
        .ends_agreement(POLICE, 1, "TRANSFER/police-kosovo")
        .await
        .await;
    assert_eq!(status(&police).await, 401);
    is_shown_out(socket, Instant::now()).await;
    let ended = admin.ends_agreement(POLICE, 2, "TRANSFER/police-kosovo").await;
    ended.is_refused("WRONG_STATE").await;
    let agreement = json!({ "reference": "B", "signedOn": world.today(), "validFrom": world.today() });
    admin.records_agreement(POLICE, 2, agreement).await.await;
    assert_eq!(status(&police).await, 200);
    drop(other);
    let history = "{ organisations(first: 100) { nodes { code history { event } } } }";
    let data = admin.ask(history, json!({})).await.ok();
    let mut nodes = data["organisations"]["nodes"].as_array().expect("nodes").iter();
    let found = nodes.find(|node| node["code"] == POLICE).expect("the police");
    let events = [
        json!({ "event": "AGREEMENT_ENDED" }),
        json!({ "event": "AGREEMENT_RECORDED" }),
    ];
    assert_eq!(found["history"], json!(events));
}

/// One token is taken back by its name: what was opened with it ends, and the client's other tokens go on.
async fn a_revoked_token_is_worth_nothing_and_others_go_on(world: &World) {
    let (police, auditor) = (world.client(POLICE), world.auditor());
    let leaked = police.token();
    let jti = jti_of(&leaked);
    let mut opened = Socket::open(world.address).await.expect("a socket");
    let payload = json!({ "Authorization": format!("Bearer {leaked}") });
    let heard = opened.introduce(payload.clone()).await;
    assert_eq!(heard, Heard::Message(json!({ "type": "connection_ack" })));
    let mut other = police.connects().await;
    assert_eq!(police.asks_with(&leaked, WHO, &json!({})).await.status, 200);
    let revoked = auditor.revokes_token(POLICE, &jti).await.await;
    assert_eq!(
        revoked["revokedTokens"],
        json!([{ "jti": jti, "reason": "LEAKED" }])
    );
    let since = Instant::now();
    let refused = police.asks_with(&leaked, WHO, &json!({})).await;
    assert_eq!((refused.status, refused.code()), (401, "UNAUTHENTICATED"));
    is_shown_out(opened, since).await;
    let mut again = Socket::open(world.address).await.expect("a socket");
    assert!(matches!(again.introduce(payload).await, Heard::Farewell(4403, _)));
    assert_eq!(status(&police).await, 200);
    other.say(&json!({ "type": "ping" })).await;
    assert_eq!(other.hear().await, Heard::Message(json!({ "type": "pong" })));
    // The same name is another token where another client has it.
    assert_eq!(
        auditor.revokes_token("police-serbia", &jti).await.await["revokedTokens"][0]["jti"],
        jti
    );
    let twice = auditor.revokes_token(POLICE, &jti).await;
    twice.is_refused("ALREADY_EXISTS").await;
    for nameless in [String::new(), "n".repeat(201)] {
        let refused = auditor.revokes_token(POLICE, &nameless).await;
        refused.is_refused("INVALID").await;
    }
    // What has expired in any case is forgotten with the next revocation.
    world.time_passes(TimeDelta::hours(26));
    let kept = world.admin().revokes_token(POLICE, "another").await.await;
    assert_eq!(
        kept["revokedTokens"],
        json!([{ "jti": "another", "reason": "LEAKED" }])
    );
}

/// All tokens of a client are taken back: it has to get new ones.
async fn all_tokens_of_a_client_are_revoked_until_then(world: &World) {
    let (police, admin) = (world.client(POLICE), world.admin());
    let (old, socket) = (police.token(), police.connects().await);
    admin.revokes_tokens_of(POLICE).await.await;
    let since = Instant::now();
    assert_eq!(police.asks_with(&old, WHO, &json!({})).await.status, 401);
    assert_eq!(
        status(&police).await,
        401,
        "issued in the second of the revocation"
    );
    is_shown_out(socket, since).await;
    world.time_passes(TimeDelta::seconds(1));
    assert_eq!(status(&police).await, 200);
    assert_eq!(police.asks_with(&old, WHO, &json!({})).await.status, 401);
    assert_eq!(status(&world.client("police-serbia")).await, 200);
}

/// A change of who a client is ends what it has open, though nothing happens on it.
async fn a_suspended_client_is_shown_out_of_a_silent_socket(world: &World) {
    let (police, admin) = (world.client(POLICE), world.admin());
    let mut socket = police.connects().await;
    let inbox = "subscription { notices(afterSequence: 0) { sequence } }";
    socket.start("1", inbox, &json!({})).await;
    admin.suspends_client(&police).await;
    is_shown_out(socket, Instant::now()).await;
}

/// An embassy has no use for the data of case management, whatever its client is registered for.
async fn a_purpose_fits_the_kind_of_organisation(world: &World) {
    let admin = world.admin();
    let register = "mutation($of: ID!, $for: [Purpose!]!, $key: String!) { registerClient(input: { idempotencyKey: $key,
        clientId: $key, organisationId: $of, purposes: $for }) { client { purposes } errors { code field } } }";
    let embassy = admin.organisation("embassy-iraq-belgrade").await;
    for (key, purposes, code) in [
        ("a1", json!(["CASE_MANAGEMENT"]), "PURPOSE_NOT_FOR_KIND"),
        (
            "a2",
            json!(["TRAVEL_DOCUMENT", "OVERSIGHT"]),
            "PURPOSE_NOT_FOR_KIND",
        ),
        ("a3", json!([]), "INVALID"),
        ("a4", json!(["TRAVEL_DOCUMENT", "TRAVEL_DOCUMENT"]), "INVALID"),
    ] {
        let asked = json!({ "of": embassy, "for": purposes, "key": key });
        let refused = admin.ask(register, asked).await.ok();
        let errors = json!([{ "code": code, "field": "purposes" }]);
        assert_eq!(refused["registerClient"]["errors"], errors, "{key}");
    }
    let asked = json!({ "of": embassy, "for": ["TRAVEL_DOCUMENT"], "key": "a5" });
    let made = admin.ask(register, asked).await.ok();
    assert_eq!(made["registerClient"]["errors"], json!([]));
}

const MINISTRY: &str = "https://ministry.example";

fn key_of_the_ministry() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[7; 32])
}

fn with_the_ministry(config: &mut Config) {
    let file = config.auth.signing_key_file.with_file_name("ministry.json");
    let x = URL_SAFE_NO_PAD.encode(key_of_the_ministry().verifying_key().as_bytes());
    let keys = json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "m", "x": x }] });
    std::fs::write(&file, keys.to_string()).expect("a key set");
    config.auth.own_key = Some(true);
    config.auth.issuers.push(IssuerSettings {
        issuer: MINISTRY.into(),
        jwks_file: Some(file),
        ..IssuerSettings::default()
    });
}

fn token_of_the_ministry(world: &World, client: &str) -> String {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("at+jwt".into());
    header.kid = Some("m".into());
    let now = world.clock.now().timestamp();
    let claims = json!({
        "iss": MINISTRY, "aud": "avrr-gateway", "sub": client, "client_id": client, "iat": now, "exp": now + 900,
        "jti": "1",
    });
    let der = key_of_the_ministry().to_pkcs8_der().expect("DER");
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes())).expect("a token")
}

/// A partner's own issuer speaks for the clients that are registered as its own, and for nobody else.
async fn an_issuer_speaks_for_its_own_clients(world: &World) {
    let (admin, police) = (world.admin(), world.client(POLICE));
    let register =
        "mutation($of: ID!) { registerClient(input: { idempotencyKey: \"m\", clientId: \"police-ministry\",
        organisationId: $of, purposes: [DEPARTURE_NOTICE], issuer: \"https://ministry.example\" }) {
        client { issuer } errors { code } } }";
    let of = admin.organisation(POLICE).await;
    let made = admin.ask(register, json!({ "of": of })).await.ok();
    assert_eq!(made["registerClient"]["client"]["issuer"], MINISTRY);
    let ask = async |client: &str| {
        let token = token_of_the_ministry(world, client);
        police.asks_with(&token, WHO, &json!({})).await.status
    };
    assert_eq!(ask("police-ministry").await, 200);
    for other in [POLICE, "iom-pristina", "admin", "auditor", "nobody"] {
        assert_eq!(ask(other).await, 401, "{other}");
    }
    assert_eq!(status(&police).await, 200, "by the first issuer");
    assert_eq!(
        status(&world.client("police-ministry")).await,
        401,
        "not by the first issuer"
    );
}

#[test]
fn an_issuer_speaks_for_its_own_clients_on_sqlite() {
    play_with(
        Database::Sqlite,
        with_the_ministry,
        |_| None,
        an_issuer_speaks_for_its_own_clients,
    );
}

#[test]
fn an_issuer_speaks_for_its_own_clients_on_postgres() {
    play_with(
        Database::Postgres,
        with_the_ministry,
        |_| None,
        an_issuer_speaks_for_its_own_clients,
    );
}

on_both_databases!(
    no_agreement_no_token,
    an_agreement_that_is_ended_shuts_the_door,
    a_revoked_token_is_worth_nothing_and_others_go_on,
    all_tokens_of_a_client_are_revoked_until_then,
    a_suspended_client_is_shown_out_of_a_silent_socket,
    a_purpose_fits_the_kind_of_organisation,
);
