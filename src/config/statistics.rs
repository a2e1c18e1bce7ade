//! By which rules persons are counted.

use crate::domain::instrument::parse;
use crate::domain::instruments::Instruments;
use crate::domain::statistics::Rules;
use crate::domain::territory::CountryCode;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// The fewest persons that a figure may tell of, and tables of instruments beside those that come with the program.
///
/// A changed threshold is that of later publications; what is out stays as it is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatisticsSettings {
    /// The fewest for missions and the administration of IOM.
    pub threshold_inside: i64,
    /// The fewest for dashboards and everybody else.
    pub threshold_outside: i64,
    /// More, for single host territories, by their ISO 3166-1 alpha-3 codes.
    pub territories: BTreeMap<String, i64>,
    /// Files with versions of instruments, such as an official table of weights.
    pub instruments: Vec<PathBuf>,
}

impl Default for StatisticsSettings {
    fn default() -> Self {
        let rules = Rules::default();
        Self {
            threshold_inside: rules.inside,
            threshold_outside: rules.outside,
            territories: BTreeMap::new(),
            instruments: Vec::new(),
        }
    }
}

impl StatisticsSettings {
    /// Whether every threshold protects: from 3 to 1,000, outside no fewer than inside, territories that host.
    #[must_use]
    pub fn makes_sense(&self) -> bool {
        let mut all = self
            .territories
            .values()
            .chain([&self.threshold_inside, &self.threshold_outside]);
        let host = |code: &String| CountryCode::parse(code).is_some_and(|place| place.is_host_territory());
        all.all(|threshold| (3..=1_000).contains(threshold))
            && self.threshold_inside <= self.threshold_outside
            && self.territories.keys().all(host)
    }

    /// The rules that are set; the files are read now.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] for a file that cannot be read, or that is no version of an instrument.
    pub fn rules(&self) -> Result<Rules, Error> {
        let mut loaded = Vec::new();
        for file in &self.instruments {
            let say = |cause: String| {
                let file = file.display();
                Error::Startup(format!("statistics.instruments: {file}: {cause}"))
            };
            let text = std::fs::read_to_string(file).map_err(|cause| say(cause.to_string()))?;
            loaded.push(parse(&text).map_err(|cause| say(cause.to_string()))?);
        }
        let places = self.territories.iter();
        Ok(Rules {
            inside: self.threshold_inside,
            outside: self.threshold_outside,
            of_territories: places
                .filter_map(|(code, least)| Some((CountryCode::parse(code)?, *least)))
                .collect(),
            instruments: Arc::new(Instruments::with(loaded)),
        })
    }
}
