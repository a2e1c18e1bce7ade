//! Reading the answers to single questions.

use super::{Billionths, InstrumentVersion, Question};
use std::collections::BTreeMap;

/// Stands between the answers to a question that takes several.
const COMMA: char = ',';

/// A question that the version does not ask, or an answer that the question does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{question} is no question of this version of the instrument, or was given an answer that it does not take"
)]
pub struct UnknownAnswer {
    /// Code of the question, as it was given.
    pub question: String,
}

/// Checks that every question and answer is one of the version's; a question may be left out.
///
/// # Errors
///
/// [`UnknownAnswer`] with the first question, by code, that is not known or has an answer that is not.
pub fn check_answers(
    version: &InstrumentVersion,
    answers: &BTreeMap<String, String>,
) -> Result<(), UnknownAnswer> {
    let unknown = answers.iter().find(|(code, given)| {
        let question = version.question(code);
        !question.is_some_and(|question| question.takes(given))
    });
    unknown.map_or(Ok(()), |(code, _)| {
        Err(UnknownAnswer {
            question: code.clone(),
        })
    })
}

/// Whether the answer to a question is worth 1; of several answers, whether one of them is.
///
/// Nothing is said where the question was not answered, or with an answer that counts as none.
#[must_use]
pub fn met(version: &InstrumentVersion, question: &str, answers: &BTreeMap<String, String>) -> Option<bool> {
    let best = version.question(question)?.worth_in(answers)?;
    Some(best == Billionths::ONE)
}

impl Question {
    fn given<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let several = self.several;
        text.split(move |letter| several && letter == COMMA)
    }

    fn takes(&self, text: &str) -> bool {
        self.given(text).all(|code| self.answer(code).is_some())
    }

    /// What its answer is worth, of several the best; nothing where it counts as not answered.
    pub(super) fn worth_in(&self, answers: &BTreeMap<String, String>) -> Option<Billionths> {
        let known = self
            .given(answers.get(&self.code)?)
            .filter_map(|code| self.answer(code));
        known.filter_map(|answer| answer.value).max()
    }
}
