//! Counters that are always kept apart.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// Persons and cases, two counters and never one (INV-16), and how many of the persons met a rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Persons.
    pub persons: i64,
    /// Cases.
    pub cases: i64,
    /// Persons whom the numerator of a rate counts.
    pub met: i64,
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            persons: self.persons + other.persons,
            cases: self.cases + other.cases,
            met: self.met + other.met,
        }
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}
