//! The tools of PostgreSQL beside which the program is measured.

use std::path::PathBuf;
use std::process::Command;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A tool: from the path, or from where Debian keeps the newest.
fn tool(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let kept = versions
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| path.exists());
    kept.max().unwrap_or_else(|| PathBuf::from(name))
}

/// What pgbench is to run.
pub struct Load<'a> {
    /// The database.
    pub database: &'a str,
    /// The schema in which it looks for tables.
    pub schema: &'a str,
    /// Scripts, of which each transaction takes one.
    pub scripts: &'a [String],
    /// Clients at the same time.
    pub clients: usize,
    /// Seconds.
    pub seconds: usize,
}

/// Transactions a second.
pub fn pgbench(load: &Load<'_>) -> Result<f64, Failure> {
    let directory = std::env::temp_dir().join(format!("avrr-pgbench-{}", std::process::id()));
    std::fs::create_dir_all(&directory)?;
    let mut command = Command::new(tool("pgbench"));
    let (clients, seconds) = (load.clients.to_string(), load.seconds.to_string());
    command
        .env("PGOPTIONS", format!("-c search_path={}", load.schema))
        .args(["-n", "-M", "prepared", "-j", "2", "-c", &clients, "-T", &seconds]);
    for (nth, script) in load.scripts.iter().enumerate() {
        let path = directory.join(format!("{nth}.sql"));
        std::fs::write(&path, script)?;
        command.arg("-f").arg(path);
    }
    let output = command.arg(load.database).output()?;
    std::fs::remove_dir_all(&directory)?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let rate = printed
        .lines()
        .find_map(|line| line.strip_prefix("tps = "))
        .and_then(|rest| rest.split(' ').next());
    let complaint = || String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(rate.ok_or_else(complaint)?.parse()?)
}
