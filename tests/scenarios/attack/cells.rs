//! Sets of cells, which are many and small.

/// Some of the cells of a family.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cells(Vec<u64>);

impl Cells {
    /// None of so many cells.
    pub fn none(of: usize) -> Self {
        Self(vec![0; of.div_ceil(64)])
    }

    /// Adds a cell.
    pub fn add(&mut self, cell: usize) {
        if self.0.len() <= cell / 64 {
            self.0.resize(cell / 64 + 1, 0);
        }
        self.0[cell / 64] |= 1 << (cell % 64);
    }

    /// Keeps those that are among others.
    pub fn keep(&mut self, others: &Self) {
        for (word, other) in self.0.iter_mut().zip(&others.0) {
            *word &= other;
        }
    }

    /// Adds others.
    pub fn join(&mut self, others: &Self) {
        if self.0.len() < others.0.len() {
            self.0.resize(others.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&others.0) {
            *word |= other;
        }
    }

    /// The cells by their numbers.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(nth, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let next = rest.trailing_zeros();
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    nth * 64 + next as usize
                })
            })
        })
    }

    /// The same among more cells, of which these come after so many.
    pub fn after(&self, others: usize) -> Self {
        self.iter().map(|cell| cell + others).collect()
    }
}

impl FromIterator<usize> for Cells {
    fn from_iter<I: IntoIterator<Item = usize>>(cells: I) -> Self {
        let mut all = Self::default();
        for cell in cells {
            all.add(cell);
        }
        all
    }
}
