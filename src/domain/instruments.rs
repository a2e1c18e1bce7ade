//! The versions of instruments that this installation knows, and which of them are counted.

use super::instrument::{InstrumentVersion, MethodStatus, embedded};
use super::survey::Instrument;

/// The versions that are known: those that come with the program, and those that were loaded besides.
#[derive(Clone, Debug)]
pub struct Instruments(Vec<InstrumentVersion>);

impl Default for Instruments {
    fn default() -> Self {
        Self(embedded().to_vec())
    }
}

impl Instruments {
    /// What comes with the program, and these; one of the same instrument and version takes the other's place.
    #[must_use]
    pub fn with(loaded: Vec<InstrumentVersion>) -> Self {
        let Self(mut known) = Self::default();
        for version in loaded {
            known
                .retain(|other| (other.instrument, &other.version) != (version.instrument, &version.version));
            known.push(version);
        }
        Self(known)
    }

    /// A version of an instrument.
    #[must_use]
    pub fn version(&self, instrument: Instrument, version: &str) -> Option<&InstrumentVersion> {
        self.0
            .iter()
            .find(|known| known.instrument == instrument && known.version == version)
    }

    /// A version whose answers are counted. Once an official table of weights is loaded, answers to provisional ones are kept
    /// and not counted any more, because their scores are not IOM's; instruments without weights count as they are.
    #[must_use]
    pub fn counted(&self, instrument: Instrument, version: &str) -> Option<&InstrumentVersion> {
        let status = self.method_of(instrument);
        let known = self.version(instrument, version);
        known.filter(|known| instrument != Instrument::Rss || known.status == status)
    }

    /// Whether what is counted with an instrument goes by an official table.
    #[must_use]
    pub fn method_of(&self, instrument: Instrument) -> MethodStatus {
        let mut known = self.0.iter().filter(|known| known.instrument == instrument);
        if known.any(|known| known.status == MethodStatus::Official) {
            MethodStatus::Official
        } else {
            MethodStatus::Provisional
        }
    }

    /// Every version that is known.
    #[must_use]
    pub fn all(&self) -> &[InstrumentVersion] {
        &self.0
    }
}
