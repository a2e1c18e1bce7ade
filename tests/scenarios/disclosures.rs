//! Who was told what of whom is noted before it is told, and can be asked for.

use crate::support::insight::{Insight, with_our_key};
use crate::support::ledger::{Entry, behind_the_program, is_noted, ledger_of, names, of_answer, unnoted};
use crate::support::world::play_with;
use crate::support::*;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Plays a story in which ids can be looked behind.
fn in_the_open(database: Database, story: impl AsyncFnOnce(&World)) {
    play_with(database, with_our_key, |_| None, story);
}

const FIELDS: [&str; 9] = [
    "id",
    "fullName",
    "dateOfBirth",
    "sex",
    "phone",
    "placeOfBirth",
    "hostAddress",
    "language",
    "headOfHousehold",
];

fn question() -> String {
    format!(
        "{{ cases(first: 1) {{ nodes {{ id state returnMode withdrawalReason organisation: sendingMission {{ code }} \
         persons {{ {} }} }} }} }}",
        FIELDS.join(" ")
    )
}

/// For each partner, what the ledger says of a person is what the answer holds, field for field: shown, masked, and
/// nothing of what was withheld.
async fn what_a_partner_reads_is_noted_field_for_field(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let insight = Insight::into(world).await;
    let auditor = world.auditor();
    let partners = [
        (&usual.iraq, "CONSULAR", "TRAVEL_DOCUMENT"),
        (&usual.police, "POLICE", "DEPARTURE_NOTICE"),
        (&usual.istanbul, "TRANSIT", "CASE_MANAGEMENT"),
        (&usual.baghdad, "RECEIVING", "CASE_MANAGEMENT"),
        (&usual.migration, "MIGRATION", "CASE_MANAGEMENT"),
        (&auditor, "OVERSIGHT", "OVERSIGHT"),
    ];
    for (partner, relation, purpose) in partners {
        let before = ledger_of(world).await.len();
        let answer = partner.ask(&question(), json!({})).await;
        let ledger = ledger_of(world).await;
        let ids = insight.of(world, partner);
        assert_eq!(
            unnoted(&ledger, &answer, &ids),
            Vec::<String>::new(),
            "{}",
            partner.client
        );
        let entries = of_answer(&ledger, &answer);
        // One entry a row, and none of the organisation, which is nobody's datum.
        assert_eq!(
            (entries.len(), ledger.len() - before),
            (2, 2),
            "{}: {entries:?}",
            partner.client
        );
        let stated = answer.clone().ok()["cases"]["nodes"][0].take();
        for entry in entries {
            let (path, row) = match entry.row_type.as_str() {
                "Case" => ("cases.nodes.0", &stated),
                "Person" => ("cases.nodes.0.persons.0", &stated["persons"][0]),
                other => panic!("{other} was told"),
            };
            let (mut shown, mut masked) = (BTreeSet::new(), BTreeSet::new());
            for key in row.as_object().expect("a row").keys() {
                let name = if key == "organisation" {
                    "sendingMission"
                } else {
                    key
                };
                match answer.redaction(&format!("{path}.{key}")) {
                    None => _ = shown.insert(name),
                    Some("MASKED") => _ = masked.insert(name),
                    Some(_) => {}
                }
            }
            assert_eq!(
                names(&entry.shown),
                shown,
                "{} {}",
                partner.client,
                entry.row_type
            );
            assert_eq!(
                names(&entry.masked),
                masked,
                "{} {}",
                partner.client,
                entry.row_type
            );
            let (_, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
            assert_eq!(entry.row_id, Some(id));
            assert_eq!(entry.person_id, (entry.row_type == "Person").then_some(id));
            assert!(entry.case_id.is_some() && entry.client_id.is_some() && entry.token.is_some());
            assert_eq!(entry.organisation_id, world.owner_of(partner).uuid());
            assert_eq!(
                (entry.relation.as_str(), entry.means.as_str()),
                (relation, "QUERY")
            );
            assert_eq!(entry.disclosed_at, world.clock.now());
            assert_eq!(
                entry.policy_version,
                avrr_gateway::policy::disclosure::policy_version()
            );
            if partner.client == "embassy-iraq-belgrade" || relation == "OVERSIGHT" {
                assert_eq!(entry.purpose, purpose);
            }
        }
    }
    // The mission that assists the person works on the case, and a dashboard reaches no row.
    for nobody in [&usual.pristina, &world.dashboard(), &world.admin()] {
        let before = ledger_of(world).await.len();
        nobody.ask(&question(), json!({})).await.ok();
        nobody.inbox().await;
        assert_eq!(ledger_of(world).await.len(), before, "{}", nobody.client);
    }
}

#[test]
fn sqlite_what_a_partner_reads_is_noted_field_for_field() {
    in_the_open(Database::Sqlite, what_a_partner_reads_is_noted_field_for_field);
}

#[test]
fn postgres_what_a_partner_reads_is_noted_field_for_field() {
    in_the_open(Database::Postgres, what_a_partner_reads_is_noted_field_for_field);
}

/// A telephone number is noted from the moment when a consent opens it; what a command answers with and what an event
/// tells is noted as what a query answers; whichever way a row is reached.
async fn every_way_out_is_noted(world: &World) {
    let usual = world.a_usual_case(Until::Requested).await;
    let insight = Insight::into(world).await;
    let (iraq, request) = (&usual.iraq, usual.request());
    let ids = insight.of(world, iraq);
    let person_of = async || {
        let entries = ledger_of(world).await;
        let last = entries.into_iter().rfind(|entry| entry.row_type == "Person");
        last.expect("a person")
    };
    let applicant =
        "{ travelDocumentRequests { edges { cursor node { id applicant { id phone fullName } } } } }";
    iraq.ask(applicant, json!({})).await.ok();
    assert_eq!(names(&person_of().await.shown), names("id fullName"));
    usual
        .pristina
        .records_consent(&usual.case, PHONE_TO_THE_EMBASSY)
        .await;
    iraq.ask(applicant, json!({})).await.ok();
    assert_eq!(names(&person_of().await.shown), names("id phone fullName"));

    let id = iraq.id_of(request).await.expect("an id");
    let ways = [
        "query($id: ID!) { node(id: $id) { id ... on TravelDocumentRequest { state one: applicant { id } two: applicant { id sex } } } }",
        "query($id: ID!) { nodes(ids: [$id, $id]) { id ...request } } fragment request on Node { ... on TravelDocumentRequest { id expedited disclosureSnapshot { sha256 } } }",
        "query($id: ID!) { a: node(id: $id) { id } b: node(id: $id) { ... on TravelDocumentRequest { id submittedAt } } notices { nodes { id type travelDocumentRequest { id } case { id } } } }",
    ];
    for way in ways {
        let answer = iraq.ask(way, json!({ "id": id })).await;
        assert!(answer.errors.is_empty(), "{}", answer.text);
        let ledger = ledger_of(world).await;
        assert_eq!(unnoted(&ledger, &answer, &ids), Vec::<String>::new(), "{way}");
        assert!(is_noted(&ledger, &answer, &ids));
        let mut rows = BTreeSet::new();
        for entry in of_answer(&ledger, &answer) {
            assert!(
                rows.insert((&entry.row_type, entry.row_id)),
                "a row is noted once an answer: {entry:?}"
            );
        }
    }
    let before = ledger_of(world).await.len();
    iraq.ask(
        "query($id: ID!) { node(id: $id) { __typename } }",
        json!({ "id": id }),
    )
    .await
    .ok();
    let entry = ledger_of(world).await.swap_remove(before);
    assert_eq!(
        (entry.row_type.as_str(), entry.shown.as_str()),
        ("TravelDocumentRequest", "")
    );

    let mut socket = iraq.connects().await;
    let query = "subscription { notices(afterSequence: 0) { id type travelDocumentRequest { id state } } }";
    socket.start("1", query, &json!({})).await;
    let event = socket.hears_next().await;
    let ledger = ledger_of(world).await;
    let told: Vec<&Entry> = ledger.iter().filter(|entry| entry.means == "EVENT").collect();
    assert_eq!(told.len(), 2, "{told:?}");
    let (_, notice) = event["notices"]["id"]
        .as_str()
        .and_then(|id| ids.decode(id))
        .expect("an id");
    assert!(
        told.iter()
            .any(|entry| entry.row_type == "Notice" && entry.row_id == Some(notice))
    );
    assert!(
        told.iter()
            .any(|entry| entry.row_type == "TravelDocumentRequest" && names(&entry.shown).contains("state"))
    );

    iraq.acknowledges(request).await;
    let ledger = ledger_of(world).await;
    assert!(
        ledger
            .iter()
            .any(|entry| entry.means == "COMMAND" && entry.row_type == "TravelDocumentRequest")
    );
}

#[test]
fn sqlite_every_way_out_is_noted() {
    in_the_open(Database::Sqlite, every_way_out_is_noted);
}

#[test]
fn postgres_every_way_out_is_noted() {
    in_the_open(Database::Postgres, every_way_out_is_noted);
}

/// What cannot be noted is not told: no answer, no event, and nothing personal in what is said instead. Whoever works on
/// the case, and whoever asks for nothing personal, is not held up.
async fn without_the_ledger_there_is_no_answer(world: &World) {
    const INBOX: &str = "subscription { notices { sequence case { id } } }";
    let usual = world.a_usual_case(Until::Departed).await;
    let mut socket = usual.police.connects().await;
    let database = behind_the_program(&world.stage.url).await;
    let renames = async |from: &str, to: &str| {
        let statement = format!("ALTER TABLE {from} RENAME TO {to}");
        database.execute_unprepared(&statement).await.expect("a table");
    };
    renames("ledger_heads", "elsewhere").await;
    for partner in [&usual.baghdad, &usual.police, &world.auditor()] {
        let answer = partner.ask(&question(), json!({})).await;
        answer.is_refused("INTERNAL");
        assert_eq!(
            (&answer.data, &answer.extensions),
            (&Value::Null, &Value::Null),
            "{}",
            answer.text
        );
        assert!(!answer.text.contains(usual.case.head()));
        let public = partner.ask(
            "{ viewer { clientId organisation { name } } organisations { totalCount } }",
            json!({}),
        );
        public.await.ok();
    }
    socket
        .start(
            "1",
            "subscription { departures(afterSequence: 0) { type case { id } } }",
            &json!({}),
        )
        .await;
    match socket.hear().await {
        socket::Heard::Message(message) => {
            assert_eq!(message["payload"]["data"], Value::Null, "{message}");
            assert!(message.to_string().contains("INTERNAL"), "{message}");
        }
        socket::Heard::Farewell(..) => {}
    }
    // A notice that cannot be told now ends the stream before its place …
    let mut events = usual.baghdad.follows(INBOX, json!({}), Some(0)).await;
    assert_eq!(events.ends_with().await, ("INTERNAL".to_owned(), Some(0)));
    let own = usual.pristina.ask(&question(), json!({})).await;
    assert!(own.text.contains(usual.case.head()), "{}", own.text);

    renames("elsewhere", "ledger_heads").await;
    let answer = usual.baghdad.ask(&question(), json!({})).await;
    assert!(answer.text.contains(usual.case.head()), "{}", answer.text);
    assert_eq!(of_answer(&ledger_of(world).await, &answer).len(), 2);
    // … and comes to whoever comes back.
    let mut events = usual.baghdad.follows(INBOX, json!({}), Some(0)).await;
    assert_eq!(events.hears_next().await.0, 1);
}

/// Sixteen readers at once: numbered without gaps, and the chain is whole.
async fn sixteen_readers_are_noted_without_gaps(world: &World) {
    let usual = world.a_usual_case(Until::Departed).await;
    let before = ledger_of(world).await.len();
    let readers = (0..16).map(|nth| {
        let reader = if nth % 2 == 0 {
            usual.baghdad.clone()
        } else {
            usual.police.clone()
        };
        tokio::spawn(async move {
            for _ in 0..10 {
                reader.ask(&question(), json!({})).await.ok();
            }
        })
    });
    for reader in readers.collect::<Vec<_>>() {
        reader.await.expect("a reader");
    }
    let ledger = ledger_of(world).await;
    assert_eq!(ledger.len() - before, 16 * 10 * 2);
    let numbers: Vec<i64> = ledger.iter().map(|entry| entry.sequence).collect();
    let last = i64::try_from(ledger.len()).expect("a small number");
    assert_eq!(numbers, (1..=last).collect::<Vec<_>>());
}

on_both_databases!(
    without_the_ledger_there_is_no_answer,
    sixteen_readers_are_noted_without_gaps,
);
