//! What of the schema goes, what takes its place, and when: one table. It marks the schema, it is told in `serviceInfo`, and
//! by its coordinates the use of what goes is counted.
//!
//! A published name stays for as long as its line says, half a year at the least, and goes in a release whose changelog
//! names it (`scripts/contract` holds us to that).

use super::scalars::DateScalar;
use async_graphql::parser::types::Field as Selected;
use async_graphql::registry::{Deprecation as Mark, MetaInputValue, MetaType, Registry};
use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, indexmap::IndexMap,
};
use chrono::NaiveDate;
use std::borrow::Cow;

/// A place of the schema that goes.
#[derive(Clone, Copy, Debug)]
pub struct Deprecation {
    /// Its coordinate: `Type.field`, `Type.field(argument:)`, `Input.field` or `Vocabulary.WORD`.
    pub coordinate: &'static str,
    /// The coordinate of what takes its place.
    pub instead: &'static str,
    /// The first day on which it may be gone.
    pub removal: NaiveDate,
}

/// Everything that goes.
pub const DEPRECATIONS: &[Deprecation] = &[
    // Orders are spelt out elsewhere: OPENED_DESCENDING.
    goes(
        "TableOrder.PERSONS_DESC",
        "TableOrder.PERSONS_DESCENDING",
        [2027, 6, 30],
    ),
];

/// A line of the table; a day that there is not does not compile.
const fn goes(coordinate: &'static str, instead: &'static str, [year, month, day]: [u32; 3]) -> Deprecation {
    let Some(removal) = NaiveDate::from_ymd_opt(year.cast_signed(), month, day) else {
        panic!("no such day");
    };
    Deprecation {
        coordinate,
        instead,
        removal,
    }
}

impl Deprecation {
    /// The reason that the schema gives: what to use, and until when there is time.
    #[must_use]
    pub fn reason(&self) -> String {
        format!("Use `{}`. Removal: {}", self.instead, self.removal)
    }
}

/// What of the schema goes, as it is told.
#[derive(SimpleObject)]
#[graphql(name = "Deprecation", serial)]
pub struct Announcement {
    /// What goes, by its schema coordinate: `Type.field`, `Type.field(argument:)`, `Input.field` or `Vocabulary.WORD`.
    coordinate: &'static str,
    /// What takes its place, by its coordinate.
    replacement: &'static str,
    /// The reason that the schema gives, as introspection shows it.
    reason: String,
    /// The first day on which it may be gone.
    removal_on: DateScalar,
}

/// Everything that goes, as it is told.
#[must_use]
pub fn announcements() -> Vec<Announcement> {
    let told = |goes: &Deprecation| Announcement {
        coordinate: goes.coordinate,
        replacement: goes.instead,
        reason: goes.reason(),
        removal_on: DateScalar(goes.removal),
    };
    DEPRECATIONS.iter().map(told).collect()
}

/// Marks what goes once everything else is in a registry; it adds no type of its own.
pub struct Marks;

impl OutputType for Marks {
    fn type_name() -> Cow<'static, str> {
        "Boolean".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        for goes in DEPRECATIONS {
            mark(registry, goes.coordinate, &goes.reason());
        }
        Self::qualified_type_name()
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Selected>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

/// Marks one place. What is not there is left alone: a contract test finds the line that names nothing.
pub fn mark(registry: &mut Registry, coordinate: &str, reason: &str) {
    let Some((owner, member)) = coordinate.split_once('.') else {
        return;
    };
    let (member, argument) = match member.split_once('(') {
        Some((field, argument)) => (field, Some(argument.trim_end_matches(":)"))),
        None => (member, None),
    };
    let Some(ty) = registry.types.get_mut(owner) else {
        return;
    };
    let found = match ty {
        MetaType::Object { fields, .. } | MetaType::Interface { fields, .. } => {
            let field = fields.get_mut(member);
            field.and_then(|field| match argument {
                Some(argument) => input(&mut field.args, argument),
                None => Some(&mut field.deprecation),
            })
        }
        MetaType::InputObject { input_fields, .. } => input(input_fields, member),
        MetaType::Enum { enum_values, .. } => {
            let word = enum_values.get_mut(member);
            word.map(|word| &mut word.deprecation)
        }
        MetaType::Scalar { .. } | MetaType::Union { .. } => None,
    };
    if let Some(found) = found {
        *found = Mark::Deprecated {
            reason: Some(reason.to_owned()),
        };
    }
}

fn input<'r>(inputs: &'r mut IndexMap<String, MetaInputValue>, name: &str) -> Option<&'r mut Mark> {
    inputs.get_mut(name).map(|input| &mut input.deprecation)
}
