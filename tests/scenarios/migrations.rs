//! Operators bring the tables up to date from several processes at once, are killed in the middle, and forget to do it at all.

use crate::support::Database;
use crate::support::database::Stage;
use crate::support::process::command;
use futures_util::FutureExt;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, Statement};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::Child;

const AT_ONCE: usize = 6;
const DEATHS: usize = 5;

#[test]
fn sqlite_many_who_migrate_at_once_all_succeed() {
    on(Database::Sqlite, many_migrate_at_once);
}

#[test]
fn postgres_many_who_migrate_at_once_all_succeed() {
    on(Database::Postgres, many_migrate_at_once);
}

#[test]
fn sqlite_whoever_is_killed_in_the_middle_leaves_the_tables_as_they_were() {
    on(Database::Sqlite, killed_in_the_middle);
}

#[test]
fn postgres_whoever_is_killed_in_the_middle_leaves_the_tables_as_they_were() {
    on(Database::Postgres, killed_in_the_middle);
}

#[test]
fn postgres_waits_for_a_migration_for_as_long_as_it_takes() {
    on(Database::Postgres, the_lock_lasts_as_long_as_the_work);
}

#[test]
fn sqlite_commands_say_that_there_are_no_tables() {
    on(Database::Sqlite, commands_say_that_there_are_no_tables);
}

#[test]
fn postgres_commands_say_that_there_are_no_tables() {
    on(Database::Postgres, commands_say_that_there_are_no_tables);
}

fn on(database: Database, story: impl AsyncFnOnce(&Stage)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let stage = Stage::bare(database).await;
        let ended = AssertUnwindSafe(story(&stage)).catch_unwind().await;
        stage.strike().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
    });
}

async fn many_migrate_at_once(stage: &Stage) {
    let begun: Vec<Child> = (0..AT_ONCE).map(|_| migrate_up(stage)).collect();
    let mut listings = Vec::new();
    for one in begun {
        let ended = one.wait_with_output().expect("a process");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.success(), "{said}");
        listings.push(String::from_utf8_lossy(&ended.stdout).into_owned());
    }
    assert!(listings.iter().all(|listing| !listing.contains("missing")));
    let known = listings[0].lines().count();
    let database = connected(stage).await;
    assert_eq!(
        number(&database, "SELECT count(*) FROM seaql_migrations").await,
        i64::try_from(known).expect("a small number"),
        "each was applied once"
    );
}

async fn killed_in_the_middle(stage: &Stage) {
    let watcher = connected(stage).await;
    let mut in_the_middle = 0;
    for _ in 0..DEATHS {
        let mut process = migrate_up(stage);
        while !somebody_migrates(stage, &watcher).await {
            assert!(
                process.try_wait().expect("a process").is_none(),
                "it ended before anybody saw it at work"
            );
        }
        process.kill().expect("a process to kill");
        process.wait().expect("a dead process");
        while somebody_migrates(stage, &watcher).await {}
        let left = tables(stage, &watcher).await;
        if left == 0 {
            in_the_middle += 1;
        } else {
            // It was faster than its death: then nothing may be missing.
            all_is_there(stage, &watcher).await;
            let down = command(&["migrate", "down"], &stage.url).output();
            assert!(down.expect("the program").status.success());
            watcher
                .execute_unprepared("DROP TABLE seaql_migrations")
                .await
                .expect("an empty database");
        }
    }
    assert!(in_the_middle > 0, "nobody died in the middle");
    let ended = migrate_up(stage).wait_with_output().expect("a process");
    assert!(ended.status.success());
    all_is_there(stage, &watcher).await;
}

async fn all_is_there(stage: &Stage, watcher: &DatabaseConnection) {
    let status = command(&["migrate", "status"], &stage.url)
        .output()
        .expect("the program");
    let listing = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(
        status.status.success() && !listing.contains("missing"),
        "{listing}"
    );
    assert!(tables(stage, watcher).await > 80);
}

/// Another process holds the lock for longer than any limit of a server's statements.
async fn the_lock_lasts_as_long_as_the_work(stage: &Stage) {
    let other = connected(stage).await;
    let lock = "SELECT pg_advisory_lock(4155525247415445)";
    other.execute_unprepared(lock).await.expect("the lock");
    let mut patient = command(&["migrate", "up"], &stage.url);
    for limit in ["STATEMENT", "LOCK", "IDLE_IN_TRANSACTION"] {
        patient.env(format!("AVRR_DATABASE__{limit}_TIMEOUT_SECONDS"), "1");
    }
    let mut patient = patient.spawn().expect("the program");
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' \
                 AND datname = current_database()";
    while number(&other, waits).await == 0 {
        assert!(
            patient.try_wait().expect("a process").is_none(),
            "it did not wait"
        );
    }
    let long = "SELECT pg_sleep(2.5)";
    other.execute_unprepared(long).await.expect("some seconds");
    assert!(patient.try_wait().expect("a process").is_none(), "it gave up");
    let unlock = "SELECT pg_advisory_unlock(4155525247415445)";
    other.execute_unprepared(unlock).await.expect("unlocked");
    let ended = patient.wait_with_output().expect("a process");
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
}

async fn commands_say_that_there_are_no_tables(stage: &Stage) {
    for (made, expected) in [(false, "there is no database"), (true, "has no tables")] {
        if stage.url.starts_with("sqlite:") {
            if made {
                drop(connected(stage).await);
            }
        } else if !made {
            continue;
        }
        for arguments in [
            &["ledger", "verify"][..],
            &["ledger", "head"],
            &["indicators", "rebuild"],
            &["retention", "run"],
            &["retention", "run", "--dry-run"],
        ] {
            let ended = command(arguments, &stage.url).output().expect("the program");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains(expected), "{arguments:?}: {said}");
            assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
        }
    }
}

fn migrate_up(stage: &Stage) -> Child {
    command(&["migrate", "up"], &stage.url)
        .spawn()
        .expect("the program")
}

/// Whether a process is in the middle of its migrations.
async fn somebody_migrates(stage: &Stage, watcher: &DatabaseConnection) -> bool {
    if stage.url.starts_with("sqlite:") {
        // Who writes keeps everybody else from it; the watcher itself lets go at once.
        return match watcher.execute_unprepared("BEGIN IMMEDIATE").await {
            Ok(_) => {
                watcher.execute_unprepared("ROLLBACK").await.expect("let go");
                false
            }
            Err(fault) => {
                assert!(fault.to_string().contains("locked"), "{fault}");
                true
            }
        };
    }
    let held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted \
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    number(watcher, held).await > 0
}

async fn tables(stage: &Stage, watcher: &DatabaseConnection) -> i64 {
    let tables = if stage.url.starts_with("sqlite:") {
        "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
    } else {
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    };
    number(watcher, tables).await
}

async fn connected(stage: &Stage) -> DatabaseConnection {
    let mut options = ConnectOptions::new(stage.url.clone());
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            let at_once = sqlite.busy_timeout(std::time::Duration::ZERO);
            at_once.pragma("journal_mode", "WAL")
        });
    sea_orm::Database::connect(options).await.expect("a database")
}

async fn number(database: &DatabaseConnection, question: &str) -> i64 {
    let statement = Statement::from_string(database.get_database_backend(), question);
    let row = database.query_one_raw(statement).await.expect("an answer");
    row.expect("a row").try_get_by_index(0).expect("a number")
}
