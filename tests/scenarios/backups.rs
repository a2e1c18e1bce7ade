//! A SQLite database is copied while clerks write to it; the copy takes its place, and everything goes on from there.

use crate::support::Database;
use crate::support::process::{Premises, command};
use avrr_gateway::clock::Clock;
use avrr_gateway::demo;
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, resume_unwind};

const CASES: usize = 60;

#[test]
fn sqlite_a_copy_made_while_clerks_write_takes_the_place_of_the_database() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let now = Clock::system().now();
        let programme = demo::ready_cases(CASES, "iom-pristina", now);
        let premises = Premises::with(Database::Sqlite, programme).await;
        let ended = AssertUnwindSafe(it_goes_on_from_the_copy(&premises))
            .catch_unwind()
            .await;
        premises.stage.strike().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
    });
}

#[test]
fn postgres_is_copied_by_its_own_tools() {
    let ended = command(&["backup", "nowhere"], "postgres://nobody@127.0.0.1:1/none")
        .output()
        .expect("the program");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("pg_dump"), "{said}");
}

async fn it_goes_on_from_the_copy(premises: &Premises) {
    let now = Clock::system().now();
    let copy = premises.stage.directory.join("copy");
    let copied = copy.to_str().expect("a name").to_owned();
    let mut process = premises.start();
    let pristina = premises.client("iom-pristina", &process);
    let ready = pristina.cases_ready_to_depart().await;
    // Clerks write from before the copy begins until it is there.
    let url = premises.stage.url.clone();
    let file = copied.clone();
    let mut backup = None;
    let mut departed = 0;
    for case in &ready[..CASES - 5] {
        let answer = pristina.post(&case.departure(now)).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
        departed += 1;
        if departed == 5 {
            backup = command(&["backup", &file], &url).spawn().ok();
        }
        if departed > 5 && copy.exists() {
            break;
        }
    }
    let ended = backup.expect("the program").wait_with_output().expect("its end");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{said}");
    process.dies();

    for verified in [
        command(&["backup", "--verify", &copied], &premises.stage.url),
        command(&["ledger", "verify"], &format!("sqlite://{copied}")),
    ] {
        let mut verified = verified;
        let ended = verified.output().expect("the program");
        assert_eq!(
            ended.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&ended.stderr)
        );
    }
    // The way of the manual: all three files away, the copy in their place.
    for ending in ["", "-wal", "-shm"] {
        let file = premises.stage.directory.join(format!("avrr.db{ending}"));
        let _ = std::fs::rename(&file, file.with_extension(format!("broken{ending}")));
    }
    std::fs::rename(&copy, premises.stage.directory.join("avrr.db")).expect("in its place");

    let process = premises.start();
    let pristina = premises.client("iom-pristina", &process);
    let (police, still) = (
        premises.client("police-kosovo", &process),
        pristina.cases_ready_to_depart().await,
    );
    let told = sequences(&police.inbox().await);
    assert!(
        told.len() >= 5,
        "what was committed before the copy is in it: {told:?}"
    );
    assert!(still.len() < CASES && still.len() >= 5);
    for case in &still[..3] {
        let answer = pristina.post(&case.departure(now)).await.ok();
        assert_eq!(answer["confirmDeparture"]["errors"], json!([]));
    }
    let after = sequences(&police.inbox().await);
    assert!(after.len() >= told.len() + 3);
    let last = i64::try_from(after.len()).expect("a small number");
    assert_eq!(
        after,
        (1..=last).collect::<Vec<_>>(),
        "the numbers go on without a gap"
    );
    let ended = command(&["ledger", "verify"], &premises.stage.url)
        .output()
        .expect("the program");
    assert_eq!(
        ended.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&ended.stdout)
    );
}

fn sequences(inbox: &[Value]) -> Vec<i64> {
    let sequences = inbox.iter().filter_map(|notice| notice["sequence"].as_i64());
    sequences.collect()
}
