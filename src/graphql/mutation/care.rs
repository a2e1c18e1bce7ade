//! Commands on what persons need: assessments of vulnerability and of fitness to travel, and what is in place for children.

use super::{commands, id};
use crate::domain::safeguards::{
    BestInterestsResult, FitnessState, Guardian, NeedCode, Requirement, TestResult, TravelCondition,
    VulnerabilityCategory,
};
use crate::domain::steps::health::Examination;
use crate::domain::steps::safeguards::NewChildSafeguards;
use crate::graphql::scalars::{DateScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    RecordVulnerabilityAssessmentPayload "case": CaseNode;
    RecordChildSafeguardsPayload "case": CaseNode;
    RequestFitnessToTravelPayload "case": CaseNode;
    RecordFitnessToTravelPayload "case": CaseNode;
    RecordHealthRequirementPayload "case": CaseNode;
}

/// Records what was found of a person; the last assessment counts.
#[derive(InputObject)]
pub struct RecordVulnerabilityAssessmentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// Why the person needs particular care; empty where there is no reason.
    #[graphql(validator(max_items = 8))]
    categories: Vec<Word<VulnerabilityCategory>>,
    /// What has to be done for the person on the way: what others are told instead of why.
    #[graphql(default, validator(max_items = 8))]
    needs: Vec<Word<NeedCode>>,
    /// The day of the assessment.
    assessed_on: DateScalar,
}

/// Who speaks for a child in the host territory.
#[derive(InputObject)]
pub struct GuardianInput {
    /// Full name.
    #[graphql(validator(chars_max_length = 200))]
    name: String,
    /// How to reach them.
    #[graphql(validator(chars_max_length = 200))]
    contact: String,
    /// The authority that appointed them.
    #[graphql(validator(chars_max_length = 200))]
    authority: String,
}

/// Records what is in place for a child who travels without parents; what is left out stays as it was.
#[derive(InputObject)]
pub struct RecordChildSafeguardsInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// What the best-interests procedure found.
    best_interests: Option<Word<BestInterestsResult>>,
    /// The guardian; another one has to consent anew.
    guardian: Option<GuardianInput>,
    /// When the guardian consented.
    guardian_consented_at: Option<DateTimeScalar>,
    /// When the child consented.
    child_consented_at: Option<DateTimeScalar>,
    /// The day on which the family was assessed.
    family_assessed_on: Option<DateScalar>,
    /// Who receives the child.
    #[graphql(validator(chars_max_length = 200))]
    handover_party: Option<String>,
}

/// Asks health staff whether a person is fit to travel.
#[derive(InputObject)]
pub struct RequestFitnessToTravelInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
}

/// Records whether a person is fit to travel.
#[derive(InputObject)]
pub struct RecordFitnessToTravelInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// Fit, fit under conditions, or unfit.
    result: Word<FitnessState>,
    /// The conditions of travel; needed where the result says that there are some.
    #[graphql(default, validator(max_items = 6))]
    conditions: Vec<Word<TravelCondition>>,
    /// When the person was examined.
    performed_at: DateTimeScalar,
    /// Diagnosis, for health staff alone.
    #[graphql(validator(chars_max_length = 2000))]
    diagnosis: Option<String>,
    /// Medication, for health staff alone.
    #[graphql(validator(chars_max_length = 2000))]
    medication: Option<String>,
}

/// Records what is demanded of a traveller's health, and how far it is met.
#[derive(InputObject)]
pub struct RecordHealthRequirementInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The person.
    person_id: ID,
    /// What is demanded.
    requirement: Word<Requirement>,
    /// How it went; left out as long as it is outstanding.
    result: Option<Word<TestResult>>,
    /// The last moment at which a journey may begin on a negative result.
    valid_until: Option<DateTimeScalar>,
}

fn words<C: crate::domain::code::Code>(words: Vec<Word<C>>) -> Vec<C> {
    words.into_iter().map(|word| word.0).collect()
}

commands! {
    /// Commands on what persons need.
    CareCommands {
        /// Records why a person needs particular care, and what has to be done for them; nobody is told.
        record_vulnerability_assessment(RecordVulnerabilityAssessmentInput) -> RecordVulnerabilityAssessmentPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let found = (words(input.categories), words(input.needs));
            desk.record_vulnerability(&envelope, on, person, found, input.assessed_on.0).await
        };
        /// Records what is in place for a child who travels without parents; without all of it nobody leaves.
        record_child_safeguards(RecordChildSafeguardsInput) -> RecordChildSafeguardsPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let new = NewChildSafeguards {
                best_interests: input.best_interests.map(|word| word.0),
                guardian: input.guardian.map(|given| Guardian {
                    name: given.name,
                    contact: given.contact,
                    authority: given.authority,
                }),
                guardian_consented_at: input.guardian_consented_at.map(|given| given.0),
                child_consented_at: input.child_consented_at.map(|given| given.0),
                family_assessed_on: input.family_assessed_on.map(|given| given.0),
                handover_party: input.handover_party,
            };
            desk.record_child_safeguards(&envelope, on, person, new).await
        };
        /// Asks health staff whether a person is fit to travel; from here nobody leaves before they have answered.
        request_fitness_to_travel(RequestFitnessToTravelInput) -> RequestFitnessToTravelPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            desk.request_fitness(&envelope, on, person).await
        };
        /// Records whether a person is fit to travel; who is unfit is not ready to depart.
        record_fitness_to_travel(RecordFitnessToTravelInput) -> RecordFitnessToTravelPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let found = Examination {
                result: input.result.0,
                conditions: words(input.conditions),
                performed_at: input.performed_at.0,
                diagnosis: input.diagnosis,
                medication: input.medication,
            };
            desk.record_fitness(&envelope, on, person, found).await
        };
        /// Records what is demanded of a traveller's health, and how far it is met.
        record_health_requirement(RecordHealthRequirementInput) -> RecordHealthRequirementPayload = |context, envelope, input, desk| {
            let on = (id(context, NodeType::Case, &input.case_id)?, Some(input.expected_version));
            let person = id(context, NodeType::Person, &input.person_id)?;
            let outcome = (input.result.map(|word| word.0), input.valid_until.map(|given| given.0));
            desk.record_health_requirement(&envelope, on, person, input.requirement.0, outcome).await
        };
    }
}
