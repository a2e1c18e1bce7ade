//! The order of an answer's root fields: the library answers them as they are done, the specification asks for the order
//! of the selection, and an order that tells what took long is a side door.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, PathSegment, Positioned, Value};

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
