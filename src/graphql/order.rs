//! The order of an answer's root fields: the library answers them as they are done, the specification asks for the order
//! of the selection, and an order that tells what took long is a side door. A subscription has no order to keep: it has
//! one root field.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Name, PathSegment, Pos, Positioned, Value};

/// The response keys of an operation's root fields, in the order of the selection.
#[must_use]
pub fn root_keys(document: &ExecutableDocument, operation: Option<&OperationDefinition>) -> Vec<Name> {
    let mut fields = Vec::new();
    if let Some(operation) = operation {
        collect(document, &operation.selection_set.node, &mut fields);
    }
    let mut keys = Vec::new();
    for field in fields {
        let key = &field.node.response_key().node;
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys
}

fn collect<'d>(
    document: &'d ExecutableDocument,
    set: &'d SelectionSet,
    fields: &mut Vec<&'d Positioned<Field>>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => fields.push(field),
            Selection::InlineFragment(fragment) => {
                collect(document, &fragment.node.selection_set.node, fields);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(document, &fragment.node.selection_set.node, fields);
                }
            }
        }
    }
}

/// Where a subscription selects anything but one root field, and that in the operation itself.
///
/// The specification asks for a single root field. The library would mix the streams of several, and leaves out of its
/// streams what a fragment selects.
#[must_use]
pub fn beyond_single_root(document: &ExecutableDocument) -> Option<Pos> {
    let subscriptions = document
        .operations
        .iter()
        .map(|(_, operation)| &operation.node)
        .filter(|operation| operation.ty == OperationType::Subscription);
    for subscription in subscriptions {
        let mut roots = subscription.selection_set.node.items.iter();
        let first = roots
            .next()
            .filter(|root| !matches!(root.node, Selection::Field(_)));
        if let Some(beyond) = first.or(roots.next()) {
            return Some(beyond.pos);
        }
    }
    None
}

/// The same data with its root fields in the order of the keys.
#[must_use]
pub fn ordered(data: Value, keys: &[Name]) -> Value {
    let Value::Object(mut fields) = data else {
        return data;
    };
    if fields.len() < 2 {
        return Value::Object(fields);
    }
    let mut ordered: IndexMap<Name, Value> = IndexMap::with_capacity(fields.len());
    for key in keys {
        if let Some((key, value)) = fields.swap_remove_entry(key) {
            ordered.insert(key, value);
        }
    }
    ordered.extend(fields);
    Value::Object(ordered)
}

/// The place of a path's root field in the order of the keys.
#[must_use]
pub fn place(path: &[PathSegment], keys: &[Name]) -> Option<usize> {
    let Some(PathSegment::Field(root)) = path.first() else {
        return None;
    };
    keys.iter().position(|key| key.as_str() == root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    #[test]
    fn a_subscription_has_one_root_field_written_where_it_is_read() {
        for (document, beyond) in [
            ("subscription { notices { sequence } }", None),
            ("query { viewer { kind } serviceInfo { version } }", None),
            (
                "subscription { a: notices { sequence } b: notices { sequence } }",
                Some(40),
            ),
            ("subscription { notices { sequence } notices { type } }", Some(37)),
            (
                "subscription { notices { sequence } ...F } fragment F on Subscription { departures { type } }",
                Some(37),
            ),
            (
                "subscription { ... { notices { sequence } departures { sequence } } }",
                Some(16),
            ),
            (
                "subscription { ...F } fragment F on Subscription { notices { type } }",
                Some(16),
            ),
            (
                "query A { viewer { kind } } subscription B { notices { type } departures { type } }",
                Some(63),
            ),
        ] {
            let parsed = parse_query(document).expect("a document");
            let column = beyond_single_root(&parsed).map(|at| at.column);
            assert_eq!(column, beyond, "{document}");
        }
    }

    #[test]
    fn what_is_said_of_root_fields_is_sorted_by_the_selection_and_otherwise_left_as_it_came() {
        let document = parse_query("{ ...F b: cases { id } a } fragment F on Query { c b: cases { id } }");
        let document = document.expect("a document");
        let operation = document
            .operations
            .iter()
            .next()
            .map(|(_, operation)| &operation.node);
        let keys = root_keys(&document, operation);
        assert_eq!(keys, ["c", "b", "a"]);
        let field = |name: &str| PathSegment::Field(name.to_owned());
        let mut paths = [
            vec![field("a"), field("y")],
            vec![field("b"), PathSegment::Index(1)],
            vec![field("a"), field("x")],
            vec![field("b"), PathSegment::Index(0)],
            vec![field("c")],
            vec![],
        ];
        paths.sort_by_cached_key(|path| place(path, &keys));
        assert_eq!(
            paths,
            [
                vec![],
                vec![field("c")],
                vec![field("b"), PathSegment::Index(1)],
                vec![field("b"), PathSegment::Index(0)],
                vec![field("a"), field("y")],
                vec![field("a"), field("x")],
            ]
        );
    }
}
