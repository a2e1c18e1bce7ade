//! Disclosure control: how persons are gathered into cells of which none names too few (INV-20; DOMAIN 4.5).
//!
//! The persons of a reporting period are split along a tree, one dimension after the other. A group that is too small is
//! withheld together with others of its own parent, the smallest first, until what is withheld is itself large enough; it
//! is not split further. What comes out are leaves, each of at least the threshold, and every figure that is ever told is
//! a sum of whole leaves: whatever is asked, and however often, persons of one leaf cannot be told apart.

use super::dimension::Dimension;
use crate::domain::statistics::Count;
use crate::domain::territory::CountryCode;
use std::collections::BTreeMap;

/// Fewest persons of a rate who met it, and who did not (DOMAIN 4.5).
pub const LEAST_OF_A_RATE: i64 = 3;

/// The fewest that a figure for one audience may tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Where nothing else is said.
    pub usual: i64,
    /// More, for single host territories.
    pub of_territories: BTreeMap<CountryCode, i64>,
}

impl Thresholds {
    /// The threshold for persons of a host territory.
    fn of(&self, host: &str) -> i64 {
        let place = CountryCode::parse(host);
        let own = place.and_then(|place| self.of_territories.get(&place));
        own.map_or(self.usual, |own| self.usual.max(*own))
    }

    /// The threshold where persons of any host territory may be among those counted.
    #[must_use]
    pub fn of_all(&self) -> i64 {
        self.of_territories
            .values()
            .fold(self.usual, |most, own| most.max(*own))
    }
}

/// What has to be watched beside the number of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Whether cases are told beside persons.
    pub cases: bool,
    /// Whether the figure is a rate.
    pub rate: bool,
}

impl Watch {
    /// Whether so many are enough to be told of.
    #[must_use]
    pub fn is_enough(self, count: Count, threshold: i64) -> bool {
        let Count { persons, cases, met } = count;
        persons >= threshold
            && (!self.cases || cases >= threshold)
            && (!self.rate || (met >= LEAST_OF_A_RATE && persons - met >= LEAST_OF_A_RATE))
    }
}

impl Watch {
    /// Whether groups may be withheld by name: they are at least two, together enough, and each of them could be enough by
    /// itself although every other is at least one person, and where cases are told one case.
    fn may_be_named(self, together: Count, groups: usize, threshold: i64) -> bool {
        let others = i64::try_from(groups).unwrap_or(i64::MAX) - 1;
        others >= 1
            && self.is_enough(together, threshold)
            && together.persons - others >= threshold
            && (!self.cases || together.cases - others >= threshold)
    }
}

/// Persons who cannot be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Their group in each dimension, as far as it is told.
    pub keys: Vec<String>,
    /// The groups that are withheld together in the next dimension; none where everything is told, and where it would tell
    /// too much even to name them: then they may be of any group.
    pub withheld: Vec<String>,
    /// How many they are.
    pub count: Count,
}

/// Splits persons, counted by all dimensions, into leaves.
#[must_use]
pub fn leaves(
    rows: &[(Vec<String>, Count)],
    dimensions: &[Dimension],
    watch: Watch,
    thresholds: &Thresholds,
) -> Vec<Leaf> {
    let splitter = Splitter {
        dimensions,
        watch,
        thresholds,
    };
    let mut leaves = Vec::new();
    let rows: Vec<&(Vec<String>, Count)> = rows.iter().collect();
    splitter.split(&rows, Vec::new(), &mut leaves);
    leaves
}

/// The share of persons, in thousandths, of whom not even the second of so many dimensions is told.
#[must_use]
pub fn loss(leaves: &[Leaf], dimensions: usize) -> i64 {
    let all: i64 = leaves.iter().map(|leaf| leaf.count.persons).sum();
    let lost = leaves.iter().filter(|leaf| leaf.keys.len() < dimensions.min(2));
    let lost: i64 = lost.map(|leaf| leaf.count.persons).sum();
    lost * 1_000 / all.max(1)
}

struct Splitter<'a> {
    dimensions: &'a [Dimension],
    watch: Watch,
    thresholds: &'a Thresholds,
}

impl Splitter<'_> {
    fn split(&self, rows: &[&(Vec<String>, Count)], told: Vec<String>, leaves: &mut Vec<Leaf>) {
        let level = told.len();
        let Some(dimension) = self.dimensions.get(level) else {
            leaves.push(Leaf {
                keys: told,
                withheld: Vec::new(),
                count: rows.iter().map(|(_, count)| *count).sum(),
            });
            return;
        };
        let mut groups: BTreeMap<&str, Vec<&(Vec<String>, Count)>> = BTreeMap::new();
        for row in rows {
            groups.entry(row.0[level].as_str()).or_default().push(row);
        }
        let counted: Vec<(&str, Count)> = groups
            .iter()
            .map(|(group, rows)| (*group, rows.iter().map(|(_, count)| *count).sum()))
            .collect();
        let watch = Watch {
            // Cases are told by dimensions of the case alone.
            cases: self.watch.cases && self.dimensions[..=level].iter().all(|of| of.is_of_the_case()),
            ..self.watch
        };
        let threshold = |group: &str| match (self.dimensions[0], *dimension) {
            (Dimension::HostTerritory, Dimension::HostTerritory) => self.thresholds.of(group),
            (Dimension::HostTerritory, _) => self.thresholds.of(&told[0]),
            _ => self.thresholds.of_all(),
        };
        let most = counted.iter().map(|(group, _)| threshold(group)).max();
        let withheld = withheld(&counted, watch, &threshold);
        let mut gone = Leaf {
            keys: told.clone(),
            withheld: Vec::new(),
            count: Count::default(),
        };
        for ((group, count), withheld) in counted.into_iter().zip(withheld) {
            if withheld {
                gone.withheld.push(group.to_owned());
                gone.count += count;
            } else {
                let mut told = told.clone();
                told.push(group.to_owned());
                self.split(&groups[group], told, leaves);
            }
        }
        if !gone.withheld.is_empty() {
            if !watch.may_be_named(gone.count, gone.withheld.len(), most.unwrap_or_default()) {
                // That happens where all groups of the parent are withheld, so nothing else is left to belong to.
                gone.withheld.clear();
            }
            leaves.push(gone);
        }
    }
}

/// Which groups of one parent are withheld: those that are too small, and the smallest of the others, until they are
/// enough to be withheld by name; or all of them.
fn withheld(groups: &[(&str, Count)], watch: Watch, threshold: &dyn Fn(&str) -> i64) -> Vec<bool> {
    let mut withheld: Vec<bool> = groups
        .iter()
        .map(|(group, count)| !watch.is_enough(*count, threshold(group)))
        .collect();
    loop {
        let gone = || {
            groups
                .iter()
                .zip(&withheld)
                .filter(|(_, gone)| **gone)
                .map(|(group, _)| group)
        };
        let most = gone().map(|(group, _)| threshold(group)).max();
        let Some(most) = most else {
            return withheld;
        };
        let sum: Count = gone().map(|(_, count)| *count).sum();
        if watch.may_be_named(sum, gone().count(), most) {
            return withheld;
        }
        let shown = (0..groups.len()).filter(|index| !withheld[*index]);
        match shown.min_by_key(|index| (groups[*index].1.persons, groups[*index].1.cases)) {
            Some(next) => withheld[next] = true,
            None => return withheld,
        }
    }
}

#[cfg(test)]
mod tests;
