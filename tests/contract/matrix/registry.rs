//! The registry of the story: what was loaded, and one more post of which everything that lets it in was taken back.

use super::census::{Register, named};
use super::rows::{Rows, place};
use super::truth::{Row, Truth, Whose};
use crate::support::{Actor, World};
use avrr_gateway::domain::agreement::TransferAgreement;
use avrr_gateway::domain::code::Code as _;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::domain::party::{Accreditation, Organisation, OrganisationKind};
use avrr_gateway::domain::territory::CountryCode;
use avrr_gateway::policy::disclosure::sha256;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

/// What the client of that post may send.
const DOCUMENT: &str = "query Who { viewer { clientId } }";

/// A post and its client that the administration registers, so that every field of the registry holds something.
const MOROCCO: &str = "embassy-morocco-belgrade";

/// The registry, with one more post whose accreditation ends and whose client is suspended.
pub async fn registry(world: &World, admin: &Actor, register: &Register, rows: &mut Rows) {
    let (ended_at, suspended_at) = one_more_post(world, admin).await;
    let query = "{ organisations(first: 100) { nodes { id code history { event } clients { id clientId history { event } } } } }";
    let data = admin.ask(query, json!({})).await.ok();
    let ids = register.ids_of(&admin.client);
    let morocco = Organisation {
        id: Uuid::nil().into(),
        code: MOROCCO.to_owned(),
        name: "Embassy of Morocco in Belgrade".to_owned(),
        kind: OrganisationKind::ConsularPost,
        territory: None,
        seat_city: Some("Belgrade".to_owned()),
        seat_country: CountryCode::parse("SRB"),
        sending_state: CountryCode::parse("MAR"),
        version: 2,
    };
    for node in data["organisations"]["nodes"].as_array().expect("nodes") {
        let is = |organisation: &&Organisation| node["code"] == organisation.code.as_str();
        let known = register.organisations.iter().find(is).unwrap_or(&morocco);
        let id = named(&ids, &node["id"]);
        let covered: Vec<Accreditation> = if is(&&morocco) {
            vec![until_the_end_of_the_year()]
        } else {
            let all = register.accreditations.iter();
            all.filter(|accreditation| accreditation.organisation == known.id)
                .cloned()
                .collect()
        };
        let accredited = if covered.is_empty() {
            Truth::Value(json!([]))
        } else {
            Truth::Many("Accreditation")
        };
        let loaded = register
            .agreements
            .iter()
            .find(|one| one.organisation == known.id);
        let agreement = if is(&&morocco) {
            Some(an_ended_agreement(ended_at))
        } else {
            loaded.map(an_agreement)
        };
        let agreed = match &agreement {
            Some(_) => Truth::Many("TransferAgreement"),
            None => Truth::Value(json!([])),
        };
        if let Some(values) = agreement {
            let row = Row::new("TransferAgreement", Whose::Anybody, values, &[]);
            rows.insert(("TransferAgreement", (id, "0".to_owned())), row);
        }
        // An organisation and its client go by the same name.
        let whose = match known.kind {
            OrganisationKind::ServiceProvider => Whose::Sheltered(known.code.clone()),
            _ => Whose::Anybody,
        };
        let others = [
            ("id", Truth::Id),
            ("accreditations", accredited),
            ("transferAgreements", agreed),
            ("clients", Truth::Many("Client")),
            ("history", history_where(node["history"] != json!([]))),
        ];
        rows.insert(
            ("Organisation", (id, "0".to_owned())),
            Row::new("Organisation", whose, an_organisation(known), &others),
        );
        for accreditation in covered {
            let territory = accreditation.host_territory.as_str().to_owned();
            let values = json!({
                "hostTerritory": place(&territory),
                "validFrom": accreditation.valid_from,
                "validTo": accreditation.valid_to,
            });
            let row = Row::new("Accreditation", Whose::Anybody, values, &[]);
            rows.insert(("Accreditation", (id, territory)), row);
        }
        for client in node["clients"].as_array().expect("clients") {
            let taken_back = (client["clientId"] == MOROCCO).then_some((ended_at, suspended_at));
            a_client(client, named(&ids, &client["id"]), taken_back, register, rows);
        }
    }
}

/// A client; if everything was taken back from it, with the moments of that and of its suspension.
fn a_client(
    client: &Value,
    id: Uuid,
    taken_back: Option<(DateTime<Utc>, DateTime<Utc>)>,
    register: &Register,
    rows: &mut Rows,
) {
    let name = client["clientId"].as_str().expect("a name");
    let registered = register.clients.iter().find(|known| known.client_id == name);
    let (purposes, rights) = match registered {
        Some(known) => (known.purposes.clone(), known.rights.clone()),
        None => (vec![Purpose::TravelDocument], Vec::new()),
    };
    let values = json!({
        "clientId": name,
        "purposes": purposes.iter().map(|purpose| purpose.code()).collect::<Vec<_>>(),
        "territoryProfile": "XKX",
        "rights": rights.iter().map(|right| right.code()).collect::<Vec<_>>(),
        "suspendedAt": taken_back.map(|(_, suspended)| suspended),
        "issuer": taken_back.map(|_| "https://morocco.example"),
        "tokensNotBefore": taken_back.map(|(revoked, _)| revoked),
        "registeredDocumentsOnly": taken_back.is_some(),
        "version": if taken_back.is_some() { 5 } else { 1 },
    });
    let documents = if let Some((registered, _)) = taken_back {
        let values = json!({
            "sha256": sha256(DOCUMENT), "operationName": "Who", "text": DOCUMENT, "registeredAt": registered,
        });
        let row = Row::new("RegisteredDocument", Whose::Anybody, values, &[]);
        rows.insert(("RegisteredDocument", (id, "0".to_owned())), row);
        Truth::Many("RegisteredDocument")
    } else {
        Truth::Value(json!([]))
    };
    let revoked = if let Some((revoked, _)) = taken_back {
        let values = json!({ "jti": "their-token", "reason": "LEAKED", "revokedAt": revoked });
        let row = Row::new("RevokedToken", Whose::Anybody, values, &[]);
        rows.insert(("RevokedToken", (id, "0".to_owned())), row);
        Truth::Many("RevokedToken")
    } else {
        Truth::Value(json!([]))
    };
    let others = [
        ("id", Truth::Id),
        ("revokedTokens", revoked),
        ("registeredDocuments", documents),
        ("organisation", Truth::One("Organisation")),
        ("history", history_where(client["history"] != json!([]))),
    ];
    let row = Row::new("Client", Whose::Anybody, values, &others);
    rows.insert(("Client", (id, "0".to_owned())), row);
}

/// Rows that the story registers have a history; the register that was loaded has none.
pub fn history_where(registered: bool) -> Truth {
    if registered {
        Truth::Many("RegistryEntry")
    } else {
        Truth::Value(json!([]))
    }
}

fn until_the_end_of_the_year() -> Accreditation {
    Accreditation {
        organisation: Uuid::nil().into(),
        host_territory: CountryCode::parse("SRB").expect("Serbia"),
        valid_from: NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day"),
        valid_to: NaiveDate::from_ymd_opt(2026, 12, 31),
    }
}

fn an_agreement(agreement: &TransferAgreement) -> Value {
    json!({
        "reference": agreement.reference,
        "signedOn": agreement.signed_on,
        "validFrom": agreement.valid_from,
        "validTo": agreement.valid_to,
        "endedAt": agreement.ended_at,
    })
}

fn an_ended_agreement(at: DateTime<Utc>) -> Value {
    json!({
        "reference": "TRANSFER/1", "signedOn": "2025-01-01", "validFrom": "2025-01-02", "validTo": "2026-12-31",
        "endedAt": at,
    })
}

/// Takes back everything that lets the post in: when that was, and when its client was suspended besides.
async fn one_more_post(world: &World, admin: &Actor) -> (DateTime<Utc>, DateTime<Utc>) {
    let mutation = "mutation($input: RegisterOrganisationInput!) {
        registerOrganisation(input: $input) { organisation { id } errors { code } } }";
    let input = json!({
        "idempotencyKey": "one-more-post",
        "code": MOROCCO,
        "name": "Embassy of Morocco in Belgrade",
        "kind": "CONSULAR_POST",
        "seatCity": "Belgrade",
        "seatCountry": "SRB",
        "sendingState": "MAR",
        "accreditations": [{ "hostTerritory": "SRB", "validFrom": "2025-01-01", "validTo": "2026-12-31" }],
        "transferAgreement": { "reference": "TRANSFER/1", "signedOn": "2025-01-01", "validFrom": "2025-01-02", "validTo": "2026-12-31" },
    });
    let data = admin.ask(mutation, json!({ "input": input })).await.ok();
    let post = data["registerOrganisation"]["organisation"]["id"].clone();
    let mutation = "mutation($input: RegisterClientInput!) {
        registerClient(input: $input) { client { id } errors { code } } }";
    let input = json!({
        "idempotencyKey": "its-client",
        "clientId": MOROCCO,
        "organisationId": post,
        "purposes": ["TRAVEL_DOCUMENT"],
        "issuer": "https://morocco.example",
    });
    let data = admin.ask(mutation, json!({ "input": input })).await.ok();
    assert_eq!(data["registerClient"]["errors"], json!([]));
    let client = data["registerClient"]["client"]["id"].clone();
    let take_back =
        "mutation($end: EndTransferAgreementInput!, $one: RevokeTokenInput!, $all: RevokeClientTokensInput!,
            $documents: RegisterDocumentsInput!, $only: RequireRegisteredDocumentsInput!) {
        endTransferAgreement(input: $end) { errors { code } }
        revokeToken(input: $one) { errors { code } }
        revokeClientTokens(input: $all) { errors { code } }
        registerDocuments(input: $documents) { errors { code } }
        requireRegisteredDocuments(input: $only) { errors { code } } }";
    let given = json!({
        "end": { "idempotencyKey": "end", "organisationId": post, "expectedVersion": 1, "reference": "TRANSFER/1" },
        "one": { "idempotencyKey": "one", "id": client, "jti": "their-token", "reason": "LEAKED" },
        "all": { "idempotencyKey": "all", "id": client, "expectedVersion": 1 },
        "documents": { "idempotencyKey": "documents", "id": client, "expectedVersion": 2, "documents": [DOCUMENT] },
        "only": { "idempotencyKey": "only", "id": client, "expectedVersion": 3, "required": true },
    });
    let taken_back = world.clock.now();
    let data = admin.ask(take_back, given).await.ok();
    for command in [
        "endTransferAgreement",
        "revokeToken",
        "revokeClientTokens",
        "registerDocuments",
        "requireRegisteredDocuments",
    ] {
        assert_eq!(data[command]["errors"], json!([]), "{command}");
    }
    admin.suspends_client(&world.client(MOROCCO)).await;
    (taken_back, world.clock.now())
}

fn an_organisation(organisation: &Organisation) -> Value {
    let a_place = |code: Option<CountryCode>| code.map_or(Value::Null, |code| place(code.as_str()));
    json!({
        "code": organisation.code,
        "name": organisation.name,
        "kind": organisation.kind.code(),
        "territory": a_place(organisation.territory),
        "seatCity": organisation.seat_city,
        "seatCountry": a_place(organisation.seat_country),
        "sendingState": a_place(organisation.sending_state),
        "version": organisation.version,
    })
}
