//! Counts who still uses what goes: by client and coordinate, so that whoever takes something away can ask the right ones
//! first. A use is what a document selects or gives, whether or not anything comes of it.

use crate::clock::Clock;
use crate::graphql::deprecations::DEPRECATIONS;
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::registry::{Deprecation, MetaInputValue, MetaType, Registry};
use async_graphql::{Name, Value, Variables};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

/// Who used what, and how often, since the process began.
pub struct Uses {
    registry: Arc<Registry>,
    clock: Clock,
    counts: Mutex<BTreeMap<(Arc<str>, String), Used>>,
}

/// The uses of one place by one client.
#[derive(Clone, Copy, Default)]
struct Used {
    times: u64,
    /// The day on which it was last written to the log.
    told: Option<NaiveDate>,
}

impl Uses {
    /// No uses yet of what a registry marks.
    #[must_use]
    pub fn new(registry: Arc<Registry>, clock: Clock) -> Self {
        Self {
            registry,
            clock,
            counts: Mutex::default(),
        }
    }

    /// Counts what an operation of a client uses, once each; the first use of a day is written to the log.
    pub fn count(
        &self,
        client: &Arc<str>,
        document: &ExecutableDocument,
        operation: Option<&OperationDefinition>,
        variables: &Variables,
    ) {
        let Some(operation) = operation else { return };
        let used = used(&self.registry, document, operation, variables);
        if used.is_empty() {
            return;
        }
        let today = self.clock.now().date_naive();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for coordinate in used {
            let count = counts
                .entry((Arc::clone(client), coordinate.clone()))
                .or_default();
            count.times += 1;
            if count.told != Some(today) {
                count.told = Some(today);
                let line = DEPRECATIONS.iter().find(|goes| goes.coordinate == coordinate);
                let removal = line.map(|goes| goes.removal.to_string());
                tracing::warn!(%client, coordinate, removal, "a client uses a deprecated element of the schema");
            }
        }
    }

    /// The counts in the text format of Prometheus. Clients are registered, and so bounded in number; what goes is too.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::from(
            "# HELP avrr_deprecated_uses_total Operations that used a deprecated element of the schema, by client.\n\
             # TYPE avrr_deprecated_uses_total counter\n",
        );
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for ((client, coordinate), used) in counts.iter() {
            let times = used.times;
            let _ = writeln!(
                text,
                "avrr_deprecated_uses_total{{client=\"{client}\",coordinate=\"{coordinate}\"}} {times}"
            );
        }
        text
    }
}

/// The coordinates of what goes that an operation uses.
///
/// The limits on documents and variables bound the walk: fragments were counted wherever they are spread.
#[must_use]
pub fn used(
    registry: &Registry,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> BTreeSet<String> {
    let mut walk = Walk {
        registry,
        document,
        found: BTreeSet::new(),
    };
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    walk.set(root, &operation.selection_set.node);
    for variable in &operation.variable_definitions {
        let variable = &variable.node;
        if let Some(value) = variables.get(&variable.name.node) {
            walk.given(&variable.var_type.node.to_string(), value);
        }
    }
    walk.found
}

struct Walk<'d> {
    registry: &'d Registry,
    document: &'d ExecutableDocument,
    found: BTreeSet<String>,
}

impl<'d> Walk<'d> {
    fn find(&mut self, mark: &Deprecation, coordinate: impl FnOnce() -> String) {
        if mark.is_deprecated() {
            self.found.insert(coordinate());
        }
    }

    fn set(&mut self, of: &str, set: &'d SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(of, &field.node),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let of = condition.map_or(of, |condition| condition.node.on.node.as_str());
                    self.set(of, &fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.node.fragment_name.node) {
                        let of = fragment.node.type_condition.node.on.node.as_str();
                        self.set(of, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }

    fn field(&mut self, of: &str, field: &'d Field) {
        let registry = self.registry;
        let name = field.name.node.as_str();
        let Some(known) = registry.types.get(of).and_then(|ty| ty.field_by_name(name)) else {
            return;
        };
        self.find(&known.deprecation, || format!("{of}.{name}"));
        for (argument, value) in &field.arguments {
            if let Some(known) = known.args.get(argument.node.as_str()) {
                let argument = &argument.node;
                self.find(&known.deprecation, || format!("{of}.{name}({argument}:)"));
                // What a variable holds is looked at by the type of the variable.
                let written = value.node.clone().into_const_with(|_| Ok::<_, ()>(Value::Null));
                self.given(&known.ty, &written.unwrap_or_default());
            }
        }
        self.set(concrete(&known.ty), &field.selection_set.node);
    }

    /// A value that is given. Variables come with words as texts.
    fn given(&mut self, of: &str, value: &Value) {
        match value {
            Value::List(items) => items.iter().for_each(|item| self.given(of, item)),
            Value::Enum(word) => self.word(of, word),
            Value::String(word) => self.word(of, word),
            Value::Object(fields) => {
                for (name, value) in fields {
                    if let Some(known) = self.input(of, name) {
                        self.given(&known.ty, value);
                    }
                }
            }
            _ => {}
        }
    }

    fn input(&mut self, of: &str, name: &Name) -> Option<&'d MetaInputValue> {
        let of = concrete(of);
        let MetaType::InputObject { input_fields, .. } = self.registry.types.get(of)? else {
            return None;
        };
        let known = input_fields.get(name.as_str())?;
        self.find(&known.deprecation, || format!("{of}.{name}"));
        Some(known)
    }

    fn word(&mut self, of: &str, word: &str) {
        let of = concrete(of);
        let registry = self.registry;
        if let Some(MetaType::Enum { enum_values, .. }) = registry.types.get(of)
            && let Some(known) = enum_values.get(word)
        {
            self.find(&known.deprecation, || format!("{of}.{word}"));
        }
    }
}

/// The type that is named, without lists and exclamation marks.
fn concrete(of: &str) -> &str {
    of.trim_matches(['[', ']', '!'])
}

#[cfg(test)]
mod tests;
