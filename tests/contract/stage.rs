//! A test on a database without a server before it, on SQLite and on PostgreSQL.

use crate::support::Database;
use crate::support::database::Stage;
use avrr_gateway::clock::Clock;
use avrr_gateway::config::DatabaseSettings;
use avrr_gateway::store::Store;
use futures_util::FutureExt as _;
use std::panic::{AssertUnwindSafe, resume_unwind};

/// Runs a test beside a database of its own, and clears the stage whether it ends well or not.
pub fn with_stage(database: Database, test: impl AsyncFnOnce(&Stage)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let stage = Stage::set(database).await;
        let ended = AssertUnwindSafe(test(&stage)).catch_unwind().await;
        stage.strike().await;
        if let Err(fault) = ended {
            resume_unwind(fault);
        }
    });
}

/// The store of a stage, by a clock, with its tables made.
pub async fn store(stage: &Stage, clock: Clock) -> Store {
    let settings = DatabaseSettings {
        url: stage.url.as_str().into(),
        ..DatabaseSettings::default()
    };
    let store = Store::connect(&settings, clock).await.expect("a database");
    store.migrate_up().await.expect("tables");
    store.prepared(Some([7; 32])).await.expect("a prepared store")
}

/// Makes two tests of each, one per database: `sqlite::test` and `postgres::test`.
macro_rules! on_both_stages {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $test() {
                $crate::stage::with_stage($crate::support::Database::Sqlite, super::$test);
            })+
        }

        mod postgres {
            $(#[test] fn $test() {
                $crate::stage::with_stage($crate::support::Database::Postgres, super::$test);
            })+
        }
    };
}
pub(crate) use on_both_stages;
