//! What the gate costs: pages of cases as a receiving mission reads them, each row noted before the answer is given, beside
//! the same pages from the same program without its gate. On SQLite, and on PostgreSQL where `AVRR_TEST_POSTGRES_URL` names
//! a server. The figure that counts is the ratio of the two rates.
//!
//! `scripts/with-postgres cargo bench --bench ledger_gate`; `BENCH_SECONDS` (4) changes the run.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use avrr_gateway::clock::Clock;
use avrr_gateway::commands::Desk;
use avrr_gateway::config::{Config, DatabaseSettings};
use avrr_gateway::demo;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::graphql::{self, GatewaySchema};
use avrr_gateway::notify::Hub;
use avrr_gateway::policy::viewer::Viewer;
use avrr_gateway::store::Store;
use std::process::Command;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLIENT: &str = "iom-baghdad";
const CASES: usize = 200;

type Failure = Box<dyn std::error::Error>;

fn seconds() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    let text = std::env::var("BENCH_SECONDS");
    text.ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let directory = std::env::temp_dir().join(format!("avrr-ledger-gate-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let file = format!("sqlite://{}?mode=rwc", directory.join("avrr.db").display());
    let result = measure("SQLite", &file).await;
    std::fs::remove_dir_all(&directory)?;
    result?;
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    let Ok(server) = std::env::var("AVRR_TEST_POSTGRES_URL") else {
        println!("PostgreSQL: AVRR_TEST_POSTGRES_URL is not set");
        return Ok(());
    };
    psql(&server, "CREATE DATABASE avrr_ledger_gate")?;
    let (place, _) = server
        .rsplit_once('/')
        .ok_or("AVRR_TEST_POSTGRES_URL names no database")?;
    let result = measure("PostgreSQL", &format!("{place}/avrr_ledger_gate")).await;
    psql(&server, "DROP DATABASE avrr_ledger_gate WITH (FORCE)")?;
    result
}

fn psql(url: &str, statement: &str) -> Result<(), Failure> {
    let status = Command::new("psql").args(["-q", url, "-c", statement]).status()?;
    if status.success() {
        Ok(())
    } else {
        Err(statement.into())
    }
}

async fn measure(name: &str, url: &str) -> Result<(), Failure> {
    let settings = DatabaseSettings {
        url: url.into(),
        ..DatabaseSettings::default()
    };
    let store = Store::connect(&settings, Clock::system()).await?;
    store.migrate_up().await?;
    let store = store.prepared(None).await?;
    store
        .load(demo::ready_cases(CASES, "iom-pristina", store.clock().now()))
        .await?;
    let client = store.registered_client(CLIENT).await?.ok_or("no such client")?;
    let viewer = Viewer {
        organisation: client.organisation,
        kind: client.kind,
        client: client.client,
        client_id: CLIENT.into(),
        subject: "staff".into(),
        rights: Vec::new(),
        purpose: Purpose::CaseManagement,
        token: "bench".into(),
        issued_at: Clock::system().now(),
        territory_profile: Default::default(),
        documents_only: false,
        expires_at: Clock::system().now() + Duration::from_hours(1),
    };
    let desk = Desk {
        store: store.clone(),
        hub: Hub::default(),
        oversight: avrr_gateway::commands::Oversight::default(),
        egress: avrr_gateway::notify::webhook::Egress::new(&avrr_gateway::config::WebhookSettings::default()),
    };
    let noting = graphql::schema(desk, Config::default().limits);
    let silent = noting.clone().without_notes();
    for (page, fields) in [
        (25, "id reference state"),
        (100, "id reference state"),
        (
            25,
            "id reference state persons { id fullName dateOfBirth } itineraries { id state segments { flight departsAt } }",
        ),
    ] {
        let query = format!("{{ cases(first: {page}) {{ nodes {{ {fields} }} }} }}");
        for clients in [1, 8] {
            let before = store.ledger().head().await?.sequence;
            let (with, answers) = rate(&noting, &viewer, &query, clients).await?;
            let entries = store.ledger().head().await?.sequence - before;
            let (without, _) = rate(&silent, &viewer, &query, clients).await?;
            println!(
                "{name}: page of {page}, {} entries an answer, {clients} clients: {with:.0}/s with the gate, {without:.0}/s \
                 without, ratio {:.2}",
                entries / i64::try_from(answers.max(1))?,
                with / without
            );
        }
    }
    Ok(())
}

/// Answers a second, and how many there were.
async fn rate(
    schema: &GatewaySchema,
    viewer: &Viewer,
    query: &str,
    clients: usize,
) -> Result<(f64, usize), Failure> {
    let start = Instant::now();
    let until = start + Duration::from_secs(seconds());
    let readers = (0..clients).map(|_| {
        let (schema, viewer, query) = (schema.clone(), viewer.clone(), query.to_owned());
        tokio::spawn(async move {
            let mut answers = 0;
            while Instant::now() < until {
                let request = async_graphql::Request::new(query.as_str());
                let answer = graphql::execute(&schema, request, viewer.clone(), "bench".to_owned()).await;
                assert!(answer.errors.is_empty(), "{:?}", answer.errors);
                answers += 1;
            }
            answers
        })
    });
    let mut answers = 0;
    for reader in readers.collect::<Vec<_>>() {
        answers += reader.await?;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    let rate = answers as f64 / start.elapsed().as_secs_f64();
    Ok((rate, answers))
}
