//! Twins by time: whether it takes longer to answer whoever may not know a secret where there is one.
//!
//! Two gateways, each on a SQLite file of its own, hold the same programme but for one case: in one of them that person
//! asked for asylum, was trafficked and is ill. Everybody outside asks both the same questions, in the order A B B A or
//! B A A B by chance, 2,000 times each. For every viewer and question the two distributions of latency are compared by the
//! test of Mann and Whitney: `p`, and how often a call with the secret takes longer than one without (0.500 is never told
//! apart). With so many comparisons, a `p` below 0.05 divided by their number is one to look at.
//!
//! `cargo bench --bench twins`; `BENCH_CALLS` (2000) and `BENCH_SEED` change the run.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use avrr_gateway::app::App;
use avrr_gateway::clock::{Clock, TestClock};
use avrr_gateway::config::Config;
use avrr_gateway::demo;
use avrr_gateway::domain::case::LegalStatus;
use avrr_gateway::domain::safeguards::{MedicalNote, VulnerabilityAssessment, VulnerabilityCategory};
use avrr_gateway::http::token::TokenIssuer;
use avrr_gateway::ids::new_id;
use avrr_gateway::store::Programme;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn std::error::Error>;

/// Cases that everybody here has a part in; the secret is in the newest.
const CASES: usize = 40;

/// Those who may not know.
const VIEWERS: [&str; 4] = [
    "embassy-iraq-belgrade",
    "police-kosovo",
    "iom-istanbul",
    "dashboard-public",
];

/// What they ask.
const QUESTIONS: [(&str, &str); 5] = [
    (
        "page",
        "{ cases(first: 10) { totalCount nodes { id reference state persons { id fullName dateOfBirth needs specialCase \
          vulnerability { categories } diagnosis hostAddress } legalStatusAtApplication } } }",
    ),
    (
        "documents",
        "{ travelDocumentRequests(first: 10) { totalCount nodes { id state applicant { fullName minor phone } } } }",
    ),
    (
        "journeys",
        "{ itineraries(first: 10) { nodes { id state segments { departsAt flight } case { reference persons { needs } } } } }",
    ),
    (
        "filter",
        "{ cases(first: 1, filter: { nationality: \"IRQ\" }) { totalCount } }",
    ),
    (
        "notices",
        "{ notices(first: 25) { nodes { sequence type case { reference } itinerary { state } } } }",
    ),
];

fn setting(name: &str, default: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    let text = std::env::var(name);
    text.ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let clock = TestClock::at(Clock::system().now());
    let programme = demo::ready_cases(CASES, "iom-pristina", clock.now());
    let with = Gateway::open(&clock, with_a_secret(&programme)).await?;
    let without = Gateway::open(&clock, copy(&programme)).await?;
    let calls = setting("BENCH_CALLS", 2_000);
    let mut dice = setting("BENCH_SEED", 20_261_128) | 1;
    let comparisons = VIEWERS.len() * QUESTIONS.len();
    println!("{calls} calls of each with and without the secret; {comparisons} comparisons");
    println!("viewer                 question    with us  without us  longer with        p");
    let mut told_apart = 0;
    for viewer in VIEWERS {
        let (mut with, mut without) = (with.line(viewer).await?, without.line(viewer).await?);
        for (name, query) in QUESTIONS {
            for _ in 0..100 {
                with.ask(query).await?;
                without.ask(query).await?;
            }
            let (mut longer, mut shorter) = (Vec::new(), Vec::new());
            for _ in 0..calls / 2 {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                let order = if dice & 1 == 0 {
                    [true, false, false, true]
                } else {
                    [false, true, true, false]
                };
                for secret in order {
                    if secret {
                        longer.push(with.ask(query).await?);
                    } else {
                        shorter.push(without.ask(query).await?);
                    }
                }
            }
            let (share, p) = mann_whitney(&longer, &shorter);
            #[expect(clippy::cast_precision_loss, reason = "a few comparisons")]
            let suspicious = p < 0.05 / comparisons as f64;
            told_apart += usize::from(suspicious);
            let mark = if suspicious { "  <- look" } else { "" };
            println!(
                "{viewer:22} {name:10} {:8.1} {:11.1} {share:12.3} {p:8.4}{mark}",
                median(&longer),
                median(&shorter)
            );
        }
    }
    println!("{told_apart} of {comparisons} told apart");
    with.close();
    without.close();
    Ok(())
}

/// The same programme, with a secret in its newest case.
fn with_a_secret(programme: &Programme) -> Programme {
    let mut copy = copy(programme);
    if let Some(file) = copy.files.last_mut() {
        file.case.legal_status = LegalStatus::AsylumRejected;
        if let Some(person) = file.persons.first_mut() {
            person.host_address = Some("Magure asylum centre".to_owned());
            file.safeguards.vulnerability.push(VulnerabilityAssessment {
                id: new_id(file.case.opened_at).into(),
                case_id: file.case.id,
                person_id: person.id,
                categories: [VulnerabilityCategory::VictimOfTrafficking].into_iter().collect(),
                needs: Default::default(),
                assessed_on: file.case.opened_at.date_naive(),
            });
            file.safeguards.medical_notes.push(MedicalNote {
                id: new_id(file.case.opened_at).into(),
                case_id: file.case.id,
                person_id: person.id,
                diagnosis: Some("Epilepsy".to_owned()),
                medication: Some("Levetiracetam".to_owned()),
                recorded_at: file.case.opened_at,
            });
        }
    }
    copy
}

fn copy(of: &Programme) -> Programme {
    Programme {
        organisations: of.organisations.clone(),
        accreditations: of.accreditations.clone(),
        agreements: of.agreements.clone(),
        clients: of.clients.clone(),
        complaints: of.complaints.clone(),
        projects: of.projects.clone(),
        rules: of.rules.clone(),
        rates: of.rates.clone(),
        movements: of.movements.clone(),
        files: of.files.clone(),
        told: of.told.clone(),
        history: of.history.clone(),
        suspensions: of.suspensions.clone(),
        visits: of.visits.clone(),
        trainings: of.trainings.clone(),
        campaign_reports: of.campaign_reports.clone(),
        partner_surveys: of.partner_surveys.clone(),
    }
}

/// A gateway on a file of its own.
struct Gateway {
    address: SocketAddr,
    tokens: TokenIssuer,
    directory: PathBuf,
}

impl Gateway {
    async fn open(clock: &TestClock, programme: Programme) -> Result<Self, Failure> {
        let directory = std::env::temp_dir().join(format!("avrr-twin-{}", new_id(clock.now()).simple()));
        std::fs::create_dir_all(&directory)?;
        let mut config = Config::default();
        config.listen.set_port(0);
        let file = directory.join("avrr.db");
        config.database.url = format!("sqlite://{}?mode=rwc", file.display()).as_str().into();
        config.auth.signing_key_file = directory.join("key.pem");
        let app = App::build_with(config, clock.clock()).await?;
        app.store().load(programme).await?;
        let (address, tokens) = (app.local_addr(), app.tokens().ok_or("no issuer")?.clone());
        tokio::spawn(app.run_until_stopped(std::future::pending()));
        Ok(Self {
            address,
            tokens,
            directory,
        })
    }

    async fn line(&self, viewer: &str) -> Result<Line, Failure> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Line {
            stream,
            token: self.tokens.token(viewer, chrono::TimeDelta::minutes(10))?,
            buffer: Vec::with_capacity(1 << 16),
        })
    }

    fn close(&self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// A connection that stays open.
struct Line {
    stream: TcpStream,
    token: String,
    buffer: Vec<u8>,
}

impl Line {
    /// How many microseconds an answer took.
    async fn ask(&mut self, query: &str) -> Result<f64, Failure> {
        let body = serde_json::json!({ "query": query }).to_string();
        let request = format!(
            "POST /graphql HTTP/1.1\r\nHost: twin\r\nContent-Type: application/json\r\nAuthorization: Bearer {}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        let asked = Instant::now();
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed the connection".into());
            }
            let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
                continue;
            };
            let head = std::str::from_utf8(&self.buffer[..end])?.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.ok_or("no length")?.trim().parse()?;
            if self.buffer.len() >= end + 4 + length {
                let took = asked.elapsed().as_secs_f64() * 1e6;
                if head.starts_with("http/1.1 200") {
                    return Ok(took);
                }
                return Err(String::from_utf8_lossy(&self.buffer).into_owned().into());
            }
        }
    }
}

fn median(all: &[f64]) -> f64 {
    let mut all = all.to_vec();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// How often one of the first takes longer than one of the second, and how probable so large a difference is by chance.
#[expect(clippy::cast_precision_loss, reason = "a few thousand calls")]
fn mann_whitney(first: &[f64], second: &[f64]) -> (f64, f64) {
    let mut all: Vec<(f64, bool)> = first.iter().map(|took| (*took, true)).collect();
    all.extend(second.iter().map(|took| (*took, false)));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut ranks, mut ties, mut at) = (0.0, 0.0, 0);
    while at < all.len() {
        let same = all[at..]
            .iter()
            .take_while(|other| other.0.total_cmp(&all[at].0).is_eq())
            .count();
        let rank = (same as f64 + 1.0).mul_add(0.5, at as f64);
        let of_first = all[at..at + same]
            .iter()
            .filter(|(_, of_first)| *of_first)
            .count();
        ranks += rank * of_first as f64;
        ties += (same as f64).powi(3) - same as f64;
        at += same;
    }
    let (n, m) = (first.len() as f64, second.len() as f64);
    let u = ranks - n * (n + 1.0) / 2.0;
    let whole = n + m;
    let spread = (n * m / 12.0 * (whole + 1.0 - ties / (whole * (whole - 1.0)))).sqrt();
    let z = (u - n * m / 2.0).abs() / spread;
    (u / (n * m), erfc(z / std::f64::consts::SQRT_2))
}

/// The complementary error function, to a ten-millionth (Abramowitz and Stegun 7.1.26 is less exact in the tail; this is
/// the rational approximation of Numerical Recipes).
fn erfc(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.5 * x);
    let terms = [
        -1.265_512_23,
        1.000_023_68,
        0.374_091_96,
        0.096_784_18,
        -0.186_288_06,
        0.278_868_07,
        -1.135_203_98,
        1.488_515_87,
        -0.822_152_23,
        0.170_872_77,
    ];
    let sum = terms.iter().rev().fold(0.0, |sum, term| sum * t + term);
    t * (sum - x * x).exp()
}
