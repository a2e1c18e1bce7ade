//! Every word that the database holds, whatever the program shows of it: for stories about words that have to be gone.

use super::database::Stage;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};

impl Stage {
    /// The values of every column of words and of every day, each with the name of its column.
    pub async fn words(&self) -> Vec<(String, String)> {
        let mut options = ConnectOptions::new(self.url.clone());
        options.max_connections(1).sqlx_logging(false);
        let database = sea_orm::Database::connect(options).await.expect("the database");
        let columns = "SELECT table_name || '.' || column_name FROM information_schema.columns \
                       WHERE table_schema = 'public' AND data_type IN ('text', 'date')";
        let of_sqlite = "SELECT tables.name || '.' || columns.name FROM sqlite_master AS tables, \
                         pragma_table_info(tables.name) AS columns WHERE tables.type = 'table' \
                         AND lower(columns.type) IN ('text', 'date_text')";
        let columns = match database.get_database_backend() {
            DbBackend::Postgres => texts(&database, columns).await,
            _ => texts(&database, of_sqlite).await,
        };
        let mut words = Vec::new();
        for name in columns {
            let (table, column) = name.split_once('.').expect("a table and a column");
            let values = format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE {column} IS NOT NULL");
            for value in texts(&database, &values).await {
                words.push((name.clone(), value));
            }
        }
        words
    }

    /// Where a word stands in the database, in capital or small letters.
    pub async fn columns_that_say(&self, word: &str) -> Vec<String> {
        let word = word.to_lowercase();
        let words = self.words().await.into_iter();
        let says = words.filter(|(_, value)| value.to_lowercase().contains(&word));
        says.map(|(column, _)| column).collect()
    }

    /// Which files of a SQLite database hold a word in their bytes, also where no row does any more.
    pub fn files_that_hold(&self, word: &str) -> Vec<String> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.directory).expect("the directory") {
            let file = entry.expect("a file");
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with("avrr.db") {
                let bytes = std::fs::read(file.path()).expect("its bytes");
                if bytes.windows(word.len()).any(|some| some == word.as_bytes()) {
                    files.push(name);
                }
            }
        }
        files
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> usize {
        let mut options = ConnectOptions::new(self.url.clone());
        options.max_connections(1).sqlx_logging(false);
        let database = sea_orm::Database::connect(options).await.expect("the database");
        let one = format!("SELECT '1' FROM {table}");
        texts(&database, &one).await.len()
    }

    /// Does something to the database by hand, which may refuse it.
    pub async fn by_hand(&self, statement: &str) -> Result<(), String> {
        let mut options = ConnectOptions::new(self.url.clone());
        options.max_connections(1).sqlx_logging(false);
        let database = sea_orm::Database::connect(options).await.expect("the database");
        let done = database.execute_unprepared(statement).await;
        done.map(|_| ()).map_err(|fault| fault.to_string())
    }
}

async fn texts(database: &DatabaseConnection, question: &str) -> Vec<String> {
    let statement = Statement::from_string(database.get_database_backend(), question);
    let rows = database.query_all_raw(statement).await.expect("an answer");
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("a text"))
        .collect()
}
