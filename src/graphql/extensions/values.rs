//! Limits on what stands behind the arguments of a document. A variable that is written often is put in as often, by us and
//! by the library, and two fields of one name are compared argument by argument at every level: neither has an end of its own.

use super::input::MOST_TOKENS;
use async_graphql::parser::types::{Directive, ExecutableDocument};
use async_graphql::{Name, Positioned, Variables};
use async_graphql_value::{ConstValue, Value};
use std::collections::HashMap;

/// Most arguments in a document, wherever its fragments are spread.
const MOST_ARGUMENTS: usize = 500;
/// Most places in a document where a variable is written.
const MOST_USES: usize = 1_000;
/// The most that all variables may weigh together, each as often as it is written, in bytes.
const HEAVIEST: usize = 16 << 20;
/// What a value weighs beside its text, in bytes.
const NODE: usize = 72;

/// What each variable weighs: the heaviest that it may turn out to be.
pub(super) struct Weights<'d>(HashMap<&'d str, usize>);

impl<'d> Weights<'d> {
    /// Of what is given, and of the defaults of whichever operation.
    pub(super) fn of(document: &'d ExecutableDocument, variables: &'d Variables) -> Self {
        let mut weights = HashMap::new();
        let given = variables.iter().map(|(name, value)| (name.as_str(), value));
        let definitions = document
            .operations
            .iter()
            .flat_map(|(_, operation)| &operation.node.variable_definitions);
        let defaults = definitions.filter_map(|definition| {
            let definition = &definition.node;
            let default = definition.default_value.as_ref()?;
            Some((definition.name.node.as_str(), &default.node))
        });
        for (name, value) in given.chain(defaults) {
            let heaviest = weights.entry(name).or_default();
            *heaviest = weight(value).max(*heaviest);
        }
        Self(weights)
    }
}

/// What a value weighs.
pub(super) fn weight(value: &ConstValue) -> usize {
    let inside: usize = match value {
        ConstValue::String(text) => text.len(),
        ConstValue::List(items) => items.iter().map(weight).sum(),
        ConstValue::Object(fields) => fields
            .iter()
            .map(|(name, value)| name.len() + weight(value))
            .sum(),
        _ => 0,
    };
    NODE + inside
}

/// What has been counted of a document.
#[derive(Default)]
pub(super) struct Count {
    arguments: usize,
    values: usize,
    uses: usize,
    weight: usize,
}

impl Count {
    /// Counts the arguments of a field or a directive.
    ///
    /// # Errors
    ///
    /// One sentence that names the limit.
    pub(super) fn arguments(
        &mut self,
        arguments: &[(Positioned<Name>, Positioned<Value>)],
        weights: &Weights<'_>,
    ) -> Result<(), String> {
        self.arguments += arguments.len();
        super::limits::at_most(MOST_ARGUMENTS, self.arguments, "has", "arguments")?;
        arguments
            .iter()
            .try_for_each(|(_, value)| self.value(&value.node, weights))
    }

    /// Counts the arguments of directives.
    ///
    /// # Errors
    ///
    /// One sentence that names the limit.
    pub(super) fn directives(
        &mut self,
        directives: &[Positioned<Directive>],
        weights: &Weights<'_>,
    ) -> Result<(), String> {
        directives
            .iter()
            .try_for_each(|directive| self.arguments(&directive.node.arguments, weights))
    }

    fn value(&mut self, value: &Value, weights: &Weights<'_>) -> Result<(), String> {
        self.values += 1;
        super::limits::at_most(MOST_TOKENS, self.values, "gives", "values")?;
        match value {
            Value::Variable(name) => {
                self.uses += 1;
                super::limits::at_most(MOST_USES, self.uses, "writes variables in", "places")?;
                self.weight += weights.0.get(name.as_str()).copied().unwrap_or_default();
                if self.weight > HEAVIEST {
                    return Err("the document writes large variables too often".to_owned());
                }
                Ok(())
            }
            Value::List(items) => items.iter().try_for_each(|item| self.value(item, weights)),
            Value::Object(fields) => fields.values().try_for_each(|field| self.value(field, weights)),
            _ => Ok(()),
        }
    }
}
