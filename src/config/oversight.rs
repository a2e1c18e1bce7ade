//! What is set of oversight.

use serde::Deserialize;

/// How long oversight may see a case as its sending mission does.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BreakGlassSettings {
    /// Longest access that may be asked for, in minutes.
    pub max_minutes: i32,
}

impl Default for BreakGlassSettings {
    fn default() -> Self {
        Self { max_minutes: 240 }
    }
}
