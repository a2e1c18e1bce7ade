//! A schema definition as the contract tests read it: every type with its members, whatever kind of type it is.

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, EnumValueDefinition, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use std::collections::BTreeMap;

/// A schema definition.
pub struct Sdl {
    /// The types, by name.
    pub types: BTreeMap<String, SdlType>,
    /// The types that an operation starts from.
    pub roots: Vec<String>,
    /// What has no description, as `Type.member(argument)`.
    pub undescribed: Vec<String>,
}

/// What kind of type it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    Input,
}

/// A type with its members: fields, values, input fields or types of a union.
pub struct SdlType {
    pub kind: Kind,
    pub implements: Vec<String>,
    pub members: Vec<Member>,
}

/// A member of a type.
pub struct Member {
    pub name: String,
    /// The type that it names, without lists and exclamation marks; none for a value of an enum.
    pub of: Option<String>,
    /// The types that its arguments name.
    pub arguments: Vec<String>,
}

/// Types that every schema has.
const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

/// Directives that the specification itself describes, arguments and all.
const BUILT_IN_DIRECTIVES: [&str; 5] = ["deprecated", "include", "oneOf", "skip", "specifiedBy"];

impl Sdl {
    /// Reads a schema definition.
    pub fn read(text: &str) -> Self {
        let document =
            parse_schema(text).unwrap_or_else(|fault| panic!("the schema does not parse: {fault}"));
        let mut sdl = Self {
            types: BTreeMap::new(),
            roots: Vec::new(),
            undescribed: Vec::new(),
        };
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => {
                    let schema = schema.node;
                    let roots = [schema.query, schema.mutation, schema.subscription];
                    sdl.roots = roots
                        .into_iter()
                        .flatten()
                        .map(|root| root.node.to_string())
                        .collect();
                }
                TypeSystemDefinition::Type(definition) => {
                    let definition = definition.node;
                    let name = definition.name.node.to_string();
                    let read = sdl.definition(&name, definition);
                    assert!(
                        sdl.types.insert(name.clone(), read).is_none(),
                        "{name} is defined twice"
                    );
                }
                TypeSystemDefinition::Directive(directive) => {
                    let directive = directive.node;
                    let name = directive.name.node.as_str();
                    sdl.described(directive.description.as_ref(), || format!("@{name}"));
                    if !BUILT_IN_DIRECTIVES.contains(&name) {
                        sdl.arguments(&format!("@{name}"), &directive.arguments);
                    }
                }
            }
        }
        sdl
    }

    /// The fields of object types, as `Type.field`, each with the field itself.
    pub fn object_fields(&self) -> impl Iterator<Item = (String, &Member)> {
        let objects = self.types.iter().filter(|(_, of)| of.kind == Kind::Object);
        objects.flat_map(|(name, of)| {
            of.members
                .iter()
                .map(move |member| (format!("{name}.{}", member.name), member))
        })
    }

    /// The names of a type's members.
    pub fn members(&self, name: &str) -> Vec<&str> {
        let members = self.types.get(name).into_iter().flat_map(|of| &of.members);
        members.map(|member| member.name.as_str()).collect()
    }

    /// Whether a type of this name is defined here or in every schema.
    pub fn knows(&self, name: &str) -> bool {
        BUILT_IN.contains(&name) || self.types.contains_key(name)
    }

    fn described(&mut self, description: Option<&Positioned<String>>, name: impl FnOnce() -> String) {
        if description.is_none_or(|text| text.node.trim().is_empty()) {
            self.undescribed.push(name());
        }
    }

    fn definition(&mut self, name: &str, definition: TypeDefinition) -> SdlType {
        self.described(definition.description.as_ref(), || name.to_owned());
        let names = |names: Vec<Positioned<async_graphql::Name>>| {
            names.into_iter().map(|name| name.node.to_string()).collect()
        };
        let (kind, implements, members) = match definition.kind {
            TypeKind::Scalar => (Kind::Scalar, Vec::new(), Vec::new()),
            TypeKind::Object(object) => (
                Kind::Object,
                names(object.implements),
                self.fields(name, &object.fields),
            ),
            TypeKind::Interface(interface) => (
                Kind::Interface,
                names(interface.implements),
                self.fields(name, &interface.fields),
            ),
            TypeKind::Union(union) => {
                let members = union
                    .members
                    .iter()
                    .map(|member| Member::named(member.node.as_str()));
                (Kind::Union, Vec::new(), members.collect())
            }
            TypeKind::Enum(of) => (Kind::Enum, Vec::new(), self.values(name, &of.values)),
            TypeKind::InputObject(input) => (Kind::Input, Vec::new(), self.arguments(name, &input.fields)),
        };
        SdlType {
            kind,
            implements,
            members,
        }
    }

    fn fields(&mut self, of: &str, fields: &[Positioned<FieldDefinition>]) -> Vec<Member> {
        let mut members = Vec::new();
        for field in fields {
            let field = &field.node;
            let name = format!("{of}.{}", field.name.node);
            self.described(field.description.as_ref(), || name.clone());
            let arguments = self.arguments(&name, &field.arguments);
            let mut member = Member::typed(field.name.node.as_str(), &field.ty.node);
            member.arguments = arguments.into_iter().filter_map(|argument| argument.of).collect();
            members.push(member);
        }
        members
    }

    fn arguments(&mut self, of: &str, arguments: &[Positioned<InputValueDefinition>]) -> Vec<Member> {
        let mut members = Vec::new();
        for argument in arguments {
            let argument = &argument.node;
            self.described(argument.description.as_ref(), || {
                format!("{of}({})", argument.name.node)
            });
            members.push(Member::typed(argument.name.node.as_str(), &argument.ty.node));
        }
        members
    }

    fn values(&mut self, of: &str, values: &[Positioned<EnumValueDefinition>]) -> Vec<Member> {
        let mut members = Vec::new();
        for value in values {
            let value = &value.node;
            self.described(value.description.as_ref(), || {
                format!("{of}.{}", value.value.node)
            });
            members.push(Member {
                of: None,
                ..Member::named(value.value.node.as_str())
            });
        }
        members
    }
}

impl Member {
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            of: Some(name.to_owned()),
            arguments: Vec::new(),
        }
    }

    fn typed(name: &str, of: &Type) -> Self {
        let mut base = &of.base;
        while let BaseType::List(inner) = base {
            base = &inner.base;
        }
        let of = match base {
            BaseType::Named(name) => Some(name.to_string()),
            BaseType::List(_) => None,
        };
        Self {
            of,
            ..Self::named(name)
        }
    }
}
