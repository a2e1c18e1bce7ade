//! The vocabularies of the domain as enums of the schema: one generic instead of an enum written twice.

use crate::domain::code::Code;
use async_graphql::registry::{MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{InputType, InputValueError, InputValueResult, Value};
use std::borrow::Cow;

/// A word of a vocabulary as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<C>(pub C);

impl<C: Code> Word<C> {
    /// Registers the vocabulary as an enum and returns its name.
    pub fn register(registry: &mut Registry) -> String {
        registry.create_input_type::<Self, _>(MetaTypeId::Enum, |_| MetaType::Enum {
            name: C::NAME.to_owned(),
            description: Some(C::DOC.to_owned()),
            enum_values: C::ALL
                .iter()
                .map(|(_, code, meaning)| {
                    let value = MetaEnumValue {
                        name: (*code).to_owned(),
                        description: Some((*meaning).to_owned()),
                        deprecation: async_graphql::registry::Deprecation::NoDeprecated,
                        visible: None,
                        inaccessible: false,
                        tags: Vec::new(),
                        directive_invocations: Vec::new(),
                    };
                    ((*code).to_owned(), value)
                })
                .collect(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: Some(std::any::type_name::<Self>()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        });
        C::NAME.to_owned()
    }
}

impl<C: Code> InputType for Word<C> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(C::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Self::register(registry);
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let word = match &value {
            Value::Enum(name) => C::from_code(name.as_str()),
            Value::String(text) => C::from_code(text),
            _ => None,
        };
        word.map(Self)
            .ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::Enum(async_graphql::Name::new(self.0.code()))
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}
