//! Values with fields of their own: money, a territory with its name and footnote, a step of an escalation. The field that holds one governs it.

use super::leaf::nullable;
use super::meta;
use super::plan::{ColumnShape, Plan, Shape};
use super::scalars::{CountryScalar, CurrencyScalar, DateTimeScalar};
use super::word::Word;
use crate::domain::code::Code as _;
use crate::domain::escalation::EscalationAction;
use crate::domain::money::Money;
use crate::domain::territory::{CountryCode, TerritoryProfile};
use crate::store::nodes::StepShown;
use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{MetaTypeId, Registry};
use async_graphql::{
    ContextSelectionSet, Name, OutputType, Positioned, ScalarType, ServerResult, Value, parser::types::Field,
};
use std::borrow::Cow;

struct ValueShape {
    name: &'static str,
    fields: &'static [&'static str],
}

impl Shape for ValueShape {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn is_node(&self) -> bool {
        false
    }

    fn column(&self, name: &str) -> Option<ColumnShape> {
        let index = self.fields.iter().position(|field| *field == name)?;
        Some(ColumnShape {
            index,
            field: None,
            of: None,
        })
    }
}

/// The shape of `Territory`.
pub const TERRITORY: &dyn Shape = &ValueShape {
    name: "Territory",
    fields: &["code", "name", "footnote"],
};
/// The shape of `Money`.
pub const MONEY: &dyn Shape = &ValueShape {
    name: "Money",
    fields: &["amountMinor", "currency"],
};

/// The shape of `EscalationStep`.
pub const ESCALATION_STEP: &dyn Shape = &ValueShape {
    name: "EscalationStep",
    fields: &["action", "minutes", "beforeLanding", "doneAt"],
};

fn write(type_name: &str, selected: &Plan, field: impl Fn(usize) -> Value) -> Value {
    let entry = |item: &super::plan::Item| {
        (
            item.key.clone(),
            item.index.map_or_else(|| Value::from(type_name), &field),
        )
    };
    Value::Object(selected.items.iter().map(entry).collect::<IndexMap<_, _>>())
}

/// Writes what is selected of a territory.
pub fn write_territory(place: CountryCode, profile: TerritoryProfile, selected: &Plan) -> Value {
    write("Territory", selected, |index| match index {
        0 => Value::from(place.code_for(profile)),
        1 => Value::from(place.name()),
        _ => place.footnote().map_or(Value::Null, Value::from),
    })
}

/// Writes what is selected of an amount of money.
pub fn write_money(money: Money, selected: &Plan) -> Value {
    write("Money", selected, |index| match index {
        0 => Value::from(money.amount_minor),
        _ => Value::from(money.currency.as_str()),
    })
}

/// Writes what is selected of a step of an escalation.
pub fn write_step(shown: StepShown, selected: &Plan) -> Value {
    write("EscalationStep", selected, |index| match index {
        0 => Value::Enum(Name::new(shown.step.action.code())),
        1 => Value::from(shown.step.minutes),
        2 => Value::from(shown.step.before_landing),
        _ => shown
            .done_at
            .map_or(Value::Null, |at| ScalarType::to_value(&DateTimeScalar(at))),
    })
}

/// Stands for `EscalationStep` in the registry.
pub struct EscalationStepObject;

/// Registers `EscalationStep`.
pub fn register_step(registry: &mut Registry) -> String {
    nullable::<EscalationStepObject>(registry)
}

impl OutputType for EscalationStepObject {
    fn type_name() -> Cow<'static, str> {
        "EscalationStep".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let action = format!("{}!", Word::<EscalationAction>::register(registry));
            let moment = nullable::<DateTimeScalar>(registry);
            let fields = vec![
                meta::field("action", "What it does.".to_owned(), action),
                meta::field(
                    "minutes",
                    "How many minutes after the step before it, or after the notice for the first.".to_owned(),
                    "Int!".to_owned(),
                ),
                meta::field(
                    "beforeLanding",
                    "Whether the minutes are before the landing instead; then earlier steps that would be later hurry."
                        .to_owned(),
                    "Boolean!".to_owned(),
                ),
                meta::field(
                    "doneAt",
                    "When it was done; null of a rule, and while it is not done.".to_owned(),
                    moment,
                ),
            ];
            meta::object(
                "EscalationStep",
                "A step of what is done about a notice that nobody acknowledges.",
                fields,
                std::any::type_name::<Self>(),
            )
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

/// Stands for `Territory` in the registry.
pub struct TerritoryObject;

/// Registers `Territory`.
pub fn register_territory(registry: &mut Registry) -> String {
    nullable::<TerritoryObject>(registry)
}

impl OutputType for TerritoryObject {
    fn type_name() -> Cow<'static, str> {
        "Territory".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let code = <CountryScalar as OutputType>::create_type_info(registry);
            let fields = vec![
                meta::field(
                    "code",
                    "The code, as the client's own system takes it: see `Client.territoryProfile`."
                        .to_owned(),
                    code,
                ),
                meta::field("name", "The name in English.".to_owned(), "String!".to_owned()),
                meta::field(
                    "footnote",
                    "The footnote that the name must not be shown without.".to_owned(),
                    "String".to_owned(),
                ),
            ];
            meta::object(
                "Territory",
                "A country or territory.",
                fields,
                std::any::type_name::<Self>(),
            )
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

/// Stands for `Money` in the registry.
pub struct MoneyObject;

/// Registers `Money`.
pub fn register_money(registry: &mut Registry) -> String {
    nullable::<MoneyObject>(registry)
}

impl OutputType for MoneyObject {
    fn type_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            let currency = <CurrencyScalar as OutputType>::create_type_info(registry);
            let amount = "The amount in the currency's minor unit: 1,050.00 EUR is 105000.".to_owned();
            let fields = vec![
                meta::field("amountMinor", amount, "Int!".to_owned()),
                meta::field("currency", "The currency.".to_owned(), currency),
            ];
            meta::object(
                "Money",
                "An amount of money.",
                fields,
                std::any::type_name::<Self>(),
            )
        })
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}
