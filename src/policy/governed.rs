//! A row that can only be read through its lens.

use super::fields::Field;
use super::lens::{Lens, Sight};
use super::mask::Maskable;

/// A row with the lens that one viewer sees it through. The row itself is private: every read names its line.
#[derive(Clone, Debug)]
pub struct Governed<T> {
    row: T,
    lens: Lens,
}

/// A value as the policy lets it through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown<V> {
    /// The value.
    Full(V),
    /// The value under a mask.
    Masked(V),
    /// Nothing.
    Withheld,
}

impl<T> Governed<T> {
    /// Puts a row under a lens; only the store and the tests of this room do.
    pub(crate) fn new(row: T, lens: Lens) -> Self {
        Self { row, lens }
    }

    /// The lens.
    #[must_use]
    pub fn lens(&self) -> Lens {
        self.lens
    }

    /// A value of the row, as far as the field's line lets it through.
    pub fn show<'a, V: Maskable>(&'a self, field: Field, get: impl FnOnce(&'a T) -> V) -> Shown<V> {
        match self.lens.sight(field) {
            Sight::Full => Shown::Full(get(&self.row)),
            Sight::Masked(mask) => match get(&self.row).masked(mask, self.lens.today()) {
                Some(value) => Shown::Masked(value),
                None => Shown::Withheld,
            },
            Sight::Withheld => Shown::Withheld,
        }
    }

    /// Related rows, which carry lenses of their own: shown or withheld, never masked.
    pub fn open<'a, V>(&'a self, field: Field, get: impl FnOnce(&'a T) -> V) -> Option<V> {
        (self.lens.sight(field) == Sight::Full).then(|| get(&self.row))
    }

    /// The row's own name, which an id or a cursor is made from; it is shown to nobody as it is.
    pub(crate) fn key<K>(&self, get: impl FnOnce(&T) -> K) -> K {
        get(&self.row)
    }
}
