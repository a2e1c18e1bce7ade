//! Everything that the schema has of a case, asked for from one seat and kept as it came: for stories about words that
//! have to be in no answer. The questions are made from the schema, so a field that is added is asked for as well.

use super::actor::Actor;
use super::inbox::Inbox;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use avrr_gateway::graphql::sdl;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How many fields a question asks for at most; a case has more.
const FIELDS: usize = 400;

/// How deep a question goes below a case.
const DEEP: usize = 4;

/// Every answer and every notice that came to one seat.
pub struct Record {
    actor: Actor,
    questions: Vec<String>,
    kept: Vec<String>,
}

impl Actor {
    /// Keeps whatever comes to this seat from now on.
    pub fn keeps_a_record(&self) -> Record {
        Record {
            actor: self.clone(),
            questions: questions(),
            kept: Vec::new(),
        }
    }
}

impl Record {
    /// Asks for everything there is, and keeps the answers as they came.
    pub async fn reads_everything(&mut self) {
        self.kept.push(self.actor.everything().await.text);
        for question in &self.questions {
            let answer = self.actor.ask(question, json!({})).await;
            assert!(answer.errors.is_empty(), "{}: {}", self.actor.client, answer.text);
            self.kept.push(answer.text);
        }
    }

    /// Keeps what a subscriber of this seat has heard.
    pub fn keeps(&mut self, inbox: &Inbox) {
        assert_eq!(inbox.owner().client, self.actor.client);
        self.kept.extend(inbox.heard().iter().map(ToString::to_string));
    }

    /// Whose seat it is.
    pub fn seat(&self) -> &str {
        &self.actor.client
    }

    /// Everything that was kept, as it came.
    pub fn kept(&self) -> &[String] {
        &self.kept
    }

    /// How many of the kept answers hold a word, in capital or small letters.
    pub fn answers_that_say(&self, word: &str) -> usize {
        let word = word.to_lowercase();
        // The name of the field itself stands wherever everything is asked for.
        let says = |text: &&String| text.replace("asylumClaims", "").to_lowercase().contains(&word);
        self.kept.iter().filter(says).count()
    }

    /// Everything that was kept, as data.
    pub fn data(&self) -> impl Iterator<Item = Value> {
        self.kept
            .iter()
            .map(|text| serde_json::from_str(text).expect("an answer is JSON"))
    }
}

/// The questions that together ask for every field of every case and of every notice.
fn questions() -> Vec<String> {
    let document = parse_schema(sdl(None)).expect("a schema");
    let mut objects = BTreeMap::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition
            && let TypeKind::Object(object) = definition.node.kind
        {
            let fields: Vec<FieldDefinition> = object.fields.into_iter().map(|field| field.node).collect();
            objects.insert(definition.node.name.node.to_string(), fields);
        }
    }
    let schema = Schema(objects);
    let of_cases = ["Case"].map(|of| ("cases", of));
    let listings = of_cases.into_iter().chain([("notices", "Notice")]);
    let questions = listings.flat_map(|(listing, of)| {
        let parts = schema.selections(of, &mut Vec::new());
        let mut questions: Vec<(usize, String)> = vec![(0, String::new())];
        for (count, part) in parts {
            if questions
                .last()
                .is_some_and(|(fields, _)| fields + count > FIELDS)
            {
                questions.push((0, String::new()));
            }
            if let Some((fields, question)) = questions.last_mut() {
                *fields += count;
                question.push_str(&part);
                question.push(' ');
            }
        }
        let ask = move |(_, selection): (usize, String)| {
            format!("{{ {listing}(first: 100) {{ nodes {{ {selection} }} }} }}")
        };
        questions.into_iter().map(ask)
    });
    questions.collect()
}

struct Schema(BTreeMap<String, Vec<FieldDefinition>>);

impl Schema {
    /// One selection for each field of a type that can be asked without arguments, with the number of its fields. A case
    /// is not asked for below itself, and no type below itself.
    fn selections(&self, of: &str, above: &mut Vec<String>) -> Vec<(usize, String)> {
        let mut selections = Vec::new();
        above.push(of.to_owned());
        for field in &self.0[of] {
            let needed = field
                .arguments
                .iter()
                .any(|argument| !argument.node.ty.node.nullable);
            let (name, kind) = (&field.name.node, named(&field.ty.node));
            if needed {
                continue;
            }
            if !self.0.contains_key(kind) {
                selections.push((1, name.to_string()));
            } else if above.len() < DEEP && kind != "Case" && !above.iter().any(|known| known == kind) {
                let below = self.selections(kind, above);
                let count: usize = below.iter().map(|(count, _)| count).sum();
                let below: Vec<String> = below.into_iter().map(|(_, selection)| selection).collect();
                if count > 0 {
                    selections.push((count + 1, format!("{name} {{ {} }}", below.join(" "))));
                }
            }
        }
        above.pop();
        selections
    }
}

fn named(of: &Type) -> &str {
    match &of.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => named(inner),
    }
}

const FOOTNOTE: &str = "This designation is without prejudice to positions on status and is in line with UNSCR 1244/1999 \
                        and the ICJ Opinion on the Kosovo declaration of independence.";

impl Record {
    /// How often Kosovo* is named in what was kept; panics where it is named without its asterisk or its footnote.
    pub fn names_kosovo_with_its_footnote(&self) -> usize {
        for text in &self.kept {
            let rest = text.replace(FOOTNOTE, "");
            for (at, name) in rest.match_indices("Kosovo") {
                let after = &rest[at + name.len()..];
                assert!(after.starts_with('*'), "{}: {name}{after:.40}", self.seat());
            }
        }
        self.data().map(|data| footnotes(&data, self.seat())).sum()
    }
}

fn footnotes(value: &Value, seat: &str) -> usize {
    match value {
        Value::Object(fields) if fields.get("code") == Some(&json!("XKX")) => {
            assert_eq!(value["name"], "Kosovo*", "{seat}: {value}");
            assert_eq!(value["footnote"], FOOTNOTE, "{seat}: {value}");
            1
        }
        Value::Object(fields) => fields.values().map(|value| footnotes(value, seat)).sum(),
        Value::Array(values) => values.iter().map(|value| footnotes(value, seat)).sum(),
        _ => 0,
    }
}
