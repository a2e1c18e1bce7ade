//! Decimals of at most nine places, exact: what weights and values are written in.

use std::fmt;
use std::str::FromStr;

const PLACES: usize = 9;

/// An exact decimal, counted in billionths: 0.25 is 250 000 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Billionths(i64);

/// A text that is no decimal of at most nine places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a decimal such as 0.25 with at most nine places")]
pub struct NotADecimal;

impl Billionths {
    /// Nought.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(1_000_000_000);

    /// The decimal of so many billionths.
    #[must_use]
    pub const fn new(billionths: i64) -> Self {
        Self(billionths)
    }

    /// How many billionths it is.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whether it lies between 0 and 1, both included.
    #[must_use]
    pub fn is_share(self) -> bool {
        (Self::ZERO..=Self::ONE).contains(&self)
    }
}

impl FromStr for Billionths {
    type Err = NotADecimal;

    /// Reads `0.25`, `1` or `-0.5`.
    ///
    /// # Errors
    ///
    /// [`NotADecimal`] for anything else, an exponent or a tenth place among it, and for what is too large to be held.
    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let written = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !written(whole) || !written(places) || places.len() > PLACES {
            return Err(NotADecimal);
        }
        let magnitude = format!("{whole}{places:0<PLACES$}").parse::<i64>();
        magnitude
            .map(|billionths| Self(sign * billionths))
            .map_err(|_| NotADecimal)
    }
}

impl fmt::Display for Billionths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let one = Self::ONE.0.unsigned_abs();
        let text = format!("{sign}{}.{:0PLACES$}", magnitude / one, magnitude % one);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}
