//! What a request selects, worked out once: fragments spread, type conditions decided, equal response keys merged. The
//! same plan says what to load and what to write.

use crate::policy::fields::Field;
use crate::store::Want;
use async_graphql::parser::types::{FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Context, Name, Positioned};
use std::collections::HashMap;

/// An object type as far as a plan needs to know it.
pub trait Shape: Sync {
    /// Name of the type.
    fn name(&self) -> String;
    /// Whether it implements `Node`.
    fn is_node(&self) -> bool;
    /// The field of this name.
    fn column(&self, name: &str) -> Option<ColumnShape>;
}

/// A field of an object type as far as a plan needs to know it.
pub struct ColumnShape {
    /// Its place in the type's table.
    pub index: usize,
    /// Its line of the policy, if it has one.
    pub field: Option<Field>,
    /// The object type behind it, if there is one.
    pub of: Option<&'static dyn Shape>,
}

/// What is selected of one object type.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The fields, in the order of the selection.
    pub items: Vec<Item>,
}

/// One selected field.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its key in the answer.
    pub key: Name,
    /// Its place in the type's table; none for `__typename`.
    pub index: Option<usize>,
    /// Its line of the policy.
    pub field: Option<Field>,
    /// What is selected of the object behind it.
    pub of: Plan,
}

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

impl Plan {
    /// The plan of a selection on an object type.
    #[must_use]
    pub fn of(shape: &'static dyn Shape, selected: &SelectionSet, fragments: &Fragments) -> Self {
        Self::merged(shape, &[selected], fragments)
    }

    fn merged(shape: &'static dyn Shape, sets: &[&SelectionSet], fragments: &Fragments) -> Self {
        let mut found: Vec<(Name, &str, Vec<&SelectionSet>)> = Vec::new();
        for set in sets {
            collect(shape, set, fragments, &mut found);
        }
        let items = found.into_iter().filter_map(|(key, name, sets)| {
            if name == "__typename" {
                return Some(Item {
                    key,
                    index: None,
                    field: None,
                    of: Self::default(),
                });
            }
            let column = shape.column(name)?;
            let of = column
                .of
                .map(|of| Self::merged(of, &sets, fragments))
                .unwrap_or_default();
            Some(Item {
                key,
                index: Some(column.index),
                field: column.field,
                of,
            })
        });
        Self {
            items: items.collect(),
        }
    }

    /// What has to be loaded for this plan.
    #[must_use]
    pub fn want(&self) -> Want {
        let mut want = Want::default();
        for item in &self.items {
            if let Some(field) = item.field {
                want.add(field, item.of.want());
            }
        }
        want
    }
}

fn collect<'q>(
    shape: &'static dyn Shape,
    set: &'q SelectionSet,
    fragments: &'q Fragments,
    found: &mut Vec<(Name, &'q str, Vec<&'q SelectionSet>)>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let field = &field.node;
                let key = &field.response_key().node;
                match found.iter_mut().find(|(known, _, _)| known == key) {
                    Some((_, _, sets)) => sets.push(&field.selection_set.node),
                    None => found.push((
                        key.clone(),
                        field.name.node.as_str(),
                        vec![&field.selection_set.node],
                    )),
                }
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment
                    .node
                    .type_condition
                    .as_ref()
                    .map(|condition| condition.node.on.node.as_str());
                if condition.is_none_or(|condition| applies(shape, condition)) {
                    collect(shape, &fragment.node.selection_set.node, fragments, found);
                }
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node)
                    && applies(shape, fragment.node.type_condition.node.on.node.as_str())
                {
                    collect(shape, &fragment.node.selection_set.node, fragments, found);
                }
            }
        }
    }
}

fn applies(shape: &'static dyn Shape, condition: &str) -> bool {
    condition == shape.name() || (condition == "Node" && shape.is_node())
}

/// What is wanted of rows that stand some fields below the current one, along each of the given paths of field names.
pub fn want_behind(shape: &'static dyn Shape, context: &Context<'_>, paths: &[&[&str]]) -> Want {
    let fragments = &context.query_env.fragments;
    let mut sets = Vec::new();
    for path in paths {
        below(&context.item.node.selection_set.node, path, fragments, &mut sets);
    }
    Plan::merged(shape, &sets, fragments).want()
}

/// The selections some fields below a selection; types between are concrete, so type conditions need no decision.
fn below<'q>(
    set: &'q SelectionSet,
    path: &[&str],
    fragments: &'q Fragments,
    found: &mut Vec<&'q SelectionSet>,
) {
    let Some((name, rest)) = path.split_first() else {
        found.push(set);
        return;
    };
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) if field.node.name.node == *name => {
                below(&field.node.selection_set.node, rest, fragments, found);
            }
            Selection::Field(_) => {}
            Selection::InlineFragment(fragment) => {
                below(&fragment.node.selection_set.node, path, fragments, found);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                    below(&fragment.node.selection_set.node, path, fragments, found);
                }
            }
        }
    }
}

/// Whether a field of the given name is selected below the current one.
pub fn selects(context: &Context<'_>, name: &str) -> bool {
    let mut found = Vec::new();
    below(
        &context.item.node.selection_set.node,
        &[name],
        &context.query_env.fragments,
        &mut found,
    );
    !found.is_empty()
}
