//! Tables and sheets of answers to play with.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Answers by question.
pub type Sheet = BTreeMap<String, String>;

/// A sheet with these answers.
pub fn sheet<const N: usize>(answers: [(&str, &str); N]) -> Sheet {
    let owned = answers.map(|(question, answer)| (question.to_owned(), answer.to_owned()));
    Sheet::from(owned)
}

/// Each question of a version, answered with what this picks.
pub fn answered(version: &InstrumentVersion, pick: impl Fn(&Question) -> Option<&AnswerValue>) -> Sheet {
    let given = version
        .questions
        .iter()
        .filter_map(|question| Some((question, pick(question)?)));
    given
        .map(|(question, answer)| (question.code.clone(), answer.code.clone()))
        .collect()
}

/// The answer to a question that is worth most.
pub fn best(question: &Question) -> Option<&AnswerValue> {
    question.answers.iter().max_by_key(|answer| answer.value)
}

/// The answer to a question that is worth least, and counts.
pub fn worst(question: &Question) -> Option<&AnswerValue> {
    let counting = question.answers.iter().filter(|answer| answer.value.is_some());
    counting.min_by_key(|answer| answer.value)
}

/// The four scores, the composite last.
pub fn four(scores: &Scores) -> [Result<Score, NoScore>; 4] {
    [
        scores.economic,
        scores.social,
        scores.psychosocial,
        scores.composite,
    ]
}

/// A version as it is written.
pub fn written(version: &InstrumentVersion) -> String {
    let mut questions = Vec::new();
    for question in &version.questions {
        let answers = question.answers.iter().map(|answer| match answer.value {
            Some(value) => format!("\"{}\": \"{value}\"", answer.code),
            None => format!("\"{}\": null", answer.code),
        });
        let answers = answers.collect::<Vec<_>>().join(", ");
        let mut text = format!("\"code\": {:?}, \"topic\": {:?}", question.code, question.topic);
        if let Some(dimension) = question.dimension {
            let (within, overall) = (question.dimension_weight, question.composite_weight);
            write!(
                text,
                ", \"dimension\": \"{dimension}\", \"dimensionWeight\": \"{within}\""
            )
            .unwrap();
            write!(text, ", \"compositeWeight\": \"{overall}\"").unwrap();
        }
        questions.push(format!("{{ {text}, \"answers\": {{ {answers} }} }}"));
    }
    format!(
        r#"{{ "instrument": "{}", "version": {:?}, "status": "{}", "source": {:?},
            "leastAnswered": "{}", "questions": [{}] }}"#,
        version.instrument,
        version.version,
        version.status,
        version.source,
        version.least_answered,
        questions.join(", ")
    )
}

/// Shares of one in these proportions, that add up to it exactly.
fn shares(parts: &[i64]) -> Vec<Billionths> {
    let whole: i64 = parts.iter().sum();
    let mut shares: Vec<_> = parts
        .iter()
        .map(|part| Billionths::ONE.get() * part / whole)
        .collect();
    shares[0] += Billionths::ONE.get() - shares.iter().sum::<i64>();
    shares.into_iter().map(Billionths::new).collect()
}

fn scored(nth: usize, dimension: Dimension, weight: Billionths, between: &[i64]) -> Question {
    let values = [0, Billionths::ONE.get()]
        .into_iter()
        .chain(between.iter().copied());
    let values = values.map(|value| Some(Billionths::new(value))).chain([None]);
    let answers = values.enumerate().map(|(nth, value)| AnswerValue {
        code: format!("A{nth}"),
        value,
    });
    Question {
        code: format!("Q{nth}_{dimension}"),
        topic: "Whatever".to_owned(),
        dimension: Some(dimension),
        dimension_weight: weight,
        composite_weight: Billionths::ZERO,
        several: false,
        answers: answers.collect(),
    }
}

/// Tables of the RSS: any weights, any values, and any share that has to be answered.
pub fn tables() -> impl Strategy<Value = InstrumentVersion> {
    let one = Billionths::ONE.get();
    let question = (1..1000_i64, 1..1000_i64, prop::collection::vec(0..=one, 0..4));
    let dimension = || prop::collection::vec(question.clone(), 1..6);
    ((dimension(), dimension(), dimension()), 1..=one).prop_map(
        |((economic, social, psychosocial), least)| {
            let dimensions = [
                (Dimension::Economic, economic),
                (Dimension::Social, social),
                (Dimension::Psychosocial, psychosocial),
            ];
            let mut questions = Vec::new();
            let mut overall = Vec::new();
            for (dimension, drawn) in dimensions {
                let within: Vec<_> = drawn.iter().map(|(part, ..)| *part).collect();
                for ((nth, (_, part, between)), weight) in drawn.iter().enumerate().zip(shares(&within)) {
                    questions.push(scored(nth, dimension, weight, between));
                    overall.push(*part);
                }
            }
            for (question, weight) in questions.iter_mut().zip(shares(&overall)) {
                question.composite_weight = weight;
            }
            InstrumentVersion {
                instrument: Instrument::Rss,
                version: "2".to_owned(),
                status: MethodStatus::Official,
                source: "Drawn by lot".to_owned(),
                least_answered: Billionths::new(least),
                questions,
            }
        },
    )
}

/// Tables with a sheet of answers to them, some of which count as none and some of which are left out.
pub fn answered_tables() -> impl Strategy<Value = (InstrumentVersion, Sheet)> {
    let picks = prop::collection::vec(prop::option::weighted(0.9, any::<prop::sample::Index>()), 15);
    (tables(), picks).prop_map(|(version, picks)| {
        let given = version
            .questions
            .iter()
            .zip(picks)
            .filter_map(|(question, pick)| {
                let answer = pick?.get(&question.answers);
                Some((question.code.clone(), answer.code.clone()))
            });
        let given = given.collect();
        (version, given)
    })
}
