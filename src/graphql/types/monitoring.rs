//! `SurveyResponse` and `SurveyAnswer`.

use crate::domain::survey::{Instrument, SurveyMode, SurveyOutcome, SurveyState, WindowOverride};
use crate::governed;
use crate::graphql::leaf::Language;
use crate::store::nodes::{PersonNode, SurveyAnswerNode, SurveyNode};
use chrono::{DateTime, NaiveDate, Utc};

governed! { SurveyNode "SurveyResponse": "One round of asking a returnee; taking part is voluntary." {
    SurveyPerson: {PersonNode} = |node| &node.person, "The person who was asked.";
    SurveyInstrument: (Instrument) = |node| node.response.instrument, "The instrument.";
    SurveyVersion: (&str) = |node| node.response.instrument_version.as_str(), "Version of the instrument, whose questions never change.";
    SurveyRound: (i32) = |node| node.response.round, "Number of the round of this instrument with this person, from 1.";
    SurveyOutcome: (SurveyOutcome) = |node| node.response.outcome, "What became of it; who declined counts among those asked, never among those who answered.";
    SurveyState: (SurveyState) = |node| node.response.state, "State of the response.";
    SurveyHeldOn: (NaiveDate) = |node| node.response.held_on, "The day on which the person was asked.";
    SurveyMode: (SurveyMode) = |node| node.response.mode, "How the person was asked.";
    SurveyLanguage: (Option<Language>) = |node| node.response.language.clone().map(Language), "In which language.";
    SurveyOutside: (Option<WindowOverride>) = |node| node.response.outside_window, "Why it was held outside the instrument's window, where it was.";
    SurveyAnswers: [SurveyAnswerNode] = |node| &node.answers, "The answers, by question.";
    SurveyRecordedAt: (DateTime<Utc>) = |node| node.response.recorded_at, "When it was recorded.";
    SurveyValidatedAt: (Option<DateTime<Utc>>) = |node| node.response.validated_at, "When somebody else than the interviewer found the answers complete.";
} }

governed! { SurveyAnswerNode "SurveyAnswer": "An answer to one question of an instrument." {
    SurveyAnswerQuestion: (&str) = |node| node.question.as_str(), "Code of the question.";
    SurveyAnswerValue: (&str) = |node| node.answer.as_str(), "Code of the answer.";
} }
