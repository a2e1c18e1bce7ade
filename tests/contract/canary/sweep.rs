//! Everything at once: of rows that a viewer names by their ids, every field that is asked for without an argument.

use super::ask::{Asked, Selected};
use super::shape::{FieldOf, Shape};
use serde_json::{Map, json};

/// How deep it goes below a row that has an id.
const DEEP: usize = 4;

/// How many fields one question asks for at most.
const FIELDS: usize = 420;

/// The questions that together ask for everything of rows of a type, each to be asked with `$ids`.
pub fn questions(shape: &Shape, of: &str) -> Vec<Asked> {
    let mut parts: Vec<(usize, String, Vec<Selected>)> = Vec::new();
    for field in shape.fields(of).iter().filter(|field| field.name != "id") {
        let Some((count, text, mut selected)) = whole(shape, field, DEEP) else {
            continue;
        };
        selected.on = Some(of.to_owned());
        match parts.last_mut().filter(|(fields, ..)| fields + count <= FIELDS) {
            Some((fields, all, below)) => {
                *fields += count;
                all.push_str(&text);
                below.push(selected);
            }
            None => parts.push((count, text, vec![selected])),
        }
    }
    let asked = parts.into_iter().map(|(_, text, mut below)| {
        below.push(id(Some(of)));
        Asked {
            text: format!(
                "query($ids: [ID!]!) {{ nodes(ids: $ids) {{ t_: __typename ... on {of} {{ id {text} }} }} }}"
            ),
            variables: Map::new(),
            said: Vec::new(),
            root: "Query",
            selected: vec![Selected {
                key: "nodes".to_owned(),
                field: "nodes".to_owned(),
                of: "Node".to_owned(),
                on: None,
                below,
            }],
        }
    });
    asked.collect()
}

/// The same question with the ids of these rows.
pub fn with_ids(asked: &mut Asked, ids: &[String]) {
    asked.variables.insert("ids".to_owned(), json!(ids));
}

fn id(on: Option<&str>) -> Selected {
    Selected {
        key: "id".to_owned(),
        field: "id".to_owned(),
        of: "ID".to_owned(),
        on: on.map(str::to_owned),
        below: Vec::new(),
    }
}

/// A field with everything below it, as far as that has no id of its own.
fn whole(shape: &Shape, field: &FieldOf, deep: usize) -> Option<(usize, String, Selected)> {
    if field.arguments.iter().any(|argument| argument.required) {
        return None;
    }
    let (mut count, mut text, mut below) = (1, field.name.clone(), Vec::new());
    let of = &field.of.base;
    if shape.has_id(of) {
        text.push_str(" { id }");
        below.push(id(None));
        count += 1;
    } else if !shape.is_leaf(of) {
        if deep == 0 {
            return None;
        }
        text.push_str(" { ");
        for field in shape.fields(of) {
            if let Some((fields, inner, selected)) = whole(shape, field, deep - 1) {
                count += fields;
                text.push_str(&inner);
                below.push(selected);
            }
        }
        text.push('}');
    }
    text.push(' ');
    let selected = Selected {
        key: field.name.clone(),
        field: field.name.clone(),
        of: of.clone(),
        on: None,
        below,
    };
    Some((count, text, selected))
}
