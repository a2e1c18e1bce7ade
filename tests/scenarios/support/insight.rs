//! Looks behind the ids, which are different for every organisation: the rows of a case by the names that inputs have for
//! them, and the id that each organisation has for one.

use super::actor::Actor;
use super::row::Case;
use super::world::World;
use avrr_gateway::config::Config;
use avrr_gateway::ids::{GlobalIds, NodeType, ViewerIds};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use uuid::Uuid;

/// The key of all ids, so that a test can look behind them.
const KEY: [u8; 32] = [0xA7; 32];

/// Lets the program encrypt ids under a key that the test knows.
pub fn with_our_key(config: &mut Config) {
    let file = config.auth.signing_key_file.with_file_name("id.key");
    std::fs::write(&file, "a7".repeat(KEY.len())).expect("a key file");
    config.id_key_file = Some(file);
}

/// Rows that do not hang on a case, by the names that inputs have for them: the one of this code.
/// What is named after its type, as `itineraryId` is, and hangs on a case needs no line.
const ELSEWHERE: &[(&str, NodeType, &str)] = &[
    ("authorityId", NodeType::Organisation, "migration-kosovo"),
    ("consularPostId", NodeType::Organisation, "embassy-iraq-belgrade"),
    ("toMissionId", NodeType::Organisation, "iom-kabul"),
    ("recipientId", NodeType::Organisation, "safe-house-pristina"),
    ("organisationId", NodeType::Organisation, "dashboard-public"),
    ("projectId", NodeType::Project, "WB-RR-II"),
    ("fundingProjectId", NodeType::Project, "WB-RR-II"),
    ("grantRuleId", NodeType::GrantRule, "IDN-2000"),
    ("missionIds", NodeType::Organisation, "iom-pristina"),
    ("suspendClient.id", NodeType::Client, "dashboard-public"),
    ("resumeClient.id", NodeType::Client, "dashboard-public"),
    ("revokeClientTokens.id", NodeType::Client, "dashboard-public"),
    ("registerDocuments.id", NodeType::Client, "dashboard-public"),
    ("removeDocuments.id", NodeType::Client, "dashboard-public"),
    (
        "requireRegisteredDocuments.id",
        NodeType::Client,
        "dashboard-public",
    ),
    ("revokeToken.id", NodeType::Client, "dashboard-public"),
];

/// What is known of the rows.
pub struct Insight {
    ids: GlobalIds,
    elsewhere: BTreeMap<String, (NodeType, Uuid)>,
}

/// A row of a case as its sending mission has it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its type.
    pub node: NodeType,
    /// Its id in the database.
    pub id: Uuid,
    /// Its version; that of its case where it has none of its own.
    pub version: Value,
    /// What was asked of it.
    pub row: Value,
}

/// The rows of a case, by the names of their types.
pub type Rows = BTreeMap<String, Vec<Known>>;

impl Insight {
    /// Looks behind the ids of a world that was opened with [`with_our_key`].
    pub async fn into(world: &World) -> Self {
        let ids = GlobalIds::new(KEY);
        let admin = world.admin();
        let query = "{ organisations(first: 100) { nodes { id code clients { id clientId } } }
            projects(first: 100) { nodes { id code grantRules { id code } } } }";
        let data = admin.ask(query, json!({})).await.ok();
        let own = ids.of(world.owner_of(&admin));
        let mut codes = BTreeMap::new();
        for organisation in data["organisations"]["nodes"].as_array().into_iter().flatten() {
            let mut note = |code: &Value, id: &Value| {
                let behind = id.as_str().and_then(|id| own.decode(id)).expect("an id");
                let code = code.as_str().expect("a code").to_owned();
                codes.insert((behind.0 as u8, code), behind);
            };
            note(&organisation["code"], &organisation["id"]);
            for client in organisation["clients"].as_array().into_iter().flatten() {
                note(&client["clientId"], &client["id"]);
            }
        }
        for project in data["projects"]["nodes"].as_array().into_iter().flatten() {
            let rules = project["grantRules"].as_array().into_iter().flatten();
            for named in std::iter::once(project).chain(rules) {
                let behind = named["id"].as_str().and_then(|id| own.decode(id)).expect("an id");
                let code = named["code"].as_str().expect("a code").to_owned();
                codes.insert((behind.0 as u8, code), behind);
            }
        }
        let elsewhere = ELSEWHERE
            .iter()
            .map(|(name, node, code)| ((*name).to_owned(), codes[&(*node as u8, (*code).to_owned())]));
        Self {
            ids,
            elsewhere: elsewhere.collect(),
        }
    }

    /// The ids as an actor sees them.
    pub fn of(&self, world: &World, actor: &Actor) -> ViewerIds {
        self.ids.of(world.owner_of(actor))
    }

    /// A row that hangs on no case, by the field of a command's input that names it.
    pub fn elsewhere(&self, command: &str, field: &str) -> Option<(NodeType, Uuid)> {
        let of_command = self.elsewhere.get(&format!("{command}.{field}"));
        of_command.or_else(|| self.elsewhere.get(field)).copied()
    }

    /// The rows of a case as an actor sees it, by their types' names: the case and everything on it that has an id, each
    /// with its state, its version and its history as far as it has them.
    pub async fn rows(&self, world: &World, actor: &Actor, case: &Case) -> Rows {
        let ids = self.of(world, actor);
        let id = actor.id_to_name(case).await;
        let data = actor.ask(&everything_on_a_case(), json!({ "id": id })).await.ok();
        let case = &data["node"];
        let known = |row: &Value| {
            let (node, id) = row["id"].as_str().and_then(|id| ids.decode(id)).expect("an id");
            let version = match &row["version"] {
                Value::Null => case["version"].clone(),
                version => version.clone(),
            };
            Known {
                node,
                id,
                version,
                row: row.clone(),
            }
        };
        let mut rows = Rows::new();
        rows.insert("Case".to_owned(), vec![known(case)]);
        for list in case.as_object().into_iter().flatten().map(|(_, value)| value) {
            for row in list
                .as_array()
                .into_iter()
                .flatten()
                .filter(|row| !row["id"].is_null())
            {
                let name = row["__typename"].as_str().expect("a type").to_owned();
                rows.entry(name).or_default().push(known(row));
            }
        }
        rows
    }
}

/// The name of the type that a field such as `itineraryId` or `caseIds` names a row of.
pub fn type_of(field: &str) -> String {
    let name = field.trim_end_matches("Ids").trim_end_matches("Id");
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

/// The question for a case and every row on it, made from the schema.
fn everything_on_a_case() -> String {
    let lists = super::inputs::lists_of("Case");
    let mut selection =
        "__typename id state version history { event subject command fromState toState }".to_owned();
    for (list, fields) in lists {
        let _ = write!(selection, " {list} {{ __typename id");
        for field in ["state", "version"] {
            if fields.contains(field) {
                let _ = write!(selection, " {field}");
            }
        }
        if fields.contains("history") {
            selection.push_str(" history { event subject command fromState toState }");
        }
        selection.push_str(" }");
    }
    format!("query($id: ID!) {{ node(id: $id) {{ ... on Case {{ {selection} }} }} }}")
}

/// A row with its id alone for each row below it that is compared on its own.
pub fn alone(row: &Value, known: &Rows) -> Value {
    let below = |value: &Value| match value {
        Value::Object(fields) => {
            let name = fields.get("__typename").and_then(Value::as_str);
            match fields.get("id") {
                Some(id) if name.is_some_and(|name| known.contains_key(name)) => id.clone(),
                _ => alone(value, known),
            }
        }
        other => alone(other, known),
    };
    match row {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), below(value)))
                .collect(),
        ),
        Value::Array(rows) => Value::Array(rows.iter().map(below).collect()),
        other => other.clone(),
    }
}
