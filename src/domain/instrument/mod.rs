//! The questions of the three instruments, and what an answer is worth (DOMAIN 3).
//!
//! Instruments are revised, so an answer is read by the version that it was given to, and a version never changes. The
//! module knows neither who answered nor when: it turns answers into scores, exactly, and rounds for display alone.
//! It holds no weights that nobody published: the table of the RSS in this tree is `PROVISIONAL`, its questions equal in
//! weight, until IOM's own is loaded.
//!
//! A version is written as JSON. Numbers are texts, so that they are exact; a key that is not listed here is refused.
//!
//! ```json
//! {
//!   "instrument": "RSS",
//!   "version": "2",
//!   "status": "OFFICIAL",
//!   "source": "where the table comes from, for whoever has to defend it",
//!   "leastAnswered": "0.8",
//!   "questions": [
//!     {
//!       "code": "CURRENTLY_WORKING",
//!       "topic": "what it asks about",
//!       "dimension": "ECONOMIC",
//!       "dimensionWeight": "0.125",
//!       "compositeWeight": "0.041666667",
//!       "answers": { "YES": "1", "NO": "0", "NO_ANSWER": null }
//!     }
//!   ]
//! }
//! ```
//!
//! - Codes of questions and answers are made of `A` to `Z`, `0` to `9` and `_`. The value of an answer lies between 0 (the
//!   worst) and 1 (the best); `null` stands for what does not apply or is not told, and counts as not answered.
//! - A question with values has an answer that is worth 0 and one that is worth 1.
//! - `dimension` and the two weights, none negative, stand together, in an RSS alone: such a question is scored.
//!   One without them is asked and not scored. An RSS scores questions of all three dimensions.
//! - The dimension weights of a dimension add up to 1, and so do all composite weights, each within one billionth for each
//!   question, as thirds cannot be written. Scores divide by what the weights add up to, not by 1.
//! - `leastAnswered`, 0.8 where it is not given and in an RSS alone, is the share of a dimension's weight that has to be
//!   answered for a score.
//! - `"several": true` lets a question have several answers at once, which are written in one text with commas between
//!   them: `MIGAPP,HOTLINE`. It is never scored.

mod answers;
mod carried;
mod decimal;
mod reading;
mod refusal;
mod scoring;

pub use answers::{UnknownAnswer, check_answers, met};
pub use carried::{embedded, embedded_version};
pub use decimal::{Billionths, NotADecimal};
pub use reading::parse;
pub use refusal::{InstrumentError, QuestionProblem};
pub use scoring::{NoScore, Score, Scores, score};

use crate::codes;
use crate::domain::survey::Instrument;

codes! { "Whether the table of an instrument's version is its owner's or ours." MethodStatus {
    Provisional = "PROVISIONAL": "Put together for want of the official table; figures that rest on it say so.",
    Official = "OFFICIAL": "IOM's own table.",
} }

codes! { "A dimension of reintegration." Dimension {
    Economic = "ECONOMIC": "Economic self-sufficiency.",
    Social = "SOCIAL": "Social stability within the community.",
    Psychosocial = "PSYCHOSOCIAL": "Psychosocial wellbeing.",
} }

/// A version of an instrument: its questions and what their answers are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentVersion {
    /// The instrument.
    pub instrument: Instrument,
    /// Name of the version among those of the instrument.
    pub version: String,
    /// Whether the table is official.
    pub status: MethodStatus,
    /// Where the table comes from.
    pub source: String,
    /// The share of a dimension's weight that has to be answered for a score.
    pub least_answered: Billionths,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// A question of an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Names the question within the version.
    pub code: String,
    /// What it asks about, which is not the wording that a person hears.
    pub topic: String,
    /// The dimension to whose score it counts; none where it is not scored.
    pub dimension: Option<Dimension>,
    /// Its weight in the score of its dimension; 0 where it is not scored.
    pub dimension_weight: Billionths,
    /// Its weight in the composite score; 0 where it is not scored.
    pub composite_weight: Billionths,
    /// Whether several answers may be given at once.
    pub several: bool,
    /// The answers that may be given.
    pub answers: Vec<AnswerValue>,
}

/// An answer that may be given to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerValue {
    /// Names the answer within the question.
    pub code: String,
    /// What it is worth, from 0 to 1; none where it counts as not answered.
    pub value: Option<Billionths>,
}

impl InstrumentVersion {
    /// The question with this code.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }
}

impl Question {
    /// The answer with this code.
    #[must_use]
    pub fn answer(&self, code: &str) -> Option<&AnswerValue> {
        self.answers.iter().find(|answer| answer.code == code)
    }
}

#[cfg(test)]
mod tests;
