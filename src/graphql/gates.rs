//! Introspection shows each viewer its own view of the schema. The library asks a plain function for each member whether
//! the viewer may see it, so there is one function for each set of kinds, and each member is given the one of its set.
//!
//! What is not shown can still be asked for: it is `null` and redacted, as in any other row.

use super::context::RequestScope;
use super::views::View;
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::policy::outlook;
use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaField, MetaInputValue, MetaType, Registry};
use async_graphql::{Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use std::borrow::Cow;
use std::sync::Arc;

type Gate = Option<fn(&Context<'_>) -> bool>;

/// One bit for each kind.
type Kinds = u8;

const _: () = assert!(
    OrganisationKind::ALL.len() <= 8,
    "a set of kinds is a byte; with more, `Kinds` and the table of gates grow"
);

fn opens<const KINDS: Kinds>(context: &Context<'_>) -> bool {
    let scope = context.data::<Arc<RequestScope>>();
    scope.is_ok_and(|scope| KINDS & (1 << scope.viewer.kind as u8) != 0)
}

macro_rules! gates {
    ($($high:literal)+) => {
        [$([
            opens::<{ $high * 16 }>, opens::<{ $high * 16 + 1 }>, opens::<{ $high * 16 + 2 }>, opens::<{ $high * 16 + 3 }>,
            opens::<{ $high * 16 + 4 }>, opens::<{ $high * 16 + 5 }>, opens::<{ $high * 16 + 6 }>, opens::<{ $high * 16 + 7 }>,
            opens::<{ $high * 16 + 8 }>, opens::<{ $high * 16 + 9 }>, opens::<{ $high * 16 + 10 }>, opens::<{ $high * 16 + 11 }>,
            opens::<{ $high * 16 + 12 }>, opens::<{ $high * 16 + 13 }>, opens::<{ $high * 16 + 14 }>, opens::<{ $high * 16 + 15 }>,
        ]),+]
    };
}

/// Whether a member is shown to whoever asks.
type Opens = fn(&Context<'_>) -> bool;

/// The gate of each set of kinds.
const GATES: [[Opens; 16]; 16] = gates!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);

/// The gate for the kinds whose view shows something; none where every view does.
fn gate(views: &[(OrganisationKind, View)], shown: impl Fn(&View) -> bool) -> Gate {
    let shown = views.iter().filter(|(_, view)| shown(view));
    let kinds = shown.fold(0, |kinds: Kinds, (kind, _)| kinds | 1 << *kind as u8);
    let everybody = views
        .iter()
        .fold(0, |kinds: Kinds, (kind, _)| kinds | 1 << *kind as u8);
    (kinds != everybody).then(|| GATES[usize::from(kinds >> 4)][usize::from(kinds & 15)])
}

/// Closes a registry once everything else is in it: registered last, it adds no type of its own.
pub struct Gates;

impl OutputType for Gates {
    fn type_name() -> Cow<'static, str> {
        "Boolean".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        tell_who_reads(registry);
        let kinds = OrganisationKind::ALL.iter();
        let views: Vec<(OrganisationKind, View)> = kinds
            .map(|(kind, ..)| (*kind, View::of(registry, *kind)))
            .collect();
        for (name, ty) in &mut registry.types {
            if !name.starts_with("__") {
                close(name, ty, &views);
            }
        }
        Self::qualified_type_name()
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

fn close(name: &str, ty: &mut MetaType, views: &[(OrganisationKind, View)]) {
    let whole = gate(views, |view| view.has(name));
    let member = |member: &str| gate(views, |view| view.shows(name, member));
    let inputs = |inputs: &mut dyn Iterator<Item = &mut MetaInputValue>, of: Option<&str>| {
        for input in inputs {
            let spelt = of.map_or_else(|| input.name.clone(), |field| format!("{field}({})", input.name));
            input.visible = member(&spelt);
        }
    };
    match ty {
        MetaType::Scalar { visible, .. } | MetaType::Union { visible, .. } => *visible = whole,
        MetaType::Object { visible, fields, .. } | MetaType::Interface { visible, fields, .. } => {
            *visible = whole;
            for field in fields.values_mut().filter(|field| !field.name.starts_with("__")) {
                field.visible = member(&field.name);
                let of = field.name.clone();
                inputs(&mut field.args.values_mut(), Some(&of));
            }
        }
        MetaType::Enum {
            visible, enum_values, ..
        } => {
            *visible = whole;
            for word in enum_values.values_mut() {
                word.visible = member(&word.name);
            }
        }
        MetaType::InputObject {
            visible,
            input_fields,
            ..
        } => {
            *visible = whole;
            inputs(&mut input_fields.values_mut(), None);
        }
    }
}

/// Adds to each root field for whom there is something behind it; commands say it already.
fn tell_who_reads(registry: &mut Registry) {
    let mut tell = |root: &str, sentence: &dyn Fn(&MetaField) -> String| {
        if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut(root) {
            for field in fields.values_mut().filter(|field| !field.name.starts_with("__")) {
                let said = sentence(field);
                if let Some(description) = &mut field.description {
                    *description = format!("{description} {said}");
                }
            }
        }
    };
    tell("Query", &|field| {
        let row = field.ty.trim_matches(['[', ']', '!']);
        outlook::listing_sentence(row.strip_suffix("Connection").unwrap_or(row))
    });
    tell("Subscription", &|_| outlook::inbox_sentence());
}
