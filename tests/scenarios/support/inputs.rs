//! Inputs made up from the schema: whatever a command asks for, by the types and the names of its fields. A command that
//! is added to the schema has an input here without a line being written, as long as its fields go by known names.

use super::fixtures::{A_PICTURE, flights};
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition};
use avrr_gateway::graphql::sdl;
use chrono::{DateTime, Days, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Fields whose values have to fit what they mean; all others are made up by their types. One line a name.
fn by_name(field: &str, nth: u64) -> Option<Value> {
    Some(match field {
        "reference" => json!(format!("W-{nth}")),
        "code" | "clientId" => json!(format!("made-up-{nth}")),
        "number" => json!("LP0045671"),
        "ticketNumber" => json!("2352400123456"),
        "bookingReference" => json!("QX7P2K"),
        "dateOfBirth" => json!("1996-01-15"),
        "headOfHousehold" => json!(true),
        "movementReference" => json!("W-CHARTER"),
        "content" => json!(A_PICTURE),
        "phone" => json!("+38344100000"),
        "email" => json!("amir@mail.example"),
        "url" => json!("https://192.0.2.1/notices"),
        "countryOfReturn" | "nationality" => json!("IRQ"),
        "departureAirport" => json!("PRN"),
        "arrivalAirport" => json!("BGW"),
        "amountMinor" => json!(10_000),
        "trancheAmountsMinor" => json!([10_000]),
        _ => return None,
    })
}

/// Fields of moments and days that lie ahead; all others are a while ago. One line a name.
const AHEAD: &[(&str, u64)] = &[
    ("expiresOn", 200),
    ("validTo", 200),
    ("validUntil", 200),
    ("appointmentAt", 3),
    ("scheduledFor", 3),
    ("until", 10),
    ("at", 3),
];

/// Whoever fills in a form.
pub trait Hand {
    /// Which of so many words.
    fn choose(&mut self, of: usize) -> usize;
    /// Whether a field that need not be filled in is left out.
    fn leaves_out(&mut self, field: &str) -> bool;
    /// The id of a row for a field such as `caseId`.
    fn id(&mut self, command: &str, field: &str) -> Value;
    /// The version of the row that the command is about.
    fn version(&mut self, command: &str) -> Value;
    /// The time that it is.
    fn now(&self) -> DateTime<Utc>;
    /// A number that was not given before.
    fn number(&mut self) -> u64;
}

/// The inputs of the schema.
pub struct Inputs {
    forms: BTreeMap<String, Vec<InputValueDefinition>>,
    one_of: BTreeSet<String>,
    words: BTreeMap<String, Vec<String>>,
    commands: BTreeMap<String, String>,
}

impl Inputs {
    /// Reads the schema.
    pub fn read() -> Self {
        let document = parse_schema(sdl(None)).expect("a schema");
        let mut inputs = Self {
            forms: BTreeMap::new(),
            one_of: BTreeSet::new(),
            words: BTreeMap::new(),
            commands: BTreeMap::new(),
        };
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let definition = definition.node;
            let name = definition.name.node.to_string();
            match definition.kind {
                TypeKind::InputObject(form) => {
                    let mut directives = definition.directives.iter();
                    if directives.any(|directive| directive.node.name.node == "oneOf") {
                        inputs.one_of.insert(name.clone());
                    }
                    let fields = form.fields.into_iter().map(|field| field.node);
                    inputs.forms.insert(name, fields.collect());
                }
                TypeKind::Enum(of) => {
                    let words = of.values.iter().map(|word| word.node.value.node.to_string());
                    inputs.words.insert(name, words.collect());
                }
                TypeKind::Object(object) if name == "Mutation" => {
                    for field in object.fields {
                        let field = field.node;
                        let input = field.arguments.first().expect("an input");
                        let form = named(&input.node.ty.node).expect("an input type").to_owned();
                        inputs.commands.insert(field.name.node.to_string(), form);
                    }
                }
                _ => {}
            }
        }
        inputs
    }

    /// The commands of the schema.
    pub fn commands(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }

    /// The fields of a command's input that name rows, the row that it is about first.
    pub fn ids(&self, command: &str) -> Vec<&str> {
        let fields = self.forms[&self.commands[command]].iter();
        let ids = fields.filter(|field| named(&field.ty.node) == Some("ID"));
        let mut ids: Vec<(bool, &str)> = ids
            .map(|field| (field.ty.node.nullable, field.name.node.as_str()))
            .collect();
        ids.sort_by_key(|(optional, name)| (*optional, *name != "caseId", *name == "personId"));
        ids.into_iter().map(|(_, name)| name).collect()
    }

    /// The request that gives a command, filled in by a hand.
    pub fn request(&self, command: &str, hand: &mut impl Hand) -> Value {
        let form = &self.commands[command];
        let query = format!(
            "mutation($input: {form}!) {{ {command}(input: $input) {{ errors {{ code field message }} }} }}"
        );
        json!({ "query": query, "variables": { "input": self.filled(command, form, hand) } })
    }

    fn filled(&self, command: &str, form: &str, hand: &mut impl Hand) -> Value {
        let fields = &self.forms[form];
        let mut filled = Map::new();
        if self.one_of.contains(form) {
            // What names rows is left to the stories.
            let (ids, others): (Vec<_>, Vec<_>) = fields
                .iter()
                .partition(|field| named(&field.ty.node) == Some("ID"));
            let fields = if others.is_empty() { ids } else { others };
            let field = fields[hand.choose(fields.len())];
            let name = field.name.node.to_string();
            filled.insert(name, self.value(command, field, &field.ty.node.base, hand));
            return Value::Object(filled);
        }
        for field in fields {
            let name = field.name.node.as_str();
            let needed = !field.ty.node.nullable && field.default_value.is_none();
            let value = match name {
                "idempotencyKey" => json!(format!("made-up-{}", hand.number())),
                "expectedVersion" => hand.version(command),
                _ if !needed && hand.leaves_out(name) => continue,
                _ => self.value(command, field, &field.ty.node.base, hand),
            };
            filled.insert(name.to_owned(), value);
        }
        Value::Object(filled)
    }

    fn value(
        &self,
        command: &str,
        field: &InputValueDefinition,
        of: &BaseType,
        hand: &mut impl Hand,
    ) -> Value {
        let name = field.name.node.as_str();
        let today = hand.now().date_naive();
        if let BaseType::List(inner) = of {
            if named(inner) == Some("SegmentInput") {
                return flights("PRN-IST-BGW", today + Days::new(9));
            }
            let whole = by_name(name, 0).filter(Value::is_array);
            return whole.unwrap_or_else(|| json!([self.value(command, field, &inner.base, hand)]));
        }
        let BaseType::Named(of) = of else {
            return Value::Null;
        };
        let of = of.as_str();
        if of == "ID" {
            return hand.id(command, name);
        }
        if let Some(words) = self.words.get(of) {
            return json!(words[hand.choose(words.len())]);
        }
        if self.forms.contains_key(of) {
            return self.filled(command, of, hand);
        }
        let ahead = AHEAD
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, days)| *days);
        let nth = hand.number();
        match of {
            "Int" => by_name(name, nth).filter(Value::is_number).unwrap_or(json!(1)),
            "Boolean" => by_name(name, nth).unwrap_or(json!(hand.choose(2) == 1)),
            "DateTime" => json!(ahead.map_or(hand.now() - TimeDelta::minutes(2), |days| hand.now()
                + Days::new(days))),
            "Date" => by_name(name, nth).unwrap_or(json!(today + Days::new(ahead.unwrap_or(0)))),
            "CountryCode" => by_name(name, nth).unwrap_or(json!("XKX")),
            "CurrencyCode" => json!("EUR"),
            "FlightDesignator" => json!("TK1018"),
            "LanguageTag" => json!("ar"),
            "AirportCode" => by_name(name, nth).unwrap_or(json!("PRN")),
            "String" => by_name(name, nth).unwrap_or(json!("AS_USUAL")),
            other => panic!(
                "{command}: no value is known for `{name}: {other}`; add a line for it to `by_name` in \
                 tests/scenarios/support/inputs.rs"
            ),
        }
    }
}

/// The type that a type is made of, without lists and exclamation marks.
fn named(of: &Type) -> Option<&str> {
    match &of.base {
        BaseType::Named(name) => Some(name.as_str()),
        BaseType::List(inner) => named(inner),
    }
}

/// The fields of a type that hold rows with ids, each with the names of the fields that those rows have.
pub fn lists_of(type_name: &str) -> Vec<(String, BTreeSet<String>)> {
    let document = parse_schema(sdl(None)).expect("a schema");
    let mut objects = BTreeMap::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            let definition = definition.node;
            if let TypeKind::Object(object) = definition.kind {
                objects.insert(definition.name.node.to_string(), object.fields);
            }
        }
    }
    let lists = objects[type_name].iter().map(|field| &field.node);
    let lists = lists.filter(|field| matches!(field.ty.node.base, BaseType::List(_)));
    let rows = lists.filter_map(|field| {
        let of = objects.get(named(&field.ty.node)?)?;
        let names: BTreeSet<String> = of.iter().map(|field| field.node.name.node.to_string()).collect();
        names.contains("id").then(|| (field.name.node.to_string(), names))
    });
    rows.collect()
}
