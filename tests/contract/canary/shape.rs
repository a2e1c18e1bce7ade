//! The schema as whoever makes up questions has to know it: types with their wrappers, arguments and inputs.

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
use std::collections::BTreeMap;

/// The types of the schema, by name.
pub struct Shape(BTreeMap<String, Of>);

/// What a type is made of.
pub enum Of {
    /// An object with its fields.
    Object(Vec<FieldOf>),
    /// An interface or a union.
    Abstract,
    /// An enumeration with its values.
    Enum(Vec<String>),
    /// An input with its fields, of which one alone is given where it says so.
    Input(Vec<Argument>, bool),
    /// A scalar.
    Scalar,
}

/// A field of an object.
pub struct FieldOf {
    pub name: String,
    pub of: Typed,
    pub arguments: Vec<Argument>,
}

/// An argument, or a field of an input.
pub struct Argument {
    pub name: String,
    pub of: Typed,
    /// Whether it has to be given.
    pub required: bool,
}

/// A type as it is written, and what it is of.
#[derive(Clone)]
pub struct Typed {
    pub base: String,
    pub list: bool,
    pub text: String,
}

impl Typed {
    fn read(of: &Type) -> Self {
        let (mut base, mut list) = (&of.base, false);
        loop {
            match base {
                BaseType::List(inner) => {
                    list = true;
                    base = &inner.base;
                }
                BaseType::Named(name) => {
                    return Self {
                        base: name.to_string(),
                        list,
                        text: of.to_string(),
                    };
                }
            }
        }
    }
}

impl Shape {
    /// The same without some fields of an object.
    pub fn without(mut self, of: &str, fields: &[&str]) -> Self {
        if let Some(Of::Object(known)) = self.0.get_mut(of) {
            known.retain(|field| !fields.contains(&field.name.as_str()));
        }
        self
    }

    /// Reads a schema definition.
    pub fn read(text: &str) -> Self {
        let document = parse_schema(text).expect("a schema");
        let mut types = BTreeMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let definition = definition.node;
            let mut directives = definition.directives.iter();
            let one = directives.any(|directive| directive.node.name.node == "oneOf");
            let of = match definition.kind {
                TypeKind::Object(object) => Of::Object(fields(&object.fields)),
                TypeKind::Interface(_) | TypeKind::Union(_) => Of::Abstract,
                TypeKind::Enum(values) => {
                    let values = values.values.iter();
                    Of::Enum(values.map(|value| value.node.value.node.to_string()).collect())
                }
                TypeKind::InputObject(input) => Of::Input(arguments(&input.fields), one),
                TypeKind::Scalar => Of::Scalar,
            };
            types.insert(definition.name.node.to_string(), of);
        }
        Self(types)
    }

    /// What a type is made of; what is built in is a scalar.
    pub fn of(&self, name: &str) -> &Of {
        self.0.get(name).unwrap_or(&Of::Scalar)
    }

    /// The fields of an object; none of anything else.
    pub fn fields(&self, name: &str) -> &[FieldOf] {
        match self.of(name) {
            Of::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The field of an object.
    pub fn field(&self, of: &str, name: &str) -> Option<&FieldOf> {
        self.fields(of).iter().find(|field| field.name == name)
    }

    /// Every object with its fields.
    pub fn objects(&self) -> impl Iterator<Item = (&str, &[FieldOf])> {
        let all = self.0.iter();
        all.filter_map(|(name, of)| match of {
            Of::Object(fields) => Some((name.as_str(), fields.as_slice())),
            _ => None,
        })
    }

    /// Whether a type has no fields of its own to be selected.
    pub fn is_leaf(&self, name: &str) -> bool {
        !matches!(self.of(name), Of::Object(_) | Of::Abstract)
    }

    /// Whether rows of a type have an id.
    pub fn has_id(&self, name: &str) -> bool {
        self.field(name, "id").is_some()
    }
}

fn fields(of: &[Positioned<FieldDefinition>]) -> Vec<FieldOf> {
    let fields = of.iter().map(|field| FieldOf {
        name: field.node.name.node.to_string(),
        of: Typed::read(&field.node.ty.node),
        arguments: arguments(&field.node.arguments),
    });
    fields.collect()
}

fn arguments(of: &[Positioned<InputValueDefinition>]) -> Vec<Argument> {
    let arguments = of.iter().map(|argument| {
        let node = &argument.node;
        Argument {
            name: node.name.node.to_string(),
            of: Typed::read(&node.ty.node),
            required: !node.ty.node.nullable && node.default_value.is_none(),
        }
    });
    arguments.collect()
}
