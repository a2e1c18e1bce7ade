//! The rows of departures, written by nothing but their statements: into copies of the tables that have the same rows and
//! indexes, and neither constraints nor triggers, so that the same statements can be repeated.

use crate::asking::{MISSION, departure};
use crate::program::Place;
use crate::{Failure, setting};
#[path = "../postgres/mod.rs"]
mod postgres;

use async_graphql::{Request, Variables};
use avrr_gateway::clock::Clock;
use avrr_gateway::commands::{Desk, Oversight};
use avrr_gateway::config::WebhookSettings;
use avrr_gateway::domain::consent::Purpose;
use avrr_gateway::graphql;
use avrr_gateway::notify::Hub;
use avrr_gateway::notify::webhook::Egress;
use avrr_gateway::policy::viewer::Viewer;
use postgres::{Load, pgbench};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait as _,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Confirms departures in this process, and returns the statements that wrote each of them.
pub async fn record(place: &Place, count: usize) -> Result<Vec<Vec<String>>, Failure> {
    let seen = Arc::new(Mutex::new(Vec::<String>::new()));
    let mut store = place.store().await?;
    let record = Arc::clone(&seen);
    store.observe(move |statement| {
        let writes = ["INSERT", "UPDATE", "DELETE"]
            .iter()
            .any(|word| statement.starts_with(word));
        if writes {
            record
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(statement.to_owned());
        }
    });
    let client = store.registered_client(MISSION).await?.ok_or("no such client")?;
    let viewer = Viewer {
        organisation: client.organisation,
        kind: client.kind,
        client: client.client,
        client_id: MISSION.into(),
        subject: "staff".into(),
        rights: Vec::new(),
        purpose: Purpose::CaseManagement,
        token: "bench".into(),
        issued_at: Clock::system().now(),
        territory_profile: Default::default(),
        documents_only: false,
        expires_at: Clock::system().now() + Duration::from_hours(1),
    };
    let config = place.config();
    let schema = graphql::schema(
        Desk {
            store,
            hub: Hub::default(),
            oversight: Oversight::default(),
            egress: Egress::new(&WebhookSettings::default()),
        },
        config.limits,
    );
    let ask = async |body: Value| -> Result<Value, Failure> {
        let request = Request::new(body["query"].as_str().unwrap_or_default())
            .variables(Variables::from_json(body["variables"].clone()));
        let answer = graphql::execute(&schema, request, viewer.clone(), "bench".to_owned()).await;
        if answer.errors.is_empty() {
            Ok(answer.data.into_json()?)
        } else {
            Err(format!("{:?}", answer.errors).into())
        }
    };
    let query = "{ cases(first: 100, filter: { state: [READY_TO_DEPART] }) { nodes { id version } } }";
    let cases = ask(json!({ "query": query })).await?;
    let mut written = Vec::new();
    for case in cases["cases"]["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .take(count)
    {
        seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let answer = ask(departure(case)).await?;
        if answer["confirmDeparture"]["errors"] != json!([]) {
            return Err(answer.to_string().into());
        }
        let statements = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        written.push(
            statements
                .iter()
                .map(|statement| repeatable(statement, place))
                .collect(),
        );
    }
    Ok(written)
}

/// A statement that can be run again: it looks for no version, and does not mind that a row is there.
fn repeatable(statement: &str, place: &Place) -> String {
    let statement = statement.split(" ON CONFLICT").next().unwrap_or_default();
    let mut text = statement.replace('\n', " ");
    if let Some((before, rest)) = text.clone().rsplit_once("\"version\" = ")
        && let Some((before, _)) = before.rsplit_once(" AND ")
    {
        let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
        text = format!("{before}{rest}");
    }
    if place.is_postgres() {
        text
    } else {
        with_bytes(&text)
    }
}

/// UUIDs as SQLite keeps them.
fn with_bytes(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (nth, part) in text.split('\'').enumerate() {
        let is_uuid = nth % 2 == 1 && part.len() == 36 && part.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        if is_uuid {
            if let Some(before) = parts.last_mut() {
                before.push('x');
            }
            parts.push(part.replace('-', ""));
        } else {
            parts.push(part.to_owned());
        }
    }
    parts.join("'")
}

/// Copies of the tables.
pub struct Bare<'a> {
    place: &'a Place,
    written: Vec<Vec<String>>,
    file: Option<DatabaseConnection>,
}

impl<'a> Bare<'a> {
    /// Makes the copies.
    pub async fn beside(place: &'a Place, written: Vec<Vec<String>>) -> Result<Self, Failure> {
        let tables: BTreeSet<&str> = written
            .iter()
            .flatten()
            .filter_map(|statement| statement.split('"').nth(1))
            .collect();
        let database = place.connect().await?;
        let file = if place.is_postgres() {
            copy_on_postgres(&database, &tables).await?;
            None
        } else {
            Some(copy_on_sqlite(place, &tables).await?)
        };
        Ok(Self { place, written, file })
    }

    /// How many departures a second are written down, by so many writers.
    pub async fn departures_a_second(&self, writers: usize) -> Result<f64, Failure> {
        let seconds = setting("BENCH_SECONDS", 8);
        let Some(file) = &self.file else {
            let scripts = self.written.iter();
            let scripts = scripts.map(|statements| format!("BEGIN;\n{};\nEND;\n", statements.join(";\n")));
            return pgbench(&Load {
                database: &self.place.url,
                schema: "bare",
                scripts: &scripts.collect::<Vec<_>>(),
                clients: writers,
                seconds,
            });
        };
        // One writes at a time, however many there are.
        let (began, mut count) = (Instant::now(), 0_usize);
        while began.elapsed() < Duration::from_secs(seconds.try_into()?) {
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            let transaction = file.begin_with_options(options).await?;
            for statement in &self.written[count % self.written.len()] {
                transaction.execute_unprepared(statement).await?;
            }
            transaction.commit().await?;
            count += 1;
        }
        Ok(count as f64 / began.elapsed().as_secs_f64())
    }
}

async fn copy_on_postgres(database: &DatabaseConnection, tables: &BTreeSet<&str>) -> Result<(), Failure> {
    database.execute_unprepared("CREATE SCHEMA bare").await?;
    for table in tables {
        let copy = format!(
            "CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING DEFAULTS INCLUDING STORAGE); \
             INSERT INTO bare.{table} SELECT * FROM public.{table}; \
             DO $$ DECLARE it record; BEGIN FOR it IN SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND \
             tablename = '{table}' LOOP EXECUTE replace(replace(it.indexdef, 'UNIQUE ', ''), ' ON public.', ' ON bare.'); \
             END LOOP; END $$; ANALYZE bare.{table}"
        );
        database.execute_unprepared(&copy).await?;
    }
    Ok(())
}

async fn copy_on_sqlite(place: &Place, tables: &BTreeSet<&str>) -> Result<DatabaseConnection, Failure> {
    let (from, to) = (place.file("avrr.db"), place.file("bare.db"));
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", to.display()));
    // One connection: what is attached is so there alone.
    options.max_connections(1);
    let file = Database::connect(options).await?;
    // As the program has it.
    file.execute_unprepared("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        .await?;
    file.execute_unprepared(&format!("ATTACH '{}' AS gateway", from.display()))
        .await?;
    for table in tables {
        file.execute_unprepared(&format!("CREATE TABLE {table} AS SELECT * FROM gateway.{table}"))
            .await?;
        let keys = format!(
            "SELECT group_concat(name) AS sql FROM pragma_table_info('{table}', 'gateway') WHERE pk > 0"
        );
        let indexes = format!(
            "SELECT sql FROM gateway.sqlite_master WHERE tbl_name = '{table}' AND type = 'index' AND sql IS NOT NULL"
        );
        let statement = |sql: String| Statement::from_string(DbBackend::Sqlite, sql);
        if let Some(key) = file.query_one_raw(statement(keys)).await? {
            let key: String = key.try_get("", "sql")?;
            file.execute_unprepared(&format!("CREATE INDEX key_of_{table} ON {table} ({key})"))
                .await?;
        }
        for index in file.query_all_raw(statement(indexes)).await? {
            let index: String = index.try_get("", "sql")?;
            file.execute_unprepared(&index.replace("UNIQUE ", "")).await?;
        }
    }
    file.execute_unprepared("DETACH gateway").await?;
    Ok(file)
}
