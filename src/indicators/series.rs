//! Figures by step: months are published by themselves, or several together.

use super::figures::{Figure, Figures};
use super::question::PeriodStep;
use std::collections::BTreeMap;

/// Figures by step and by group.
pub(super) type Steps = BTreeMap<(Option<String>, Vec<String>), Figure>;

/// Figures by step and group: what was published in several months counts in the step of the last one.
pub(super) fn steps(figures: &Figures, step: Option<PeriodStep>) -> Steps {
    let mut steps = Steps::new();
    for (key, figure) in &figures.rows {
        let (period, keys) = match (step, key.split_first()) {
            (Some(step), Some((first, rest))) => (Some(step.of(first)), rest.to_vec()),
            _ => (None, key.clone()),
        };
        let sum = steps.entry((period, keys)).or_default();
        sum.at_least |= figure.at_least;
        sum.shown = match (sum.shown, figure.shown) {
            (Some(one), Some(other)) => Some(one + other),
            (one, other) => one.or(other),
        };
    }
    steps
}

impl PeriodStep {
    /// The step of a month, or of an interval of months, by its last one.
    #[must_use]
    pub fn of(self, months: &str) -> String {
        let last = months.rsplit('/').next().unwrap_or(months);
        let (year, month) = last.split_once('-').unwrap_or((last, "01"));
        match self {
            Self::Project => months.to_owned(),
            Self::Month => last.to_owned(),
            Self::Quarter => {
                let month: u32 = month.parse().unwrap_or(1);
                format!("{year}-Q{}", month.div_ceil(3))
            }
            Self::Year => year.to_owned(),
        }
    }
}
