//! A database for one story: a temporary SQLite file, or a PostgreSQL database copied from a template that was migrated
//! once per build of the tests.

use avrr_gateway::clock::Clock;
use avrr_gateway::config::DatabaseSettings;
use avrr_gateway::ids::new_id;
use avrr_gateway::store::Store;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Which database a story is played on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file of its own.
    Sqlite,
    /// A database of its own in the server that `AVRR_TEST_POSTGRES_URL` names.
    Postgres,
}

/// The database of one story, and the directory for its files.
pub struct Stage {
    /// Where it is.
    pub url: String,
    /// A directory that is removed at the end.
    pub directory: PathBuf,
    name: String,
    kind: Database,
}

/// The advisory lock under which templates are made and copied; any number will do.
const TEMPLATES: &str = "7203001";

impl Stage {
    /// Sets up an empty, migrated database; on SQLite the server migrates it itself.
    pub async fn set(kind: Database) -> Self {
        Self::with(kind, true).await
    }

    /// Sets up a database without tables.
    pub async fn bare(kind: Database) -> Self {
        Self::with(kind, false).await
    }

    async fn with(kind: Database, tables: bool) -> Self {
        let name = format!("avrr_test_{}", new_id(Clock::system().now()).simple());
        let directory = std::env::temp_dir().join(&name);
        let url = match kind {
            Database::Sqlite => format!("sqlite://{}?mode=rwc", directory.join("avrr.db").display()),
            Database::Postgres => {
                let admin = Admin::connect().await;
                admin
                    .execute(&format!("SELECT pg_advisory_lock({TEMPLATES})"))
                    .await;
                let template = if tables {
                    admin.template().await
                } else {
                    "template0".to_owned()
                };
                admin
                    .execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
                    .await;
                admin.url_of(&name)
            }
        };
        std::fs::create_dir_all(&directory).expect("a temporary directory");
        Self {
            url,
            directory,
            name,
            kind,
        }
    }

    /// Removes it, whoever is still connected.
    pub async fn strike(&self) {
        if self.kind == Database::Postgres {
            let admin = Admin::connect().await;
            admin
                .execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name))
                .await;
        }
        let _ = std::fs::remove_dir_all(&self.directory);
    }

    /// How many connections to this database sit in an open transaction without doing anything (PostgreSQL only).
    pub async fn idle_transactions(&self) -> i64 {
        let admin = Admin::connect().await;
        let question = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}' AND state LIKE 'idle in transaction%'",
            self.name
        );
        admin.number(&question).await
    }
}

/// A connection to the server's own database.
struct Admin {
    url: reqwest::Url,
    connection: DatabaseConnection,
}

impl Admin {
    async fn connect() -> Self {
        #[expect(clippy::disallowed_methods, reason = "scripts/test says where its PostgreSQL is")]
        let url = std::env::var("AVRR_TEST_POSTGRES_URL").unwrap_or_else(|_| {
            panic!("AVRR_TEST_POSTGRES_URL is not set: run the tests with scripts/test, which brings a PostgreSQL of its own")
        });
        let mut options = ConnectOptions::new(url.clone());
        options.max_connections(1).sqlx_logging(false);
        let connection = sea_orm::Database::connect(options)
            .await
            .expect("AVRR_TEST_POSTGRES_URL names a server that answers");
        let url = reqwest::Url::parse(&url).expect("AVRR_TEST_POSTGRES_URL is a URL");
        Self { url, connection }
    }

    fn url_of(&self, name: &str) -> String {
        let mut url = self.url.clone();
        url.set_path(name);
        url.into()
    }

    async fn execute(&self, statement: &str) {
        self.connection
            .execute_unprepared(statement)
            .await
            .unwrap_or_else(|fault| panic!("{statement}: {fault}"));
    }

    async fn number(&self, question: &str) -> i64 {
        let statement = Statement::from_string(DbBackend::Postgres, question);
        let row = self.connection.query_one_raw(statement).await.expect("an answer");
        row.expect("a row").try_get_by_index(0).expect("a number")
    }

    /// The migrated database that this build of the tests copies, made by whoever comes first.
    async fn template(&self) -> String {
        let (program, build) = this_build();
        let template = format!("avrr_template_{program}_{build:016x}");
        let found = format!("SELECT count(*) FROM pg_database WHERE datname = '{template}'");
        if self.number(&found).await == 1 {
            return template;
        }
        // Under another name until it is whole: who makes it may be killed on the way.
        let making = format!("avrr_making_{program}");
        self.execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"))
            .await;
        self.execute(&format!("CREATE DATABASE {making}")).await;
        let settings = DatabaseSettings {
            url: self.url_of(&making).into(),
            ..DatabaseSettings::default()
        };
        let store = Store::connect(&settings, Clock::system())
            .await
            .expect("a database");
        store.migrate_up().await.expect("migrated");
        drop(store);
        let others = format!(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{making}'"
        );
        self.execute(&others).await;
        // A connection that is ending still counts for a moment; the server waits for it.
        self.execute(&format!("ALTER DATABASE {making} RENAME TO {template}"))
            .await;
        template
    }
}

/// The name of this test program, and a number that changes with each build of it.
fn this_build() -> (String, u64) {
    let program = std::env::current_exe().expect("this program");
    let mut hasher = DefaultHasher::new();
    let about = std::fs::metadata(&program);
    about
        .as_ref()
        .ok()
        .and_then(|about| about.modified().ok())
        .hash(&mut hasher);
    about.map_or(0, |about| about.len()).hash(&mut hasher);
    let name = program
        .file_stem()
        .map(Path::new)
        .map(|stem| stem.display().to_string());
    let name = name.unwrap_or_default().to_lowercase();
    let name = name.split('-').next().unwrap_or_default().to_owned();
    (name, hasher.finish())
}
