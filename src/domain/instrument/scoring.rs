//! The scores of the Reintegration Sustainability Survey: three dimensions and a composite (DOMAIN 3.1).

use super::{Billionths, Dimension, InstrumentVersion};
use crate::codes;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

codes! { "Why there is no score." NoScore {
    TooFewAnswers = "TOO_FEW_ANSWERS": "The questions that were answered carry too little of the weight.",
    DimensionWithoutScore = "DIMENSION_WITHOUT_SCORE": "A dimension has no score, so there is no composite one.",
    NotScored = "NOT_SCORED": "The instrument gives no scores.",
} }

/// A score from 0 to 1, an exact fraction in its lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    numerator: i128,
    denominator: i128,
}

/// What the answers of one round amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Economic self-sufficiency, or why it has no score.
    pub economic: Result<Score, NoScore>,
    /// Social stability within the community, or why it has no score.
    pub social: Result<Score, NoScore>,
    /// Psychosocial wellbeing, or why it has no score.
    pub psychosocial: Result<Score, NoScore>,
    /// The composite score, or why there is none.
    pub composite: Result<Score, NoScore>,
}

/// The scores of the answers to a version, each over the questions that were answered.
///
/// What the version does not know counts as not answered; [`check_answers`](super::check_answers) finds it.
#[must_use]
pub fn score(version: &InstrumentVersion, answers: &BTreeMap<String, String>) -> Scores {
    let least = version.least_answered;
    let dimension = |dimension: Dimension| {
        let asked = version.questions.iter();
        let of_it = asked.filter(|question| question.dimension == Some(dimension));
        let tally = of_it.fold(Tally::default(), |tally, question| {
            tally.with(question.dimension_weight, question.worth_in(answers))
        });
        tally.score(least)
    };
    let scored = version
        .questions
        .iter()
        .filter(|question| question.dimension.is_some());
    let all = scored.fold(Tally::default(), |tally, question| {
        tally.with(question.composite_weight, question.worth_in(answers))
    });
    let economic = dimension(Dimension::Economic);
    let social = dimension(Dimension::Social);
    let psychosocial = dimension(Dimension::Psychosocial);
    let missing = [economic, social, psychosocial].into_iter().find_map(Result::err);
    let composite = match missing {
        None => all.score(Billionths::ZERO),
        Some(NoScore::NotScored) => Err(NoScore::NotScored),
        Some(_) => Err(NoScore::DimensionWithoutScore),
    };
    Scores {
        economic,
        social,
        psychosocial,
        composite,
    }
}

impl Scores {
    /// The score of a dimension, or why it has none.
    ///
    /// # Errors
    ///
    /// The reason for which the dimension has no score.
    pub fn of(&self, dimension: Dimension) -> Result<Score, NoScore> {
        match dimension {
            Dimension::Economic => self.economic,
            Dimension::Social => self.social,
            Dimension::Psychosocial => self.psychosocial,
        }
    }

    /// Whether the composite score is 0.5 or more (indicator 2, S0 section 6); nothing where there is none.
    #[must_use]
    pub fn is_sustainable(&self) -> Option<bool> {
        self.composite.ok().map(Score::is_at_least_half)
    }

    /// Whether each dimension has 0.5 or more; nothing where one has no score.
    ///
    /// This is how we read the "sufficient levels" of indicator 22, which S0 does not define.
    #[must_use]
    pub fn is_sufficient_in_all(&self) -> Option<bool> {
        let each = [self.economic.ok()?, self.social.ok()?, self.psychosocial.ok()?];
        Some(each.into_iter().all(Score::is_at_least_half))
    }
}

impl Score {
    /// The fraction in its lowest terms; the denominator is positive and neither is negative.
    fn new(numerator: i128, denominator: i128) -> Self {
        let (mut greatest, mut rest) = (denominator, numerator);
        while rest != 0 {
            (greatest, rest) = (rest, greatest % rest);
        }
        Self {
            numerator: numerator / greatest,
            denominator: denominator / greatest,
        }
    }

    /// What stands above the line.
    #[must_use]
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// What stands below the line, never 0.
    #[must_use]
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether it is 0.5 or more, exactly.
    #[must_use]
    pub fn is_at_least_half(self) -> bool {
        2 * self.numerator >= self.denominator
    }

    /// Thousandths, rounded half up: for display alone, as 0.4999 shows as 500 and is not half.
    #[must_use]
    pub fn thousandths(self) -> u16 {
        let rounded = (2 * 1000 * self.numerator + self.denominator) / (2 * self.denominator);
        u16::try_from(rounded).unwrap_or(1000)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = self.thousandths();
        write!(f, "{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        // Neither side exceeds 10^18 by much, so that a product fits.
        let (left, right) = (
            self.numerator * other.denominator,
            other.numerator * self.denominator,
        );
        left.cmp(&right)
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Weights, and what was answered of them, in billionths; points in billionths of billionths.
#[derive(Clone, Copy, Default)]
struct Tally {
    points: i128,
    answered: i128,
    total: i128,
    asked: bool,
}

impl Tally {
    fn with(mut self, weight: Billionths, value: Option<Billionths>) -> Self {
        let weight = i128::from(weight.get());
        self.asked = true;
        self.total += weight;
        if let Some(value) = value {
            self.answered += weight;
            self.points += weight * i128::from(value.get());
        }
        self
    }

    fn score(self, least_answered: Billionths) -> Result<Score, NoScore> {
        let one = i128::from(Billionths::ONE.get());
        let least = i128::from(least_answered.get());
        if !self.asked {
            Err(NoScore::NotScored)
        } else if self.answered == 0 || self.answered * one < least * self.total {
            Err(NoScore::TooFewAnswers)
        } else {
            Ok(Score::new(self.points, self.answered * one))
        }
    }
}
