//! The disclosure ledger as it is kept, for stories about who was told what.

use super::ask::Answer;
use super::world::World;
use avrr_gateway::ids::{NodeType, ViewerIds};
use avrr_gateway::policy::fields::LINES;
use avrr_gateway::policy::ledger::is_personal;
pub use entity::disclosure::Model as Entry;
use sea_orm::{ConnectOptions, DatabaseConnection, EntityTrait, QueryOrder};
use serde_json::Value;
use std::collections::BTreeSet;

/// A connection past the program.
pub async fn behind_the_program(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("a database")
}

/// Every entry, in order.
pub async fn ledger_of(world: &World) -> Vec<Entry> {
    entries_at(&world.stage.url).await
}

/// Every entry of the ledger in a database, in order.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer here: rows are read past the program"
)]
pub async fn entries_at(url: &str) -> Vec<Entry> {
    let database = behind_the_program(url).await;
    let entries = entity::disclosure::Entity::find()
        .order_by_asc(entity::disclosure::Column::Id)
        .all(&database)
        .await;
    entries.expect("entries")
}

/// The name of the request that an answer is for.
pub fn request_of(answer: &Answer) -> &str {
    let name = answer.headers.get("x-request-id").expect("a request id");
    name.to_str().expect("letters")
}

/// The entries of one answer.
pub fn of_answer<'l>(ledger: &'l [Entry], answer: &Answer) -> Vec<&'l Entry> {
    let request = Some(request_of(answer));
    ledger
        .iter()
        .filter(|entry| entry.request_id.as_deref() == request)
        .collect()
}

/// Names in a column of names.
pub fn names(column: &str) -> BTreeSet<&str> {
    column.split(' ').filter(|name| !name.is_empty()).collect()
}

/// What of an answer is missing in the ledger; nothing where all of it is noted: each personal row with an id, and each
/// field of such a row that holds something and stands under its own name. For answers to anybody but a sending mission
/// about its own cases, which are not noted.
pub fn unnoted(ledger: &[Entry], answer: &Answer, ids: &ViewerIds) -> Vec<String> {
    let entries = of_answer(ledger, answer);
    let mut missing = Vec::new();
    look(&answer.data, &entries, ids, &mut missing);
    missing
}

/// Whether all that an answer tells is noted.
pub fn is_noted(ledger: &[Entry], answer: &Answer, ids: &ViewerIds) -> bool {
    unnoted(ledger, answer, ids).is_empty()
}

fn look(value: &Value, entries: &[&Entry], ids: &ViewerIds, missing: &mut Vec<String>) {
    match value {
        Value::Array(rows) => rows.iter().for_each(|row| look(row, entries, ids, missing)),
        Value::Object(fields) => {
            if let Some((node, id)) = fields
                .get("id")
                .and_then(Value::as_str)
                .and_then(|id| ids.decode(id))
            {
                noted(node, id, fields, entries, missing);
            }
            fields
                .values()
                .for_each(|value| look(value, entries, ids, missing));
        }
        _ => {}
    }
}

fn noted(
    node: NodeType,
    id: uuid::Uuid,
    fields: &serde_json::Map<String, Value>,
    entries: &[&Entry],
    missing: &mut Vec<String>,
) {
    let row_type = format!("{node:?}");
    if !is_personal(&row_type) {
        return;
    }
    let mut of_row = entries.iter();
    let Some(entry) = of_row.find(|entry| entry.row_type == row_type && entry.row_id == Some(id)) else {
        missing.push(row_type);
        return;
    };
    for (key, value) in fields {
        let line = format!("{row_type}.{key}");
        let is_field = LINES.iter().any(|known| known.name == line);
        let is_there =
            names(&entry.shown).contains(key.as_str()) || names(&entry.masked).contains(key.as_str());
        if is_field && !value.is_null() && !is_there {
            missing.push(line);
        }
    }
}
