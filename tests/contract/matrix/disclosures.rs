//! What was told of the grants of the story, as the database keeps it: what the ledger has to answer with.

use super::rows::Rows;
use super::story::BAGHDAD;
use super::truth::{Row, Truth, Whose};
use crate::support::World;
use crate::support::ledger::{behind_the_program, ledger_of, names};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Entries about grants until now; the receiving mission reads both grants of the story once more, so that there are some.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer here: rows are read past the program"
)]
pub async fn rows(world: &World, rows: &mut Rows) {
    let query = "{ cashGrants(first: 100) { nodes { id state version tranches { number } } } }";
    world.client(BAGHDAD).ask(query, json!({})).await.ok();
    let database = behind_the_program(&world.stage.url).await;
    let clients = entity::client::Entity::find()
        .all(&database)
        .await
        .expect("clients");
    let clients: BTreeMap<Uuid, String> = clients.into_iter().map(|row| (row.id, row.client_id)).collect();
    let told = ledger_of(world)
        .await
        .into_iter()
        .filter(|entry| entry.row_type == "CashGrant");
    for (place, entry) in told.enumerate() {
        let listed = |column: &str| -> Vec<Value> {
            let names: Vec<&str> = column
                .split(' ')
                .filter(|name| names(column).contains(name))
                .collect();
            names.into_iter().map(Value::from).collect()
        };
        let values = json!({
            "sequence": entry.sequence,
            "disclosedAt": entry.disclosed_at,
            "means": entry.means,
            "client": entry.client_id.map(|client| &clients[&client]),
            "token": entry.token,
            "purpose": entry.purpose,
            "relation": entry.relation,
            "rowType": "CashGrant",
            "fieldsShown": listed(&entry.shown),
            "fieldsMasked": listed(&entry.masked),
            "policyVersion": entry.policy_version,
            "requestId": entry.request_id,
            "snapshotSha256": null,
            "hash": entry.hash,
        });
        let others = [
            ("organisation", Truth::One("Organisation")),
            ("row", Truth::IdOf("CashGrant")),
            ("case", Truth::One("Case")),
            ("person", Truth::One("Person")),
        ];
        let row = Row::new("Disclosure", Whose::Parties, values, &others);
        rows.insert(("Disclosure", (Uuid::nil(), place.to_string())), row);
    }
}
