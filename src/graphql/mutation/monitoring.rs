//! Commands on surveys.

use super::{commands, id};
use crate::domain::steps::survey::NewSurveyResponse;
use crate::domain::survey::{Instrument, SurveyMode, SurveyOutcome, WindowOverride};
use crate::graphql::scalars::{DateScalar, LanguageScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordSurveyResponsePayload "case": CaseNode;
    ValidateSurveyResponsePayload "case": CaseNode;
}

/// An answer to one question of an instrument.
#[derive(InputObject)]
pub struct SurveyAnswerInput {
    /// Code of the question.
    #[graphql(validator(min_length = 1, chars_max_length = 64))]
    question: String,
    /// Code of the answer.
    #[graphql(validator(min_length = 1, chars_max_length = 64))]
    answer: String,
}

/// Records that a returnee was asked.
#[derive(InputObject)]
pub struct RecordSurveyResponseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// The instrument.
    instrument: Word<Instrument>,
    /// Version of the instrument.
    #[graphql(validator(min_length = 1, chars_max_length = 32))]
    instrument_version: String,
    /// What became of it.
    outcome: Word<SurveyOutcome>,
    /// The day on which the person was asked.
    held_on: DateScalar,
    /// How the person was asked.
    mode: Word<SurveyMode>,
    /// In which language.
    language: Option<LanguageScalar>,
    /// Why outside the window; a supervisor gives it.
    outside_window: Option<Word<WindowOverride>>,
    /// The answers; none of somebody who declined.
    #[graphql(default, validator(max_items = 100))]
    answers: Vec<SurveyAnswerInput>,
}

/// Finds the answers of a returnee complete.
#[derive(InputObject)]
pub struct ValidateSurveyResponseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person who was asked.
    person_id: ID,
    /// The instrument.
    instrument: Word<Instrument>,
    /// Number of the round of this instrument with this person.
    round: i32,
}

commands! {
    /// Commands on surveys.
    MonitoringCommands {
        /// Records that a returnee was asked, and what they answered if they wished to.
        record_survey_response(RecordSurveyResponseInput) -> RecordSurveyResponsePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let answers = input.answers.into_iter();
            let new = NewSurveyResponse {
                person: id(context, NodeType::Person, &input.person_id)?,
                instrument: input.instrument.0,
                instrument_version: input.instrument_version,
                outcome: input.outcome.0,
                held_on: input.held_on.0,
                mode: input.mode.0,
                language: input.language.map(|language| language.0),
                outside_window: input.outside_window.map(|why| why.0),
                answers: answers.map(|given| (given.question, given.answer)).collect(),
            };
            desk.record_survey_response(&envelope, case, input.expected_version, new).await
        };
        /// Finds the answers of a returnee complete; somebody else than the interviewer does, and nothing changes them.
        validate_survey_response(ValidateSurveyResponseInput) -> ValidateSurveyResponsePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let person = id(context, NodeType::Person, &input.person_id)?;
            let asked = (person, input.instrument.0, input.round);
            desk.validate_survey_response(&envelope, case, input.expected_version, asked).await
        };
    }
}
