//! By which rules an installation counts persons.

use crate::domain::instruments::Instruments;
use crate::domain::territory::CountryCode;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The fewest persons that a figure may tell of, and the tables that answers are read by (DOMAIN 4.5, 3.1).
#[derive(Clone, Debug)]
pub struct Rules {
    /// The fewest for missions and the administration of IOM.
    pub inside: i64,
    /// The fewest for everybody else.
    pub outside: i64,
    /// More, for single host territories and everybody.
    pub of_territories: BTreeMap<CountryCode, i64>,
    /// The versions of instruments that are known.
    pub instruments: Arc<Instruments>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            inside: 5,
            outside: 10,
            of_territories: BTreeMap::new(),
            instruments: Arc::default(),
        }
    }
}
