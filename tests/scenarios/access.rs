//! Who comes in, for how long, and by which names rows go for them.

use crate::support::socket::Heard;
use crate::support::*;
use avrr_gateway::config::Config;
use avrr_gateway::http::keys::Keys;
use chrono::TimeDelta;
use serde_json::{Value, json};

const WHO: &str = "{ viewer { clientId kind purpose organisation { code } } }";

/// Whoever comes without a good token is turned away before the document is read, and learns nothing.
async fn nobody_comes_in_without_a_good_token(world: &World) {
    let pristina = world.mission("Pristina");
    let good = pristina.token();
    let demo = Keys::open(&Config::default().auth, true, &world.clock.clock())
        .await
        .expect("keys");
    let demo = demo
        .issuer
        .expect("an issuer")
        .token("iom-pristina", TimeDelta::minutes(5))
        .expect("a token");
    let (head, rest) = good.split_once('.').expect("a header");
    let (claims, _) = rest.split_once('.').expect("claims");
    let mut words = Vec::new();
    for authorization in [
        None,
        Some(String::new()),
        Some("Bearer".to_owned()),
        Some(good.clone()),
        Some(format!("Basic {good}")),
        Some(format!("Bearer {demo}")),
        Some(format!("Bearer {head}.{claims}.")),
        Some(format!(
            "Bearer {}",
            good.replace(head, "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0")
        )),
        Some(format!("Bearer {}", world.client("iom-nowhere").token())),
    ] {
        let request = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut request = request
            .post(format!("http://{}/graphql", world.address))
            .body("{ not even read");
        if let Some(value) = &authorization {
            request = request.header("Authorization", value);
        }
        let answer = Answer::read(request.send().await.expect("an answer")).await;
        assert_eq!(
            (answer.status, answer.code()),
            (401, "UNAUTHENTICATED"),
            "{authorization:?}"
        );
        assert_eq!(
            answer.headers["www-authenticate"],
            "Bearer error=\"invalid_token\""
        );
        words.push(answer.text);
    }
    words.dedup();
    assert_eq!(words.len(), 1, "the same words for every reason: {words:?}");

    // A token is good until it expires, by the programme's clock.
    let old = pristina.letter(&json!({ "query": "{ __typename }" }));
    world.time_passes(TimeDelta::hours(24) + TimeDelta::seconds(31));
    assert_eq!(
        Answer::read(old.send().await.expect("an answer")).await.status,
        401
    );
    pristina.ask(WHO, json!({})).await.ok();
}

/// A suspended client stops at once: its token is worth nothing over HTTP, and its open socket hears no more.
async fn a_suspended_client_stops_at_once(world: &World) {
    let usual = world.a_usual_case(Until::Ticketed).await;
    let admin = world.admin();
    let missions = [&usual.istanbul];
    usual.itinerary().is_confirmed_by(&missions, &usual.baghdad).await;
    let mut inbox = usual.istanbul.listens().await;
    inbox.hears(&["ITINERARY_BOOKED"]).await;
    admin.suspends_client(&usual.istanbul).await;
    assert_eq!(usual.istanbul.ask(WHO, json!({})).await.status, 401);
    usual.pristina.marks_ready(&usual.case).await;
    let farewell = loop {
        match inbox.socket().hear().await {
            Heard::Farewell(code, _) => break code,
            Heard::Message(message) => assert!(message["payload"]["data"]["notices"].is_null(), "{message}"),
        }
    };
    assert_eq!(farewell, 4403);
    let mut again = Socket::open(world.address).await.expect("a socket");
    let payload = json!({ "Authorization": format!("Bearer {}", usual.istanbul.token()) });
    assert!(matches!(again.introduce(payload).await, Heard::Farewell(4403, _)));
    // The others go on, and Istanbul misses nothing once it may come back.
    usual.baghdad.ask(WHO, json!({})).await.ok();
    admin.resumes_client(&usual.istanbul).await;
    inbox.returns().await;
    inbox.hears(&["DEPARTURE_PLANNED"]).await;
}

/// A client states the purpose of a request among those that it is registered for.
async fn a_purpose_is_one_that_the_client_is_registered_for(world: &World) {
    let (admin, pristina) = (world.admin(), world.mission("Pristina"));
    let who = pristina.ask(WHO, json!({})).await.ok();
    assert_eq!(
        who["viewer"],
        json!({ "clientId": "iom-pristina", "kind": "MISSION", "purpose": "CASE_MANAGEMENT", "organisation": { "code": "iom-pristina" } })
    );
    for purpose in ["TRAVEL_DOCUMENT", "case_management", "", "anything"] {
        let refused = pristina.for_purpose(purpose).ask(WHO, json!({})).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, "PURPOSE_NOT_REGISTERED"),
            "{purpose}"
        );
    }
    let register = "mutation($of: ID!) { registerClient(input: { idempotencyKey: \"1\", clientId: \"iom-pristina-2\",
        organisationId: $of, purposes: [CASE_MANAGEMENT, REINTEGRATION] }) { client { clientId purposes } errors { code } } }";
    let of = admin.organisation("iom-pristina").await;
    let registered = admin.ask(register, json!({ "of": of })).await.ok();
    assert_eq!(registered["registerClient"]["errors"], json!([]));
    let second = world.client("iom-pristina-2");
    let stated = async |client: Actor| client.ask(WHO, json!({})).await.ok()["viewer"]["purpose"].take();
    let unstated = second.ask(WHO, json!({})).await;
    assert_eq!((unstated.status, unstated.code()), (400, "PURPOSE_REQUIRED"));
    assert_eq!(stated(second.for_purpose("REINTEGRATION")).await, "REINTEGRATION");
    // Both clients are one organisation: what one opens, the other finds by the same id.
    let case = pristina.opens_a_case_for(person()).await;
    let second = second.for_purpose("CASE_MANAGEMENT");
    assert_eq!(second.id_of(&case).await, pristina.id_of(&case).await);
}

/// Ids are made for one organisation: in the hands of another they name nothing, alone or in a list.
async fn an_id_of_another_organisation_names_nothing(world: &World) {
    let usual = world.a_usual_case(Until::Ready).await;
    let rows = async |actor: &Actor| {
        let mut ids = Vec::new();
        for row in [usual.itinerary(), &usual.case.person()] {
            ids.extend(actor.id_of(row).await);
        }
        ids.extend(actor.id_of(&usual.case).await);
        ids
    };
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }";
    let partners = [
        &usual.pristina,
        &usual.istanbul,
        &usual.baghdad,
        &usual.police,
        &usual.migration,
    ];
    for one in partners {
        let own = rows(one).await;
        assert_eq!(own.len(), 3);
        let names: Vec<Value> = ["Itinerary", "Person", "Case"]
            .iter()
            .zip(&own)
            .map(|(kind, id)| json!({ "id": id, "__typename": kind }))
            .collect();
        assert_eq!(
            one.ask(query, json!({ "ids": own })).await.ok(),
            json!({ "nodes": names })
        );
        for other in partners.into_iter().filter(|other| other.client != one.client) {
            assert_eq!(
                other.ask(query, json!({ "ids": own })).await.ok(),
                json!({ "nodes": [null, null, null] })
            );
        }
    }
    let own = rows(&usual.police).await;
    let mixed = json!({ "ids": ["", own[2], "nothing", own[2]] });
    let found = json!({ "id": own[2], "__typename": "Case" });
    assert_eq!(
        usual.police.ask(query, mixed).await.ok(),
        json!({ "nodes": [null, found, null, found] })
    );
    usual
        .police
        .ask(query, json!({ "ids": vec![&own[0]; 101] }))
        .await
        .is_refused("INVALID_ARGUMENT");
    // References are pseudonyms: no two organisations can join their data by them.
    let mut references = Vec::new();
    for partner in partners {
        references.push(partner.sees(&usual.case, "{ reference }").await.row["reference"].to_string());
    }
    references.sort();
    references.dedup();
    assert_eq!(references.len(), partners.len());
}

on_both_databases!(
    nobody_comes_in_without_a_good_token,
    a_suspended_client_stops_at_once,
    a_purpose_is_one_that_the_client_is_registered_for,
    an_id_of_another_organisation_names_nothing,
);
