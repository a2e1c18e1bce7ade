//! A page costs a fixed number of SQL statements, however many rows are on it and however much hangs on each.

use crate::stage::on_both_stages;
use crate::support::database::Stage;
use crate::support::world::browser;
use avrr_gateway::app::App;
use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::demo;
use avrr_gateway::domain::case_file::CaseFile;
use avrr_gateway::domain::cash_grant::{CashGrant, CashGrantState, Tranche, TrancheState};
use avrr_gateway::domain::money::{CurrencyCode, Money};
use avrr_gateway::domain::movement::{
    ManifestLine, ManifestLineState, Movement, MovementKind, MovementState,
};
use avrr_gateway::domain::reintegration::{
    Modality, NewItem, ReintegrationCategory, ReintegrationPackage, ReintegrationPackageState,
};
use avrr_gateway::http::token::TokenIssuer;
use avrr_gateway::ids::new_id;
use avrr_gateway::store::Programme;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::oneshot;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

on_both_stages!(a_page_costs_the_same_statements_whatever_is_on_it);

/// A case with its documents, itineraries, grants and packages, and what hangs on those.
const CASE: &str = "{
    id reference state hostTerritory { name } openedAt
    persons { id fullName }
    travelDocumentRequests { id state document { type number expiresOn } }
    itineraries { id attemptNo state history { event toState } segments { flight departsAt arrivesAt } }
    history { occurredAt event organisation { code } client }
    cashGrants { id state amount { amountMinor currency } tranches { number state paidAt } }
    reintegrationPackages { id state items { category description state } }
}";

/// What the page of cases costs: the client; the cases with the viewer's part in each; persons; requests; itineraries and
/// their segments; grants and their tranches; packages and their items; the histories of the cases with organisations and
/// clients, and those of the itineraries.
const PAGE: usize = 14;

/// What persons have opened to the receiving mission, whose view of them hangs on it.
const CONSENTS: usize = 1;

/// The accesses through which oversight looks, whose view of a case hangs on them.
const GLASSES: usize = 1;

/// Whether a page also counts what the listing holds.
const COUNT: usize = 1;

async fn a_page_costs_the_same_statements_whatever_is_on_it(stage: &Stage) {
    let counted = Statements::default();
    // Server and client run on this one thread, so nobody else's statements are counted.
    let _guard = tracing::subscriber::set_default(counted.clone());
    let gateway = Gateway::open(stage).await;
    gateway.looks_after_deadlines(&counted).await;

    for client in ["iom-pristina", "iom-baghdad", "auditor"] {
        for rows in [1, 5, 25, 60] {
            let page = format!("{{ cases(first: {rows}) {{ nodes {CASE} }} }}");
            let (data, statements) = gateway.ask(client, &page, json!({}), &counted).await;
            let nodes = data["cases"]["nodes"].as_array().expect("nodes");
            assert_eq!(nodes.len(), rows, "as {client}");
            for list in [
                "persons",
                "travelDocumentRequests",
                "itineraries",
                "cashGrants",
                "reintegrationPackages",
            ] {
                let hanging = |node: &Value| node[list].as_array().map_or(0, Vec::len);
                assert!(
                    nodes.iter().all(|node| hanging(node) > 0),
                    "a case without {list}"
                );
            }
            let besides = besides(client);
            assert_eq!(statements, PAGE + besides, "a page of {rows} cases as {client}");
        }
    }

    let counting = format!("{{ cases(first: 25) {{ totalCount nodes {CASE} }} }}");
    let (data, statements) = gateway.ask("iom-pristina", &counting, json!({}), &counted).await;
    assert_eq!(
        (&data["cases"]["totalCount"], statements),
        (&json!(CASES), PAGE + COUNT)
    );

    let (data, _) = gateway
        .ask(
            "iom-pristina",
            "{ cases(first: 1) { nodes { id } } }",
            json!({}),
            &counted,
        )
        .await;
    let by_id = format!("query($id: ID!) {{ node(id: $id) {{ ... on Case {CASE} }} }}");
    let id = json!({ "id": data["cases"]["nodes"][0]["id"] });
    let (_, statements) = gateway.ask("iom-pristina", &by_id, id, &counted).await;
    assert_eq!(statements, PAGE, "one case by its id");
    movements_cost_the_same(&gateway, &counted).await;
    eprintln!(
        "{PAGE} statements for a page of 1, 5, 25 or 60 cases, and for one case by its id; {COUNT} more with totalCount"
    );
}

/// What a viewer's lenses hang on costs besides.
fn besides(client: &str) -> usize {
    match client {
        "iom-baghdad" => CONSENTS,
        "auditor" => GLASSES,
        _ => 0,
    }
}

/// A movement with everybody on it.
const MOVEMENT: &str = "{
    id reference state organiser { code } flights { flight } listedAtLock travelling boarded
    manifest { state person { fullName } case { reference } itinerary { state } }
    changesSinceLock { from to person { fullName } }
    history { event }
}";

/// What the page of movements costs: the client; the movements; organisers, flights and histories; the lines with the
/// viewer's part in each; persons for the changes; persons, cases and journeys for the manifest.
const MOVEMENTS_PAGE: usize = 10;

async fn movements_cost_the_same(gateway: &Gateway, counted: &Statements) {
    for client in ["iom-pristina", "iom-baghdad", "auditor"] {
        let mut costs = Vec::new();
        for rows in [1, 5, MOVEMENTS] {
            let page = format!("{{ movements(first: {rows}) {{ nodes {MOVEMENT} }} }}");
            let (data, statements) = gateway.ask(client, &page, json!({}), counted).await;
            let nodes = data["movements"]["nodes"].as_array().expect("nodes");
            assert_eq!(nodes.len(), rows, "as {client}");
            let alone = json!(CASES / MOVEMENTS);
            assert!(
                nodes.iter().all(|node| node["travelling"] == alone),
                "as {client}"
            );
            costs.push(statements);
        }
        assert_eq!(
            costs,
            [MOVEMENTS_PAGE + besides(client); 3],
            "pages of movements as {client}"
        );
    }
}

/// Group movements, each with several cases.
const MOVEMENTS: usize = 20;

/// The cases travel in groups of three.
fn in_groups(programme: &mut Programme) {
    for files in programme.files.chunks_mut(CASES / MOVEMENTS) {
        let case = &files[0].case;
        let at = case.opened_at;
        let movement = Movement {
            id: new_id(at).into(),
            reference: format!("GROUP-{}", case.reference),
            kind: MovementKind::Charter,
            organiser: case.sending_mission,
            seats: 40,
            state: MovementState::ManifestLocked,
            drafted_at: at,
            locked_at: Some(at),
            cleared_at: None,
            departed_at: None,
            landed_at: None,
            ended_at: None,
            flights: files[0].itineraries[0].segments.clone(),
            version: 3,
        };
        for file in files {
            let journey = &mut file.itineraries[0];
            journey.movement = Some(movement.id);
            let lines = file.persons.iter().take(1).map(|person| ManifestLine {
                id: new_id(at).into(),
                case_id: file.case.id,
                movement: movement.id,
                itinerary: journey.id,
                person: person.id,
                state: ManifestLineState::Confirmed,
                listed_at: at,
                confirmed_at: Some(at + TimeDelta::minutes(1)),
                ended_at: None,
            });
            file.manifest_lines = lines.collect();
        }
        programme.movements.push(movement);
    }
}

/// Cases that are there.
const CASES: usize = 60;

/// Cases on which everything hangs that the page asks for; nobody was told of them.
fn cases_with_everything() -> Programme {
    let mut programme = demo::ready_cases(CASES, "iom-pristina", Clock::system().now());
    programme.told.clear();
    for file in &mut programme.files {
        file.grants = vec![grant(file), grant(file)];
        file.packages = vec![package(file)];
    }
    in_groups(&mut programme);
    programme
}

fn euros(amount_minor: i64) -> Money {
    let currency = CurrencyCode::parse("EUR").expect("a currency");
    Money {
        amount_minor,
        currency,
    }
}

fn grant(file: &CaseFile) -> CashGrant {
    let tranche = |number| Tranche {
        number,
        amount_minor: 50_000,
        state: TrancheState::Scheduled,
        paid_at: None,
        paid_by: None,
        milestone: None,
        receipt_reference: None,
        receipted_at: None,
        receipted_by: None,
        verified_at: None,
    };
    CashGrant {
        id: new_id(file.case.opened_at).into(),
        case_id: file.case.id,
        person_id: file.persons[0].id,
        state: CashGrantState::Approved,
        amount: euros(100_000),
        funding_project: None,
        rule: None,
        counted: None,
        exchange_rate: None,
        proposed_by: None,
        approved_by: None,
        donor_approval: None,
        single_tranche_reason: None,
        end_reason: None,
        recovery: None,
        account: None,
        proposed_at: file.case.opened_at,
        approved_at: Some(file.case.opened_at),
        ended_at: None,
        tranches: vec![tranche(1), tranche(2)],
        version: 2,
    }
}

fn package(file: &CaseFile) -> ReintegrationPackage {
    let item = |position| {
        let rent = NewItem {
            category: ReintegrationCategory::Housing,
            modality: Modality::InKind,
            description: "Rent".to_owned(),
            amount_minor: 40_000,
            exceptional: false,
        };
        rent.at(position)
    };
    ReintegrationPackage {
        id: new_id(file.case.opened_at).into(),
        case_id: file.case.id,
        person_id: file.persons[0].id,
        state: ReintegrationPackageState::Proposed,
        funding_project: None,
        ceiling: euros(150_000),
        plan: None,
        proposed_at: file.case.opened_at,
        cash_allowed: false,
        revision: 1,
        agreed_at: None,
        donor_approval: None,
        suspended_from: None,
        suspension_reason: None,
        transferred_to: None,
        contacts: Vec::new(),
        ended_at: None,
        items: (0..3).map(item).collect(),
        version: 1,
    }
}

/// A server on this thread.
struct Gateway {
    address: SocketAddr,
    tokens: TokenIssuer,
    http: reqwest::Client,
    _stop: oneshot::Sender<()>,
}

impl Gateway {
    async fn open(stage: &Stage) -> Self {
        let mut config = Config::default();
        // Stories ask for more than a client may, by a clock that stands still.
        config.fair_use.points = 0;
        // Whoever looks for work in the background asks the database too.
        config.escalation.run = false;
        config.roles.deliver = false;
        config.listen.set_port(0);
        config.database.url = stage.url.as_str().into();
        config.auth.signing_key_file = stage.directory.join("key.pem");
        let app = App::build_with(config, Clock::system()).await.expect("an app");
        app.store().load(cases_with_everything()).await.expect("cases");
        let (address, tokens) = (app.local_addr(), app.tokens().expect("an issuer").clone());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(app.run_until_stopped(async { drop(stopped.await) }));
        Self {
            address,
            tokens,
            http: browser(),
            _stop: stop,
        }
    }

    /// Waits until the program has looked what is due, in four statements; it looks again after a minute.
    async fn looks_after_deadlines(&self, counted: &Statements) {
        let (before, mut asked) = (counted.0.load(Ordering::Relaxed), 0);
        while counted.0.load(Ordering::Relaxed) < before + asked + 4 && asked < 50 {
            self.ask("iom-pristina", "{ __typename }", json!({}), counted)
                .await;
            // The client is looked up with every request.
            asked += 1;
        }
    }

    /// The data, and how many statements it took.
    async fn ask(&self, client: &str, query: &str, variables: Value, counted: &Statements) -> (Value, usize) {
        let token = self.tokens.token(client, TimeDelta::minutes(5)).expect("a token");
        let before = counted.0.load(Ordering::Relaxed);
        let request = self
            .http
            .post(format!("http://{}/graphql", self.address))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(json!({ "query": query, "variables": variables }).to_string());
        let text = request
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("a body");
        let mut body: Value = serde_json::from_str(&text).expect("JSON");
        assert!(body["errors"].is_null(), "{text}");
        (body["data"].take(), counted.0.load(Ordering::Relaxed) - before)
    }
}

/// Counts statements by the spans that sea-orm opens around each.
///
/// It keeps no spans, unlike a registry: those cross over to the threads of the SQLite driver, where another subscriber
/// may listen.
#[derive(Clone, Default)]
pub(crate) struct Statements(pub(crate) Arc<AtomicUsize>);

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("sea_orm::driver")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let statements = [
            "query_one",
            "query_all",
            "execute",
            "execute_unprepared",
            "stream",
        ];
        if statements.contains(&attributes.metadata().name()) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
