//! Chance that can be repeated: the same numbers for the same seed, on every machine and after every upgrade.
//!
//! The demo programme has to be the same everywhere, and a general-purpose crate promises that of no default generator.
//! `SplitMix64` (Steele, Lea, Flood 2014) is five lines, passes the usual tests, and forks: each case has dice of its
//! own, so that a change to the story of one case leaves the others as they are. Nothing here is fit for secrets.

use std::ops::RangeInclusive;

/// Dice that fall the same way for the same seed.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice for a seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of its own for the nth of many things; they do not depend on what these dice have shown.
    pub(super) fn fork(seed: u64, nth: usize) -> Self {
        let mut dice = Self(seed ^ (nth as u64 + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        Self(dice.roll())
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number of a range, each as likely as the others.
    pub(super) fn within(&mut self, range: RangeInclusive<i64>) -> i64 {
        let span = range.end().abs_diff(*range.start()) + 1;
        range.start().saturating_add_unsigned(self.roll() % span)
    }

    /// Yes, in so many cases of a hundred.
    pub(super) fn in_a_hundred(&mut self, yes: i64) -> bool {
        self.within(1..=100) <= yes
    }

    /// One of several, each as likely as the others.
    ///
    /// # Panics
    ///
    /// If there is nothing to pick from.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = usize::try_from(self.roll() % from.len() as u64).unwrap_or_default();
        &from[index]
    }

    /// One of several by weight.
    ///
    /// # Panics
    ///
    /// If nothing has any weight.
    pub(super) fn weigh<T: Copy>(&mut self, from: &[(T, u32)]) -> T {
        let total: i64 = from.iter().map(|(_, weight)| i64::from(*weight)).sum();
        let mut left = self.within(1..=total);
        for (what, weight) in from {
            left -= i64::from(*weight);
            if left <= 0 {
                return *what;
            }
        }
        unreachable!("the weights add up to their total")
    }

    /// Puts a deck into another order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, deck: &mut [T]) {
        for last in (1..deck.len()).rev() {
            let other = usize::try_from(self.roll() % (last as u64 + 1)).unwrap_or_default();
            deck.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_reference_implementation() {
        let mut dice = Dice::new(1_234_567);
        let shown = [dice.roll(), dice.roll(), dice.roll()];
        assert_eq!(
            shown,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn every_number_of_a_range_is_shown_and_no_other() {
        let mut dice = Dice::fork(7, 3);
        let mut shown = [0; 7];
        for _ in 0..700 {
            shown[usize::try_from(dice.within(-3..=3) + 3).expect("of the range")] += 1;
        }
        assert!(shown.iter().all(|times| (50..=150).contains(times)), "{shown:?}");
    }
}
