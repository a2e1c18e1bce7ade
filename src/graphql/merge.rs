//! Root fields that are selected twice under one key: the library would execute both and join what comes first.

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned};

/// Joins root fields of the same response key into the first of them, in every operation of a document.
///
/// Validation has them ask for the same field with the same arguments, so their selections are one. A field with a
/// directive is left alone: it may not be asked for at all.
pub fn merge_roots(document: &mut ExecutableDocument) {
    use async_graphql::parser::types::DocumentOperations;
    match &mut document.operations {
        DocumentOperations::Single(operation) => merge(&mut operation.node.selection_set.node),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                merge(&mut operation.node.selection_set.node);
            }
        }
    }
}

fn merge(set: &mut SelectionSet) {
    let mut merged: Vec<Positioned<Selection>> = Vec::with_capacity(set.items.len());
    for selection in set.items.drain(..) {
        let twin = plain(&selection.node)
            .and_then(|field| merged.iter().position(|known| is_twin(&known.node, field)));
        match (twin, selection.node) {
            (Some(index), Selection::Field(second)) => {
                if let Selection::Field(first) = &mut merged[index].node {
                    let first = &mut first.node.selection_set.node.items;
                    first.extend(second.node.selection_set.node.items);
                }
            }
            (_, node) => merged.push(Positioned::new(node, selection.pos)),
        }
    }
    set.items = merged;
}

/// A field without directives.
fn plain(selection: &Selection) -> Option<&Field> {
    match selection {
        Selection::Field(field) if field.node.directives.is_empty() => Some(&field.node),
        _ => None,
    }
}

fn is_twin(selection: &Selection, field: &Field) -> bool {
    let key = |field: &Field| -> Name { field.response_key().node.clone() };
    let same = |known: &Field| {
        key(known) == key(field)
            && known.name.node == field.name.node
            && known.arguments.len() == field.arguments.len()
            && known
                .arguments
                .iter()
                .zip(&field.arguments)
                .all(|(one, other)| one.0.node == other.0.node && one.1.node == other.1.node)
    };
    plain(selection).is_some_and(same)
}
