//! A row that can only be read through its lens, and only by somebody who marks what the lens let through.

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

/// What has been seen of one row, by the places of its fields in the table of its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    shown: u128,
    masked: u128,
}

/// Where it is marked what was let through of one field.
pub struct Mark<'s> {
    seen: &'s mut Seen,
    place: usize,
}

impl Seen {
    /// The most fields that the table of a type can have.
    pub const PLACES: usize = u128::BITS as usize;

    /// Where the field at this place is marked.
    pub fn at(&mut self, place: usize) -> Mark<'_> {
        debug_assert!(place < Self::PLACES, "no such place");
        Mark { seen: self, place }
    }

    /// Adds what was seen of the same row elsewhere.
    pub fn add(&mut self, other: Self) {
        self.shown |= other.shown;
        self.masked |= other.masked;
    }

    /// The places of the fields that were shown in full, in order.
    pub fn shown(self) -> impl Iterator<Item = usize> {
        (0..Self::PLACES).filter(move |place| self.shown >> place & 1 == 1)
    }

    /// The places of the fields that were shown in part, in order.
    pub fn masked(self) -> impl Iterator<Item = usize> {
        (0..Self::PLACES).filter(move |place| self.masked >> place & 1 == 1)
    }
}

impl Mark<'_> {
    fn shown(self) {
        self.seen.shown |= 1 << self.place;
    }

    fn masked(self) {
        self.seen.masked |= 1 << self.place;
    }
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
    pub fn show<'a, V: Maskable>(
        &'a self,
        field: Field,
        mark: Mark<'_>,
        get: impl FnOnce(&'a T) -> V,
    ) -> Shown<V> {
        match self.lens.sight(field) {
            Sight::Full => {
                mark.shown();
                Shown::Full(get(&self.row))
            }
            Sight::Masked(mask) => match get(&self.row).masked(mask, self.lens.today()) {
                Some(value) => {
                    mark.masked();
                    Shown::Masked(value)
                }
                None => Shown::Withheld,
            },
            Sight::Withheld => Shown::Withheld,
        }
    }

    /// Related rows, which carry lenses of their own: shown or withheld, never masked.
    pub fn open<'a, V>(&'a self, field: Field, mark: Mark<'_>, get: impl FnOnce(&'a T) -> V) -> Option<V> {
        (self.lens.sight(field) == Sight::Full).then(|| {
            mark.shown();
            get(&self.row)
        })
    }

    /// The row's own name, which an id or a cursor is made from; it is shown to nobody as it is.
    pub(crate) fn key<K>(&self, get: impl FnOnce(&T) -> K) -> K {
        get(&self.row)
    }
}
