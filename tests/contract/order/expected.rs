//! What the specification makes of a document: its `CollectFields` (6.3.2), written once more and not by the code under
//! test.

use super::ordered::Ordered;
use async_graphql::Positioned;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{
    Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};

/// A document with one operation, asked without variables but for ids.
pub struct Expected {
    document: ExecutableDocument,
}

/// The response keys of a selection in order, each with the fields that answer to it.
type Collected<'d> = Vec<(&'d str, Vec<&'d Field>)>;

impl Expected {
    /// What is expected of the answer to a document.
    pub fn of(document: &str) -> Self {
        let document = parse_query(document).unwrap_or_else(|fault| panic!("{fault} in {document}"));
        Self { document }
    }

    /// Holds the data of an answer to the document.
    pub fn holds(&self, data: &Ordered) {
        self.object(&[&self.operation().selection_set.node], data, "data");
    }

    fn operation(&self) -> &OperationDefinition {
        let (_, operation) = self.document.operations.iter().next().expect("an operation");
        &operation.node
    }

    fn object(&self, sets: &[&SelectionSet], value: &Ordered, path: &str) {
        let entries = match value {
            Ordered::Object(entries) => entries,
            Ordered::List(values) => {
                for (place, value) in values.iter().enumerate() {
                    self.object(sets, value, &format!("{path}.{place}"));
                }
                return;
            }
            Ordered::Leaf(value) => {
                assert!(value.is_null(), "{path}: {value} has no fields");
                return;
            }
        };
        let mut collected = Collected::new();
        for set in sets {
            self.collect(set, &mut collected);
        }
        let expected: Vec<&str> = collected.iter().map(|(key, _)| *key).collect();
        assert_eq!(value.keys(), expected, "the keys of {path}");
        for ((key, value), (_, fields)) in entries.iter().zip(collected) {
            let sets = fields.iter().map(|field| &field.selection_set.node);
            let sets: Vec<&SelectionSet> = sets.filter(|set| !set.items.is_empty()).collect();
            if !sets.is_empty() {
                self.object(&sets, value, &format!("{path}.{key}"));
            }
        }
    }

    fn collect<'d>(&'d self, set: &'d SelectionSet, collected: &mut Collected<'d>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) if self.is_included(&field.node.directives) => {
                    let key = field.node.response_key().node.as_str();
                    match collected.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, fields)) => fields.push(&field.node),
                        None => collected.push((key, vec![&field.node])),
                    }
                }
                Selection::InlineFragment(fragment) if self.is_included(&fragment.node.directives) => {
                    let condition = fragment.node.type_condition.as_ref();
                    if condition.is_none_or(|condition| applies(set, &condition.node.on.node)) {
                        self.collect(&fragment.node.selection_set.node, collected);
                    }
                }
                Selection::FragmentSpread(spread) if self.is_included(&spread.node.directives) => {
                    let fragment = &self.document.fragments[&spread.node.fragment_name.node];
                    self.collect(&fragment.node.selection_set.node, collected);
                }
                _ => {}
            }
        }
    }

    /// By `@include` and `@skip`, whose variables have their defaults.
    fn is_included(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().all(|directive| {
            let (_, condition) = directive.node.arguments.first().expect("an argument");
            let condition = condition.node.to_string();
            let holds = match condition.strip_prefix('$') {
                Some(variable) => self.default_of(variable),
                None => condition == "true",
            };
            holds == (directive.node.name.node == "include")
        })
    }

    fn default_of(&self, variable: &str) -> bool {
        let mut definitions = self.operation().variable_definitions.iter();
        let found = definitions.find(|definition| definition.node.name.node == variable);
        let default = found.and_then(|definition| definition.node.default_value.as_ref());
        default.is_some_and(|default| default.node == async_graphql::Value::Boolean(true))
    }
}

/// In these documents, what is asked of a person or a case is asked where there is a case.
fn applies(among: &SelectionSet, condition: &str) -> bool {
    let of_a_case = |selection: &Positioned<Selection>| match &selection.node {
        Selection::InlineFragment(fragment) => {
            let condition = fragment.node.type_condition.as_ref();
            condition.is_some_and(|condition| condition.node.on.node == "Case")
        }
        _ => false,
    };
    condition != "Person" || !among.items.iter().any(of_a_case)
}
