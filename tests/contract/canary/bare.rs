//! The database without the program: rows as text, and words written over what they hold.

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use uuid::Uuid;

/// A connection that goes around the program.
pub struct Bare(DatabaseConnection);

/// A row, column by column; none where a column is empty.
pub type Cells = Vec<Option<String>>;

impl Bare {
    /// Connects to the database of a story.
    pub async fn to(url: &str) -> Self {
        let mut options = ConnectOptions::new(url.to_owned());
        options.max_connections(1).sqlx_logging(false);
        Self(sea_orm::Database::connect(options).await.expect("a database"))
    }

    fn is_sqlite(&self) -> bool {
        self.0.get_database_backend() == DbBackend::Sqlite
    }

    /// Carries a statement out.
    pub async fn execute(&self, statement: &str) {
        self.0
            .execute_unprepared(statement)
            .await
            .unwrap_or_else(|fault| panic!("{statement}: {fault}"));
    }

    /// Some columns of every row of a table, ids and all as text.
    pub async fn read(&self, table: &str, columns: &[&str]) -> Vec<Cells> {
        let as_text = |column: &&str| {
            if self.is_sqlite() {
                format!(
                    "CASE typeof({column}) WHEN 'blob' THEN lower(hex({column})) ELSE CAST({column} AS TEXT) END"
                )
            } else {
                format!("{column}::text")
            }
        };
        let columns: Vec<String> = columns.iter().map(as_text).collect();
        self.ask(
            &format!("SELECT {} FROM {table}", columns.join(", ")),
            columns.len(),
        )
        .await
    }

    async fn ask(&self, question: &str, columns: usize) -> Vec<Cells> {
        let statement = Statement::from_string(self.0.get_database_backend(), question);
        let rows = self.0.query_all_raw(statement).await;
        let rows = rows.unwrap_or_else(|fault| panic!("{question}: {fault}"));
        let cells = rows.iter().map(|row| {
            let cell = |nth| row.try_get_by_index::<Option<String>>(nth).expect("text");
            (0..columns).map(cell).collect()
        });
        cells.collect()
    }

    /// Gives the rows of a table ids in the order of what is in these columns, where chance had ordered them.
    pub async fn renumber(&self, table: &str, columns: &[&str]) {
        let asked: Vec<&str> = columns.iter().copied().chain(["id"]).collect();
        let mut rows = self.read(table, &asked).await;
        rows.sort();
        for (number, row) in (1..).zip(rows) {
            let old = id(row.last().and_then(Option::as_ref)).expect("an id");
            let (new, old) = (self.literal(Uuid::from_u128(number)), self.literal(old));
            self.execute(&format!("UPDATE {table} SET id = {new} WHERE id = {old}"))
                .await;
        }
    }

    fn literal(&self, id: Uuid) -> String {
        if self.is_sqlite() {
            format!("X'{}'", id.simple())
        } else {
            format!("'{id}'::uuid")
        }
    }

    /// The names of a table's columns.
    pub async fn columns(&self, table: &str) -> Vec<String> {
        let question = if self.is_sqlite() {
            format!("SELECT name FROM pragma_table_info('{table}')")
        } else {
            format!("SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}'")
        };
        let names = self.ask(&question, 1).await;
        names.into_iter().flatten().flatten().collect()
    }

    /// The last twelve digits of the rows' ids, in words of this database.
    pub fn tail_of_id(&self) -> &'static str {
        if self.is_sqlite() {
            "lower(substr(hex(id), 21))"
        } else {
            "right(replace(id::text, '-', ''), 12)"
        }
    }
}

/// An id out of a cell.
pub fn id(cell: Option<&String>) -> Option<Uuid> {
    cell.map(|text| Uuid::parse_str(text).unwrap_or_else(|_| panic!("{text} is no id")))
}
