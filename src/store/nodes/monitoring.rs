//! What returnees were asked afterwards, as read.

use super::{Many, One, PersonNode};
use crate::domain::survey::SurveyResponse;

/// A survey response as read.
#[derive(Debug)]
pub struct SurveyNode {
    /// The response.
    pub response: SurveyResponse,
    /// The person who was asked.
    pub person: One<PersonNode>,
    /// Its answers, under the same lens.
    pub answers: Many<SurveyAnswerNode>,
}

/// An answer as read.
#[derive(Debug)]
pub struct SurveyAnswerNode {
    /// Code of the question.
    pub question: String,
    /// Code of the answer.
    pub answer: String,
}
