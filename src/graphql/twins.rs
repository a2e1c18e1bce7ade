//! Root fields that are selected twice under one key, which the library executes one by one and joins as they are done:
//! here their answer is put into the order of the selection again, at every level.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Value};

/// The response keys of a selection, in order, each with those of what is selected behind it.
pub struct Layout(Vec<(Name, Layout)>);

/// The layout of an operation, if it selects a root field twice under one key.
#[must_use]
pub fn layout(document: &ExecutableDocument, operation: &OperationDefinition) -> Option<Layout> {
    let roots = collected(document, &[&operation.selection_set.node]);
    let has_twins = roots.iter().any(|(_, sets)| sets.len() > 1);
    has_twins.then(|| laid_out(document, roots))
}

/// A value in the order of a layout.
#[must_use]
pub fn arranged(value: Value, layout: &Layout) -> Value {
    match value {
        Value::List(values) => Value::List(values.into_iter().map(|value| arranged(value, layout)).collect()),
        Value::Object(mut fields) => {
            let mut ordered: IndexMap<Name, Value> = IndexMap::with_capacity(fields.len());
            for (key, behind) in &layout.0 {
                if let Some((key, value)) = fields.swap_remove_entry(key) {
                    ordered.insert(key, arranged(value, behind));
                }
            }
            ordered.extend(fields);
            Value::Object(ordered)
        }
        value => value,
    }
}

type Selected<'d> = Vec<(&'d Name, Vec<&'d SelectionSet>)>;

fn laid_out(document: &ExecutableDocument, selected: Selected<'_>) -> Layout {
    let behind = |sets: &[&SelectionSet]| laid_out(document, collected(document, sets));
    Layout(
        selected
            .into_iter()
            .map(|(key, sets)| (key.clone(), behind(&sets)))
            .collect(),
    )
}

fn collected<'d>(document: &'d ExecutableDocument, sets: &[&'d SelectionSet]) -> Selected<'d> {
    let mut selected = Vec::new();
    for set in sets {
        collect(document, set, &mut selected);
    }
    selected
}

fn collect<'d>(document: &'d ExecutableDocument, set: &'d SelectionSet, selected: &mut Selected<'d>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let (key, behind) = (&field.node.response_key().node, &field.node.selection_set.node);
                match selected.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, sets)) => sets.push(behind),
                    None => selected.push((key, vec![behind])),
                }
            }
            Selection::InlineFragment(fragment) => {
                collect(document, &fragment.node.selection_set.node, selected);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    collect(document, &fragment.node.selection_set.node, selected);
                }
            }
        }
    }
}
