//! What the machine says of this process; on systems without `/proc`, as much as the program knows itself.

use super::text::{Family, Kind};
use crate::store::Connections;
use chrono::{DateTime, Utc};
use std::fs;

/// The version, when it began, what it holds open, and how much memory it takes.
pub fn render(text: &mut String, started: DateTime<Utc>) {
    let version = [("version", env!("CARGO_PKG_VERSION"))];
    Family::begin(text, "avrr_build_info", Kind::Gauge, "The program; always 1.").sample(&version, 1);
    Family::begin(
        text,
        "process_start_time_seconds",
        Kind::Gauge,
        "When the process began to serve, in seconds since 1970.",
    )
    .sample(&[], started.timestamp());
    if let Some(open) = open_files() {
        Family::begin(
            text,
            "process_open_fds",
            Kind::Gauge,
            "Files and sockets that are open.",
        )
        .sample(&[], open);
    }
    if let Some(most) = most_open_files() {
        Family::begin(
            text,
            "process_max_fds",
            Kind::Gauge,
            "Most files and sockets that may be open.",
        )
        .sample(&[], most);
    }
    if let Some(bytes) = resident_memory() {
        Family::begin(
            text,
            "process_resident_memory_bytes",
            Kind::Gauge,
            "Memory that the process takes.",
        )
        .sample(&[], bytes);
    }
}

/// The connections to the database.
pub fn render_connections(text: &mut String, connections: &[Connections]) {
    let mut family = Family::begin(
        text,
        "avrr_database_connections",
        Kind::Gauge,
        "Connections to the database by what they are for; idle ones wait for work.",
    );
    for Connections { pool, open, idle } in connections {
        let busy = open.saturating_sub(*idle);
        family.sample(&[("pool", pool), ("state", "busy")], busy);
        family.sample(&[("pool", pool), ("state", "idle")], idle);
    }
}

fn open_files() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}

fn most_open_files() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn resident_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024)
}
