//! Disclosure control: which cells of a table may be shown.

use crate::store::CaseCount;

/// Counts from 1 to one less than this are not shown to anybody.
pub const THRESHOLD: i64 = 10;

/// Whether a count names too few.
#[must_use]
pub fn is_disclosive(count: i64, threshold: i64) -> bool {
    (1..threshold).contains(&count)
}

/// Which cells of a table with a total are suppressed.
///
/// A cell goes whose cases or persons are below the threshold. If the cells that went could be told from the total, alone
/// or together, the next smallest go too, until what is hidden is at least two cells and the threshold in both counters.
#[must_use]
pub fn suppressed(cells: &[CaseCount], threshold: i64) -> Vec<bool> {
    let small =
        |cell: &CaseCount| is_disclosive(cell.cases, threshold) || is_disclosive(cell.persons, threshold);
    let mut hidden: Vec<bool> = cells.iter().map(small).collect();
    loop {
        let gone = || {
            cells
                .iter()
                .zip(&hidden)
                .filter(|(_, hidden)| **hidden)
                .map(|(cell, _)| cell)
        };
        let (count, cases, persons) = gone().fold((0, 0, 0), |(count, cases, persons), cell| {
            (count + 1, cases + cell.cases, persons + cell.persons)
        });
        if count == 0 || (count >= 2 && cases >= threshold && persons >= threshold) {
            return hidden;
        }
        let shown = (0..cells.len()).filter(|index| !hidden[*index]);
        match shown.min_by_key(|index| (cells[*index].persons, cells[*index].cases)) {
            Some(next) => hidden[next] = true,
            None => return hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(persons: &[i64]) -> Vec<CaseCount> {
        persons
            .iter()
            .map(|persons| CaseCount {
                keys: Vec::new(),
                cases: *persons,
                persons: *persons,
            })
            .collect()
    }

    #[test]
    fn the_kosovar_table_of_2010_gives_away_neither_slovakia_nor_australia() {
        // S3: 2,204 Kosovar returnees by host; SK 8 and AU 1 are small, and their sum 9 would be too.
        let counts = [
            444, 315, 309, 237, 236, 197, 140, 111, 81, 51, 23, 22, 19, 10, 8, 1,
        ];
        let hidden = suppressed(&cells(&counts), THRESHOLD);
        let gone: Vec<i64> = counts
            .iter()
            .zip(&hidden)
            .filter(|(_, hidden)| **hidden)
            .map(|(count, _)| *count)
            .collect();
        assert_eq!(gone, [10, 8, 1]);
    }

    proptest! {
        /// INV-20: what is hidden cannot be had by subtraction from the total as a number below the threshold.
        #[test]
        fn inv_20_no_small_cell_can_be_told_from_the_total(persons in prop::collection::vec(0_i64..60, 1..20)) {
            let cells = cells(&persons);
            let hidden = suppressed(&cells, THRESHOLD);
            for (cell, hidden) in cells.iter().zip(&hidden) {
                prop_assert!(*hidden || !is_disclosive(cell.persons, THRESHOLD));
            }
            let gone: Vec<i64> = persons.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(count, _)| *count).collect();
            let everything = gone.len() == persons.len();
            prop_assert!(gone.is_empty() || everything || (gone.len() >= 2 && gone.iter().sum::<i64>() >= THRESHOLD));
        }
    }
}
