//! Commands on referrals.

use super::{commands, id};
use crate::domain::referral::{ConsentOverride, ReferralRejection, ReferralService};
use crate::domain::steps::referral::{Asked, ReferralStep};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use crate::policy::actions::Action;
use async_graphql::{ID, InputObject, OneofObject};

payloads! {
    SendReferralPayload "referral": ReferralNode;
    AcceptReferralPayload "referral": ReferralNode;
    RejectReferralPayload "referral": ReferralNode;
    StartReferralPayload "referral": ReferralNode;
    CompleteReferralPayload "referral": ReferralNode;
    RevokeReferralPayload "referral": ReferralNode;
}

/// Who is asked: a registered organisation, or a provider without access to the API.
#[derive(OneofObject)]
pub enum ReferralRecipientInput {
    /// A provider by name; the sender records what it answers.
    #[graphql(validator(chars_max_length = 200))]
    Provider(String),
    /// A registered organisation: the other mission, an authority of the host territory, or a service that protects persons,
    /// which has to be named by a consent of its own.
    OrganisationId(ID),
}

/// Refers the persons of a case.
#[derive(InputObject)]
pub struct SendReferralInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// Who is asked.
    recipient: ReferralRecipientInput,
    /// The person who is referred; all persons of the case where none is named. A service that protects is asked for one.
    person_id: Option<ID>,
    /// What the persons are referred for.
    service: Word<ReferralService>,
    /// Why a supervisor sends it without consent; only to a provider.
    consent_override: Option<Word<ConsentOverride>>,
}

/// Accepts a referral.
#[derive(InputObject)]
pub struct AcceptReferralInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The referral.
    referral_id: ID,
    /// The version of the referral that was decided on.
    expected_version: i32,
}

/// Rejects a referral.
#[derive(InputObject)]
pub struct RejectReferralInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The referral.
    referral_id: ID,
    /// The version of the referral that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<ReferralRejection>,
}

/// Begins to help.
#[derive(InputObject)]
pub struct StartReferralInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The referral.
    referral_id: ID,
    /// The version of the referral that was decided on.
    expected_version: i32,
}

/// Completes a referral.
#[derive(InputObject)]
pub struct CompleteReferralInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The referral.
    referral_id: ID,
    /// The version of the referral that was decided on.
    expected_version: i32,
}

/// Takes a referral back.
#[derive(InputObject)]
pub struct RevokeReferralInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The referral.
    referral_id: ID,
    /// The version of the referral that was decided on.
    expected_version: i32,
}

commands! {
    /// Commands on referrals.
    ReferralCommands {
        /// Refers the persons of a case to somebody who can help, who is told; one that was not answered for 7 days expires, and is sent again by this.
        send_referral(SendReferralInput) -> SendReferralPayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let asked = match input.recipient {
                ReferralRecipientInput::Provider(name) => Asked::Provider(name),
                ReferralRecipientInput::OrganisationId(organisation) => {
                    Asked::Organisation(id(context, NodeType::Organisation, &organisation)?)
                }
            };
            let person = input.person_id.map(|person| id(context, NodeType::Person, &person)).transpose()?;
            let consent_override = input.consent_override.map(|why| why.0);
            desk.send_referral(&envelope, case, (asked, person, input.service.0), consent_override).await
        };
        /// Says that whoever was asked will help.
        accept_referral(AcceptReferralInput) -> AcceptReferralPayload = |context, envelope, input, desk| {
            let referral = id(context, NodeType::Referral, &input.referral_id)?;
            desk.step_referral(&envelope, Action::AcceptReferral, (referral, input.expected_version), ReferralStep::Accept).await
        };
        /// Says that whoever was asked will not help, and why.
        reject_referral(RejectReferralInput) -> RejectReferralPayload = |context, envelope, input, desk| {
            let referral = id(context, NodeType::Referral, &input.referral_id)?;
            desk.step_referral(&envelope, Action::RejectReferral, (referral, input.expected_version), ReferralStep::Reject(input.reason.0)).await
        };
        /// Says that whoever was asked has begun to help.
        start_referral(StartReferralInput) -> StartReferralPayload = |context, envelope, input, desk| {
            let referral = id(context, NodeType::Referral, &input.referral_id)?;
            desk.step_referral(&envelope, Action::StartReferral, (referral, input.expected_version), ReferralStep::Start).await
        };
        /// Says that whoever was asked has helped.
        complete_referral(CompleteReferralInput) -> CompleteReferralPayload = |context, envelope, input, desk| {
            let referral = id(context, NodeType::Referral, &input.referral_id)?;
            desk.step_referral(&envelope, Action::CompleteReferral, (referral, input.expected_version), ReferralStep::Complete).await
        };
        /// Takes a referral back.
        revoke_referral(RevokeReferralInput) -> RevokeReferralPayload = |context, envelope, input, desk| {
            let referral = id(context, NodeType::Referral, &input.referral_id)?;
            desk.step_referral(&envelope, Action::RevokeReferral, (referral, input.expected_version), ReferralStep::Revoke).await
        };
    }
}
