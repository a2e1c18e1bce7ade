//! Commands that follow the return.

use super::case::PersonInput;
use super::{commands, id};
use crate::domain::aftercare::{HandoverOutcome, HandoverRefusal, HandoverRelation, SurveyWaiver};
use crate::domain::case::ReturnMode;
use crate::domain::steps::aftercare::{Closing, NewHandover, NewIntake};
use crate::graphql::scalars::{CountryScalar, DateScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject, OneofObject};

payloads! {
    AdmitPostArrivalCasePayload "case": CaseNode;
    RecordHandoverPayload "case": CaseNode;
    StartReintegrationPayload "case": CaseNode;
    CloseCasePayload "case": CaseNode;
}

/// Takes in persons who returned without assistance.
#[derive(InputObject)]
pub struct AdmitPostArrivalCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The mission's own reference for the case.
    #[graphql(validator(chars_max_length = 64))]
    reference: String,
    /// How the persons returned: FORCED or SPONTANEOUS.
    return_mode: Word<ReturnMode>,
    /// The day on which the persons passed the border of their country; not in the future.
    admitted_on: DateScalar,
    /// The state that returned the persons, or that they came from.
    returning_state: CountryScalar,
    /// The host territory of the programme that the persons had been in, if any.
    host_territory: Option<CountryScalar>,
    /// The city where the persons are going to live.
    #[graphql(validator(chars_max_length = 200))]
    destination_city: Option<String>,
    /// The persons, one of them the head of the household.
    #[graphql(validator(min_items = 1, max_items = 20))]
    persons: Vec<PersonInput>,
    /// The project that pays where nothing else is said; the usual one of the mission if none is named.
    funding_project_id: Option<ID>,
}

/// What came of a handover: it was accepted, or it failed.
#[derive(OneofObject)]
pub enum HandoverOutcomeInput {
    /// Who signed for the person.
    #[graphql(validator(chars_max_length = 200))]
    AcceptedBy(String),
    /// Why the handover failed; an alternative is recorded by a command of its own.
    Refused(Word<HandoverRefusal>),
}

impl From<HandoverOutcomeInput> for HandoverOutcome {
    fn from(input: HandoverOutcomeInput) -> Self {
        match input {
            HandoverOutcomeInput::AcceptedBy(name) => Self::AcceptedBy(name),
            HandoverOutcomeInput::Refused(why) => Self::Refused(why.0),
        }
    }
}

/// Records the handover of a person at the arrival.
#[derive(InputObject)]
pub struct RecordHandoverInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// To whom the person was to be handed over.
    #[graphql(validator(chars_max_length = 200))]
    to: String,
    /// What they are to the person.
    relation: Word<HandoverRelation>,
    /// When.
    at: DateTimeScalar,
    /// What came of it.
    outcome: HandoverOutcomeInput,
}

/// Begins the support after return.
#[derive(InputObject)]
pub struct StartReintegrationInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// When the persons were counselled on reintegration after the return.
    counselled_at: Option<DateTimeScalar>,
}

/// Closes a case.
#[derive(InputObject)]
pub struct CloseCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Whether the satisfaction survey was offered to the persons.
    satisfaction_survey_offered: bool,
    /// The day for which the sustainability survey is planned.
    sustainability_survey_on: Option<DateScalar>,
    /// Why there will be no sustainability survey.
    sustainability_survey_waived: Option<Word<SurveyWaiver>>,
}

commands! {
    /// Commands that follow the return.
    AftercareCommands {
        /// Takes in persons who returned by force, or of themselves, after their country has admitted them: for reintegration alone.
        admit_post_arrival_case(AdmitPostArrivalCaseInput) -> AdmitPostArrivalCasePayload = |context, envelope, input, desk| {
            let project = input.funding_project_id.as_ref();
            let funding_project = project.map(|project| id(context, NodeType::Project, project)).transpose()?;
            let intake = NewIntake {
                reference: input.reference,
                return_mode: input.return_mode.0,
                admitted_on: input.admitted_on.0,
                returning_state: input.returning_state.0,
                host_territory: input.host_territory.map(|territory| territory.0),
                destination_city: input.destination_city,
                persons: input.persons.into_iter().map(Into::into).collect(),
                funding_project,
            };
            desk.admit_post_arrival_case(&envelope, intake).await
        };
        /// Records to whom a person was handed over at the arrival, or that it failed; the sending mission is told of a handover.
        record_handover(RecordHandoverInput) -> RecordHandoverPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let handover = NewHandover {
                person: id(context, NodeType::Person, &input.person_id)?,
                to: input.to,
                relation: input.relation.0,
                at: input.at.0,
                outcome: input.outcome.into(),
            };
            desk.record_handover(&envelope, case, input.expected_version, handover).await
        };
        /// Begins the support after return, once the persons have been counselled on the spot.
        start_reintegration(StartReintegrationInput) -> StartReintegrationPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let counselled_at = input.counselled_at.map(|at| at.0);
            desk.start_reintegration(&envelope, case, input.expected_version, counselled_at).await
        };
        /// Closes the case: its packages are closed, the satisfaction survey was offered, the other is planned or waived; both missions are told.
        close_case(CloseCaseInput) -> CloseCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let closing = Closing {
                satisfaction_survey_offered: input.satisfaction_survey_offered,
                sustainability_survey_on: input.sustainability_survey_on.map(|day| day.0),
                sustainability_survey_waived: input.sustainability_survey_waived.map(|why| why.0),
            };
            desk.close_case(&envelope, case, input.expected_version, closing).await
        };
    }
}
