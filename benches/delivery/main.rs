//! Delivery, measured against the real program in a process of its own, by load clients that cost next to nothing.
//!
//! - `cargo bench --bench delivery -- streams`: how long the notice of a departure takes from the answer to the command to
//!   every subscriber by WebSocket, and what a stream costs in memory. `BENCH_STREAMS` (1,000) streams of one recipient, or
//!   two of each of `BENCH_RECIPIENTS` (1); `BENCH_EVENTS` (20) departures; `BENCH_TOKENS` (1) tokens of each recipient, since
//!   what is told is noted for each token. Ten thousand streams need `ulimit -n 32768`.
//! - `… -- behind`: a subscriber that comes back `BENCH_BEHIND` (1,000,000) notices late: when its first event comes, how
//!   many come a second, and what memory the program takes meanwhile.
//! - `… -- departures`: departures confirmed per second by 1, 4 and 16 writers, beside the same rows written by nothing but
//!   their `INSERT` and `UPDATE` statements: by pgbench on PostgreSQL, by the same driver on SQLite.
//!
//! On SQLite; on PostgreSQL, in a database of its own, where `AVRR_TEST_POSTGRES_URL` says where a server is.

#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(
    clippy::cast_precision_loss,
    reason = "rates and means are rounded when they are printed"
)]

mod asking;
mod bare;
mod behind;
mod departures;
mod program;
mod streams;
mod subscriber;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What the environment says of a measurement.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a bench is set by its environment")]
    std::env::var(name).ok()
}

/// A number that the environment may change.
fn setting(name: &str, default: usize) -> usize {
    let told = variable(name).and_then(|text| text.parse().ok());
    told.unwrap_or(default)
}

/// The duration under which a share of them lies, in milliseconds; they are in order.
fn at(durations: &[std::time::Duration], percent: usize) -> f64 {
    let place = (durations.len() * percent / 100).min(durations.len().saturating_sub(1));
    durations
        .get(place)
        .map_or(f64::NAN, |duration| duration.as_secs_f64() * 1e3)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    // `cargo bench` adds options of its own.
    let asked = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    match asked.as_deref() {
        Some("streams") => streams::measure().await,
        Some("behind") => behind::measure().await,
        Some("departures") => departures::measure().await,
        _ => {
            println!("say what to measure: cargo bench --bench delivery -- streams | behind | departures");
            Ok(())
        }
    }
}
