//! The schema as each kind of viewer can use it: without the fields that no row would ever show it, the commands that it
//! may never give, the filters that it may not use, the words that are always masked for it, and whatever nothing leads
//! to any more. Introspection and the printed definition both show a [`View`] and nothing else.

use super::arguments::terms;
use crate::domain::code::Code as _;
use crate::domain::party::OrganisationKind;
use crate::policy::fields::Access;
use crate::policy::outlook;
use async_graphql::registry::{MetaInputValue, MetaType, Registry};
use std::collections::{BTreeMap, BTreeSet};

/// What a kind of viewer is shown of the schema.
#[derive(Debug)]
pub struct View(BTreeMap<String, BTreeSet<String>>);

impl View {
    /// What a kind is shown of a whole registry.
    #[must_use]
    pub fn of(registry: &Registry, kind: OrganisationKind) -> Self {
        let mut types = read(registry);
        for (name, of) in &mut types {
            let nothing = !outlook::reaches(kind, row_of(name));
            of.members
                .retain(|member| !nothing && is_shown(kind, name, of.role, &member.name));
            for member in &mut of.members {
                let takes = |argument: &Slot| {
                    terms::may_use(kind, name, &format!("{}({})", member.name, argument.name))
                };
                member.arguments.retain(takes);
            }
        }
        drop_dangling(&mut types);
        let reached = reached(&types);
        types.retain(|name, _| reached.contains(name));
        mask_words(&mut types, kind);
        let members = |of: Shape| -> BTreeSet<String> { of.members.iter().flat_map(Member::names).collect() };
        Self(types.into_iter().map(|(name, of)| (name, members(of))).collect())
    }

    /// Whether a type is shown.
    #[must_use]
    pub fn has(&self, type_name: &str) -> bool {
        self.0.contains_key(type_name)
    }

    /// Whether a member of a type is shown, or an argument of one, as `field(argument)`.
    #[must_use]
    pub fn shows(&self, type_name: &str, member: &str) -> bool {
        self.0
            .get(type_name)
            .is_some_and(|members| members.contains(member))
    }
}

/// The page of what each kind of viewer may read and do, in Markdown: the tables of the policy, as far as something in the
/// schema leads there.
#[must_use]
pub fn permissions() -> String {
    let registry = super::registry();
    let views = OrganisationKind::ALL
        .iter()
        .map(|(kind, ..)| View::of(&registry, *kind));
    let views: Vec<View> = views.collect();
    crate::policy::permissions::page(&|kind, of, field| {
        let view = &views[kind as usize];
        field.map_or_else(|| view.has(of), |field| view.shows(of, field))
    })
}

/// The type of the rows that a page, or a place on one, holds: where no row is reached there is nothing to page through.
fn row_of(type_name: &str) -> &str {
    let page = type_name.strip_suffix("Connection");
    page.or_else(|| type_name.strip_suffix("Edge"))
        .unwrap_or(type_name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    Input,
}

struct Shape {
    role: Role,
    members: Vec<Member>,
}

struct Member {
    name: String,
    of: Option<String>,
    arguments: Vec<Slot>,
}

/// An argument.
struct Slot {
    name: String,
    of: String,
    needed: bool,
}

impl Member {
    fn named(name: &str, of: Option<&str>) -> Self {
        Self {
            name: name.to_owned(),
            of: of.map(concrete),
            arguments: Vec::new(),
        }
    }

    /// Its name, and those of its arguments.
    fn names(&self) -> impl Iterator<Item = String> {
        let argument = |argument: &Slot| format!("{}({})", self.name, argument.name);
        std::iter::once(self.name.clone()).chain(self.arguments.iter().map(argument))
    }
}

/// A type without the lists and exclamation marks around it.
fn concrete(ty: &str) -> String {
    ty.trim_matches(['[', ']', '!']).to_owned()
}

fn slot(input: &MetaInputValue) -> Slot {
    Slot {
        name: input.name.clone(),
        of: concrete(&input.ty),
        needed: input.ty.ends_with('!') && input.default_value.is_none(),
    }
}

/// The types of a registry, apart from those of introspection itself.
fn read(registry: &Registry) -> BTreeMap<String, Shape> {
    let own = registry.types.iter().filter(|(name, _)| !name.starts_with("__"));
    own.map(|(name, ty)| (name.clone(), shape(ty))).collect()
}

fn shape(ty: &MetaType) -> Shape {
    let fields = || {
        let fields = ty.fields().into_iter().flatten();
        let own = fields.filter(|(name, _)| !name.starts_with("__"));
        own.map(|(name, field)| Member {
            arguments: field.args.values().map(slot).collect(),
            ..Member::named(name, Some(&field.ty))
        })
        .collect()
    };
    let (role, members) = match ty {
        MetaType::Scalar { .. } => (Role::Scalar, Vec::new()),
        MetaType::Object { .. } => (Role::Object, fields()),
        MetaType::Interface { possible_types, .. } => {
            let mut members: Vec<Member> = fields();
            members.extend(possible_types.iter().map(|of| Member::named(of, Some(of))));
            (Role::Interface, members)
        }
        MetaType::Union { possible_types, .. } => {
            let members = possible_types.iter().map(|of| Member::named(of, Some(of)));
            (Role::Union, members.collect())
        }
        MetaType::Enum { enum_values, .. } => {
            let words = enum_values.keys().map(|word| Member::named(word, None));
            (Role::Enum, words.collect())
        }
        MetaType::InputObject { input_fields, .. } => {
            let inputs = input_fields.values();
            let inputs = inputs.map(|input| Member::named(&input.name, Some(&input.ty)));
            (Role::Input, inputs.collect())
        }
    };
    Shape { role, members }
}

fn is_shown(kind: OrganisationKind, owner: &str, role: Role, member: &str) -> bool {
    match (role, owner) {
        (Role::Object, "Mutation") => outlook::permits(kind, member),
        (Role::Object, "Subscription") => outlook::has_inbox(kind),
        (Role::Object, _) => outlook::shows(kind, &format!("{owner}.{member}")),
        (Role::Input, _) => terms::may_use(kind, owner, member),
        _ => true,
    }
}

/// Types without members go, and whatever names them, until nothing dangles.
fn drop_dangling(types: &mut BTreeMap<String, Shape>) {
    loop {
        let before = types.len();
        types.retain(|_, of| of.role == Role::Scalar || !of.members.is_empty());
        let known: BTreeSet<String> = types.keys().cloned().collect();
        for of in types.values_mut() {
            of.members.retain(|member| {
                let mut needed = member.arguments.iter().filter(|argument| argument.needed);
                member.of.as_ref().is_none_or(|of| known.contains(of))
                    && needed.all(|argument| known.contains(&argument.of))
            });
            for member in &mut of.members {
                member.arguments.retain(|argument| known.contains(&argument.of));
            }
        }
        if types.len() == before
            && types
                .values()
                .all(|of| of.role == Role::Scalar || !of.members.is_empty())
        {
            return;
        }
    }
}

/// The types that something leads to from the roots.
fn reached(types: &BTreeMap<String, Shape>) -> BTreeSet<String> {
    let roots = ["Query", "Mutation", "Subscription"].into_iter();
    let mut ahead: Vec<&str> = roots.filter(|root| types.contains_key(*root)).collect();
    let mut reached = BTreeSet::new();
    while let Some(next) = ahead.pop() {
        if !reached.insert(next.to_owned()) {
            continue;
        }
        for member in types.get(next).into_iter().flat_map(|of| &of.members) {
            ahead.extend(member.of.as_deref());
            ahead.extend(member.arguments.iter().map(|argument| argument.of.as_str()));
        }
    }
    reached
}

/// Of a vocabulary that the kind reads nowhere but under masks, only the words that the masks let through stay.
fn mask_words(types: &mut BTreeMap<String, Shape>, kind: OrganisationKind) {
    let mut shown: BTreeMap<String, Option<BTreeSet<&'static str>>> = BTreeMap::new();
    for (owner, of) in types.iter() {
        for member in &of.members {
            let words = member.of.as_ref().and_then(|vocabulary| {
                let words = words_of(kind, &format!("{owner}.{}", member.name), vocabulary)?;
                (of.role == Role::Object).then_some(words)
            });
            if let Some(vocabulary) = &member.of {
                let known = shown
                    .entry(vocabulary.clone())
                    .or_insert_with(|| Some(BTreeSet::new()));
                *known = match (known.take(), words) {
                    (Some(known), Some(words)) => Some(known.into_iter().chain(words).collect()),
                    _ => None,
                };
            }
            for argument in &member.arguments {
                shown.insert(argument.of.clone(), None);
            }
        }
    }
    for (name, of) in types.iter_mut().filter(|(_, of)| of.role == Role::Enum) {
        if let Some(Some(words)) = shown.get(name) {
            of.members.retain(|word| words.contains(word.name.as_str()));
        }
    }
}

/// The words that a field can show to a kind, if every relation of it sees the field under a mask.
fn words_of(kind: OrganisationKind, field: &str, vocabulary: &str) -> Option<BTreeSet<&'static str>> {
    let mut words = BTreeSet::new();
    for access in outlook::cells(kind, field)? {
        let Access::Masked(mask) = access else { return None };
        words.extend(outlook::words(vocabulary, mask)?);
    }
    Some(words)
}
