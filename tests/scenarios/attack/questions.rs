//! Questions that a dashboard can make up: all that go with one filter, all that do not go, and some by chance.

use super::asked::{DIMENSIONS, Question};
use super::truth::{Family, Truth};
use std::collections::BTreeSet;

/// Chance with a seed: the same every time.
pub struct Chance(u64);

impl Chance {
    /// The chance of `AVRR_TEST_ATTACK_SEED`, or one that is always the same.
    pub fn of_this_run() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "a switch of the tests, not a setting of the program"
        )]
        let seed = std::env::var("AVRR_TEST_ATTACK_SEED").ok();
        let seed = seed.map_or(20_261_129, |seed| {
            seed.parse().expect("AVRR_TEST_ATTACK_SEED is a number")
        });
        Self(seed)
    }

    /// A number below another.
    fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A scope: a project and months, or neither.
type Scope = (Option<String>, Option<(String, String)>);

/// All sets of at most three dimensions.
fn sets() -> Vec<Vec<&'static str>> {
    let names = DIMENSIONS.map(|(name, _)| name);
    let mut sets = vec![Vec::new()];
    for (nth, one) in names.iter().enumerate() {
        sets.push(vec![*one]);
        for (next, other) in names.iter().enumerate().skip(nth + 1) {
            sets.push(vec![*one, *other]);
            sets.extend(
                names
                    .iter()
                    .skip(next + 1)
                    .map(|third| vec![*one, *other, *third]),
            );
        }
    }
    sets
}

/// The dimensions that are filtered by, with their groups.
fn filters(truth: &Truth) -> Vec<(&'static str, Vec<String>)> {
    let filtered = DIMENSIONS.iter().filter(|(_, argument)| argument.is_some());
    let groups = |name: &str| truth.groups[name].iter().cloned().collect();
    filtered.map(|(name, _)| (*name, groups(name))).collect()
}

/// Every set of dimensions with every single filter, and what of it is refused.
pub fn all(truth: &Truth) -> (Vec<Question>, Vec<Question>) {
    let (mut asked, mut refused) = (BTreeSet::new(), Vec::new());
    let whole: Scope = (None, None);
    let mut scopes: BTreeSet<Scope> = truth
        .cohorts
        .iter()
        .map(|cohort| {
            (
                Some(cohort.project.clone()),
                Some((cohort.from.clone(), cohort.to.clone())),
            )
        })
        .collect();
    scopes.insert(whole.clone());
    let months: BTreeSet<&String> = truth
        .batches
        .iter()
        .flat_map(|batch| [&batch.from, &batch.to])
        .collect();
    let months = months
        .into_iter()
        .map(|month| (None, Some((month.clone(), month.clone()))));
    let years = (2_022..=2_026).map(|year| (None, Some((format!("{year}-01"), format!("{year}-12")))));
    let projects: BTreeSet<&String> = truth.batches.iter().map(|batch| &batch.project).collect();
    let projects = projects.into_iter().map(|project| (Some(project.clone()), None));
    let periods: Vec<Scope> = months.chain(years).chain(projects).filter(begun).collect();
    for by in sets() {
        let of = |only: Vec<(&'static str, String)>, (project, months): &Scope| Question {
            by: by.clone(),
            only,
            project: project.clone(),
            months: months.clone(),
        };
        let alone = of(Vec::new(), &whole);
        let goes_by_publication = by.contains(&"MONTH") || by.contains(&"PROJECT");
        if alone.goes_together() {
            let scopes = scopes
                .iter()
                .chain(if goes_by_publication { &[] } else { &periods[..] });
            asked.extend(scopes.map(|scope| of(Vec::new(), scope)));
        } else {
            refused.push(alone);
        }
        for (dimension, groups) in filters(truth) {
            let one = of(vec![(dimension, groups[0].clone())], &whole);
            if !one.goes_together() {
                refused.push(one);
                continue;
            }
            for group in groups {
                let only = vec![(dimension, group)];
                if goes_by_publication {
                    asked.insert(of(only, &whole));
                } else {
                    asked.extend(scopes.iter().map(|scope| of(only.clone(), scope)));
                }
            }
        }
    }
    (asked.into_iter().collect(), refused)
}

fn begun((_, months): &Scope) -> bool {
    // The programme is asked in March 2026; what is to come is refused.
    months.as_ref().is_none_or(|(from, _)| from.as_str() <= "2026-03")
}

/// Questions by chance, each of which can be answered.
pub fn by_chance(truth: &Truth, count: usize, chance: &mut Chance) -> Vec<Question> {
    let mut questions = Vec::new();
    let projects: Vec<&String> = truth.cohorts.iter().map(|cohort| &cohort.project).collect();
    let months: Vec<&String> = truth
        .batches
        .iter()
        .flat_map(|batch| [&batch.from, &batch.to])
        .collect();
    while questions.len() < count {
        let family = *chance.pick(&Family::ALL);
        let mut names = family.dimensions().to_vec();
        let mut filtered = names.clone();
        names.extend(["MONTH", "PROJECT"]);
        let mut by = Vec::new();
        for _ in 0..chance.below(4) {
            let at = chance.below(names.len());
            if !by.contains(&names[at]) {
                by.push(names[at]);
            }
        }
        let mut only = Vec::new();
        for _ in 0..chance.below(4).min(filtered.len()) {
            let dimension = filtered.swap_remove(chance.below(filtered.len()));
            let groups: Vec<&String> = truth.groups[dimension].iter().collect();
            only.push((dimension, (*chance.pick(&groups)).clone()));
        }
        let period = (chance.below(3) == 0).then(|| {
            let (one, other) = ((*chance.pick(&months)).clone(), (*chance.pick(&months)).clone());
            (one.clone().min(other.clone()), one.max(other))
        });
        questions.push(Question {
            by,
            only,
            project: (chance.below(3) == 0).then(|| (*chance.pick(&projects)).clone()),
            months: period,
        });
    }
    questions
}
