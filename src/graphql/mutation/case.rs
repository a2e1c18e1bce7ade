//! Commands on cases.

use super::application::ReturnDecisionInput;
use super::{commands, id};
use crate::domain::case::{LegalStatus, WithdrawalReason};
use crate::domain::consent::{ConsentCategory, Purpose, RecipientClass, Signatory};
use crate::domain::person::{Education, MaritalStatus, Sex};
use crate::domain::steps::case::{NewCase, NewConsent, NewPerson, Registration};
use crate::domain::territory::CountryCode;
use crate::graphql::scalars::{CountryScalar, DateScalar, DateTimeScalar, LanguageScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use async_graphql::{ID, InputObject};

payloads! {
    OpenCasePayload "case": CaseNode;
    RegisterCasePayload "case": CaseNode;
    RecordConsentPayload "case": CaseNode;
    RevokeConsentPayload "case": CaseNode;
    MarkReadyToDepartPayload "case": CaseNode;
    WithdrawCasePayload "case": CaseNode;
}

/// Opens a case; the host territory is the one where the viewer's mission acts.
#[derive(InputObject)]
pub struct OpenCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The mission's own reference, new to it.
    #[graphql(validator(chars_max_length = 64))]
    reference: String,
    /// Where the persons wish to return to.
    country_of_return: CountryScalar,
    /// City of destination.
    #[graphql(validator(chars_max_length = 200))]
    destination_city: Option<String>,
    /// Legal status in the host territory.
    legal_status: Word<LegalStatus>,
    /// A case of the mission's own whose family these persons belong to, though they travel apart.
    family_of: Option<ID>,
    /// The project that pays; the one that runs for the mission where nothing is said.
    funding_project_id: Option<ID>,
    /// The persons, one of them the head of the household.
    #[graphql(validator(min_items = 1, max_items = 20))]
    persons: Vec<PersonInput>,
}

/// A person on a new case.
#[derive(InputObject)]
pub struct PersonInput {
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
    /// Place of birth.
    #[graphql(validator(chars_max_length = 200))]
    place_of_birth: Option<String>,
    /// Names of the parents.
    #[graphql(validator(chars_max_length = 400))]
    parents_names: Option<String>,
    /// Telephone number, in E.164.
    #[graphql(validator(chars_max_length = 16))]
    phone: Option<String>,
    /// Address for electronic mail.
    #[graphql(validator(chars_max_length = 254))]
    email: Option<String>,
    /// Marital status.
    marital_status: Option<Word<MaritalStatus>>,
    /// What the person does for a living.
    #[graphql(validator(chars_max_length = 200))]
    occupation: Option<String>,
    /// The highest education that the person completed.
    education: Option<Word<Education>>,
    /// Where the person lives in the host territory.
    #[graphql(validator(chars_max_length = 500))]
    host_address: Option<String>,
    /// Where the person will live in the country of return.
    #[graphql(validator(chars_max_length = 500))]
    address_in_country_of_return: Option<String>,
    /// The language that the person speaks best.
    language: Option<LanguageScalar>,
}

/// One line of a Data Exchange form, as signed.
#[derive(InputObject)]
pub struct ConsentInput {
    /// Who may receive.
    recipient_class: Word<RecipientClass>,
    /// What for.
    purpose: Word<Purpose>,
    /// Which data.
    category: Word<ConsentCategory>,
    /// When it was signed.
    signed_at: DateTimeScalar,
    /// Who signed; for a child alone a guardian has to.
    #[graphql(default_with = "Word(Signatory::OneSelf)")]
    signed_by: Word<Signatory>,
}

/// Registers the signed application of a case, with what the persons wish for their return.
#[derive(InputObject)]
pub struct RegisterCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// Reference in IOM's case management system.
    #[graphql(validator(chars_max_length = 64))]
    mimosa_reference: String,
    /// Reference in PRISM, IOM's finance system.
    #[graphql(validator(chars_max_length = 64))]
    prism_reference: Option<String>,
    /// The first day on which the persons wish to leave.
    preferred_from: Option<DateScalar>,
    /// The last day on which they wish to leave.
    preferred_to: Option<DateScalar>,
    /// The city that they wish to go to, if it is another than was said when the case was opened.
    #[graphql(validator(chars_max_length = 200))]
    destination_city: Option<String>,
    /// The return decision of an authority, where there is one.
    return_decision: Option<ReturnDecisionInput>,
}

/// Records one more line of the Data Exchange form.
#[derive(InputObject)]
pub struct RecordConsentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
    /// The line.
    consent: ConsentInput,
    /// The one service that the line is for, which it names: of what protects a person, and of nothing else.
    recipient_id: Option<ID>,
}

/// Takes a consent back.
#[derive(InputObject)]
pub struct RevokeConsentInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The consent.
    consent_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
}

/// Says that everything is in place for the departure.
#[derive(InputObject)]
pub struct MarkReadyToDepartInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on.
    expected_version: i32,
}

/// Withdraws the application.
#[derive(InputObject)]
pub struct WithdrawCaseInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The version of the case that was decided on; not needed, so that nothing stands in the way of the wish.
    expected_version: Option<i32>,
    /// Why, if the persons wish to say.
    reason: Option<Word<WithdrawalReason>>,
}

pub(super) fn text(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

impl From<PersonInput> for NewPerson {
    fn from(input: PersonInput) -> Self {
        Self {
            head_of_household: input.head_of_household,
            family_name: input.family_name.trim().to_owned(),
            given_names: input.given_names.trim().to_owned(),
            date_of_birth: input.date_of_birth.0,
            sex: input.sex.0,
            nationality: input.nationality.0,
            place_of_birth: text(input.place_of_birth),
            parents_names: text(input.parents_names),
            phone: text(input.phone),
            email: text(input.email),
            marital_status: input.marital_status.map(|status| status.0),
            occupation: text(input.occupation),
            education: input.education.map(|education| education.0),
            host_address: text(input.host_address),
            address_in_country_of_return: text(input.address_in_country_of_return),
            language: input.language.map(|language| language.0),
        }
    }
}

impl From<ConsentInput> for NewConsent {
    fn from(input: ConsentInput) -> Self {
        Self {
            recipient_class: input.recipient_class.0,
            purpose: input.purpose.0,
            category: input.category.0,
            recipient: None,
            signed_at: input.signed_at.0,
            signed_by: input.signed_by.0,
        }
    }
}

impl From<OpenCaseInput> for NewCase {
    fn from(input: OpenCaseInput) -> Self {
        let mut persons: Vec<NewPerson> = input.persons.into_iter().map(Into::into).collect();
        if let [alone] = persons.as_mut_slice() {
            alone.head_of_household = true;
        }
        Self {
            reference: input.reference.trim().to_owned(),
            // The desk puts the territory of the viewer's mission in.
            host_territory: CountryCode::KOSOVO,
            country_of_return: input.country_of_return.0,
            destination_city: text(input.destination_city),
            legal_status: input.legal_status.0,
            // The desk looks both up.
            family: None,
            funding_project: None,
            persons,
        }
    }
}

commands! {
    /// Commands on cases.
    CaseCommands {
        /// Opens a case for persons who have approached the mission.
        open_case(OpenCaseInput) -> OpenCasePayload = |context, envelope, input, desk| {
            let family_of = input.family_of.as_ref().map(|case| id(context, NodeType::Case, case)).transpose()?;
            let project = input.funding_project_id.as_ref();
            let funding_project = project.map(|project| id(context, NodeType::Project, project)).transpose()?;
            let new = NewCase { funding_project, ..input.into() };
            desk.open_case(&envelope, new, family_of).await
        };
        /// Registers the signed application.
        register_case(RegisterCaseInput) -> RegisterCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let form = Registration {
                mimosa_reference: input.mimosa_reference.trim().to_owned(),
                prism_reference: text(input.prism_reference),
                preferred_from: input.preferred_from.map(|day| day.0),
                preferred_to: input.preferred_to.map(|day| day.0),
                destination_city: text(input.destination_city),
                return_decision: input.return_decision.map(Into::into),
            };
            desk.register_case(&envelope, case, input.expected_version, form).await
        };
        /// Records one more line of the Data Exchange form.
        record_consent(RecordConsentInput) -> RecordConsentPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let recipient = input.recipient_id.map(|service| id(context, NodeType::Organisation, &service)).transpose()?;
            let consent = NewConsent { recipient, ..input.consent.into() };
            desk.record_consent(&envelope, case, input.expected_version, consent).await
        };
        /// Takes a consent back; what it opened is closed at once.
        revoke_consent(RevokeConsentInput) -> RevokeConsentPayload = |context, envelope, input, desk| {
            let consent = id(context, NodeType::Consent, &input.consent_id)?;
            desk.revoke_consent(&envelope, consent, input.expected_version).await
        };
        /// Says that everything is in place for the departure; every party to it is told.
        mark_ready_to_depart(MarkReadyToDepartInput) -> MarkReadyToDepartPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            desk.mark_ready_to_depart(&envelope, case, input.expected_version).await
        };
        /// Withdraws the application, at any moment before departure; everything open is cancelled, and everybody who had been told is told so.
        withdraw_case(WithdrawCaseInput) -> WithdrawCasePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let reason = input.reason.map_or(WithdrawalReason::NotStated, |reason| reason.0);
            desk.withdraw_case(&envelope, case, input.expected_version, reason).await
        };
    }
}
