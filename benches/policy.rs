//! What the policy itself costs of a page of 100 cases: every field of the answer is a decision by the table, some are masked.
//!
//! The page is executed in this process, on SQLite, as a sending mission, a mission on the way and oversight see it, without
//! HTTP. Then as many decisions as the answer has fields, and as many masks as it has redactions, are made by themselves.
//! The figure that counts is their share of the page; the aim is under 3 %. `BENCH_ROUNDS` (30) changes the run.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use avrr_gateway::app::App;
use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::graphql::{self, GatewaySchema};
use avrr_gateway::policy::fields::LINES;
use avrr_gateway::policy::lens::{Consented, Lens};
use avrr_gateway::policy::mask::{Mask, Maskable as _};
use avrr_gateway::policy::relation::Relation;
use avrr_gateway::policy::viewer::Viewer;
use avrr_gateway::store::Store;
use chrono::NaiveDate;
use serde_json::Value;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const PAGE: &str = "{ cases(first: 100) { nodes { id reference state returnMode legalStatusAtApplication hostTerritory { code name } \
    countryOfReturn { code } openedAt registeredAt departedAt withdrawalReason version \
    persons { id fullName dateOfBirth sex nationality { code } placeOfBirth parentsNames phone hostAddress needs } \
    travelDocumentRequests { id state submittedAt document { type number expiresOn } } \
    itineraries { id attemptNo state segments { flight departureAirport arrivalAirport departsAt arrivesAt } } } } }";

type Failure = Box<dyn std::error::Error>;

fn rounds() -> usize {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    let text = std::env::var("BENCH_ROUNDS");
    text.ok().and_then(|text| text.parse().ok()).unwrap_or(30)
}

/// A directory that goes when it is dropped.
struct Place(PathBuf);

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let place = Place(std::env::temp_dir().join(format!("avrr-bench-policy-{}", std::process::id())));
    std::fs::create_dir_all(&place.0)?;
    let mut config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        demo: true,
        ..Config::default()
    };
    let file = place.0.join("avrr.db");
    config.database.url = format!("sqlite://{}?mode=rwc", file.display()).into();
    config.limits.max_rows = 1_000_000;
    drop(App::build(config.clone()).await?);
    let store = Store::connect(&config.database, Clock::system())
        .await?
        .prepared(None)
        .await?;
    let desk = avrr_gateway::commands::Desk {
        store: store.clone(),
        hub: avrr_gateway::notify::Hub::default(),
        oversight: avrr_gateway::commands::Oversight::default(),
        egress: avrr_gateway::notify::webhook::Egress::new(&avrr_gateway::config::WebhookSettings::default()),
    };
    let schema = graphql::schema(desk, config.limits.clone());
    for (client, relation) in [
        ("iom-belgrade", Relation::Sending),
        ("iom-istanbul", Relation::Transit),
        ("auditor", Relation::Oversight),
    ] {
        let viewer = viewer(&store, client).await?;
        let (page, answer) = median_of_pages(&schema, &viewer).await?;
        let rows = answer["data"]["cases"]["nodes"].as_array().map_or(0, Vec::len);
        let fields = fields_in(&answer["data"]);
        let redactions = answer["extensions"]["redactions"].as_array();
        let masked = redactions.map_or(0, |all| {
            all.iter()
                .filter(|redaction| redaction["access"] == "MASKED")
                .count()
        });
        let policy = decisions(relation, fields) + masks(masked);
        println!(
            "{client}: {rows} rows, {fields} fields, {masked} masked, {} withheld; page {page:?}, policy {policy:?}, share {:.3} %",
            redactions.map_or(0, Vec::len) - masked,
            100.0 * policy.as_secs_f64() / page.as_secs_f64()
        );
    }
    Ok(())
}

async fn viewer(store: &Store, name: &str) -> Result<Viewer, Failure> {
    let client = store.registered_client(name).await?.ok_or("no such client")?;
    Ok(Viewer {
        organisation: client.organisation,
        kind: client.kind,
        client: client.client,
        client_id: name.into(),
        subject: "staff".into(),
        purpose: client.purposes[0],
        rights: client.rights,
        token: "bench".into(),
        issued_at: Clock::system().now(),
        territory_profile: client.territory_profile,
        documents_only: false,
        expires_at: Clock::system().now() + Duration::from_mins(10),
    })
}

/// How long a page takes, in the middle of many, and what it says.
async fn median_of_pages(schema: &GatewaySchema, viewer: &Viewer) -> Result<(Duration, Value), Failure> {
    let mut times = Vec::new();
    let mut last = Value::Null;
    for _ in 0..rounds() {
        let request = async_graphql::Request::new(PAGE);
        let start = Instant::now();
        let response = graphql::execute(schema, request, viewer.clone(), "bench".to_owned()).await;
        times.push(start.elapsed());
        if !response.errors.is_empty() {
            return Err(format!("{:?}", response.errors).into());
        }
        last = serde_json::to_value(&response)?;
    }
    times.sort_unstable();
    Ok((times[times.len() / 2], last))
}

/// How many fields an answer holds; each is one decision at most.
fn fields_in(answer: &Value) -> usize {
    match answer {
        Value::Object(fields) => fields.len() + fields.values().map(fields_in).sum::<usize>(),
        Value::Array(rows) => rows.iter().map(fields_in).sum(),
        _ => 0,
    }
}

/// How long so many decisions take, by every line of the table in turn; the fastest of several runs is what they cost.
fn decisions(relation: Relation, count: usize) -> Duration {
    let lens = Lens::new(relation, Consented::default(), NaiveDate::default());
    fastest(|| {
        for line in LINES.iter().cycle().take(count) {
            black_box(black_box(lens).opens(black_box(line)));
        }
    })
}

/// How long so many masks take, each of a name.
fn masks(count: usize) -> Duration {
    fastest(|| {
        for _ in 0..count {
            let name = black_box("Synthetic Person Of The Demo".to_owned());
            black_box(name.masked(Mask::Initials, NaiveDate::default()));
        }
    })
}

fn fastest(work: impl Fn()) -> Duration {
    let runs = (0..20).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    runs.min().unwrap_or_default()
}
