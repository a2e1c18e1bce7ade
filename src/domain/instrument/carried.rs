//! The versions that the program carries, one of each instrument.

use super::{InstrumentVersion, parse};
use crate::domain::survey::Instrument;
use std::sync::LazyLock;

const CARRIED: [&str; 3] = [
    include_str!("../../../assets/instruments/avr-pms-1.json"),
    include_str!("../../../assets/instruments/rss-provisional-1.json"),
    include_str!("../../../assets/instruments/rass-1.json"),
];

static EMBEDDED: LazyLock<Vec<InstrumentVersion>> =
    LazyLock::new(|| CARRIED.into_iter().flat_map(parse).collect());

/// The versions that the program carries, one of each instrument, all of them provisional.
#[must_use]
pub fn embedded() -> &'static [InstrumentVersion] {
    &EMBEDDED
}

/// A version that the program carries.
#[must_use]
pub fn embedded_version(instrument: Instrument, version: &str) -> Option<&'static InstrumentVersion> {
    embedded()
        .iter()
        .find(|known| known.instrument == instrument && known.version == version)
}
