//! Reading a version of an instrument, and refusing a table that could not be right.

use super::{
    AnswerValue, Billionths, Dimension, InstrumentError, InstrumentVersion, MethodStatus, Question,
    QuestionProblem,
};
use crate::domain::code::Code as _;
use crate::domain::survey::Instrument;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// The share of a dimension's weight that has to be answered where a table says nothing of it (DOMAIN 3.1).
const LEAST_ANSWERED: Billionths = Billionths::new(800_000_000);

/// Reads a version of an instrument in the form that the module describes.
///
/// # Errors
///
/// The first [`InstrumentError`]: JSON of another form, then what is wrong with a question in the order of the questions,
/// then what is wrong with their weights together.
pub fn parse(text: &str) -> Result<InstrumentVersion, InstrumentError> {
    let written: Written = serde_json::from_str(text)?;
    for (key, value) in [("version", &written.version), ("source", &written.source)] {
        if value.trim().is_empty() {
            return Err(InstrumentError::Blank { key });
        }
    }
    if written.questions.is_empty() {
        return Err(InstrumentError::NoQuestions);
    }
    let instrument = written.instrument;
    let least_answered = least_answered(instrument, written.least_answered)?;
    let mut codes = BTreeSet::new();
    let mut questions = Vec::new();
    for question in written.questions {
        let code = question.code.clone();
        let question = question.read(instrument).map_err(|problem| problem.of(&code))?;
        if !codes.insert(code.clone()) {
            return Err(QuestionProblem::Twice.of(&code));
        }
        questions.push(question);
    }
    if instrument == Instrument::Rss {
        weights_add_up(&questions)?;
    }
    Ok(InstrumentVersion {
        instrument,
        version: written.version,
        status: written.status,
        source: written.source,
        least_answered,
        questions,
    })
}

fn least_answered(instrument: Instrument, text: Option<String>) -> Result<Billionths, InstrumentError> {
    let Some(text) = text else {
        return Ok(LEAST_ANSWERED);
    };
    if instrument != Instrument::Rss {
        return Err(InstrumentError::LeastAnsweredWithoutScores { instrument });
    }
    match text.parse() {
        Ok(share) if share > Billionths::ZERO && share <= Billionths::ONE => Ok(share),
        _ => Err(InstrumentError::LeastAnswered { text }),
    }
}

fn weights_add_up(questions: &[Question]) -> Result<(), InstrumentError> {
    for (dimension, ..) in Dimension::ALL {
        let dimension = *dimension;
        let of_it = questions
            .iter()
            .filter(|question| question.dimension == Some(dimension));
        let weights: Vec<_> = of_it.map(|question| question.dimension_weight).collect();
        if weights.is_empty() {
            return Err(InstrumentError::DimensionMissing { dimension });
        }
        if let Err(sum) = adds_up(&weights) {
            return Err(InstrumentError::DimensionWeights { dimension, sum });
        }
    }
    let scored = questions.iter().filter(|question| question.dimension.is_some());
    let weights: Vec<_> = scored.map(|question| question.composite_weight).collect();
    adds_up(&weights).map_err(|sum| InstrumentError::CompositeWeights { sum })
}

/// Whether weights add up to 1, within a billionth for each; if not, to what, or the most that can be said.
fn adds_up(weights: &[Billionths]) -> Result<(), Billionths> {
    let sum = weights
        .iter()
        .fold(0_i64, |sum, weight| sum.saturating_add(weight.get()));
    let tolerance = u64::try_from(weights.len()).unwrap_or(u64::MAX);
    if sum.abs_diff(Billionths::ONE.get()) <= tolerance {
        Ok(())
    } else {
        Err(Billionths::new(sum))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    instrument: Instrument,
    version: String,
    status: MethodStatus,
    source: String,
    least_answered: Option<String>,
    questions: Vec<WrittenQuestion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct WrittenQuestion {
    code: String,
    topic: String,
    dimension: Option<Dimension>,
    dimension_weight: Option<String>,
    composite_weight: Option<String>,
    #[serde(default)]
    several: bool,
    answers: WrittenAnswers,
}

impl WrittenQuestion {
    fn read(self, instrument: Instrument) -> Result<Question, QuestionProblem> {
        is_code(&self.code)?;
        if self.topic.trim().is_empty() {
            return Err(QuestionProblem::NoTopic);
        }
        let (dimension_weight, composite_weight) = self.weights(instrument)?;
        if self.dimension.is_some() && self.several {
            return Err(QuestionProblem::SeveralScored);
        }
        let answers = self.answers.read()?;
        let values: Vec<_> = answers.iter().filter_map(|answer| answer.value).collect();
        if self.dimension.is_some() || !values.is_empty() {
            for value in [Billionths::ZERO, Billionths::ONE] {
                if !values.contains(&value) {
                    return Err(QuestionProblem::Extreme { value });
                }
            }
        }
        Ok(Question {
            code: self.code,
            topic: self.topic,
            dimension: self.dimension,
            dimension_weight,
            composite_weight,
            several: self.several,
            answers,
        })
    }

    /// The weights in the dimension and in the composite score, 0 for a question that is not scored.
    fn weights(&self, instrument: Instrument) -> Result<(Billionths, Billionths), QuestionProblem> {
        let (of_dimension, of_composite) = (&self.dimension_weight, &self.composite_weight);
        let given = [
            ("dimension", self.dimension.is_some()),
            ("dimensionWeight", of_dimension.is_some()),
            ("compositeWeight", of_composite.is_some()),
        ];
        let present = given.iter().find(|(_, is_given)| *is_given);
        let missing = given.iter().find(|(_, is_given)| !is_given);
        match (present, missing) {
            (Some((key, _)), _) if instrument != Instrument::Rss => {
                Err(QuestionProblem::NotScored { key, instrument })
            }
            (Some(_), Some((key, _))) => Err(QuestionProblem::Incomplete { key }),
            _ => Ok((
                weight("dimensionWeight", of_dimension.as_deref())?,
                weight("compositeWeight", of_composite.as_deref())?,
            )),
        }
    }
}

fn weight(key: &'static str, text: Option<&str>) -> Result<Billionths, QuestionProblem> {
    let weight = text.map_or(Ok(Billionths::ZERO), |text| decimal(key, text))?;
    if weight < Billionths::ZERO {
        return Err(QuestionProblem::NegativeWeight { key, weight });
    }
    Ok(weight)
}

fn decimal(at: &str, text: &str) -> Result<Billionths, QuestionProblem> {
    text.parse().map_err(|_| QuestionProblem::NotADecimal {
        at: at.to_owned(),
        text: text.to_owned(),
    })
}

fn is_code(code: &str) -> Result<(), QuestionProblem> {
    let of_a_code = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if code.is_empty() || !code.bytes().all(of_a_code) {
        return Err(QuestionProblem::Code {
            code: code.to_owned(),
        });
    }
    Ok(())
}

/// Answers in their order, one that is listed twice among them: a map would keep the last without a word.
struct WrittenAnswers(Vec<(String, Option<String>)>);

impl WrittenAnswers {
    fn read(self) -> Result<Vec<AnswerValue>, QuestionProblem> {
        if self.0.is_empty() {
            return Err(QuestionProblem::NoAnswers);
        }
        let mut answers: Vec<AnswerValue> = Vec::new();
        for (code, text) in self.0 {
            is_code(&code)?;
            let value = text.map(|text| decimal(&code, &text)).transpose()?;
            if let Some(value) = value.filter(|value| !value.is_share()) {
                return Err(QuestionProblem::Value { answer: code, value });
            }
            if answers.iter().any(|earlier| earlier.code == code) {
                return Err(QuestionProblem::AnswerTwice { answer: code });
            }
            answers.push(AnswerValue { code, value });
        }
        Ok(answers)
    }
}

impl<'de> Deserialize<'de> for WrittenAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = WrittenAnswers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("answers with their values, such as { \"YES\": \"1\", \"NO_ANSWER\": null }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WrittenAnswers, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(WrittenAnswers(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}
