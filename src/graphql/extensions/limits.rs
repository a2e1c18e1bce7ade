//! Limits on documents, checked after parsing and before the library's own validation, which would work for ever on a
//! document whose fragments double each other.
//!
//! Fragments are counted wherever they are spread. The walk stops as soon as a limit is passed, so its own cost is
//! bounded by the limits.

use crate::config::Limits;
use async_graphql::Name;
use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, FragmentDefinition, Selection, SelectionSet};
use std::collections::HashMap;

/// The deepest nesting of lists that introspection may ask for: what tools ask, and no more.
const INTROSPECTION_LISTS: usize = 2;
/// The deepest nesting that introspection may ask for.
const INTROSPECTION_DEPTH: usize = 24;

/// Which limit a document passes, in words.
///
/// # Errors
///
/// One sentence that names the limit.
pub fn check(document: &ExecutableDocument, limits: &Limits) -> Result<(), String> {
    for (_, operation) in document.operations.iter() {
        let mut walk = Walk {
            fragments: &document.fragments,
            limits,
            fields: 0,
            aliases: 0,
        };
        walk.set(&operation.node.selection_set.node, 1, None, &mut Vec::new())?;
    }
    Ok(())
}

struct Walk<'d> {
    fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
    limits: &'d Limits,
    fields: usize,
    aliases: usize,
}

impl<'d> Walk<'d> {
    /// `lists` counts the nested lists of an introspection, and is none outside of one.
    fn set(
        &mut self,
        set: &'d SelectionSet,
        depth: usize,
        lists: Option<usize>,
        spread: &mut Vec<&'d str>,
    ) -> Result<(), String> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    self.count(field.alias.is_some())?;
                    let name = field.name.node.as_str();
                    let lists = match (lists, name) {
                        (None, "__schema" | "__type") => Some(0),
                        (
                            Some(lists),
                            "fields" | "interfaces" | "possibleTypes" | "inputFields" | "types",
                        ) => Some(lists + 1),
                        (lists, _) => lists,
                    };
                    self.nest(depth, lists)?;
                    self.set(&field.selection_set.node, depth + 1, lists, spread)?;
                }
                Selection::InlineFragment(fragment) => {
                    self.set(&fragment.node.selection_set.node, depth, lists, spread)?
                }
                Selection::FragmentSpread(fragment) => {
                    let name = fragment.node.fragment_name.node.as_str();
                    if spread.contains(&name) {
                        return Err(format!("the fragment `{name}` spreads itself"));
                    }
                    self.count(false)?;
                    if let Some(fragment) = self.fragments.get(name) {
                        spread.push(name);
                        self.set(&fragment.node.selection_set.node, depth, lists, spread)?;
                        spread.pop();
                    }
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, alias: bool) -> Result<(), String> {
        self.fields += 1;
        self.aliases += usize::from(alias);
        if self.fields > self.limits.max_fields {
            return Err(format!(
                "the document selects more than {} fields",
                self.limits.max_fields
            ));
        }
        if self.aliases > self.limits.max_aliases {
            return Err(format!(
                "the document has more than {} aliases",
                self.limits.max_aliases
            ));
        }
        Ok(())
    }

    fn nest(&self, depth: usize, lists: Option<usize>) -> Result<(), String> {
        let deepest = if lists.is_some() {
            INTROSPECTION_DEPTH
        } else {
            self.limits.max_depth
        };
        if depth > deepest {
            return Err(format!("the document nests deeper than {deepest} levels"));
        }
        if lists.is_some_and(|lists| lists > INTROSPECTION_LISTS + 1) {
            return Err("the introspection nests lists too deep".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn checked(document: &str) -> Result<(), String> {
        check(&parse_query(document).expect("a document"), &Limits::default())
    }

    #[test]
    fn fragments_that_double_each_other_are_refused_before_they_cost_anything() {
        let mut document = "{ ...f0 ...f0 }".to_owned();
        for level in 0..30 {
            document.push_str(&format!(
                " fragment f{level} on Query {{ ...f{0} ...f{0} }}",
                level + 1
            ));
        }
        document.push_str(" fragment f30 on Query { __typename }");
        assert!(checked(&document).is_err_and(|why| why.contains("fields")));
        assert!(checked("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }").is_err());
    }

    #[test]
    fn tools_may_introspect_and_bombs_may_not() {
        let bomb =
            "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }";
        assert!(checked(bomb).is_err());
        assert!(
            checked("{ __schema { types { name fields { name type { ofType { ofType { name } } } } } } }")
                .is_ok()
        );
    }
}
