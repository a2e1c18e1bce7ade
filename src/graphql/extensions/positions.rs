//! Whether each variable may stand where it is used (GraphQL, October 2021, 5.8.5). The library has the rule, but never asks
//! it: it looks at the value that a variable has in one request, and lets a document through that fails with the next.

use async_graphql::parser::types::{
    Directive, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
    VariableDefinition,
};
use async_graphql::registry::{MetaInputValue, MetaType, Registry};
use async_graphql::{Name, Pos, Positioned};
use async_graphql_value::Value;
use std::collections::HashSet;

/// Where a variable stands that does not fit there, and why not. What the library finds by itself is left to it: names that
/// there are not, and values of the wrong kind.
///
/// # Errors
///
/// One sentence, and the place of the argument.
pub fn check(document: &ExecutableDocument, registry: &Registry) -> Result<(), (String, Pos)> {
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        if operation.variable_definitions.is_empty() {
            continue;
        }
        let mut walk = Walk {
            document,
            registry,
            operation,
            walked: HashSet::new(),
        };
        walk.direct(&operation.directives)?;
        walk.set(Some(root(operation.ty)), &operation.selection_set.node)?;
    }
    Ok(())
}

fn root(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

struct Walk<'d> {
    document: &'d ExecutableDocument,
    registry: &'d Registry,
    operation: &'d OperationDefinition,
    walked: HashSet<&'d str>,
}

impl<'d> Walk<'d> {
    /// The limits on documents bound the walk, and it goes through each fragment once.
    fn set(&mut self, on: Option<&'d str>, set: &'d SelectionSet) -> Result<(), (String, Pos)> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    self.direct(&field.directives)?;
                    let known = on
                        .and_then(|on| self.registry.types.get(on))
                        .and_then(|ty| ty.fields()?.get(field.name.node.as_str()));
                    for (name, value) in &field.arguments {
                        match known.and_then(|known| known.args.get(name.node.as_str())) {
                            Some(place) => self.value(Place::of(place), &value.node, value.pos)?,
                            None if field.name.node == "__type" => {
                                self.value(Place::plain("String!"), &value.node, value.pos)?;
                            }
                            None => {}
                        }
                    }
                    self.set(known.map(|known| concrete(&known.ty)), &field.selection_set.node)?;
                }
                Selection::InlineFragment(fragment) => {
                    let fragment = &fragment.node;
                    self.direct(&fragment.directives)?;
                    let condition = fragment.type_condition.as_ref();
                    let on = condition.map_or(on, |condition| Some(condition.node.on.node.as_str()));
                    self.set(on, &fragment.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => {
                    self.direct(&spread.node.directives)?;
                    let name = &spread.node.fragment_name.node;
                    if !self.walked.insert(name) {
                        continue;
                    }
                    if let Some(fragment) = self.document.fragments.get(name) {
                        let fragment = &fragment.node;
                        self.direct(&fragment.directives)?;
                        let on = fragment.type_condition.node.on.node.as_str();
                        self.set(Some(on), &fragment.selection_set.node)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn direct(&self, directives: &[Positioned<Directive>]) -> Result<(), (String, Pos)> {
        for directive in directives {
            let directive = &directive.node;
            if !["skip", "include"].contains(&directive.name.node.as_str()) {
                continue;
            }
            for (_, value) in &directive.arguments {
                self.value(Place::plain("Boolean!"), &value.node, value.pos)?;
            }
        }
        Ok(())
    }

    fn value(&self, place: Place<'_>, value: &Value, at: Pos) -> Result<(), (String, Pos)> {
        match value {
            Value::Variable(name) => match self.definition(name) {
                Some(variable) if !place.takes(variable) => Err((
                    format!(
                        "a variable of type `{}` is used where `{}` is expected",
                        variable.var_type.node, place.ty
                    ),
                    at,
                )),
                _ => Ok(()),
            },
            Value::List(values) => {
                let item = place.item();
                values.iter().try_for_each(|value| self.value(item, value, at))
            }
            Value::Object(values) => {
                let Some(MetaType::InputObject { input_fields, .. }) =
                    self.registry.types.get(concrete(place.ty))
                else {
                    return Ok(());
                };
                values.iter().try_for_each(|(name, value)| {
                    let place = input_fields.get(name.as_str());
                    place.map_or(Ok(()), |place| self.value(Place::of(place), value, at))
                })
            }
            _ => Ok(()),
        }
    }

    fn definition(&self, name: &Name) -> Option<&'d VariableDefinition> {
        let mut definitions = self.operation.variable_definitions.iter();
        let found = definitions.find(|definition| definition.node.name.node == *name);
        found.map(|definition| &definition.node)
    }
}

/// A place for a value: its type, and whether something stands there if nothing is given.
#[derive(Clone, Copy)]
struct Place<'t> {
    ty: &'t str,
    has_default: bool,
}

impl<'t> Place<'t> {
    fn of(input: &'t MetaInputValue) -> Self {
        Self {
            ty: &input.ty,
            has_default: input.default_value.is_some(),
        }
    }

    fn plain(ty: &'t str) -> Self {
        Self {
            ty,
            has_default: false,
        }
    }

    /// The place of an item of a list; a place for one value takes a list of none.
    fn item(self) -> Self {
        let list = self.ty.strip_suffix('!').unwrap_or(self.ty);
        let item = list.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
        Self::plain(item.unwrap_or(self.ty))
    }

    fn takes(self, variable: &VariableDefinition) -> bool {
        let given = variable.var_type.node.to_string();
        let always = self.has_default
            || variable
                .default_value
                .as_ref()
                .is_some_and(|default| default.node != async_graphql::Value::Null);
        let place = match self.ty.strip_suffix('!') {
            Some(place) if always && !given.ends_with('!') => place,
            _ => self.ty,
        };
        fits(&given, place)
    }
}

/// Whether a variable of one type can stand where another is expected.
fn fits(given: &str, place: &str) -> bool {
    let inside = given.strip_suffix('!');
    if let Some(place) = place.strip_suffix('!') {
        return inside.is_some_and(|given| fits(given, place));
    }
    let given = inside.unwrap_or(given);
    match (items(given), items(place)) {
        (Some(given), Some(place)) => fits(given, place),
        (None, None) => given == place,
        _ => false,
    }
}

fn items(ty: &str) -> Option<&str> {
    ty.strip_prefix('[')?.strip_suffix(']')
}

/// A type without the lists and exclamation marks around it.
fn concrete(ty: &str) -> &str {
    ty.trim_matches(['[', ']', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn checked(text: &str) -> Result<(), String> {
        let document = parse_query(text).expect("a document");
        check(&document, &crate::graphql::registry()).map_err(|(why, _)| why)
    }

    #[test]
    fn a_variable_stands_where_its_type_fits() {
        for fine in [
            "query($id: ID!) { node(id: $id) { id } }",
            "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            "query($id: ID!) { nodes(ids: [$id]) { id } }",
            "query($n: Int) { cases(first: $n) { totalCount } }",
            "query($n: Int!) { cases(first: $n) { totalCount } }",
            "query($id: ID = \"x\") { node(id: $id) { id } }",
            "query($c: [IndicatorCode!]!) { indicators(codes: $c) { code } }",
            "query($by: [Dimension!]) { indicators(by: $by) { code } }",
            "query($f: CaseFilter) { cases(filter: $f) { totalCount } }",
            "query($s: CaseState!) { cases(filter: { state: [$s] }) { totalCount } }",
            "query($b: Boolean!) { viewer @include(if: $b) { clientId } }",
            "query($unknown: Int) { nothing(of: $unknown) { id } }",
            "query($n: String!) { __type(name: $n) { name } }",
            "mutation($i: OpenCaseInput!) { openCase(input: $i) { case { id } } }",
        ] {
            assert_eq!(checked(fine), Ok(()), "{fine}");
        }
    }

    #[test]
    fn a_variable_of_another_type_is_refused_whatever_its_value() {
        for (wrong, given, expected) in [
            ("query($id: Int!) { node(id: $id) { id } }", "Int!", "ID!"),
            ("query($id: ID) { node(id: $id) { id } }", "ID", "ID!"),
            ("query($id: ID = null) { node(id: $id) { id } }", "ID", "ID!"),
            (
                "query($ids: [ID]!) { nodes(ids: $ids) { id } }",
                "[ID]!",
                "[ID!]!",
            ),
            ("query($id: ID!) { nodes(ids: $id) { id } }", "ID!", "[ID!]!"),
            (
                "query($n: String) { cases(first: $n) { totalCount } }",
                "String",
                "Int",
            ),
            (
                "query($s: CaseState) { cases(filter: { state: [$s] }) { totalCount } }",
                "CaseState",
                "CaseState!",
            ),
            (
                "query($b: Boolean) { viewer { clientId @skip(if: $b) } }",
                "Boolean",
                "Boolean!",
            ),
            (
                "query($n: ID) { ...F } fragment F on Query { cases { nodes { id } } ... { cases(last: $n) { totalCount } } }",
                "ID",
                "Int",
            ),
            (
                "mutation($k: Int!) { openCase(input: { idempotencyKey: $k }) { case { id } } }",
                "Int!",
                "String!",
            ),
        ] {
            let why = checked(wrong).expect_err(wrong);
            let said = format!("of type `{given}` is used where `{expected}` is expected");
            assert!(why.ends_with(&said), "{wrong}: {why}");
        }
    }
}
