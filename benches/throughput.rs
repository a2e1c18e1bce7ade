//! Throughput on PostgreSQL, release build, beside pgbench running the very same SQL on the same machine.
//!
//! Two requests: a page of 25 cases with persons, documents, itineraries with their flights, grants with their tranches
//! and packages with their items; and one case by its id. For each, the statements of one request are recorded with their
//! values and given to pgbench as a script. The figure that counts is the ratio of the two rates.
//!
//! `scripts/bench` brings the cluster. `BENCH_SECONDS` (8) and `BENCH_CLIENTS` (8) change the run.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod postgres;

use avrr_gateway::app::App;
use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::graphql;
use avrr_gateway::policy::viewer::Viewer;
use avrr_gateway::store::Store;
use postgres::{Load, pgbench};
use sea_orm::{ConnectionTrait as _, Database};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLIENT: &str = "iom-belgrade";

const FIELDS: &str = "id reference state hostTerritory { code name } countryOfReturn { code } openedAt registeredAt version \
    persons { id fullName dateOfBirth sex nationality { code } phone } \
    travelDocumentRequests { id state submittedAt document { type number expiresOn } } \
    itineraries { id attemptNo state bookedAt segments { flight departureAirport arrivalAirport departsAt arrivesAt } } \
    cashGrants { id state amount { amountMinor currency } tranches { number state amount { amountMinor } } } \
    reintegrationPackages { id state ceiling { amountMinor currency } items { category description state } }";

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn setting(name: &str, default: usize) -> usize {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    let text = std::env::var(name);
    text.ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    let server = std::env::var("AVRR_TEST_POSTGRES_URL");
    let server = server.map_err(|_| "AVRR_TEST_POSTGRES_URL is not set: run scripts/bench")?;
    run(&server, "CREATE DATABASE avrr_bench").await?;
    let (place, _) = server
        .rsplit_once('/')
        .ok_or("AVRR_TEST_POSTGRES_URL names no database")?;
    let database = format!("{place}/avrr_bench");
    let result = measure(&database).await;
    run(&server, "DROP DATABASE avrr_bench WITH (FORCE)").await?;
    result
}

async fn measure(database: &str) -> Result<(), Failure> {
    let mut config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        demo: true,
        ..Config::default()
    };
    config.database.url = database.into();
    let app = App::build(config.clone()).await?;
    let address = app.local_addr();
    let token = app
        .tokens()
        .ok_or("no issuer")?
        .token(CLIENT, chrono::TimeDelta::hours(1))?;
    tokio::spawn(app.run_until_stopped(std::future::pending()));
    run(database, "VACUUM ANALYZE").await?;

    let page = format!(
        "{{ cases(first: 25, filter: {{ state: [READY_TO_DEPART, DEPARTED, ARRIVED] }}) {{ nodes {{ {FIELDS} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let listing = post(
        address,
        &token,
        "{ cases(first: 25, filter: { state: [ARRIVED] }) { nodes { id } } }",
    )
    .await?;
    let id = listing
        .split("\"id\":\"")
        .nth(12)
        .and_then(|rest| rest.split('"').next())
        .ok_or("no case")?;
    let one = format!("{{ node(id: \"{id}\") {{ ... on Case {{ {FIELDS} }} }} }}");

    println!(
        "clients {}, seconds {} each, {CLIENT}",
        setting("BENCH_CLIENTS", 8),
        setting("BENCH_SECONDS", 8)
    );
    for (name, query) in [("page of 25 cases", &page), ("one case by id", &one)] {
        let statements = statements_of(&config, query).await?;
        let bytes = post(address, &token, query).await?.len();
        let gateway = requests_per_second(address, &token, query).await?;
        let mut script = String::new();
        for statement in &statements {
            writeln!(script, "{};", statement.replace('\n', " "))?;
        }
        let pgbench = pgbench(&Load {
            database,
            schema: "public",
            scripts: &[script],
            clients: setting("BENCH_CLIENTS", 8),
            seconds: setting("BENCH_SECONDS", 8),
        })?;
        let count = statements.len();
        println!(
            "{name}: {count} statements, {bytes} bytes; gateway {gateway:.0}/s, pgbench {pgbench:.0}/s, ratio {:.2}",
            gateway / pgbench
        );
    }
    Ok(())
}

/// The statements of one request, with their values: the look-up of the client, and everything that the answer reads.
async fn statements_of(config: &Config, query: &str) -> Result<Vec<String>, Failure> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut store = Store::connect(&config.database, Clock::system())
        .await?
        .prepared(None)
        .await?;
    let record = seen.clone();
    store.observe(move |statement| record.lock().expect("a list").push(statement.to_owned()));
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
        expires_at: Clock::system().now() + Duration::from_mins(1),
    };
    let desk = avrr_gateway::commands::Desk {
        store,
        hub: avrr_gateway::notify::Hub::default(),
        oversight: avrr_gateway::commands::Oversight::default(),
        egress: avrr_gateway::notify::webhook::Egress::new(&avrr_gateway::config::WebhookSettings::default()),
    };
    let schema = graphql::schema(desk, config.limits.clone());
    let response = graphql::execute(
        &schema,
        async_graphql::Request::new(query),
        viewer,
        "bench".to_owned(),
    )
    .await;
    if !response.errors.is_empty() {
        return Err(format!("{:?}", response.errors).into());
    }
    let statements = seen.lock().expect("a list").clone();
    Ok(statements)
}

fn request(address: SocketAddr, token: &str, query: &str) -> Vec<u8> {
    let body = serde_json::json!({ "query": query }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Sends a request on an open connection and reads its answer whole: a client that costs next to nothing.
async fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Result<usize, Failure> {
    stream.write_all(request).await?;
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err("the server closed the connection".into());
        }
        let Some(head) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&buffer[..head])?.to_ascii_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.ok_or("no length")?.trim().parse()?;
        if buffer.len() >= head + 4 + length {
            if !text.starts_with("http/1.1 200") {
                return Err(String::from_utf8_lossy(buffer).into_owned().into());
            }
            return Ok(head + 4);
        }
    }
}

async fn post(address: SocketAddr, token: &str, query: &str) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    let mut buffer = Vec::new();
    let body = exchange(&mut stream, &request(address, token, query), &mut buffer).await?;
    Ok(String::from_utf8_lossy(&buffer[body..]).into_owned())
}

async fn requests_per_second(address: SocketAddr, token: &str, query: &str) -> Result<f64, Failure> {
    let request: Arc<[u8]> = request(address, token, query).into();
    let rate = async |seconds: u64| {
        let start = Instant::now();
        let until = start + Duration::from_secs(seconds);
        let clients = (0..setting("BENCH_CLIENTS", 8)).map(|_| {
            let request = request.clone();
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address)
                    .await
                    .map_err(|cause| cause.to_string())?;
                stream.set_nodelay(true).map_err(|cause| cause.to_string())?;
                let (mut buffer, mut answers) = (Vec::with_capacity(1 << 16), 0_u32);
                while Instant::now() < until {
                    exchange(&mut stream, &request, &mut buffer)
                        .await
                        .map_err(|cause| cause.to_string())?;
                    answers += 1;
                }
                Ok::<u32, String>(answers)
            })
        });
        let mut answers = 0.0;
        for client in clients.collect::<Vec<_>>() {
            answers += f64::from(client.await??);
        }
        Ok::<f64, Failure>(answers / start.elapsed().as_secs_f64())
    };
    rate(2).await?;
    rate(setting("BENCH_SECONDS", 8).try_into()?).await
}

async fn run(url: &str, statement: &str) -> Result<(), Failure> {
    Database::connect(url)
        .await?
        .execute_unprepared(statement)
        .await?;
    Ok(())
}
