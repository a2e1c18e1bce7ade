//! A word of a vocabulary as an output of a derived object.

use super::word::Word;
use crate::domain::code::Code;
use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Name, OutputType, Positioned, ServerResult, Value};
use std::borrow::Cow;

/// A word of a vocabulary.
pub struct WordOut<C>(pub C);

impl<C: Code> OutputType for WordOut<C> {
    fn type_name() -> Cow<'static, str> {
        C::NAME.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        format!("{}!", Word::<C>::register(registry))
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(Name::new(self.0.code())))
    }
}
