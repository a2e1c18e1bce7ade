//! Subscribers of one recipient by WebSocket, against the real program in a process of its own: how long the notice of a
//! departure takes to reach all of them, how many deliveries that is a second, and what a stream costs in memory.
//!
//! `BENCH_STREAMS` (1,000) and `BENCH_EVENTS` (20) change the run; `BENCH_TOKENS` (1) says how many tokens the subscribers
//! share, since what is told is noted for each token. On SQLite; on PostgreSQL where `AVRR_TEST_POSTGRES_URL` is set to an
//! empty database. Ten thousand streams need `ulimit -n 32768`.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(
    clippy::cast_precision_loss,
    reason = "rates and means are rounded when they are printed"
)]

use avrr_gateway::clock::Clock;
use avrr_gateway::config::Config;
use avrr_gateway::demo;
use avrr_gateway::http::keys::Keys;
use avrr_gateway::http::token::TokenIssuer;
use avrr_gateway::store::Store;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

const SUBSCRIPTION: &str = "subscription { notices { sequence type occurredAt case { id reference } \
     itinerary { id attemptNo state segments { flight departsAt arrivesAt } } } }";

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    std::env::var(name).ok()
}

fn setting(name: &str, default: usize) -> usize {
    let told = variable(name).and_then(|text| text.parse().ok());
    told.unwrap_or(default)
}

/// The program, which ends with the bench.
struct Server {
    child: Child,
    address: SocketAddr,
    directory: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

impl Server {
    async fn start(events: usize) -> Result<(Self, TokenIssuer), Failure> {
        let directory = std::env::temp_dir().join(format!("avrr-streams-{}", std::process::id()));
        std::fs::create_dir_all(&directory)?;
        let url = variable("AVRR_TEST_POSTGRES_URL");
        let url = url.unwrap_or_else(|| format!("sqlite://{}?mode=rwc", directory.join("avrr.db").display()));
        let tokens = prepare(&url, &directory, events).await?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_avrr-gateway"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", &url])
            .env_clear()
            .env("AVRR_AUTH__SIGNING_KEY_FILE", directory.join("key.pem"))
            .env("AVRR_AUTH__MAX_LIFETIME_SECONDS", "86400")
            .env("AVRR_LOG__LEVEL", "error")
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("listening on http://")?.parse().ok())
            .ok_or("the program does not listen")?;
        let server = Self {
            child,
            address,
            directory,
        };
        Ok((server, tokens))
    }

    /// Resident memory, in KiB.
    fn memory(&self) -> Result<usize, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.ok_or("no VmRSS")?.parse()?)
    }
}

async fn prepare(url: &str, directory: &Path, events: usize) -> Result<TokenIssuer, Failure> {
    let mut config = Config::default();
    config.database.url = url.into();
    config.auth.signing_key_file = directory.join("key.pem");
    config.auth.max_lifetime_seconds = 86_400;
    let keys = Keys::open(&config.auth, false, &Clock::system()).await?;
    let store = Store::connect(&config.database, Clock::system()).await?;
    store.migrate_up().await?;
    let store = store.prepared(None).await?;
    let programme = demo::ready_cases(events, "iom-pristina", Clock::system().now());
    store.load(programme).await?;
    Ok(keys.issuer.ok_or("no issuer")?)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let (streams, events) = (setting("BENCH_STREAMS", 1_000), setting("BENCH_EVENTS", 20));
    let (server, tokens) = Server::start(events).await?;
    let issued = (0..setting("BENCH_TOKENS", 1)).map(|_| tokens.token("iom-baghdad", TimeDelta::hours(12)));
    let issued = issued.collect::<Result<Vec<_>, _>>()?;
    let before = server.memory()?;
    let (heard, mut hears) = mpsc::unbounded_channel();
    for nth in 0..streams {
        let token = issued[nth % issued.len()].clone();
        let stream = subscribe(server.address, &token).await?;
        tokio::spawn(listen(stream, heard.clone()));
    }
    let after = server.memory()?;
    println!(
        "{streams} streams of one recipient with {} tokens: {:.1} KiB a stream",
        issued.len(),
        after.saturating_sub(before) as f64 / streams as f64
    );

    let mission = tokens.token("iom-pristina", TimeDelta::hours(12))?;
    let cases = ready_cases(server.address, &mission).await?;
    let (mut times, mut wholes) = (Vec::with_capacity(streams * events), Vec::new());
    for case in cases.iter().take(events) {
        let command = depart(case);
        let answer = post(server.address, &mission, &command).await?;
        if answer["confirmDeparture"]["errors"] != json!([]) {
            return Err(answer.to_string().into());
        }
        let committed = Instant::now();
        for _ in 0..streams {
            let at: Instant = hears.recv().await.ok_or("nobody listens")?;
            times.push(at.saturating_duration_since(committed));
        }
        wholes.push(committed.elapsed());
    }
    times.sort_unstable();
    wholes.sort_unstable();
    let at =
        |of: &[Duration], share: usize| of[(of.len() * share / 100).min(of.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "from the answer to the command to the subscriber: p50 {:.1} ms, p99 {:.1} ms; all of one departure: p50 {:.1} ms, \
         longest {:.1} ms; {:.0} deliveries a second",
        at(&times, 50),
        at(&times, 99),
        at(&wholes, 50),
        at(&wholes, 100),
        streams as f64 / wholes[wholes.len() / 2].as_secs_f64()
    );
    println!("{:.1} MiB resident at the end", server.memory()? as f64 / 1024.0);
    Ok(())
}

/// A subscriber that costs next to nothing: a connection, and frames written by hand.
async fn subscribe(address: SocketAddr, token: &str) -> Result<TcpStream, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let request = format!(
        "GET /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut reader = tokio::io::BufReader::with_capacity(1, &mut stream);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        if reader.read_line(&mut line).await? == 0 {
            return Err("no socket".into());
        }
    }
    let payload = json!({ "Authorization": format!("Bearer {token}") });
    say(
        &mut stream,
        &json!({ "type": "connection_init", "payload": payload }),
    )
    .await?;
    hear(&mut stream).await?;
    say(
        &mut stream,
        &json!({ "type": "subscribe", "id": "1", "payload": { "query": SUBSCRIPTION } }),
    )
    .await?;
    // The server takes messages in order.
    say(&mut stream, &json!({ "type": "ping" })).await?;
    hear(&mut stream).await?;
    Ok(stream)
}

/// Sends a text frame under the mask 0, which leaves it as it is.
async fn say(stream: &mut TcpStream, message: &Value) -> Result<(), Failure> {
    let text = message.to_string();
    let mut frame = vec![0x81];
    match u16::try_from(text.len())? {
        length @ 0..126 => frame.push(0x80 | u8::try_from(length)?),
        length => {
            frame.push(0xfe);
            frame.extend(length.to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    Ok(stream.write_all(&frame).await?)
}

/// The payload of the next text frame.
async fn hear(stream: &mut TcpStream) -> Result<Vec<u8>, Failure> {
    loop {
        let (kind, length) = (stream.read_u8().await? & 0x0f, stream.read_u8().await?);
        let length = match length {
            126 => usize::from(stream.read_u16().await?),
            127 => usize::try_from(stream.read_u64().await?)?,
            length => usize::from(length),
        };
        let mut payload = vec![0; length];
        stream.read_exact(&mut payload).await?;
        match kind {
            1 => return Ok(payload),
            8 => return Err(String::from_utf8_lossy(&payload).into_owned().into()),
            _ => {}
        }
    }
}

async fn listen(mut stream: TcpStream, heard: mpsc::UnboundedSender<Instant>) {
    while let Ok(message) = hear(&mut stream).await {
        let is_event = message.windows(13).any(|part| part == br#""type":"next""#);
        if is_event && heard.send(Instant::now()).is_err() {
            return;
        }
    }
}

async fn post(address: SocketAddr, token: &str, body: &Value) -> Result<Value, Failure> {
    let mut stream = TcpStream::connect(address).await?;
    let body = body.to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let body = answer.split("\r\n\r\n").nth(1).ok_or("no body")?;
    let answer: Value = serde_json::from_str(body)?;
    if answer["errors"].is_null() {
        Ok(answer["data"].clone())
    } else {
        Err(answer.to_string().into())
    }
}

async fn ready_cases(address: SocketAddr, token: &str) -> Result<Vec<Value>, Failure> {
    let query =
        "query($after: String) { cases(first: 100, after: $after, filter: { state: [READY_TO_DEPART] }) {
        pageInfo { hasNextPage endCursor } nodes { id version } } }";
    let (mut cases, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = post(
            address,
            token,
            &json!({ "query": query, "variables": { "after": after } }),
        )
        .await?;
        cases.extend(data["cases"]["nodes"].as_array().into_iter().flatten().cloned());
        if data["cases"]["pageInfo"]["hasNextPage"] != true {
            return Ok(cases);
        }
        after = data["cases"]["pageInfo"]["endCursor"].clone();
    }
}

fn depart(case: &Value) -> Value {
    let departed = Clock::system().now() - TimeDelta::minutes(1);
    let at = json!(departed);
    let query =
        "mutation($input: ConfirmDepartureInput!) { confirmDeparture(input: $input) { errors { code } } }";
    json!({ "query": query, "variables": { "input": {
        "idempotencyKey": format!("departure of {}", case["id"]),
        "caseId": case["id"],
        "expectedVersion": case["version"],
        "declarationSignedAt": at,
        "exitFormalities": { "borderPoint": "Pristina airport", "doneAt": at },
        "departedAt": at,
    } } })
}
