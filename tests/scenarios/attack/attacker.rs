//! Somebody who has been told sums and wants the cells: what the least and the most are that a cell can be, by linear
//! programming over everything that was told. It refuses to know how figures are made up.

#![expect(
    clippy::float_cmp,
    clippy::type_complexity,
    reason = "bounds are the very numbers that were put in, or infinite; rows are sparse"
)]

use super::cells::Cells;
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A statement about the sum of some cells, less the sum of some others.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The cells that add up.
    pub plus: Cells,
    /// The cells that are taken away; mostly none.
    pub minus: Cells,
    /// The least that the sum is.
    pub least: i64,
    /// The most that it is, where anything is said.
    pub most: Option<i64>,
    /// Whether somebody is in it for whoever knows the program.
    pub is_named: bool,
}

impl Told {
    /// That some cells add up to something between two numbers.
    pub fn between(plus: Cells, least: i64, most: Option<i64>) -> Self {
        Self {
            plus,
            minus: Cells::default(),
            least,
            most,
            is_named: false,
        }
    }

    /// That some cells add up to a number.
    pub fn exactly(plus: Cells, sum: i64) -> Self {
        Self::between(plus, sum, Some(sum))
    }

    /// That some cells add up to as much as some others.
    pub fn the_same(plus: Cells, minus: Cells) -> Self {
        Self {
            minus,
            ..Self::exactly(plus, 0)
        }
    }

    /// That a row is suppressed: nothing is said of how many there are, but of whoever is named there is one.
    pub fn named(plus: Cells, most: Option<i64>) -> Self {
        Self {
            is_named: true,
            ..Self::between(plus, 0, most)
        }
    }
}

/// How much an attacker reads into what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Takes numbers alone.
    Plain,
    /// Knows the program: a row that is suppressed is one that somebody is in.
    Knowing,
}

/// What an attacker concludes about a sum of cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least that it can be.
    pub least: f64,
    /// The most that it can be.
    pub most: f64,
}

impl Range {
    /// Whether it is certain that it names somebody, and that it names fewer than the threshold.
    pub fn gives_a_small_cell_away(self, threshold: i64) -> bool {
        self.least > 1.0 - CLOSE && self.most < number(threshold) - 1.0 + CLOSE
    }

    /// Whether there is one number alone that it can be, and that names somebody.
    pub fn is_one_number(self) -> bool {
        self.least > CLOSE && self.most - self.least < CLOSE
    }

    /// Whether another range is the same.
    pub fn is_the_same_as(self, other: Self) -> bool {
        let near = |one: f64, other: f64| one == other || (one - other).abs() < CLOSE;
        near(self.least, other.least) && near(self.most, other.most)
    }
}

/// Numbers that are closer than this are the same: the solver computes in floating point, and persons are whole.
const CLOSE: f64 = 1e-4;

/// A number as the solver takes it.
#[expect(clippy::cast_precision_loss, reason = "counts of persons are far below 2^53")]
pub fn number(count: i64) -> f64 {
    count as f64
}

/// An attacker: cells of which nothing is known but that none is negative, and what was told of them.
///
/// Cells that stand in the same statements with the same sign cannot be told apart, so that the programme is about
/// groups of them: persons of one can always be thought to be in another.
pub struct Attacker {
    group_of: Vec<usize>,
    size: Vec<usize>,
    told: Vec<(Vec<(usize, f64)>, f64, f64)>,
    known: HashMap<(Vec<usize>, bool), f64>,
}

impl Attacker {
    /// Somebody who was told all this of so many cells.
    pub fn told(cells: usize, told: &[Told], reader: Reader) -> Self {
        // The same sum is often told more than once.
        let mut sums: HashMap<(&Cells, &Cells), (f64, f64)> = HashMap::new();
        for one in told {
            let bounds = sums
                .entry((&one.plus, &one.minus))
                .or_insert((f64::NEG_INFINITY, f64::INFINITY));
            let least = if one.is_named && reader == Reader::Knowing {
                1
            } else {
                one.least
            };
            *bounds = (
                bounds.0.max(number(least)),
                bounds.1.min(one.most.map_or(f64::INFINITY, number)),
            );
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|one, other| one.0.cmp(&other.0));
        let mut stands_in: Vec<Vec<(usize, bool)>> = vec![Vec::new(); cells];
        for (nth, ((plus, minus), _)) in sums.iter().enumerate() {
            for cell in plus.iter() {
                stands_in[cell].push((nth, true));
            }
            for cell in minus.iter() {
                stands_in[cell].push((nth, false));
            }
        }
        let mut groups: HashMap<Vec<(usize, bool)>, usize> = HashMap::new();
        let group_of: Vec<usize> = stands_in
            .into_iter()
            .map(|signature| {
                let next = groups.len();
                *groups.entry(signature).or_insert(next)
            })
            .collect();
        let mut size = vec![0; groups.len()];
        for group in &group_of {
            size[*group] += 1;
        }
        let told = sums.into_iter().map(|((plus, minus), (least, most))| {
            let groups = |cells: &Cells| cells.iter().map(|cell| group_of[cell]).collect::<BTreeSet<_>>();
            let mut terms: Vec<(usize, f64)> = groups(plus).into_iter().map(|group| (group, 1.0)).collect();
            terms.extend(groups(minus).into_iter().map(|group| (group, -1.0)));
            (terms, least, most)
        });
        // That a sum is not negative is known without being told.
        let told = told.filter(|(terms, least, most)| {
            !terms.is_empty()
                && (*least > 0.0 || *most < f64::INFINITY || terms.iter().any(|(_, sign)| *sign < 0.0))
        });
        Self {
            told: told.collect(),
            group_of,
            size,
            known: HashMap::new(),
        }
    }

    /// How many groups of cells and how many different statements there are.
    pub fn knows(&self) -> (usize, usize) {
        (self.size.len(), self.told.len())
    }

    /// What can be concluded about the sum of some cells.
    pub fn range_of(&mut self, cells: &Cells) -> Range {
        let mut of_group: BTreeMap<usize, usize> = BTreeMap::new();
        for cell in cells.iter() {
            *of_group.entry(self.group_of[cell]).or_default() += 1;
        }
        // The least of a part of a group is nothing, the most is the whole group.
        let whole = of_group
            .iter()
            .filter(|(group, count)| self.size[**group] == **count);
        let whole: Vec<usize> = whole.map(|(group, _)| *group).collect();
        let touched: Vec<usize> = of_group.into_keys().collect();
        Range {
            least: self.extreme(whole, false),
            most: self.extreme(touched, true),
        }
    }

    fn extreme(&mut self, groups: Vec<usize>, most: bool) -> f64 {
        if groups.is_empty() {
            return 0.0;
        }
        let key = (groups, most);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let direction = if most {
            OptimizationDirection::Maximize
        } else {
            OptimizationDirection::Minimize
        };
        let mut problem = Problem::new(direction);
        let variables: Vec<_> = (0..self.size.len())
            .map(|group| {
                problem.add_var(
                    if key.0.contains(&group) { 1.0 } else { 0.0 },
                    (0.0, f64::INFINITY),
                )
            })
            .collect();
        for (terms, least, upmost) in &self.told {
            let terms: Vec<_> = terms
                .iter()
                .map(|(group, sign)| (variables[*group], *sign))
                .collect();
            if least == upmost {
                problem.add_constraint(&terms[..], ComparisonOp::Eq, *least);
                continue;
            }
            if *least > f64::NEG_INFINITY {
                problem.add_constraint(&terms[..], ComparisonOp::Ge, *least);
            }
            if *upmost < f64::INFINITY {
                problem.add_constraint(&terms[..], ComparisonOp::Le, *upmost);
            }
        }
        let found = match problem.solve() {
            Ok(outcome) => outcome.solution().expect("no limit is set").objective(),
            Err(microlp::Error::Unbounded) => f64::INFINITY,
            Err(fault) => panic!("what was told cannot all be true: {fault}"),
        };
        self.known.insert(key, found);
        found
    }
}

#[test]
fn an_attacker_finds_what_a_total_gives_away_and_no_more() {
    let of = |cells: &[usize]| cells.iter().copied().collect::<Cells>();
    let told = [
        Told::exactly(of(&[0]), 20),
        Told::exactly(of(&[0, 1, 2]), 33),
        Told::exactly(of(&[2, 3]), 12),
        Told::exactly(of(&[0, 3]), 24),
    ];
    let mut attacker = Attacker::told(4, &told, Reader::Plain);
    let range = attacker.range_of(&of(&[1]));
    assert!(
        range.is_one_number() && range.gives_a_small_cell_away(10),
        "{range:?}"
    );
    let mut attacker = Attacker::told(3, &told[..2], Reader::Plain);
    let range = attacker.range_of(&of(&[1]));
    assert!(
        range.is_the_same_as(Range {
            least: 0.0,
            most: 13.0
        }),
        "{range:?}"
    );
    assert!(attacker.range_of(&of(&[1, 2])).is_one_number());
    let named = [
        told[0].clone(),
        told[1].clone(),
        Told::named(of(&[1]), None),
        Told::named(of(&[2]), None),
    ];
    let range = Attacker::told(3, &named, Reader::Knowing).range_of(&of(&[1]));
    assert!(
        range.is_the_same_as(Range {
            least: 1.0,
            most: 12.0
        }),
        "{range:?}"
    );
}
