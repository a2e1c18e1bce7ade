//! Questions that are made up from the schema: what is selected, how deep, under which names, in which fragments, with
//! which arguments.

use super::dice::Dice;
use super::shape::{Argument, FieldOf, Of, Shape, Typed};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// A question, and what its answer is to be read by.
pub struct Asked {
    pub text: String,
    pub variables: Map<String, Value>,
    /// Canaries that stand in the question itself.
    pub said: Vec<String>,
    /// The type that it starts from.
    pub root: &'static str,
    /// What it selects.
    pub selected: Vec<Selected>,
}

/// A field that is selected.
pub struct Selected {
    /// The name that it has in the answer.
    pub key: String,
    /// Its name in the schema.
    pub field: String,
    /// The type that it is of.
    pub of: String,
    /// The type that it is selected on, behind an interface.
    pub on: Option<String>,
    pub below: Vec<Selected>,
}

/// Values to fill arguments with.
#[derive(Default)]
pub struct Pool {
    /// Ids of the viewer's own, of rows within reach and out of reach.
    pub own: Vec<String>,
    /// Ids that were made for others, or for nobody.
    pub foreign: Vec<String>,
    /// Cursors, whole and broken, the viewer's own and others'.
    pub cursors: Vec<String>,
    /// Canaries.
    pub words: Vec<String>,
}

/// How much a question may ask for; the program's own limits are a little above.
const FIELDS: usize = 70;
const ALIASES: usize = 30;
const DEEP: usize = 8;

/// Types that have an id and are looked up by it.
const LOOKED_UP: &[&str] = &[
    "Case",
    "Person",
    "Consent",
    "TravelDocumentRequest",
    "Itinerary",
    "CashGrant",
    "ReintegrationPackage",
    "Referral",
    "Movement",
    "Notice",
    "Organisation",
    "Client",
    "Project",
];

/// Makes up one question.
pub struct Writer<'a> {
    shape: &'a Shape,
    pool: &'a Pool,
    pub dice: Dice,
    fields: usize,
    aliases: usize,
    names: usize,
    /// Whether ids are to name nothing, so that a command finds no row.
    astray: bool,
    definitions: Vec<String>,
    variables: Map<String, Value>,
    fragments: Vec<String>,
    said: Vec<String>,
}

impl<'a> Writer<'a> {
    pub fn new(shape: &'a Shape, pool: &'a Pool, dice: Dice) -> Self {
        Self {
            shape,
            pool,
            dice,
            fields: FIELDS,
            aliases: ALIASES,
            names: 0,
            astray: false,
            definitions: Vec::new(),
            variables: Map::new(),
            fragments: Vec::new(),
            said: Vec::new(),
        }
    }

    /// A query of one to three root fields.
    pub fn query(mut self) -> Asked {
        let mut parts = String::new();
        let mut selected = Vec::new();
        for _ in 0..=self.dice.below(3) {
            let root = self.dice.pick(self.shape.fields("Query"));
            self.take(root, DEEP, true, &mut parts, &mut selected);
        }
        self.finish("query", "Query", &parts, selected)
    }

    /// A query that names one of these words wherever a text can be given to a filter.
    pub fn query_for(mut self, word: &str) -> Asked {
        self.said.push(word.to_owned());
        let (inner, below) = self.selection("CaseConnection", 4);
        let parts = format!(
            "cases(first: 5, filter: {{ reference: {} }}) {{ {inner} }}",
            json!(word)
        );
        let selected = vec![Selected {
            key: "cases".to_owned(),
            field: "cases".to_owned(),
            of: "CaseConnection".to_owned(),
            on: None,
            below,
        }];
        self.finish("query", "Query", &parts, selected)
    }

    /// A command whose ids name nothing, or whose version is far ahead: it changes nothing.
    ///
    /// Nothing is returned for a command that names no row.
    pub fn command(mut self) -> Option<Asked> {
        let commands = self.shape.fields("Mutation");
        let command = self.dice.pick(commands);
        let input = command.arguments.first()?;
        let Of::Input(fields, _) = self.shape.of(&input.of.base) else {
            return None;
        };
        let versioned = fields
            .iter()
            .any(|field| field.name == "expectedVersion" && field.required);
        let named = fields.iter().any(|field| field.required && field.of.base == "ID");
        if !versioned && !named {
            return None;
        }
        self.astray = !versioned;
        let (mut parts, mut selected) = (String::new(), Vec::new());
        self.take(command, 5, false, &mut parts, &mut selected);
        Some(self.finish("mutation", "Mutation", &parts, selected))
    }

    /// A subscription to everything that the viewer was told.
    pub fn subscription(mut self) -> Asked {
        let (inner, below) = self.selection("Notice", 5);
        let parts = format!("notices(afterSequence: 0) {{ {inner} }}");
        let selected = vec![Selected {
            key: "notices".to_owned(),
            field: "notices".to_owned(),
            of: "Notice".to_owned(),
            on: None,
            below,
        }];
        self.finish("subscription", "Subscription", &parts, selected)
    }

    /// A document that is no document any more.
    pub fn broken(self) -> Asked {
        let mut dice = self.dice.clone();
        let words = self.pool.words.clone();
        let mut asked = self.query();
        let cut = dice.below(asked.text.len());
        let cut = (cut..=asked.text.len())
            .find(|at| asked.text.is_char_boundary(*at))
            .unwrap_or_default();
        let rest = asked.text.split_off(cut);
        match dice.below(4) {
            0 => {}
            1 => {
                let _ = write!(asked.text, " diagnosisOfEverybody {rest}");
            }
            2 => {
                let word = dice.pick(&words).clone();
                let _ = write!(asked.text, " \"{word}\" {rest}");
                asked.said.push(word);
            }
            _ => {
                let _ = write!(asked.text, "}} ... on Person {{ diagnosi }} {rest}");
            }
        }
        asked.selected.clear();
        asked
    }

    fn finish(self, kind: &str, root: &'static str, parts: &str, selected: Vec<Selected>) -> Asked {
        let definitions = if self.definitions.is_empty() {
            String::new()
        } else {
            format!("({})", self.definitions.join(", "))
        };
        let fragments = self.fragments.join("\n");
        Asked {
            text: format!("{kind} Made{definitions} {{ {parts} }}\n{fragments}"),
            variables: self.variables,
            said: self.said,
            root,
            selected,
        }
    }

    /// Selects some fields of a type.
    fn selection(&mut self, of: &str, deep: usize) -> (String, Vec<Selected>) {
        let (mut text, mut selected) = (String::new(), Vec::new());
        if self.shape.fields(of).is_empty() {
            text.push_str("t_: __typename ");
            let on = *self.dice.pick(LOOKED_UP);
            let (inner, mut below) = self.selection(on, deep);
            let _ = write!(text, "... on {on} {{ {inner} }}");
            for field in &mut below {
                field.on = Some(on.to_owned());
            }
            return (text, below);
        }
        if self.shape.has_id(of) && self.dice.chance(92) {
            self.fields = self.fields.saturating_sub(1);
            let key = if self.dice.chance(10) { self.alias() } else { None };
            let key = key.unwrap_or_else(|| "id".to_owned());
            text.push_str(if key == "id" { "" } else { &key });
            text.push_str(if key == "id" { "id " } else { ": id " });
            selected.push(Selected {
                key,
                field: "id".to_owned(),
                of: "ID".to_owned(),
                on: None,
                below: Vec::new(),
            });
        }
        let fields = self.shape.fields(of);
        let connection = fields.iter().find(|field| field.name == "nodes");
        for nth in 0..=self.dice.below(9) {
            let field = match connection {
                Some(nodes) if nth == 0 => nodes,
                _ => self.dice.pick(fields),
            };
            if self.fields > 0 && (field.name != "id" || of == "PageInfo") {
                self.take(field, deep, nth > 0, &mut text, &mut selected);
            }
        }
        if text.is_empty() {
            text.push_str("__typename");
        }
        (text, selected)
    }

    /// Selects one field, somehow.
    fn take(
        &mut self,
        field: &FieldOf,
        deep: usize,
        wrapped: bool,
        text: &mut String,
        selected: &mut Vec<Selected>,
    ) {
        let leaf = self.shape.is_leaf(&field.of.base);
        if (!leaf && deep == 0) || self.fields == 0 {
            return;
        }
        self.fields -= 1;
        let taken = selected.iter().any(|other| other.key == field.name);
        let mut key = field.name.clone();
        let mut part = String::new();
        if taken || self.dice.chance(12) {
            let Some(alias) = self.alias() else { return };
            let _ = write!(part, "{alias}: ");
            key = alias;
        }
        part.push_str(&field.name);
        let arguments = self.arguments(&field.arguments);
        part.push_str(&arguments);
        if wrapped && self.dice.chance(6) {
            let kind = if self.dice.chance(50) { "include" } else { "skip" };
            let word = if self.dice.chance(50) {
                let name = self.variable("Boolean!", json!(kind == "include"));
                format!("${name}")
            } else {
                self.dice.pick(&["true", "false"]).to_string()
            };
            let _ = write!(part, " @{kind}(if: {word})");
        }
        let mut below = Vec::new();
        if !leaf {
            let (inner, fields) = self.selection(&field.of.base, deep - 1);
            let _ = write!(part, " {{ {inner} }}");
            below = fields;
        }
        if wrapped && self.dice.chance(8) {
            part = format!("... {{ {part} }}");
        }
        text.push_str(&part);
        text.push(' ');
        selected.push(Selected {
            key,
            field: field.name.clone(),
            of: field.of.base.clone(),
            on: None,
            below,
        });
    }

    fn alias(&mut self) -> Option<String> {
        self.aliases = self.aliases.checked_sub(1)?;
        self.names += 1;
        Some(format!("a{}", self.names))
    }

    fn variable(&mut self, of: &str, value: Value) -> String {
        self.names += 1;
        let name = format!("v{}", self.names);
        self.definitions.push(format!("${name}: {of}"));
        self.variables.insert(name.clone(), value);
        name
    }

    fn arguments(&mut self, arguments: &[Argument]) -> String {
        let pages = arguments.iter().any(|argument| argument.name == "first");
        let mut given = Vec::new();
        let from_the_end = self.dice.chance(12);
        for argument in arguments {
            let wanted = match argument.name.as_str() {
                "first" => !from_the_end,
                "last" => from_the_end,
                "after" | "before" if pages => self.dice.chance(12),
                _ => argument.required || self.dice.chance(30),
            };
            if !wanted {
                continue;
            }
            let value = match argument.name.as_str() {
                "first" | "last" => json!(self.dice.below(9)),
                "after" | "before" => json!(self.dice.pick(&self.pool.cursors)),
                _ => self.value(&argument.of, &argument.name, 3),
            };
            let text = if self.dice.chance(50) {
                let name = self.variable(&argument.of.text, value);
                format!("{}: ${name}", argument.name)
            } else {
                format!("{}: {}", argument.name, self.literal(&value, &argument.of))
            };
            given.push(text);
        }
        if given.is_empty() {
            String::new()
        } else {
            format!("({})", given.join(", "))
        }
    }

    fn value(&mut self, of: &Typed, name: &str, deep: usize) -> Value {
        if of.list {
            let several = (0..=self.dice.below(3)).map(|_| self.single(&of.base, name, deep));
            return several.collect();
        }
        self.single(&of.base, name, deep)
    }

    fn single(&mut self, of: &str, name: &str, deep: usize) -> Value {
        match self.shape.of(of) {
            Of::Enum(values) => json!(self.dice.pick(values)),
            Of::Input(fields, true) => {
                let field = self.dice.pick(fields);
                let value = self.value(&field.of, &field.name, deep.saturating_sub(1));
                json!({ field.name.as_str(): value })
            }
            Of::Input(fields, false) => {
                let mut input = Map::new();
                for field in fields {
                    if field.required || (deep > 0 && self.dice.chance(35)) {
                        let value = self.value(&field.of, &field.name, deep.saturating_sub(1));
                        input.insert(field.name.clone(), value);
                    }
                }
                Value::Object(input)
            }
            _ => self.scalar(of, name),
        }
    }

    fn scalar(&mut self, of: &str, name: &str) -> Value {
        match of {
            "ID" if self.astray || self.dice.chance(30) => json!(self.dice.pick(&self.pool.foreign)),
            "ID" => json!(self.dice.pick(&self.pool.own)),
            "Int" if name == "expectedVersion" => json!(999_999),
            "Int" => json!(self.dice.below(40)),
            "Float" => json!(0.5),
            "Boolean" => json!(self.dice.chance(50)),
            "CountryCode" => json!(self.dice.pick(&["XKX", "SRB", "BIH", "IRQ", "PAK", "AFG"])),
            "CurrencyCode" => json!("EUR"),
            "AirportCode" => json!(self.dice.pick(&["BEG", "IST", "BGW"])),
            "FlightDesignator" => json!("TK1082"),
            "LanguageTag" => json!("ar"),
            "Date" | "BirthDate" => json!(format!("2026-0{}-12", 1 + self.dice.below(9))),
            "DateTime" => json!(format!("2026-0{}-12T09:30:00Z", 1 + self.dice.below(9))),
            _ if self.dice.chance(60) => {
                let word = self.dice.pick(&self.pool.words).clone();
                self.said.push(word.clone());
                json!(word)
            }
            _ => json!("somebody"),
        }
    }

    fn literal(&self, value: &Value, of: &Typed) -> String {
        match value {
            Value::Array(all) => {
                let all: Vec<String> = all.iter().map(|one| self.literal(one, of)).collect();
                format!("[{}]", all.join(", "))
            }
            Value::Object(fields) => {
                let Of::Input(known, _) = self.shape.of(&of.base) else {
                    return "null".to_owned();
                };
                let fields = fields.iter().filter_map(|(name, value)| {
                    let field = known.iter().find(|field| field.name == *name)?;
                    Some(format!("{name}: {}", self.literal(value, &field.of)))
                });
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
            Value::String(word) if matches!(self.shape.of(&of.base), Of::Enum(_)) => word.clone(),
            other => other.to_string(),
        }
    }
}
