//! JSON with its keys in the order in which they came.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// A JSON value that remembers the order of its keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Ordered {
    /// Keys and values, in order.
    Object(Vec<(String, Ordered)>),
    /// Values.
    List(Vec<Ordered>),
    /// Anything else.
    Leaf(Value),
}

impl Ordered {
    /// Reads JSON.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|fault| panic!("{fault} in {text}"))
    }

    /// The keys of an object, in order.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Object(entries) => entries.iter().map(|(key, _)| key.as_str()).collect(),
            other => panic!("{other:?} is no object"),
        }
    }

    /// The value at a path of keys and places.
    pub fn at(&self, path: &[&str]) -> &Self {
        let Some((step, rest)) = path.split_first() else {
            return self;
        };
        let found = match self {
            Self::Object(entries) => entries
                .iter()
                .find(|(key, _)| key == step)
                .map(|(_, value)| value),
            Self::List(values) => step.parse::<usize>().ok().and_then(|place| values.get(place)),
            Self::Leaf(_) => None,
        };
        found.unwrap_or_else(|| panic!("no {step} in {self:?}")).at(rest)
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsItComes)
    }
}

struct AsItComes;

macro_rules! leaves {
    ($($visit:ident: $kind:ty),+) => {
        $(fn $visit<E>(self, value: $kind) -> Result<Ordered, E> {
            Ok(Ordered::Leaf(Value::from(value)))
        })+
    };
}

impl<'de> Visitor<'de> for AsItComes {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    leaves!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Leaf(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Ordered, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element()? {
            values.push(value);
        }
        Ok(Ordered::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered::Object(entries))
    }
}
