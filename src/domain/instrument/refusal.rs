//! Why a table is not accepted: where it is wrong, what is wrong there, and what to do.

use super::{Billionths, Dimension};
use crate::domain::survey::Instrument;

/// Why a text is no version of an instrument.
#[derive(Debug, thiserror::Error)]
pub enum InstrumentError {
    /// The text is not JSON of the form that the module describes.
    #[error("the table cannot be read: {0}; compare it with the form in assets/instruments")]
    Form(#[from] serde_json::Error),
    /// The version has no name or no source.
    #[error("{key} is blank: name the version, and say where the table comes from")]
    Blank {
        /// The key.
        key: &'static str,
    },
    /// There is no question.
    #[error("there are no questions: list them under \"questions\"")]
    NoQuestions,
    /// A question is wrong.
    #[error("question {question:?}: {problem}")]
    Question {
        /// Its code.
        question: String,
        /// What is wrong with it.
        problem: QuestionProblem,
    },
    /// The least share of answers is given for an instrument without scores.
    #[error("leastAnswered is given for {instrument}, which gives no scores: leave it out")]
    LeastAnsweredWithoutScores {
        /// The instrument.
        instrument: Instrument,
    },
    /// The least share of answers is no share.
    #[error("leastAnswered is {text:?}: write a decimal above 0 and up to 1, such as \"0.8\"")]
    LeastAnswered {
        /// What was written.
        text: String,
    },
    /// An RSS scores no question of a dimension.
    #[error("no question is scored for the dimension {dimension}: an RSS scores all three")]
    DimensionMissing {
        /// The dimension.
        dimension: Dimension,
    },
    /// The weights of a dimension do not add up to 1.
    #[error("the dimension weights of {dimension} add up to {sum}: correct them so that they add up to 1")]
    DimensionWeights {
        /// The dimension.
        dimension: Dimension,
        /// What they add up to.
        sum: Billionths,
    },
    /// The composite weights do not add up to 1.
    #[error("the composite weights add up to {sum}: correct them so that they add up to 1")]
    CompositeWeights {
        /// What they add up to.
        sum: Billionths,
    },
}

/// What is wrong with a question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionProblem {
    /// Its code or that of an answer has other characters than codes have.
    #[error("{code:?} is no code: use A to Z, 0 to 9 and _ alone")]
    Code {
        /// The code.
        code: String,
    },
    /// It is listed twice.
    #[error("it is listed twice: keep one, or give the other a code of its own")]
    Twice,
    /// It has no topic.
    #[error("its topic is blank: say what it asks about")]
    NoTopic,
    /// It takes no answers.
    #[error("it takes no answers: list them under \"answers\"")]
    NoAnswers,
    /// An answer is listed twice.
    #[error("the answer {answer} is listed twice: keep one")]
    AnswerTwice {
        /// Code of the answer.
        answer: String,
    },
    /// A weight or the value of an answer is no decimal.
    #[error("{at} is {text:?}: write a decimal with at most nine places, such as \"0.25\"")]
    NotADecimal {
        /// Key of the weight or code of the answer.
        at: String,
        /// What was written.
        text: String,
    },
    /// An answer is worth less than 0 or more than 1.
    #[error(
        "the answer {answer} is worth {value}: write a value from 0 to 1, or null where it counts as none"
    )]
    Value {
        /// Code of the answer.
        answer: String,
        /// What it is worth.
        value: Billionths,
    },
    /// No answer is worth this, the worst or the best.
    #[error("no answer is worth {value}: stretch the values so that the worst is 0 and the best is 1")]
    Extreme {
        /// The value that is missing.
        value: Billionths,
    },
    /// It is scored in an instrument that gives no scores.
    #[error("{key} is given for {instrument}, which gives no scores: leave it out")]
    NotScored {
        /// The key.
        key: &'static str,
        /// The instrument.
        instrument: Instrument,
    },
    /// The dimension and the two weights do not stand together.
    #[error("{key} is missing: give dimension, dimensionWeight and compositeWeight, or none of them")]
    Incomplete {
        /// The key that is missing.
        key: &'static str,
    },
    /// A weight is negative.
    #[error("{key} is {weight}: a weight is 0 or more")]
    NegativeWeight {
        /// The key.
        key: &'static str,
        /// The weight.
        weight: Billionths,
    },
    /// It is scored and takes several answers.
    #[error("it is scored and takes several answers: ask each as a question of its own")]
    SeveralScored,
}

impl QuestionProblem {
    pub(super) fn of(self, question: &str) -> InstrumentError {
        InstrumentError::Question {
            question: question.to_owned(),
            problem: self,
        }
    }
}
