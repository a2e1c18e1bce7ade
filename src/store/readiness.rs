//! What a probe asks of the database: whether it answers, whether it takes what is written, whether its tables are those of
//! this program, and whether what is due to webhooks is sent. Nothing here makes or changes a table.

use super::deliveries::may_be_tried;
use super::unit_of_work::FindAll as _;
use super::{Store, cause_of};
use crate::config::DatabaseSettings;
use crate::error::Error;
use chrono::{DateTime, Utc};
use entity::{installation, notice, webhook};
use migration::Migrator;
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, OnConflict, Query};
use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, QuerySelect as _};
use sea_orm_migration::{MigratorTraitSelf as _, seaql_migrations};
use std::collections::HashSet;
use std::str::FromStr as _;
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

/// How long a write that was taken says that the next one will be.
const FRESH: Duration = Duration::from_secs(5);

/// How long others may keep a probe from writing before that counts against the database.
const BUSY: Duration = Duration::from_secs(30);

/// Longest wait of a probe for its turn to write.
const TURN: Duration = Duration::from_secs(2);

/// The row that a probe writes.
const HEARTBEAT: &str = "heartbeat";

/// When a probe last wrote.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    taken: Option<Duration>,
}

/// Whether the database takes what is written.
#[derive(Debug)]
pub enum Heartbeat {
    /// It does.
    Taken,
    /// Nobody knows just now: others write, and have not been at it for long.
    Busy,
    /// It does not, and this is why; without values.
    Refused(String),
}

/// Whether the tables are those of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// They are.
    Ours,
    /// Some migrations were not applied.
    Older,
    /// A newer program has migrated them.
    Newer,
}

/// How many connections to the database are held, and how many of them nobody uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Which ones: for reading, or for writing; one kind does both on PostgreSQL.
    pub pool: &'static str,
    /// All.
    pub open: u64,
    /// Those that wait.
    pub idle: u64,
}

impl Store {
    /// Writes one row, if none was written in the last seconds: a full disk, a file that is for reading only, and a server
    /// in recovery all refuse it.
    pub async fn heartbeat(&self) -> Heartbeat {
        let now = self.clock.steady();
        let since = |moment: Duration| now.saturating_sub(moment);
        // Whoever probes at the same time waits for the same write.
        let Ok(mut pulse) = timeout(TURN, self.pulse.lock()).await else {
            return Heartbeat::Busy;
        };
        if pulse.taken.is_some_and(|taken| since(taken) < FRESH) {
            return Heartbeat::Taken;
        }
        match timeout(TURN, self.write_heartbeat()).await {
            Ok(Ok(())) => {
                pulse.taken = Some(now);
                Heartbeat::Taken
            }
            Ok(Err(fault)) => {
                pulse.taken = None;
                Heartbeat::Refused(cause_of(&fault))
            }
            Err(_) if pulse.taken.is_some_and(|taken| since(taken) < BUSY) => Heartbeat::Busy,
            Err(_) => Heartbeat::Refused("nothing could be written in time".to_owned()),
        }
    }

    async fn write_heartbeat(&self) -> Result<(), Error> {
        let row = installation::Model {
            name: HEARTBEAT.to_owned(),
            value: self.clock.now().to_rfc3339(),
        };
        installation::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::column(installation::Column::Name)
                    .update_column(installation::Column::Value)
                    .to_owned(),
            )
            .exec_without_returning(&self.writing)
            .await?;
        Ok(())
    }

    /// Whether the tables are those of this program; asks, and makes nothing.
    ///
    /// # Errors
    ///
    /// Faults of the database, also where there is no table of migrations.
    pub async fn tables(&self) -> Result<Tables, Error> {
        let applied: Vec<String> = seaql_migrations::Entity::find_all()
            .select_only()
            .column(seaql_migrations::Column::Version)
            .into_tuple()
            .all(&self.reading)
            .await?;
        let mut applied: HashSet<String> = applied.into_iter().collect();
        let known = Migrator.migrations();
        let missing = known.iter().filter(|known| !applied.remove(known.name())).count();
        Ok(match (missing, applied.is_empty()) {
            (0, true) => Tables::Ours,
            (0, false) => Tables::Newer,
            _ => Tables::Older,
        })
    }

    /// Since when the oldest notice waits that could be sent to a webhook now, and that nobody sends: its place is open to
    /// whoever delivers, and the one who is sent to takes what comes.
    ///
    /// # Errors
    ///
    /// Faults of the database.
    pub async fn undelivered_since(&self) -> Result<Option<DateTime<Utc>>, Error> {
        use webhook::Column as W;
        let next = |column: notice::Column| Expr::col((notice::Entity, column));
        // Inboxes have no gaps: what is next stands one place on.
        let select = Query::select()
            .expr_as(Expr::col((webhook::Entity, W::NextAttemptAt)), "not_before")
            .expr_as(Expr::col((webhook::Entity, W::LeaseUntil)), "leased_until")
            .expr_as(next(notice::Column::Id), "notice")
            .from(webhook::Entity)
            .inner_join(
                notice::Entity,
                Condition::all()
                    .add(next(notice::Column::RecipientId).equals((webhook::Entity, W::OrganisationId)))
                    .add(
                        next(notice::Column::Sequence)
                            .eq(Expr::col((webhook::Entity, W::DeliveredSequence)).add(1)),
                    ),
            )
            .cond_where(may_be_tried(self.clock.now()))
            .to_owned();
        let rows = self.reading.query_all(&select).await?;
        let mut oldest: Option<DateTime<Utc>> = None;
        for row in rows {
            let held = |column| row.try_get::<Option<DateTime<Utc>>>("", column);
            let (not_before, leased_until) = (held("not_before")?, held("leased_until")?);
            let since = [made_at(row.try_get("", "notice")?), not_before, leased_until];
            let since = since.into_iter().flatten().max();
            oldest = [oldest, since].into_iter().flatten().min();
        }
        Ok(oldest)
    }

    /// The connections that this process holds.
    #[must_use]
    pub fn connections(&self) -> Vec<Connections> {
        let of = |pool, open: u32, idle: usize| Connections {
            pool,
            open: open.into(),
            idle: u64::try_from(idle).unwrap_or(u64::MAX),
        };
        if self.is_sqlite() {
            let (reading, writing) = (
                self.reading.get_sqlite_connection_pool(),
                self.writing.get_sqlite_connection_pool(),
            );
            return vec![
                of("reading", reading.size(), reading.num_idle()),
                of("writing", writing.size(), writing.num_idle()),
            ];
        }
        let both = self.writing.get_postgres_connection_pool();
        vec![of("both", both.size(), both.num_idle())]
    }
}

/// When a notice was made, which its id says; what it tells of may have happened long before.
fn made_at(notice: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = notice.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

/// Whether the driver can read a URL; nothing is connected.
///
/// # Errors
///
/// A line that says what is wrong, without the URL.
pub fn understands(settings: &DatabaseSettings) -> Result<(), String> {
    let url = settings.url.as_str();
    let read = if settings.url.is_sqlite() {
        SqliteConnectOptions::from_str(url).map(drop)
    } else {
        PgConnectOptions::from_str(url).map(drop)
    };
    read.map_err(|cause| cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::TestClock;
    use chrono::TimeDelta;

    async fn prepared(name: &str) -> (Store, TestClock, std::path::PathBuf) {
        let file = std::env::temp_dir().join(format!("avrr-ready-{}-{name}.db", std::process::id()));
        let _ = std::fs::remove_file(&file);
        let settings = DatabaseSettings {
            url: format!("sqlite://{}?mode=rwc", file.display()).into(),
            ..DatabaseSettings::default()
        };
        let clock = TestClock::at(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
        let store = Store::connect(&settings, clock.clock())
            .await
            .expect("a database");
        store.migrate_up().await.expect("migrated");
        (store, clock, file)
    }

    async fn does(store: &Store, statement: &str) {
        store
            .writing
            .execute_unprepared(statement)
            .await
            .expect("a statement");
    }

    #[tokio::test]
    async fn tables_are_ours_older_newer_or_not_there_and_none_is_made() {
        let (store, _clock, file) = prepared("tables").await;
        assert_eq!(store.tables().await.expect("tables"), Tables::Ours);
        does(
            &store,
            "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_of_tomorrow', 0)",
        )
        .await;
        assert_eq!(store.tables().await.expect("tables"), Tables::Newer);
        does(
            &store,
            "DELETE FROM seaql_migrations WHERE version NOT LIKE 'm2999%'",
        )
        .await;
        assert_eq!(store.tables().await.expect("tables"), Tables::Older);
        does(&store, "DROP TABLE seaql_migrations").await;
        for _ in 0..2 {
            assert!(store.tables().await.is_err());
        }
        let _ = std::fs::remove_file(file);
    }

    #[tokio::test]
    async fn a_database_that_takes_nothing_is_found_out_within_seconds() {
        let (store, clock, file) = prepared("heartbeat").await;
        assert!(matches!(store.heartbeat().await, Heartbeat::Taken));
        // It refuses as a full disk does.
        does(
            &store,
            "CREATE TRIGGER full BEFORE UPDATE ON installation BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        .await;
        assert!(
            matches!(store.heartbeat().await, Heartbeat::Taken),
            "a moment ago it did"
        );
        clock.advance(TimeDelta::seconds(6));
        assert!(matches!(store.heartbeat().await, Heartbeat::Refused(_)));
        does(&store, "DROP TRIGGER full").await;
        assert!(matches!(store.heartbeat().await, Heartbeat::Taken));
        let _ = std::fs::remove_file(file);
    }

    #[tokio::test]
    async fn a_probe_that_has_to_wait_for_others_counts_against_the_database_only_after_a_while() {
        let (store, clock, file) = prepared("busy").await;
        assert!(matches!(store.heartbeat().await, Heartbeat::Taken));
        let other = store.begin_by_time().await.expect("somebody who writes");
        clock.advance(TimeDelta::seconds(6));
        assert!(matches!(store.heartbeat().await, Heartbeat::Busy));
        clock.advance(TimeDelta::seconds(60));
        assert!(matches!(store.heartbeat().await, Heartbeat::Refused(_)));
        drop(other);
        assert!(matches!(store.heartbeat().await, Heartbeat::Taken));
        let _ = std::fs::remove_file(file);
    }
}
