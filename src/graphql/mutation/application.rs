//! Commands on the application of a case.

use super::case::{ConsentInput, text};
use super::{commands, id};
use crate::domain::application::{
    DataExchangeForm, Eligibility, HoldReason, IneligibilityReason, LegalDecisionMaker, ReturnDecision,
    TerminationReason,
};
use crate::domain::case::LegalStatus;
use crate::domain::consent::Signatory;
use crate::domain::counselling::{CounsellingKind, CounsellingMode, FacilityKind};
use crate::domain::person::Sex;
use crate::domain::steps::case::{NewCase, NewPerson};
use crate::domain::steps::intake::{NewApplication, NewEligibility, NewSession, Voluntariness};
use crate::domain::territory::CountryCode;
use crate::graphql::scalars::{CountryScalar, DateScalar, DateTimeScalar, LanguageScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    ReferCasePayload "case": CaseNode;
    RecordCounsellingPayload "case": CaseNode;
    DecideEligibilityPayload "case": CaseNode;
    SignApplicationPayload "case": CaseNode;
    HoldCasePayload "case": CaseNode;
    ResumeCasePayload "case": CaseNode;
    TerminateCasePayload "case": CaseNode;
    ReopenCasePayload "case": CaseNode;
}

/// A return decision of an authority of the host territory.
#[derive(InputObject)]
pub struct ReturnDecisionInput {
    /// Its number.
    #[graphql(validator(chars_max_length = 64))]
    number: String,
    /// Day of issue.
    issued_on: DateScalar,
    /// Day on which it was served on the persons, where that is known.
    served_on: Option<DateScalar>,
    /// The authority that issued it.
    #[graphql(validator(chars_max_length = 200))]
    authority: String,
    /// Whether it names IOM's assistance.
    mentions_avrr: bool,
}

impl From<ReturnDecisionInput> for ReturnDecision {
    fn from(input: ReturnDecisionInput) -> Self {
        Self {
            number: input.number.trim().to_owned(),
            issued_on: input.issued_on.0,
            served_on: input.served_on.map(|day| day.0),
            authority: input.authority.trim().to_owned(),
            mentions_avrr: input.mentions_avrr,
        }
    }
}

/// A person who is referred: as little as it takes to meet them.
#[derive(InputObject)]
pub struct ReferredPersonInput {
    /// Whether this person is the head of the household; a person alone is.
    #[graphql(default = false)]
    head_of_household: bool,
    /// Family name.
    #[graphql(validator(chars_max_length = 200))]
    family_name: String,
    /// Given names.
    #[graphql(validator(chars_max_length = 200))]
    given_names: String,
    /// Date of birth.
    date_of_birth: DateScalar,
    /// Sex, as travel documents state it.
    sex: Word<Sex>,
    /// Nationality.
    nationality: CountryScalar,
    /// Telephone number, in E.164.
    #[graphql(validator(chars_max_length = 16))]
    phone: Option<String>,
    /// Address for electronic mail.
    #[graphql(validator(chars_max_length = 254))]
    email: Option<String>,
    /// The language that the person speaks best.
    language: Option<LanguageScalar>,
}

/// Refers persons to the mission of their host territory.
#[derive(InputObject)]
pub struct ReferCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The territory that hosts the persons: that of the viewer's organisation, which a mission elsewhere has to name.
    host_territory: Option<CountryScalar>,
    /// Where the persons wish to return to.
    country_of_return: CountryScalar,
    /// Legal status in the host territory.
    legal_status: Word<LegalStatus>,
    /// The return decision, where there is one.
    return_decision: Option<ReturnDecisionInput>,
    /// The persons, one of them the head of the household.
    #[graphql(validator(min_items = 1, max_items = 20))]
    persons: Vec<ReferredPersonInput>,
}

/// Records a counselling session.
#[derive(InputObject)]
pub struct RecordCounsellingInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// What the session was about.
    kind: Word<CounsellingKind>,
    /// How it was held.
    mode: Word<CounsellingMode>,
    /// Its language.
    language: LanguageScalar,
    /// Whether the persons understood that language.
    language_understood: bool,
    /// Whether an interpreter took part.
    #[graphql(default = false)]
    interpreter: bool,
    /// Whether a cultural mediator took part.
    #[graphql(default = false)]
    cultural_mediator: bool,
    /// The kind of facility where authorities gave room for it.
    facility_kind: Option<Word<FacilityKind>>,
    /// The day.
    held_on: DateScalar,
}

/// What is recorded of the voluntariness of a decision.
#[derive(InputObject)]
pub struct VoluntarinessInput {
    /// When it was recorded.
    recorded_at: DateTimeScalar,
    /// Whether the choice is free of pressure.
    free_choice: bool,
    /// Whether the persons are informed.
    informed: bool,
    /// Whether whoever decides has the capacity to.
    capacity: bool,
    /// Who may legally decide.
    decides: Word<LegalDecisionMaker>,
}

/// Decides whether the persons can be assisted.
#[derive(InputObject)]
pub struct DecideEligibilityInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The decision.
    outcome: Word<Eligibility>,
    /// Why the persons cannot be assisted; needed if they cannot, and only then.
    reason: Option<Word<IneligibilityReason>>,
    /// When vulnerabilities were assessed.
    vulnerability_assessed_at: Option<DateTimeScalar>,
    /// The voluntariness of the decision to return.
    voluntariness: Option<VoluntarinessInput>,
}

/// An application form with its Data Exchange form.
#[derive(InputObject)]
pub struct ApplicationInput {
    /// When the application form was signed.
    signed_at: DateTimeScalar,
    /// Who signed; for a child alone a guardian has to.
    #[graphql(default_with = "Word(Signatory::OneSelf)")]
    signed_by: Word<Signatory>,
    /// What became of the Data Exchange form that was offered.
    data_exchange_form: Word<DataExchangeForm>,
    /// The Data Exchange form, line by line; empty where it was refused.
    #[graphql(default, validator(max_items = 100))]
    consents: Vec<ConsentInput>,
}

/// Records that the application is signed.
#[derive(InputObject)]
pub struct SignApplicationInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The forms.
    application: ApplicationInput,
}

/// Halts a case.
#[derive(InputObject)]
pub struct HoldCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<HoldReason>,
}

/// Lets a halted case go on.
#[derive(InputObject)]
pub struct ResumeCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
}

/// Ends an application in IOM's name.
#[derive(InputObject)]
pub struct TerminateCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<TerminationReason>,
}

/// Takes an application up again that had ended.
#[derive(InputObject)]
pub struct ReopenCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The forms, signed anew; no earlier consent revives.
    application: ApplicationInput,
    /// When it was recorded again that the decision is voluntary.
    voluntariness_recorded_at: DateTimeScalar,
}

impl From<ReferredPersonInput> for NewPerson {
    fn from(input: ReferredPersonInput) -> Self {
        Self {
            head_of_household: input.head_of_household,
            family_name: input.family_name.trim().to_owned(),
            given_names: input.given_names.trim().to_owned(),
            date_of_birth: input.date_of_birth.0,
            sex: input.sex.0,
            nationality: input.nationality.0,
            place_of_birth: None,
            parents_names: None,
            phone: text(input.phone),
            email: text(input.email),
            marital_status: None,
            occupation: None,
            education: None,
            host_address: None,
            address_in_country_of_return: None,
            language: input.language.map(|language| language.0),
        }
    }
}

impl From<VoluntarinessInput> for Voluntariness {
    fn from(input: VoluntarinessInput) -> Self {
        Self {
            recorded_at: input.recorded_at.0,
            free_choice: input.free_choice,
            informed: input.informed,
            capacity: input.capacity,
            decides: input.decides.0,
        }
    }
}

impl From<ApplicationInput> for NewApplication {
    fn from(input: ApplicationInput) -> Self {
        Self {
            signed_at: input.signed_at.0,
            signed_by: input.signed_by.0,
            data_exchange: input.data_exchange_form.0,
            consents: input.consents.into_iter().map(Into::into).collect(),
        }
    }
}

fn referred(
    country_of_return: CountryCode,
    legal_status: LegalStatus,
    persons: Vec<ReferredPersonInput>,
) -> NewCase {
    let mut persons: Vec<NewPerson> = persons.into_iter().map(Into::into).collect();
    if let [alone] = persons.as_mut_slice() {
        alone.head_of_household = true;
    }
    NewCase {
        family: None,
        funding_project: None,
        reference: String::new(),
        // The desk puts the territory in.
        host_territory: CountryCode::KOSOVO,
        country_of_return,
        destination_city: None,
        legal_status,
        persons,
    }
}

commands! {
    /// Commands on the application of a case.
    ApplicationCommands {
        /// Refers persons to the mission of their host territory, which is told. Whoever refers sees the case only as far as the persons consent; until then the answer carries no case.
        refer_case(ReferCaseInput) -> ReferCasePayload = |_context, envelope, input, desk| {
            let territory = input.host_territory.map(|place| place.0);
            let new = referred(input.country_of_return.0, input.legal_status.0, input.persons);
            desk.refer_case(&envelope, new, territory, input.return_decision.map(Into::into)).await
        };
        /// Records a counselling session.
        record_counselling(RecordCounsellingInput) -> RecordCounsellingPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let session = NewSession {
                kind: input.kind.0,
                mode: input.mode.0,
                language: input.language.0,
                understood: input.language_understood,
                interpreter: input.interpreter,
                mediator: input.cultural_mediator,
                facility: input.facility_kind.map(|kind| kind.0),
                held_on: input.held_on.0,
            };
            desk.record_counselling(&envelope, (case, input.expected_version), session).await
        };
        /// Decides whether the persons can be assisted; a supervisor may take back that they cannot.
        decide_eligibility(DecideEligibilityInput) -> DecideEligibilityPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let decision = NewEligibility {
                outcome: input.outcome.0,
                reason: input.reason.map(|reason| reason.0),
                vulnerability_assessed_at: input.vulnerability_assessed_at.map(|moment| moment.0),
                voluntariness: input.voluntariness.map(Into::into),
            };
            desk.decide_eligibility(&envelope, (case, input.expected_version), decision).await
        };
        /// Records that the application form is signed, and what became of the Data Exchange form that was offered.
        sign_application(SignApplicationInput) -> SignApplicationPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.sign_application(&envelope, (case, input.expected_version), input.application.into()).await
        };
        /// Halts a case before departure; the missions concerned are told.
        hold_case(HoldCaseInput) -> HoldCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.hold_case(&envelope, (case, input.expected_version), input.reason.0).await
        };
        /// Lets a halted case go on from the state that it was halted in; not while its country of return is closed.
        resume_case(ResumeCaseInput) -> ResumeCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.resume_case(&envelope, (case, input.expected_version)).await
        };
        /// Ends an application in IOM's name before departure; everything open is cancelled, and everybody who had been told is told so.
        terminate_case(TerminateCaseInput) -> TerminateCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.terminate_case(&envelope, (case, input.expected_version), input.reason.0).await
        };
        /// Takes an application up again that had ended after its registration; it has to be signed anew, and no earlier consent revives.
        reopen_case(ReopenCaseInput) -> ReopenCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let recorded_at = input.voluntariness_recorded_at.0;
            desk.reopen_case(&envelope, (case, input.expected_version), input.application.into(), recorded_at).await
        };
    }
}
