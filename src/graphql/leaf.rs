//! Values at the ends of a selection: how each kind is named, registered and written.

use super::context::RequestScope;
use super::plan::{Plan, Shape};
use super::scalars;
use super::word::Word;
use crate::domain::code::Code;
use crate::domain::money::CurrencyCode;
use crate::domain::territory::CountryCode;
use crate::ids::NodeType;
use crate::policy::mask::{BirthDate, Mask, Maskable};
use async_graphql::registry::Registry;
use async_graphql::{OutputType, Value};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// A value that a field of a governed row can hold.
pub trait Leaf {
    /// Registers the type and returns its name, without the exclamation mark of a value that is never null.
    fn register(registry: &mut Registry) -> String;

    /// The shape of a value that has fields of its own.
    #[must_use]
    fn shape() -> Option<&'static dyn Shape> {
        None
    }

    /// The value as it is written.
    fn value(self, scope: &RequestScope, selected: &Plan) -> Value;
}

/// The nullable name of a type that the library knows.
pub(super) fn nullable<T: OutputType>(registry: &mut Registry) -> String {
    T::create_type_info(registry).trim_end_matches('!').to_owned()
}

impl<L: Leaf> Leaf for Option<L> {
    fn register(registry: &mut Registry) -> String {
        L::register(registry)
    }

    fn shape() -> Option<&'static dyn Shape> {
        L::shape()
    }

    fn value(self, scope: &RequestScope, selected: &Plan) -> Value {
        self.map_or(Value::Null, |value| value.value(scope, selected))
    }
}

impl Leaf for String {
    fn register(registry: &mut Registry) -> String {
        nullable::<Self>(registry)
    }

    fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
        Value::String(self)
    }
}

impl Leaf for &str {
    fn register(registry: &mut Registry) -> String {
        nullable::<String>(registry)
    }

    fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
        Value::from(self)
    }
}

/// Bytes as they are written, and read: base64 (RFC 4648, section 4).
#[must_use]
pub fn encoded(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

macro_rules! plain {
    ($($kind:ty),+) => {$(
        impl Leaf for $kind {
            fn register(registry: &mut Registry) -> String {
                nullable::<Self>(registry)
            }

            fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
                Value::from(self)
            }
        }
    )+};
}

plain!(bool, i32, i64, f64);

impl<C: Code> Leaf for C {
    fn register(registry: &mut Registry) -> String {
        Word::<C>::register(registry)
    }

    fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
        Value::Enum(async_graphql::Name::new(self.code()))
    }
}

/// Several words of one vocabulary.
pub struct Words<C>(pub Vec<C>);

impl<C> Maskable for Words<C> {
    fn masked(self, _mask: Mask, _today: NaiveDate) -> Option<Self> {
        None
    }
}

impl<C: Code> Leaf for Words<C> {
    fn register(registry: &mut Registry) -> String {
        format!("[{}!]", Word::<C>::register(registry))
    }

    fn value(self, scope: &RequestScope, selected: &Plan) -> Value {
        Value::List(
            self.0
                .into_iter()
                .map(|word| word.value(scope, selected))
                .collect(),
        )
    }
}

/// Several values of one kind.
pub struct List<L>(pub Vec<L>);

impl<L> Maskable for List<L> {
    fn masked(self, _mask: Mask, _today: NaiveDate) -> Option<Self> {
        None
    }
}

impl<L: Leaf> Leaf for List<L> {
    fn register(registry: &mut Registry) -> String {
        format!("[{}!]", L::register(registry))
    }

    fn shape() -> Option<&'static dyn Shape> {
        L::shape()
    }

    fn value(self, scope: &RequestScope, selected: &Plan) -> Value {
        let values = self.0.into_iter();
        Value::List(values.map(|value| value.value(scope, selected)).collect())
    }
}

/// The id of a row, encrypted for the viewer when it is written.
pub struct RowId(pub NodeType, pub Uuid);

crate::never_masked!(RowId);

impl Leaf for RowId {
    fn register(_registry: &mut Registry) -> String {
        // Whoever reaches a row may name it: the only field that is never null.
        "ID!".to_owned()
    }

    fn value(self, scope: &RequestScope, _selected: &Plan) -> Value {
        Value::String(scope.ids.encode(self.0, self.1))
    }
}

/// The id of a row that another one names, where rows of its type have one.
pub struct RowName(pub Option<(NodeType, Uuid)>);

crate::never_masked!(RowName);

impl Leaf for RowName {
    fn register(registry: &mut Registry) -> String {
        nullable::<async_graphql::ID>(registry)
    }

    fn value(self, scope: &RequestScope, _selected: &Plan) -> Value {
        let id = self.0.map(|(node, id)| scope.ids.encode(node, id));
        id.map_or(Value::Null, Value::String)
    }
}

macro_rules! scalar {
    ($($kind:ty as $scalar:ident),+ $(,)?) => {$(
        impl Leaf for $kind {
            fn register(registry: &mut Registry) -> String {
                nullable::<scalars::$scalar>(registry)
            }

            fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
                async_graphql::ScalarType::to_value(&scalars::$scalar(self))
            }
        }
    )+};
}

scalar!(DateTime<Utc> as DateTimeScalar, NaiveDate as DateScalar, BirthDate as BirthDateScalar, CurrencyCode as CurrencyScalar);

/// Text with a scalar type of its own: an airport, a flight, a language.
macro_rules! text_scalar {
    ($($name:ident as $scalar:ident: $doc:literal),+ $(,)?) => {$(
        #[doc = $doc]
        pub struct $name(pub String);

        $crate::never_masked!($name);

        impl Leaf for $name {
            fn register(registry: &mut Registry) -> String {
                nullable::<scalars::$scalar>(registry)
            }

            fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
                Value::String(self.0)
            }
        }
    )+};
}

text_scalar!(
    Airport as AirportScalar: "An airport.",
    Flight as FlightScalar: "A flight.",
    Language as LanguageScalar: "A language."
);

impl Leaf for crate::domain::case::Standing {
    fn register(registry: &mut Registry) -> String {
        Word::<crate::domain::case::CaseState>::register(registry)
    }

    fn value(self, scope: &RequestScope, selected: &Plan) -> Value {
        self.state.value(scope, selected)
    }
}

impl Leaf for crate::domain::statutory::Confirmation {
    fn register(registry: &mut Registry) -> String {
        nullable::<String>(registry)
    }

    fn value(self, _scope: &RequestScope, _selected: &Plan) -> Value {
        Value::String(self.to_string())
    }
}

impl Leaf for CountryCode {
    fn register(registry: &mut Registry) -> String {
        super::value_object::register_territory(registry)
    }

    fn shape() -> Option<&'static dyn Shape> {
        Some(super::value_object::TERRITORY)
    }

    fn value(self, scope: &RequestScope, selected: &Plan) -> Value {
        super::value_object::write_territory(self, scope.viewer.territory_profile, selected)
    }
}

impl Leaf for crate::store::nodes::StepShown {
    fn register(registry: &mut Registry) -> String {
        super::value_object::register_step(registry)
    }

    fn shape() -> Option<&'static dyn Shape> {
        Some(super::value_object::ESCALATION_STEP)
    }

    fn value(self, _scope: &RequestScope, selected: &Plan) -> Value {
        super::value_object::write_step(self, selected)
    }
}

impl Leaf for crate::domain::money::Money {
    fn register(registry: &mut Registry) -> String {
        super::value_object::register_money(registry)
    }

    fn shape() -> Option<&'static dyn Shape> {
        Some(super::value_object::MONEY)
    }

    fn value(self, _scope: &RequestScope, selected: &Plan) -> Value {
        super::value_object::write_money(self, selected)
    }
}
