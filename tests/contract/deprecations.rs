//! What goes is said to go: in the schema, in one table, with what takes its place and until when there is time.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    ConstDirective, FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Positioned, Value};
use avrr_gateway::graphql::deprecations::DEPRECATIONS;
use avrr_gateway::graphql::sdl;
use std::collections::BTreeMap;

/// Everything in the schema that has a coordinate, with the reason for which it goes, if it does.
#[derive(Default)]
struct Places(BTreeMap<String, Option<String>>);

impl Places {
    fn of(text: &str) -> Self {
        let document = parse_schema(text).expect("a schema");
        let mut places = Self::default();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let of = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => places.fields(&of, &object.fields),
                TypeKind::Interface(interface) => places.fields(&of, &interface.fields),
                TypeKind::InputObject(input) => {
                    places.inputs(&input.fields, |name| format!("{of}.{name}"));
                }
                TypeKind::Enum(words) => {
                    for word in &words.values {
                        let (word, directives) = (&word.node.value.node, &word.node.directives);
                        places.put(format!("{of}.{word}"), directives);
                    }
                }
                TypeKind::Scalar | TypeKind::Union(_) => {}
            }
        }
        places
    }

    fn fields(&mut self, of: &str, fields: &[Positioned<FieldDefinition>]) {
        for field in fields.iter().map(|field| &field.node) {
            let coordinate = format!("{of}.{}", field.name.node);
            self.put(coordinate.clone(), &field.directives);
            self.inputs(&field.arguments, |name| format!("{coordinate}({name}:)"));
        }
    }

    fn inputs(&mut self, inputs: &[Positioned<InputValueDefinition>], spelt: impl Fn(&str) -> String) {
        for input in inputs.iter().map(|input| &input.node) {
            self.put(spelt(input.name.node.as_str()), &input.directives);
        }
    }

    fn put(&mut self, coordinate: String, directives: &[Positioned<ConstDirective>]) {
        let mut directives = directives.iter().map(|directive| &directive.node);
        let reason = directives
            .find(|directive| directive.name.node == "deprecated")
            .map(
                |directive| match directive.get_argument("reason").map(|reason| &reason.node) {
                    Some(Value::String(reason)) => reason.clone(),
                    _ => String::new(),
                },
            );
        self.0.insert(coordinate, reason);
    }
}

#[test]
fn what_the_schema_marks_is_what_the_table_says() {
    let places = Places::of(&sdl(None));
    assert!(places.0.len() > 2_000, "only {} places were read", places.0.len());
    let marked = places.0.iter();
    let marked = marked.filter_map(|(place, reason)| Some((place.clone(), reason.clone()?)));
    let marked: BTreeMap<String, String> = marked.collect();
    let table: BTreeMap<String, String> = DEPRECATIONS
        .iter()
        .map(|goes| (goes.coordinate.to_owned(), goes.reason()))
        .collect();
    assert_eq!(
        marked, table,
        "src/graphql/deprecations.rs says what goes, and nothing else does"
    );
    assert_eq!(
        table.len(),
        DEPRECATIONS.len(),
        "a place stands in the table twice"
    );
}

#[test]
fn what_takes_the_place_of_what_goes_is_there_and_stays() {
    let places = Places::of(&sdl(None));
    for goes in DEPRECATIONS {
        let instead = places.0.get(goes.instead);
        assert_eq!(
            instead,
            Some(&None),
            "{}: {} does not do",
            goes.coordinate,
            goes.instead
        );
    }
}

#[test]
fn a_mark_without_a_reason_is_not_overlooked() {
    let places = Places::of(
        "type Query { a(b: Int @deprecated): Int @deprecated(reason: \"so\") c: E } enum E { D @deprecated }",
    );
    assert_eq!(
        places.0.into_iter().collect::<Vec<_>>(),
        [
            ("E.D".to_owned(), Some(String::new())),
            ("Query.a".to_owned(), Some("so".to_owned())),
            ("Query.a(b:)".to_owned(), Some(String::new())),
            ("Query.c".to_owned(), None),
        ]
    );
}
